import { girl, handOf, strolling } from '../figures/girl.ts'
import { horse, muzzleOf, strideOf, walking } from '../figures/horse.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { sun } from '../sky.ts'
import { openStage } from '../stage.ts'
import { mist, motes } from '../weather.ts'
import { pushIn, walkOf, type Scene } from './set.ts'

/** 6. Mara leads Juniper through tall gold grass. Sun behind them, walking pace. */
export const goldGrass: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const walk = walkOf(duration)
  const start = 172 + b * 26 - walk / 2
  const stage = openStage(aspect, { x: 186 + b * 20, y: 128 }, 44 + walk / 2)
  const { area } = stage
  const sunX = 206 + a * 70
  const far = ridge(random, area, 100, 9)
  const middle = ridge(random, area, 118, 7)
  const near = ridge(random, area, 140, 4)
  return {
    stage,
    // The camera walks with them, a little slower.
    camera: pushIn(duration, 1.03, { x: walk * 0.8, y: 0 }),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(
            pen,
            area,
            [
              [0, tone(206, 36, 55)],
              [0.5, tone(42, 60, 76)],
              [0.8, tone(38, 92, 76)],
            ],
            Math.min(0, area.top),
            122,
          )
          sun(pen, sunX, 80, 12.5, 96, '#fffdf2', '255, 240, 190')
        },
      },
      {
        depth: 0.2,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(34, 34, 62)],
              [1, tone(40, 54, 74)],
            ],
            44,
          )
          pines(pen, random, far.at, {
            count: 26,
            height: 10,
            colour: tone(34, 30, 55),
            from: area.left,
            to: area.right,
          })
        },
      },
      mist(random, area, {
        y: 112,
        height: 14,
        colour: '255, 244, 205',
        strength: 0.3,
        depth: 0.24,
        speed: 1.2,
        duration,
      }),
      {
        depth: 0.45,
        paint: (pen) => {
          hill(
            pen,
            middle,
            [
              [0, tone(38, 48, 52)],
              [1, tone(42, 60, 62)],
            ],
            40,
          )
          stillGrass(pen, random, { ...area, bottom: 142 }, 120, 260, 4, tone(40, 52, 45), 0.5)
          glow(pen, sunX, 100, 130, 46, [
            [0, 'rgba(255, 248, 214, 0.72)'],
            [1, 'rgba(255, 220, 140, 0)'],
          ])
        },
      },
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(42, 72, 56)],
              [0.5, tone(38, 62, 38)],
              [1, tone(34, 54, 17)],
            ],
            52,
          )
          stillGrass(pen, random, area, 144, 330, 11, tone(40, 66, 42), 0.8)
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const gone = (walk * t) / duration
          const cycles = gone / strideOf(0.62)
          const horseAt = {
            x: start + gone - 22,
            y: 162,
            scale: 0.62,
            head: 9 + 2.5 * Math.sin(cycles * Math.PI * 4),
            tail: 10 * Math.sin(t * 2),
          }
          const pose = strolling(gone / 26, 20)
          const girlAt = { x: start + gone + 30, y: 165, scale: 0.53, t, wind: 0.35, lean: 2 }
          const muzzle = muzzleOf(horseAt)
          const hand = handOf(girlAt, pose)
          horse(
            pen,
            horseAt,
            {
              coat: tone(22, 46, 16),
              far: tone(22, 44, 11),
              mane: tone(20, 40, 9),
              rim: '#ffe2a0',
              rimWidth: 1.5,
              bridle: tone(24, 40, 6),
            },
            walking(cycles),
          )
          pen.strokeStyle = '#2a1a0f'
          pen.lineWidth = 0.9
          pen.beginPath()
          pen.moveTo(muzzle.x, muzzle.y)
          pen.quadraticCurveTo((muzzle.x + hand.x) / 2, Math.max(muzzle.y, hand.y) + 7, hand.x, hand.y)
          pen.stroke()
          girl(
            pen,
            girlAt,
            { coat: '#26323b', scarf: '#b5452f', skin: '#8d5f45', hair: '#22140d', leg: '#15161a', rim: '#ffe2a0' },
            pose,
          )
        },
      },
      windyGrass(random, area, { y: 152, per: 190, height: 14, colour: tone(43, 74, 52), depth: 1.08, wind: 2.4 }),
      windyGrass(random, area, {
        y: 168,
        per: 90,
        height: 17,
        colour: tone(36, 60, 20),
        depth: 1.35,
        wind: 2.6,
        width: 1.2,
      }),
      motes(random, { ...area, top: 70, bottom: 156 }, 40, '255, 243, 200', 0.9),
    ],
  }
}
