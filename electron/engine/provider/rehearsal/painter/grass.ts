import type { Rng } from './random.ts'
import type { Box, Layer, Pen } from './stage.ts'

interface Blade {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly bend: number
  readonly phase: number
}

/** Blades of grass between a height and the bottom of the area, taller towards the viewer. @param per blades per 320 units */
function blades(random: Rng, area: Box, y: number, per: number, height: number): Blade[] {
  const count = Math.round((per * (area.right - area.left)) / 320)
  return Array.from({ length: count }, () => {
    const near = random()
    return {
      x: random.between(area.left, area.right),
      y: y + near * Math.max(8, area.bottom - y),
      height: height * random.between(0.5, 1.5) * (0.5 + near),
      bend: random.between(-2.2, 4),
      phase: random() * Math.PI * 2,
    }
  })
}

function strokeBlades(
  pen: Pen,
  grass: readonly Blade[],
  colour: string,
  width: number,
  lean: (blade: Blade) => number,
): void {
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.lineCap = 'round'
  pen.beginPath()
  for (const blade of grass) {
    const push = lean(blade)
    pen.moveTo(blade.x, blade.y)
    pen.quadraticCurveTo(
      blade.x + push * 0.25,
      blade.y - blade.height * 0.6,
      blade.x + blade.bend + push,
      blade.y - blade.height,
    )
  }
  pen.stroke()
}

/** Grass that stands still, painted into the caller's layer. */
export function stillGrass(
  pen: Pen,
  random: Rng,
  area: Box,
  y: number,
  per: number,
  height: number,
  colour: string,
  width = 0.8,
): void {
  strokeBlades(pen, blades(random, area, y, per, height), colour, width, () => 0)
}

/** Grass that the wind runs through. @param wind units the tips move */
export function windyGrass(
  random: Rng,
  area: Box,
  options: { y: number; per: number; height: number; colour: string; depth: number; wind: number; width?: number },
): Layer {
  const grass = blades(random, area, options.y, options.per, options.height)
  return {
    depth: options.depth,
    live: (pen, t) =>
      strokeBlades(pen, grass, options.colour, options.width ?? 0.9, (blade) => {
        const gust = Math.sin(t * 1.5 - blade.x * 0.035) + 0.4 * Math.sin(t * 3.7 + blade.phase)
        return (gust * options.wind * blade.height) / 14
      }),
  }
}
