import { glow } from './light.ts'
import type { Rng } from './random.ts'
import type { Box, Layer, Pen } from './stage.ts'
import { drifting } from './sky.ts'

/** A bank of mist: soft wide ellipses around a height, drifting. @param colour `r, g, b` */
export function mist(
  random: Rng,
  area: Box,
  options: {
    y: number
    height: number
    colour: string
    strength: number
    depth: number
    speed: number
    duration: number
  },
): Layer {
  const { y, height, colour, strength } = options
  return drifting(area, options.depth, options.speed, options.duration, (pen, box) => {
    const count = Math.ceil((box.right - box.left) / 26)
    for (let i = 0; i < count; i++) {
      const alpha = strength * random.between(0.35, 1)
      glow(
        pen,
        random.between(box.left, box.right),
        y + random.between(-0.7, 0.7) * height,
        random.between(60, 130),
        height * random.between(0.4, 0.8),
        [
          [0, `rgba(${colour}, ${alpha.toFixed(3)})`],
          [0.5, `rgba(${colour}, ${(alpha * 0.45).toFixed(3)})`],
          [1, `rgba(${colour}, 0)`],
        ],
      )
    }
  })
}

/** Falling rain. @param slant units sideways per unit down */
export function rain(
  random: Rng,
  area: Box,
  options: { count: number; colour: string; length: number; slant: number; depth: number; width?: number },
): Layer {
  const { length, slant } = options
  const [width, height] = [area.right - area.left, area.bottom - area.top + length * 2]
  const drops = Array.from({ length: options.count }, () => ({
    x: random() * width,
    y: random() * height,
    size: random.between(0.5, 1.5),
  }))
  return {
    depth: options.depth,
    live: (pen, t) => {
      pen.strokeStyle = options.colour
      pen.lineWidth = options.width ?? 0.7
      pen.lineCap = 'butt'
      pen.beginPath()
      for (const drop of drops) {
        const fallen = t * (150 + 90 * drop.size)
        const y = wrap(drop.y + fallen, height)
        const x = wrap(drop.x + fallen * slant, width)
        pen.moveTo(area.left + x, area.top - length + y)
        pen.lineTo(area.left + x + length * drop.size * slant, area.top - length + y + length * drop.size)
      }
      pen.stroke()
    },
  }
}

/** Falling snow: larger flakes fall faster and sway more. */
export function snow(random: Rng, area: Box, count: number, largest: number, depth = 1): Layer {
  const [width, height] = [area.right - area.left, area.bottom - area.top]
  const flakes = Array.from({ length: count }, () => ({
    x: random() * width,
    y: random() * height,
    size: 0.4 + random() * random() * largest,
    sway: random() * Math.PI * 2,
  }))
  return {
    depth,
    live: (pen, t) => {
      pen.fillStyle = 'rgba(255, 255, 255, 0.86)'
      pen.beginPath()
      for (const flake of flakes) {
        const y = wrap(flake.y + t * (7 + flake.size * 9), height)
        const x = wrap(flake.x - t * 5 + Math.sin(t * 1.1 + flake.sway) * flake.size * 3, width)
        pen.moveTo(area.left + x + flake.size, area.top + y)
        pen.arc(area.left + x, area.top + y, flake.size, 0, Math.PI * 2)
      }
      pen.fill()
    },
  }
}

/** Dust or pollen in the light: slow, rising and twinkling. @param colour `r, g, b` */
export function motes(random: Rng, box: Box, count: number, colour: string, largest = 1.1, depth = 1.1): Layer {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  const specks = Array.from({ length: count }, () => ({
    x: random() * width,
    y: random() * height,
    size: 0.3 + random() * random() * largest,
    phase: random() * Math.PI * 2,
    drift: random.between(-2.4, 2.4),
  }))
  return {
    depth,
    live: (pen: Pen, t: number) => {
      for (const speck of specks) {
        const alpha = 0.25 + 0.6 * (0.5 + 0.5 * Math.sin(t * 1.3 + speck.phase))
        pen.fillStyle = `rgba(${colour}, ${alpha.toFixed(2)})`
        pen.beginPath()
        const x = box.left + wrap(speck.x + t * speck.drift + Math.sin(t * 0.7 + speck.phase) * 2, width)
        pen.arc(x, box.top + wrap(speck.y - t * 1.6, height), speck.size, 0, Math.PI * 2)
        pen.fill()
      }
    },
  }
}

const wrap = (value: number, size: number): number => ((value % size) + size) % size
