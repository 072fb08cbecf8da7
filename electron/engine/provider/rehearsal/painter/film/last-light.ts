import { smoothstep } from '../colour.ts'
import { girl, WAITING } from '../figures/girl.ts'
import { horse, STANDING } from '../figures/horse.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { birds, drifting, streaks, sun } from '../sky.ts'
import { grow, openStage } from '../stage.ts'
import { mist } from '../weather.ts'
import { hold, type Scene } from './set.ts'

/** 12. Last light. Mara and Juniper on the hill, the sun between them. Hold, then fade. */
export const lastLight: Scene = ({ aspect, random, tone, a, duration }) => {
  const sunX = 160 + (a - 0.5) * 70
  const stage = openStage(aspect, { x: sunX + 16, y: 116 })
  const { area } = stage
  const far = ridge(random, area, 112, 7)
  const near = ridge(random, area, 142, 4)
  const sink = (t: number) => (7 * t) / duration
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
              [0, tone(262, 36, 20)],
              [0.4, tone(326, 42, 42)],
              [0.76, tone(14, 84, 60)],
              [1, tone(38, 96, 68)],
            ],
            Math.min(0, area.top),
            128,
          )
        },
      },
      drifting(area, 0.05, 1.2, duration, (pen, box) => {
        streaks(pen, random, box, Math.min(20, area.top + 30), 66, 9, [
          tone(336, 52, 60, 0.42),
          tone(22, 90, 72, 0.46),
          tone(350, 60, 56, 0.36),
        ])
      }),
      {
        depth: 0.05,
        live: (pen, t) => sun(pen, sunX, 100 + sink(t), 22, 96, '#fff3cd', '255, 196, 112'),
      },
      {
        depth: 0.25,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(352, 46, 33)],
              [1, tone(8, 52, 42)],
            ],
            44,
          )
          pines(pen, random, far.at, {
            count: 34,
            height: 9,
            colour: tone(346, 42, 25),
            from: area.left,
            to: area.right,
          })
        },
      },
      mist(random, area, {
        y: 132,
        height: 12,
        colour: '255, 160, 96',
        strength: 0.26,
        depth: 0.4,
        speed: 1.5,
        duration,
      }),
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(16, 52, 19)],
              [1, tone(300, 30, 5)],
            ],
            44,
          )
          glow(pen, sunX, 150, 56, 15, [
            [0, tone(24, 90, 52, 0.5)],
            [1, tone(16, 80, 40, 0)],
          ])
          stillGrass(pen, random, area, 148, 150, 11, tone(330, 34, 6))
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const breath = Math.sin(t * 1.1)
          const turn = smoothstep(duration * 0.35, duration * 0.6, t)
          horse(
            pen,
            {
              x: sunX + 44,
              y: near.at(sunX + 44) + 6,
              scale: 0.78,
              head: 4 + 9 * turn + breath,
              tail: 10 + 8 * Math.sin(t * 1.3),
            },
            { coat: '#150a0e', mane: '#0b0508', rim: '#ffcf8e', rimWidth: 1.3 },
            STANDING,
          )
          girl(
            pen,
            { x: sunX - 40, y: near.at(sunX - 40) + 7, scale: 0.62, t, wind: 0.4 },
            { coat: '#180e13', scarf: '#7d2a20', skin: '#3a1f1a', hair: '#0c0607', leg: '#0d070a', rim: '#ffcf8e' },
            { ...WAITING, arm: 14 + 30 * turn },
          )
        },
      },
      windyGrass(random, area, { y: 150, per: 170, height: 13, colour: '#0c0609', depth: 1.15, wind: 1.8 }),
      birds(random, 6, tone(300, 36, 15), 40, 40),
      {
        depth: 0,
        live: (pen, t) => {
          const dark = smoothstep(duration * 0.72, duration, t) * 0.94
          if (dark <= 0) return
          const all = grow(area, 20, 20)
          pen.fillStyle = `rgba(4, 2, 4, ${dark.toFixed(3)})`
          pen.fillRect(all.left, all.top, all.right - all.left, all.bottom - all.top)
        },
      },
    ],
  }
}
