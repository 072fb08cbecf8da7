import { Path2D } from '@napi-rs/canvas'
import type { Rng } from './random.ts'
import type { Pen } from './stage.ts'

/** A stand of conifers along a line. @param count trees per 320 units */
export function pines(
  pen: Pen,
  random: Rng,
  line: (x: number) => number,
  options: { count: number; height: number; colour: string; from: number; to: number },
): void {
  const { from, to } = options
  const count = Math.max(1, Math.round((options.count * (to - from)) / 320))
  pen.fillStyle = options.colour
  for (let i = 0; i < count; i++) {
    const x = from + ((to - from) * (i + random())) / count
    const height = options.height * random.between(0.55, 1.2)
    pine(pen, x, line(x) + 2, height)
  }
}

function pine(pen: Pen, x: number, base: number, height: number): void {
  const tiers: readonly (readonly [half: number, drop: number])[] = [
    [0.1, 0.38],
    [0.15, 0.66],
    [0.2, 1],
  ]
  pen.beginPath()
  pen.moveTo(x, base - height)
  const side = (sign: 1 | -1) => {
    for (const [half, drop] of sign === 1 ? tiers : tiers.toReversed()) {
      const tip = [x + sign * half * height, base - height + drop * height] as const
      const tuck = [x + sign * half * 0.5 * height, base - height + drop * height * 0.97] as const
      for (const [px, py] of sign === 1 ? [tip, tuck] : [tuck, tip]) pen.lineTo(px, py)
    }
  }
  side(1)
  side(-1)
  pen.closePath()
  pen.fill()
}

/** Slender poplars in a row. */
export function poplars(
  pen: Pen,
  random: Rng,
  line: (x: number) => number,
  options: { from: number; to: number; gap: number; height: number; colour: (light: number) => string },
): void {
  for (let x = options.from; x < options.to; x += options.gap * random.between(0.75, 1.25)) {
    const height = options.height * random.between(0.75, 1.25)
    const half = height * random.between(0.1, 0.14)
    const base = line(x) + 5
    pen.fillStyle = options.colour(0)
    pen.fillRect(x - 0.8, base - height * 0.16, 1.6, height * 0.16)
    for (const [shift, light] of [
      [0, 0.25],
      [-0.3, 1],
    ] as const) {
      pen.fillStyle = options.colour(light * random.between(0.6, 1))
      pen.beginPath()
      pen.moveTo(x + shift * half, base - height)
      const width = shift === 0 ? half : half * 0.55
      pen.bezierCurveTo(
        x + shift * half + width * 1.2,
        base - height * 0.7,
        x + shift * half + width * 1.2,
        base - height * 0.25,
        x + shift * half,
        base - height * 0.1,
      )
      pen.bezierCurveTo(
        x + shift * half - width * 1.2,
        base - height * 0.25,
        x + shift * half - width * 1.2,
        base - height * 0.7,
        x + shift * half,
        base - height,
      )
      pen.fill()
    }
  }
}

/** A broad oak: a forked trunk and a crown of overlapping masses, lit from above left. Stands at (x, y). */
export function oak(
  pen: Pen,
  random: Rng,
  x: number,
  y: number,
  scale: number,
  colours: readonly [dark: string, mid: string, light: string],
): void {
  const [dark, mid, light] = colours
  pen.save()
  pen.translate(x, y)
  pen.scale(scale, scale)
  pen.fillStyle = dark
  pen.fill(TRUNK)
  const masses = Array.from({ length: 46 }, () => {
    const angle = random() * Math.PI * 2
    const reach = Math.sqrt(random()) * 38
    return { x: Math.cos(angle) * reach * 1.4, y: -76 + Math.sin(angle) * reach * 0.74, size: random.between(8, 17) }
  })
  for (const mass of masses) clump(pen, mass.x, mass.y, mass.size, dark)
  for (const mass of masses.slice(0, 30)) clump(pen, mass.x - 3, mass.y - 5, mass.size * 0.72, mid)
  for (const mass of masses.slice(0, 16)) clump(pen, mass.x - 7, mass.y - 9, mass.size * 0.42, light)
  pen.restore()
}

const TRUNK = new Path2D(
  'M-9 2C-4 -22 -7 -34 -22 -60L-16 -62C-6 -48 -2 -46 -1 -66L6 -66C3 -48 8 -48 20 -62L25 -58C9 -38 5 -22 12 2Z',
)

function clump(pen: Pen, x: number, y: number, size: number, colour: string): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.arc(x, y, size, 0, Math.PI * 2)
  pen.fill()
}
