import { clamp } from './colour.ts'
import { glow, oval } from './light.ts'
import type { Rng } from './random.ts'
import type { Box, Layer, Pen } from './stage.ts'
import { grow } from './stage.ts'

/** A sun or moon with a wide soft halo. @param warm CSS colour of the halo without alpha, as `r, g, b` */
export function sun(pen: Pen, x: number, y: number, radius: number, reach: number, core: string, warm: string): void {
  glow(pen, x, y, reach * 1.5, reach, [
    [0, `rgba(${warm}, 0.9)`],
    [0.18, `rgba(${warm}, 0.55)`],
    [0.5, `rgba(${warm}, 0.18)`],
    [1, `rgba(${warm}, 0)`],
  ])
  if (radius <= 0) return
  glow(pen, x, y, radius * 1.35, radius * 1.35, [
    [0, core],
    [0.7, core],
    [1, `rgba(${warm}, 0)`],
  ])
}

/** A heap of soft ellipses with light from above. */
export function cumulus(
  pen: Pen,
  random: Rng,
  x: number,
  y: number,
  width: number,
  light: string,
  shade: string,
): void {
  const puffs = 9
  for (const [colour, drop] of [
    [shade, 2.2],
    [light, 0],
  ] as const) {
    for (let i = 0; i < puffs; i++) {
      const along = (i + 0.5) / puffs
      const rise = Math.sin(along * Math.PI)
      const size = width * (0.09 + 0.11 * rise) * random.between(0.85, 1.15)
      oval(pen, x + (along - 0.5) * width, y - rise * width * 0.09 + drop, size * 1.25, size * 0.62, colour)
    }
  }
}

/** Thin streaks of cloud. */
export function streaks(
  pen: Pen,
  random: Rng,
  area: Box,
  from: number,
  to: number,
  count: number,
  colours: readonly [string, ...string[]],
): void {
  for (let i = 0; i < count; i++) {
    const width = random.between(50, 120)
    oval(
      pen,
      random.between(area.left, area.right),
      random.between(from, to),
      width,
      random.between(1, 3.4),
      random.pick(colours),
    )
  }
}

/**
 * A bank of heavy cloud down to a height: overlapping soft masses.
 * @param colour of a mass at a depth (0 top, 1 bottom of the bank), with the given alpha
 */
export function overcast(
  pen: Pen,
  random: Rng,
  area: Box,
  to: number,
  colour: (depth: number, alpha: number) => string,
  count = 60,
): void {
  const top = area.top - 6
  for (let i = 0; i < count; i++) {
    const depth = (i + random()) / count
    const y = top + (to - top) * depth
    const shift = random()
    const shade = (alpha: number) => colour(clamp(depth + shift * 0.3 - 0.15, 0, 1), alpha)
    glow(pen, random.between(area.left - 20, area.right + 20), y, random.between(30, 90), random.between(9, 22), [
      [0, shade(0.72)],
      [0.6, shade(0.5)],
      [1, shade(0)],
    ])
  }
}

/** Birds that beat their wings and cross slowly. */
export function birds(random: Rng, count: number, colour: string, x: number, y: number): Layer {
  const flock = Array.from({ length: count }, () => ({
    x: x + random() * 60,
    y: y + random() * 22,
    span: random.between(1.4, 3.2),
    beat: random() * Math.PI * 2,
  }))
  return {
    depth: 0.3,
    live: (pen, t) => {
      pen.strokeStyle = colour
      pen.lineWidth = 0.8
      pen.lineCap = 'round'
      pen.beginPath()
      for (const bird of flock) {
        const lift = Math.sin(t * 5 + bird.beat) * 0.5
        const [bx, by] = [bird.x + t * 2.6, bird.y - t * 0.5]
        pen.moveTo(bx - bird.span * 1.6, by - bird.span * (0.3 + lift))
        pen.quadraticCurveTo(bx - bird.span * 0.5, by - bird.span, bx, by)
        pen.quadraticCurveTo(bx + bird.span * 0.5, by - bird.span, bx + bird.span * 1.6, by - bird.span * (0.3 + lift))
      }
      pen.stroke()
    },
  }
}

/** Stars above `to`, denser near the top. */
export function stars(pen: Pen, random: Rng, area: Box, to: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const y = area.top + (to - area.top) * random() * random()
    pen.fillStyle = `rgba(255, 250, 235, ${random.between(0.15, 0.85).toFixed(2)})`
    const size = 0.25 + random() * random() * 0.8
    pen.beginPath()
    pen.arc(random.between(area.left, area.right), y, size, 0, Math.PI * 2)
    pen.fill()
  }
}

/** A still layer of cloud wider than the picture that drifts across it. @param speed units a second */
export function drifting(
  area: Box,
  depth: number,
  speed: number,
  duration: number,
  paint: (pen: Pen, box: Box) => void,
): Layer {
  const box = grow(area, Math.abs(speed) * duration, 0)
  return { depth, box, paint: (pen) => paint(pen, box), move: (t) => ({ x: speed * (t - duration / 2) }) }
}
