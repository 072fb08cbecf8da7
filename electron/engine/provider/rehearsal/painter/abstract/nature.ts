import { stillGrass, windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { fillDown, glow } from '../light.ts'
import { times } from '../random.ts'
import type { Layer } from '../stage.ts'
import { pines } from '../trees.ts'
import { mist } from '../weather.ts'
import { sunWash, type Setting } from './setting.ts'

/** Rolling country with trees on the ridges and grass in front. */
export function hills(set: Setting): Layer[] {
  const { stage, random, palette, horizon, duration } = set
  const { area } = stage
  const lines = [0, 22, 44].map((drop, i) => ridge(random, area, horizon + drop, 11 - i * 3))
  return [
    ...lines.flatMap((line, i): Layer[] => {
      const depth = i / 2
      return [
        {
          depth: 0.2 + depth * 0.8,
          paint: (pen) => {
            hill(pen, line, [
              [0, palette.land(depth, 4)],
              [1, palette.land(depth, i === 2 ? -4 : 14)],
            ])
            if (i < 2)
              pines(pen, random, line.at, {
                count: 34 - i * 8,
                height: 10 + i * 7,
                colour: palette.tree(depth),
                from: area.left,
                to: area.right,
              })
            else stillGrass(pen, random, area, horizon + 52, 190, 10, palette.land(1, 6))
          },
        },
        ...(i === 0
          ? [
              sunWash(set, 0.3, 0.4),
              mist(random, area, {
                y: horizon + 14,
                height: 12,
                colour: palette.glow,
                strength: 0.2,
                depth: 0.4,
                speed: 1.5,
                duration,
              }),
            ]
          : []),
      ]
    }),
    windyGrass(random, area, {
      y: horizon + 62,
      per: 110,
      height: 14,
      colour: palette.land(1, -4),
      depth: 1.3,
      wind: 2,
    }),
  ]
}

/** Dunes: long smooth crests, each with a lit and a shaded side. */
export function desert(set: Setting): Layer[] {
  const { stage, random, palette, horizon, sunX } = set
  const { area } = stage
  return [0, 1, 2, 3].map((i): Layer => {
    const crest = ridge(random, area, horizon + 6 + i * 19, 9 + i * 2, 2)
    const shade = ridge(random, area, horizon + 24 + i * 21, 12, 2)
    return {
      depth: 0.15 + i * 0.28,
      paint: (pen) => {
        hill(
          pen,
          crest,
          [
            [0, palette.land(i / 3.4, 12)],
            [1, palette.land(i / 3.2, -2)],
          ],
          46,
        )
        pen.save()
        pen.clip(crest.land)
        pen.fillStyle = palette.land(Math.min(1, i / 3 + 0.22), -5, 0.55)
        pen.fill(shade.land)
        pen.restore()
        if (i === 0)
          glow(pen, sunX, horizon, 150, 30, [
            [0, `rgba(${palette.glow}, 0.45)`],
            [1, `rgba(${palette.glow}, 0)`],
          ])
      },
    }
  })
}

/** Open water with a path of light, a headland and slow swell. */
export function sea(set: Setting): Layer[] {
  const { stage, random, palette, horizon, sunX } = set
  const { area } = stage
  const headland = { reach: random.between(0.26, 0.42), height: random.between(12, 24), phase: random() * 6.28 }
  const glints = times(110, () => ({
    near: random(),
    spread: random.between(-1, 1),
    phase: random() * 6.28,
    width: random.between(3, 14),
  }))
  const swell = times(26, () => ({
    x: random.between(area.left, area.right),
    near: random(),
    phase: random() * 6.28,
    width: random.between(24, 70),
  }))
  return [
    {
      depth: 0.15,
      paint: (pen) => {
        const width = (area.right - area.left) * headland.reach
        pen.fillStyle = palette.land(0.25)
        pen.beginPath()
        pen.moveTo(area.left, horizon + 1)
        for (let x = 0; x <= width; x += 4) {
          const fall = 1 - (x / width) ** 2
          pen.lineTo(
            area.left + x,
            horizon - headland.height * fall * (0.8 + 0.2 * Math.sin(x * 0.06 + headland.phase)),
          )
        }
        pen.lineTo(area.left + width, horizon + 1)
        pen.fill()
      },
    },
    {
      depth: 0.5,
      paint: (pen) =>
        fillDown(
          pen,
          { ...area, top: horizon },
          [
            [0, palette.sky(0.82)],
            [0.16, palette.sky(0.5)],
            [1, palette.land(0.9, 2)],
          ],
          horizon,
          area.bottom,
        ),
    },
    {
      depth: 0.6,
      live: (pen, t) => {
        const depthOf = (near: number) => horizon + 1 + (area.bottom - horizon) * near * near
        pen.strokeStyle = palette.land(0.8, 12, 0.35)
        pen.lineWidth = 0.8
        pen.beginPath()
        for (const wave of swell) {
          const y = depthOf(wave.near) + Math.sin(t * 0.9 + wave.phase) * 1.4 * wave.near
          pen.moveTo(wave.x - wave.width * wave.near, y)
          pen.quadraticCurveTo(wave.x, y - 3 * wave.near, wave.x + wave.width * wave.near, y)
        }
        pen.stroke()
        for (const glint of glints) {
          const y = depthOf(glint.near)
          const reach = 8 + 46 * glint.near
          const alpha = 0.1 + 0.5 * Math.max(0, Math.sin(t * 2.2 + glint.phase)) * (1 - Math.abs(glint.spread) * 0.6)
          pen.fillStyle = `rgba(${palette.glow}, ${alpha.toFixed(3)})`
          pen.fillRect(
            sunX + glint.spread * reach - (glint.width * glint.near) / 2,
            y,
            glint.width * (0.3 + glint.near),
            0.5 + glint.near * 0.9,
          )
        }
      },
    },
  ]
}
