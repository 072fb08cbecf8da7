import { girl, strolling } from '../figures/girl.ts'
import { horse, strideOf, walking } from '../figures/horse.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { fence, hill, ridge } from '../land.ts'
import { poplars } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { birds, cumulus, drifting } from '../sky.ts'
import { openStage } from '../stage.ts'
import { MARA, type Scene } from './set.ts'

/** 7. Side tracking along the fence. Juniper keeps pace with Mara while poplars slide past. */
export const fenceLine: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const walk = Math.min(17 * duration, 110)
  const start = 162 + b * 16 - walk / 2
  const stage = openStage(aspect, { x: 178 + b * 16, y: 122 }, 44 + walk * 0.8)
  const { area } = stage
  const far = ridge(random, area, 94, 9)
  const middle = ridge(random, area, 112, 6)
  return {
    stage,
    camera: (t) => ({ x: walk * (t / duration - 0.5), y: 0.5 * Math.sin(t * 2.6), zoom: 1.02 }),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(
            pen,
            area,
            [
              [0, tone(206, 48, 44)],
              [0.7, tone(197, 46, 74)],
              [1, tone(190, 40, 84)],
            ],
            Math.min(0, area.top),
            112,
          )
        },
      },
      drifting(area, 0.08, 1.4, duration, (pen, box) => {
        const step = 110
        for (let x = box.left + a * 60; x < box.right; x += step * random.between(0.8, 1.4)) {
          cumulus(
            pen,
            random,
            x,
            random.between(Math.min(10, area.top + 30), 62),
            random.between(46, 92),
            'rgba(255, 255, 255, 0.82)',
            tone(206, 30, 78, 0.55),
          )
        }
      }),
      {
        depth: 0.16,
        paint: (pen) =>
          hill(
            pen,
            far,
            [
              [0, tone(164, 18, 52)],
              [1, tone(150, 24, 62)],
            ],
            40,
          ),
      },
      {
        depth: 0.4,
        paint: (pen) => {
          hill(
            pen,
            middle,
            [
              [0, tone(112, 26, 39)],
              [1, tone(98, 32, 47)],
            ],
            30,
          )
          poplars(pen, random, middle.at, {
            from: area.left,
            to: area.right,
            gap: 34,
            height: 46,
            colour: (light) => tone(116 - light * 14, 28, 19 + light * 13),
          })
        },
      },
      {
        depth: 1,
        paint: (pen) => {
          const bottom = area.bottom
          fillDown(
            pen,
            { ...area, top: 118 },
            [
              [0, tone(92, 34, 47)],
              [0.6, tone(100, 36, 27)],
              [1, tone(104, 38, 14)],
            ],
            118,
            bottom,
          )
          stillGrass(pen, random, { ...area, bottom: 148 }, 120, 260, 5, tone(94, 38, 36), 0.6)
          pen.fillStyle = tone(40, 36, 58, 0.62)
          pen.beginPath()
          pen.moveTo(area.left, 147)
          pen.lineTo(area.right, 143)
          pen.lineTo(area.right, 156)
          pen.lineTo(area.left, 162)
          pen.fill()
          stillGrass(pen, random, { ...area, bottom: 172 }, 156, 140, 7, tone(98, 40, 26))
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const gone = (walk * t) / duration
          const cycles = gone / strideOf(0.66)
          shade(pen, start + gone + 30, 155, 34, tone(110, 40, 10, 0.35))
          shade(pen, start + gone - 30, 157, 11, tone(110, 40, 10, 0.35))
          horse(
            pen,
            {
              x: start + gone + 30,
              y: 154,
              scale: 0.66,
              head: 5 + 3 * Math.sin(cycles * Math.PI * 4),
              tail: 12 * Math.sin(t * 2.2),
            },
            { coat: '#53331f', far: '#3a2315', mane: '#20130c', rim: '#a8774a', bridle: '#24150d' },
            walking(cycles),
          )
          girl(pen, { x: start + gone - 30, y: 157, scale: 0.56, t, wind: 0.4, lean: 2 }, MARA, strolling(gone / 27))
        },
      },
      {
        depth: 1.5,
        paint: (pen) => {
          const run = { x0: area.left - 40, x1: area.right + 40, y0: 190, y1: 190, h0: 45, h1: 45 }
          const posts = Math.round((run.x1 - run.x0) / 58)
          fence(pen, { ...run, y0: 191.4, y1: 191.4 }, posts, tone(30, 16, 26), 1.5)
          fence(pen, run, posts, tone(34, 18, 60), 1)
        },
      },
      windyGrass(random, area, {
        y: 176,
        per: 70,
        height: 15,
        colour: tone(96, 44, 17),
        depth: 1.6,
        wind: 1.6,
        width: 1.2,
      }),
      birds(random, 4, tone(210, 30, 30), 170, 30),
    ],
  }
}

function shade(pen: Parameters<typeof glow>[0], x: number, y: number, reach: number, colour: string): void {
  glow(pen, x, y, reach, 3.4, [
    [0, colour],
    [0.6, colour],
    [1, 'rgba(0, 0, 0, 0)'],
  ])
}
