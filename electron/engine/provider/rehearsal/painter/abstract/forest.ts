import { stillGrass } from '../grass.ts'
import { down, fillDown, glow } from '../light.ts'
import type { Layer, Pen } from '../stage.ts'
import { type Setting } from './setting.ts'

/** Trunks in three depths, light between them and ferns at the foot. */
export function forest(set: Setting): Layer[] {
  const { stage, random, palette, horizon, sunX } = set
  const { area } = stage
  const floorY = horizon + 34
  return [
    {
      depth: 0.2,
      paint: (pen) => {
        fillDown(
          pen,
          area,
          [
            [0, palette.land(0.5, 0, 0.55)],
            [0.5, palette.land(0.15, 16, 0.5)],
            [1, palette.land(0.5)],
          ],
          area.top,
          floorY,
        )
        glow(pen, sunX, horizon - 10, 130, 90, [
          [0, `rgba(${palette.glow}, 0.85)`],
          [0.5, `rgba(${palette.glow}, 0.25)`],
          [1, `rgba(${palette.glow}, 0)`],
        ])
      },
    },
    ...[0, 1, 2].map((i): Layer => ({
      depth: 0.35 + i * 0.4,
      paint: (pen) => {
        const ground = floorY - 8 + i * 16
        const colour = palette.land(0.3 + i * 0.34, i === 2 ? -3 : 0)
        for (let x = area.left; x < area.right; x += random.between(10, 22) * (1 + i * 0.9))
          trunk(pen, x, ground + random.between(0, 6), 2 + i * 3.4 * random.between(0.7, 1.2), area.top, colour)
        fillDown(
          pen,
          { ...area, top: ground + 4 },
          [
            [0, colour],
            [1, palette.land(0.5 + i * 0.25, -4)],
          ],
          ground,
          area.bottom,
        )
        stillGrass(
          pen,
          random,
          { ...area, bottom: ground + 26 },
          ground,
          120,
          5 + i * 3,
          palette.land(0.4 + i * 0.3, 4),
        )
      },
    })),
    {
      depth: 0.6,
      live: (pen, t) => {
        for (let i = 0; i < 4; i++)
          shaft(
            pen,
            sunX - 60 + i * 40,
            area.top,
            floorY + 24,
            (0.1 + 0.05 * Math.sin(t * 0.5 + i * 2)).toFixed(3),
            palette.glow,
          )
      },
    },
  ]
}

function trunk(pen: Pen, x: number, base: number, width: number, top: number, colour: string): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.moveTo(x - width, base + 3)
  pen.bezierCurveTo(x - width * 0.5, base - 14, x - width * 0.5, base - 60, x - width * 0.36, top)
  pen.lineTo(x + width * 0.36, top)
  pen.bezierCurveTo(x + width * 0.5, base - 60, x + width * 0.5, base - 14, x + width, base + 3)
  pen.fill()
}

function shaft(pen: Pen, x: number, top: number, bottom: number, alpha: string, light: string): void {
  pen.fillStyle = down(pen, top, bottom, [
    [0, `rgba(${light}, ${alpha})`],
    [1, `rgba(${light}, 0)`],
  ])
  pen.beginPath()
  pen.moveTo(x + 20, top)
  pen.lineTo(x + 38, top)
  pen.lineTo(x - 24, bottom)
  pen.lineTo(x - 60, bottom)
  pen.fill()
}
