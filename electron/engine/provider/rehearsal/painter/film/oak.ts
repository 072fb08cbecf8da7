import { girl } from '../figures/girl.ts'
import { horse } from '../figures/horse.ts'
import { windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { oak, pines } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { openStage } from '../stage.ts'
import { mist, rain } from '../weather.ts'
import { MARA, hold, type Scene } from './set.ts'

/** 10. They shelter under the oak. Mara leans on Juniper, rain beyond the branches. */
export const underTheOak: Scene = ({ aspect, random, tone, a, duration }) => {
  const x = 132 + a * 40
  const stage = openStage(aspect, { x: x + 26, y: 122 })
  const { area } = stage
  const far = ridge(random, area, 112, 8)
  const near = ridge(random, area, 147, 4)
  return {
    stage,
    camera: hold(duration),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(
            pen,
            area,
            [
              [0, tone(172, 15, 30)],
              [1, tone(150, 17, 64)],
            ],
            Math.min(0, area.top),
            120,
          )
          glow(pen, x + 70, 108, 160, 66, [
            [0, 'rgba(238, 243, 220, 0.75)'],
            [1, 'rgba(223, 233, 207, 0)'],
          ])
        },
      },
      {
        depth: 0.2,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(150, 14, 46)],
              [1, tone(146, 16, 58)],
            ],
            40,
          )
          pines(pen, random, far.at, {
            count: 20,
            height: 16,
            colour: tone(150, 14, 38),
            from: area.left,
            to: area.right,
          })
        },
      },
      mist(random, area, {
        y: 126,
        height: 14,
        colour: '222, 234, 220',
        strength: 0.34,
        depth: 0.3,
        speed: 2,
        duration,
      }),
      rain(random, area, { count: 120, colour: 'rgba(230, 240, 232, 0.4)', length: 17, slant: -0.18, depth: 0.5 }),
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(128, 23, 25)],
              [1, tone(140, 30, 7)],
            ],
            46,
          )
          glow(pen, x + 14, 154, 96, 8, [
            [0, tone(140, 30, 6, 0.6)],
            [0.6, tone(140, 30, 6, 0.35)],
            [1, tone(140, 30, 6, 0)],
          ])
        },
      },
      {
        depth: 1,
        paint: (pen) => oak(pen, random, x, 153, 1.72, [tone(136, 27, 10), tone(128, 26, 15), tone(112, 26, 23)]),
      },
      {
        depth: 1,
        live: (pen, t) => {
          const breath = Math.sin(t * 1.2)
          horse(
            pen,
            { x: x + 56, y: 157.5, scale: 0.52, head: 25 + 2 * breath, tail: 7 * Math.sin(t * 1.1) },
            { coat: '#2c1d14', far: '#1d130d', mane: '#120b08', rim: '#c3c9a8' },
          )
          girl(
            pen,
            { x: x + 29, y: 159, scale: 0.43, t, wind: 0.12, lean: 7 + 0.6 * breath },
            { ...MARA, coat: '#3a5262', skin: '#a5765a', rim: '#c3c9a8' },
            { near: { swing: 6, bend: 0 }, far: { swing: 0, bend: 0 }, arm: 42, bob: 0 },
          )
        },
      },
      windyGrass(random, area, { y: 154, per: 170, height: 10, colour: tone(126, 30, 19), depth: 1.1, wind: 1.4 }),
      {
        // Drops that gather on the branches and fall.
        depth: 1.2,
        live: (pen, t) => {
          pen.fillStyle = 'rgba(232, 242, 234, 0.6)'
          for (let i = 0; i < 12; i++) {
            const fall = (t * 0.55 + i * 0.37) % 1
            const dropX = x - 60 + ((i * 47) % 130)
            pen.beginPath()
            pen.ellipse(dropX, 58 + ((i * 23) % 26) + fall * fall * 95, 0.5, 1.5, 0, 0, Math.PI * 2)
            pen.fill()
          }
        },
      },
    ],
  }
}
