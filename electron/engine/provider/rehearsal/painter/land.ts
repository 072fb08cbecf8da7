import { Path2D } from '@napi-rs/canvas'
import { down, type Stop } from './light.ts'
import type { Rng } from './random.ts'
import type { Box, Pen } from './stage.ts'

/** A hill line: its height at any x, and the land below it down to the bottom of the area. */
export interface Ridge {
  readonly at: (x: number) => number
  readonly land: Path2D
  /** About the highest point of the line, where gradients begin. */
  readonly top: number
}

/** @param swell height of the swells in units @param waves how many of them shape the line */
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
  for (let x = area.left; x <= area.right + 4; x += 4) land.lineTo(x, at(x))
  land.lineTo(area.right + 6, area.bottom + 2)
  land.closePath()
  return { at, land, top: y - swell * 0.9 }
}

/** Fills a ridge, from its crest over `fall` units down. */
export function hill(pen: Pen, line: Ridge, stops: readonly Stop[], fall = 50): void {
  pen.fillStyle = down(pen, line.top, line.top + fall, stops)
  pen.fill(line.land)
}

/** A post-and-rail fence whose height and ground line run from one end to the other. */
export function fence(
  pen: Pen,
  ends: { x0: number; x1: number; y0: number; y1: number; h0: number; h1: number },
  posts: number,
  colour: string,
  width = 2,
): void {
  const { x0, x1, y0, y1, h0, h1 } = ends
  pen.fillStyle = colour
  for (let i = 0; i <= posts; i++) {
    const share = i / posts
    const [x, y, height] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, h0 + (h1 - h0) * share]
    pen.fillRect(x, y - height, (width * height) / 12, height + 2)
  }
  for (const rail of [0.82, 0.42]) {
    pen.beginPath()
    pen.moveTo(x0, y0 - h0 * rail)
    pen.lineTo(x1, y1 - h1 * rail)
    pen.lineTo(x1, y1 - h1 * (rail - 0.12))
    pen.lineTo(x0, y0 - h0 * (rail - 0.12))
    pen.closePath()
    pen.fill()
  }
}
