import { Path2D } from '@napi-rs/canvas'
import { girl, strolling } from '../figures/girl.ts'
import { horse, strideOf, walking } from '../figures/horse.ts'
import { fence, hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { openStage } from '../stage.ts'
import { mist, snow } from '../weather.ts'
import { MARA, pushIn, walkOf, type Scene } from './set.ts'

const SNOW_ON_BACK = new Path2D('M31 36.4C38 33.6 46 37 56 37.6C50 39.4 38 39 31 36.4Z')

/** 11. First snow. Juniper and Mara cross the white pasture, tracks behind them. */
export const firstSnow: Scene = ({ aspect, random, tone, a, duration }) => {
  const walk = walkOf(duration) * 0.8
  const stage = openStage(aspect, { x: 182 + a * 24, y: 128 }, 44 + walk / 2)
  const { area } = stage
  const start = 168 + a * 36 - walk / 2
  const far = ridge(random, area, 96, 10)
  const middle = ridge(random, area, 118, 8)
  const near = ridge(random, area, 141, 5)
  return {
    stage,
    camera: pushIn(duration, 1.03, { x: walk * 0.6, y: 0 }),
    layers: [
      {
        depth: 0,
        paint: (pen) =>
          fillDown(
            pen,
            area,
            [
              [0, tone(216, 22, 56)],
              [0.8, tone(218, 28, 84)],
              [1, tone(24, 34, 88)],
            ],
            Math.min(0, area.top),
            116,
          ),
      },
      {
        depth: 0.18,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(214, 20, 72)],
              [1, tone(216, 24, 84)],
            ],
            44,
          )
          pines(pen, random, far.at, {
            count: 48,
            height: 14,
            colour: tone(214, 15, 59),
            from: area.left,
            to: area.right,
          })
        },
      },
      snow(random, area, 90, 0.7, 0.3),
      {
        depth: 0.45,
        paint: (pen) => {
          hill(
            pen,
            middle,
            [
              [0, tone(214, 24, 86)],
              [1, tone(216, 24, 78)],
            ],
            40,
          )
          pines(pen, random, middle.at, { count: 38, height: 34, colour: tone(212, 19, 36), from: area.left, to: 100 })
          pines(pen, random, middle.at, { count: 34, height: 30, colour: tone(212, 18, 42), from: 246, to: area.right })
        },
      },
      mist(random, area, {
        y: 136,
        height: 12,
        colour: '240, 244, 252',
        strength: 0.34,
        depth: 0.6,
        speed: 2,
        duration,
      }),
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(214, 32, 93)],
              [1, tone(218, 28, 66)],
            ],
            60,
          )
          fence(
            pen,
            { x0: 214, x1: area.right + 10, y0: 148, y1: 156, h0: 12, h1: 17 },
            Math.round((area.right - 204) / 18),
            tone(214, 12, 34),
          )
          tracks(pen, random, area.left, start + 30, tone(216, 30, 58, 0.6))
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const gone = (walk * t) / duration
          const cycles = gone / strideOf(0.6)
          fresh(pen, start, gone, tone(216, 30, 58, 0.6))
          const x = start + gone
          for (const [at, reach] of [
            [x, 32],
            [x + 48, 10],
          ] as const) {
            glow(pen, at - 6, 166, reach, 3, [
              [0, tone(218, 36, 42, 0.42)],
              [1, tone(218, 36, 52, 0)],
            ])
          }
          const place = {
            x,
            y: 165,
            scale: 0.6,
            head: 22 + 3 * Math.sin(cycles * Math.PI * 4),
            tail: 6 * Math.sin(t * 1.6),
          }
          horse(
            pen,
            place,
            { coat: '#432e20', far: '#2e1f15', mane: '#1d130d', rim: '#e8eef8', rimWidth: 0.9, bridle: '#1d130d' },
            walking(cycles),
          )
          pen.save()
          pen.translate(place.x, place.y)
          pen.scale(place.scale, place.scale)
          pen.translate(-54, -100)
          pen.fillStyle = 'rgba(255, 255, 255, 0.85)'
          pen.fill(SNOW_ON_BACK)
          pen.restore()
          girl(
            pen,
            { x: x + 48, y: 167, scale: 0.5, t, wind: 0.3, lean: 3 },
            { ...MARA, coat: '#43596a', rim: '#eef3fb' },
            strolling(gone / 24),
          )
          breath(pen, x + 33, 146, t)
        },
      },
      snow(random, area, 120, 1.6, 1),
      snow(random, area, 26, 3, 1.5),
    ],
  }
}

type Pen = Parameters<typeof glow>[0]

/** Hoof and boot prints up to where the clip begins. */
function tracks(
  pen: Pen,
  random: { between(a: number, b: number): number },
  from: number,
  to: number,
  colour: string,
): void {
  for (let x = from; x < to; x += 5.4) print(pen, x, 165.5 + random.between(-1.6, 2.4), colour)
}

/** The prints made since. */
function fresh(pen: Pen, start: number, gone: number, colour: string): void {
  for (let x = start + 30; x < start + gone + 30; x += 5.4) print(pen, x, 165.5 + (((x * 7.3) % 4) - 1.6), colour)
}

function print(pen: Pen, x: number, y: number, colour: string): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.ellipse(x, y, 1.5, 0.6, 0, 0, Math.PI * 2)
  pen.fill()
}

function breath(pen: Pen, x: number, y: number, t: number): void {
  const age = (t * 0.45) % 1
  glow(pen, x + age * 9, y - age * 4, 3 + age * 8, 2 + age * 4, [
    [0, `rgba(255, 255, 255, ${(0.5 * (1 - age)).toFixed(3)})`],
    [1, 'rgba(255, 255, 255, 0)'],
  ])
}
