import type { Box, Pen } from './stage.ts'

/** Offset 0..1 and CSS colour. */
export type Stop = readonly [offset: number, colour: string]

/** Fills a box from top to bottom, the gradient running from `from` to `to` (its own edges when left out). */
export function fillDown(pen: Pen, box: Box, stops: readonly Stop[], from = box.top, to = box.bottom): void {
  pen.fillStyle = down(pen, from, to, stops)
  pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
}

export function down(pen: Pen, from: number, to: number, stops: readonly Stop[]) {
  return withStops(pen.createLinearGradient(0, from, 0, to), stops)
}

export function across(pen: Pen, from: number, to: number, stops: readonly Stop[]) {
  return withStops(pen.createLinearGradient(from, 0, to, 0), stops)
}

export function slanted(pen: Pen, x0: number, y0: number, x1: number, y1: number, stops: readonly Stop[]) {
  return withStops(pen.createLinearGradient(x0, y0, x1, y1), stops)
}

/** A soft ellipse of light: `stops` run from its centre to its rim. */
export function glow(pen: Pen, x: number, y: number, rx: number, ry: number, stops: readonly Stop[]): void {
  pen.save()
  pen.translate(x, y)
  pen.scale(rx, ry)
  pen.fillStyle = withStops(pen.createRadialGradient(0, 0, 0, 0, 0, 1), stops)
  pen.beginPath()
  pen.arc(0, 0, 1, 0, Math.PI * 2)
  pen.fill()
  pen.restore()
}

export function disc(pen: Pen, x: number, y: number, radius: number, colour: string): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.arc(x, y, radius, 0, Math.PI * 2)
  pen.fill()
}

export function oval(pen: Pen, x: number, y: number, rx: number, ry: number, colour: Pen['fillStyle']): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2)
  pen.fill()
}

/** Darkens the corners. Called with the identity transform, over the finished picture. */
export function vignette(pen: Pen, width: number, height: number, strength = 0.42): void {
  const shade = `rgba(0, 0, 0, ${strength})`
  const box = { left: 0, top: 0, right: width, bottom: height }
  const radius = Math.hypot(width, height) * 0.62
  pen.fillStyle = withStops(pen.createRadialGradient(width / 2, height * 0.46, 0, width / 2, height * 0.46, radius), [
    [0.5, 'rgba(0, 0, 0, 0)'],
    [1, shade],
  ])
  pen.fillRect(box.left, box.top, width, height)
}

function withStops<G extends { addColorStop(offset: number, colour: string): void }>(
  gradient: G,
  stops: readonly Stop[],
): G {
  for (const [offset, colour] of stops) gradient.addColorStop(offset, colour)
  return gradient
}
