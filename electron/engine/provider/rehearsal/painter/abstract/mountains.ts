import { Path2D } from '@napi-rs/canvas'
import { hill, ridge } from '../land.ts'
import { down } from '../light.ts'
import type { Layer, Pen } from '../stage.ts'
import { pines } from '../trees.ts'
import { mist } from '../weather.ts'
import { sunWash, type Setting } from './setting.ts'

/** Jagged peaks, foothills and conifers. */
export function mountains(set: Setting): Layer[] {
  const { stage, random, palette, horizon, duration } = set
  const { area } = stage
  const foot = ridge(random, area, horizon + 26, 9)
  const near = ridge(random, area, horizon + 50, 6)
  return [
    ...[0, 1].map((i): Layer => {
      const base = horizon + 8 + i * 10
      const peaks = peakLine(random, area.left - 20, area.right + 20, base, 74 - i * 22)
      return {
        depth: 0.12 + i * 0.16,
        paint: (pen) => {
          pen.fillStyle = down(pen, base - 74, base + 30, [
            [0, palette.land(0.1 + i * 0.25, -4)],
            [1, palette.land(0.02 + i * 0.1, 18)],
          ])
          pen.fill(polygon(peaks, area.bottom))
          snowCaps(pen, peaks, base, i === 0 ? 'rgba(255, 255, 255, 0.5)' : 'rgba(255, 255, 255, 0.3)')
        },
      }
    }),
    mist(random, area, {
      y: horizon + 18,
      height: 14,
      colour: palette.glow,
      strength: 0.26,
      depth: 0.4,
      speed: 2,
      duration,
    }),
    sunWash(set, 0.4, 0.3),
    {
      depth: 0.55,
      paint: (pen) => {
        hill(pen, foot, [
          [0, palette.land(0.55)],
          [1, palette.land(0.4, 10)],
        ])
        pines(pen, random, foot.at, {
          count: 46,
          height: 20,
          colour: palette.tree(0.55),
          from: area.left,
          to: area.right,
        })
      },
    },
    {
      depth: 1,
      paint: (pen) => {
        hill(pen, near, [
          [0, palette.land(0.92)],
          [1, palette.land(1, -4)],
        ])
        pines(pen, random, near.at, {
          count: 16,
          height: 40,
          colour: palette.tree(1),
          from: area.left,
          to: area.right,
        })
      },
    },
  ]
}

type Points = readonly (readonly [x: number, y: number])[]

function peakLine(random: Setting['random'], from: number, to: number, base: number, height: number): Points {
  const points: [number, number][] = []
  let x = from
  let up = true
  while (x < to) {
    points.push([x, base - (up ? height * random.between(0.45, 1) : height * random.between(0.08, 0.3))])
    x += random.between(16, 38)
    up = !up
  }
  return [...points, [to, base]]
}

function polygon(points: Points, bottom: number): Path2D {
  const path = new Path2D()
  for (const [x, y] of points) path.lineTo(x, y)
  path.lineTo(points.at(-1)?.[0] ?? 0, bottom)
  path.lineTo(points[0]?.[0] ?? 0, bottom)
  path.closePath()
  return path
}

/** Light on the upper left of every peak. */
function snowCaps(pen: Pen, points: Points, base: number, colour: string): void {
  pen.fillStyle = colour
  points.forEach(([x, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before || !after || y > before[1] || y > after[1]) return
    const drop = (base - y) * 0.34
    const at = (other: readonly [number, number]) => x + ((other[0] - x) * drop) / Math.max(1, other[1] - y)
    pen.beginPath()
    pen.moveTo(x, y)
    pen.lineTo(at(before), y + drop)
    pen.lineTo(x - 3, y + drop * 0.62)
    pen.lineTo(x + 1, y + drop * 1.05)
    pen.lineTo(x + 4, y + drop * 0.6)
    pen.lineTo((x + at(after)) / 2, y + drop * 0.5)
    pen.closePath()
    pen.fill()
  })
}
