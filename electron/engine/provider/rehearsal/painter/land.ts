import { Path2D } from '@napi-rs/canvas'
import type { Rng } from './random.ts'
import type { Box, Pen } from './stage.ts'

/** A hill line: its height at any x, and the land below it down to the bottom of the area. */
export interface Ridge {
  readonly at: (x: number) => number
  readonly land: Path2D
}

/** @param waves how many swells shape the line @param swell its height in units */
export function ridge(random: Rng, area: Box, y: number, swell: number, waves = 3): Ridge {
  const parts = Array.from({ length: waves }, (_, i) => ({
    phase: random() * Math.PI * 2,
    rate: random.between(0.6, 1.4) * (i + 1) * 0.7,
    height: swell / (i + 1.2),
  }))
  const at = (x: number) =>
    y - parts.reduce((sum, part) => sum + Math.sin((x / 320) * Math.PI * 2 * part.rate + part.phase) * part.height, 0)
  const land = new Path2D()
  land.moveTo(area.left, area.bottom + 2)
  for (let x = area.left; x <= area.right + 6; x += 6) land.lineTo(x, at(x))
  land.lineTo(area.right + 6, area.bottom + 2)
  land.closePath()
  return { at, land }
}

/** A stand of conifers along a line. @param count trees per 320 units */
export function pines(
  pen: Pen,
  random: Rng,
  line: (x: number) => number,
  options: { count: number; height: number; colour: string; from: number; to: number },
): void {
  const { from, to, colour } = options
  const count = Math.max(1, Math.round((options.count * (to - from)) / 320))
  pen.fillStyle = colour
  pen.beginPath()
  for (let i = 0; i < count; i++) {
    const x = from + ((to - from) * (i + random())) / count
    const height = options.height * random.between(0.55, 1.2)
    const base = line(x) + 2
    pine(pen, x, base, height)
  }
  pen.fill()
}

function pine(pen: Pen, x: number, base: number, height: number): void {
  const tiers: readonly (readonly [half: number, drop: number, tuck: number])[] = [
    [0.11, 0.4, 0.07],
    [0.17, 0.72, 0.13],
    [0.22, 1.02, 0.22],
  ]
  const top = base - height
  pen.moveTo(x, top)
  for (const [half, drop, tuck] of tiers) {
    pen.lineTo(x + half * height, top + drop * height)
    pen.lineTo(x + tuck * 0.7 * height, top + drop * height)
  }
  for (const [half, drop, tuck] of tiers.toReversed()) {
    pen.lineTo(x - tuck * 0.7 * height, top + drop * height)
    pen.lineTo(x - half * height, top + drop * height)
  }
  pen.closePath()
}
