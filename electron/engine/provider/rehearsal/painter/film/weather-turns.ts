import { Path2D } from '@napi-rs/canvas'
import { clamp } from '../colour.ts'
import { girl } from '../figures/girl.ts'
import { horse } from '../figures/horse.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { fillDown, glow } from '../light.ts'
import { drifting, overcast } from '../sky.ts'
import { openStage } from '../stage.ts'
import { pushIn, type Scene } from './set.ts'

const BOLT = new Path2D('M0 0L-5 13L-1 14L-10 30L-7 31L-14 52M-3 30L3 39')

/** 8. Storm front over the ridge. Mara and Juniper stop and look up. Wind in the grass. */
export const weatherTurns: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const horseX = 200 + a * 50
  const stage = openStage(aspect, { x: horseX - 28, y: 130 })
  const { area } = stage
  const far = ridge(random, area, 128, 5)
  const near = ridge(random, area, 147, 5)
  const strike = 0.9 + b * 0.8
  const flash = (t: number) => {
    const since = (((t - strike) % 3.4) + 3.4) % 3.4
    return t < strike ? 0 : clamp(1 - since * 3.2, 0, 1) * (since > 0.09 && since < 0.16 ? 0.35 : 1)
  }
  const boltX = horseX - 128
  return {
    stage,
    camera: pushIn(duration, 1.05, { x: 0, y: -5 }),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(
            pen,
            area,
            [
              [0, tone(216, 18, 13)],
              [0.55, tone(206, 18, 38)],
              [0.86, tone(52, 46, 68)],
              [1, tone(44, 40, 56)],
            ],
            Math.min(0, area.top),
            136,
          )
          glow(pen, boltX + 18, 118, 130, 26, [
            [0, 'rgba(247, 242, 200, 0.85)'],
            [1, 'rgba(207, 208, 168, 0)'],
          ])
        },
      },
      drifting(area, 0.1, 3.4, duration, (pen, box) =>
        overcast(pen, random, box, 74, (d, alpha) => tone(214, 18, 10 + d * 26, alpha), 90),
      ),
      drifting(area, 0.16, 6, duration, (pen, box) =>
        overcast(pen, random, box, 36, (d, alpha) => tone(218, 20, 8 + d * 14, alpha), 36),
      ),
      {
        depth: 0.12,
        live: (pen, t) => {
          const bright = flash(t)
          if (bright <= 0.02) return
          glow(pen, boltX, 70, 150, 80, [
            [0, `rgba(226, 232, 255, ${(0.5 * bright).toFixed(3)})`],
            [1, 'rgba(190, 205, 255, 0)'],
          ])
          pen.save()
          pen.translate(boltX, 56)
          pen.scale(1.25, 1.25)
          pen.lineJoin = 'round'
          pen.strokeStyle = `rgba(253, 249, 222, ${bright.toFixed(3)})`
          pen.lineWidth = 1.1
          pen.stroke(BOLT)
          pen.restore()
        },
      },
      {
        // Rain hanging far away under the front.
        depth: 0.14,
        paint: (pen) => {
          for (let i = 0; i < 60; i++) {
            const x = random.between(area.left, boltX + 130)
            pen.strokeStyle = `rgba(170, 184, 196, ${random.between(0.05, 0.2).toFixed(2)})`
            pen.lineWidth = random.between(0.5, 2)
            pen.beginPath()
            pen.moveTo(x, random.between(60, 80))
            pen.lineTo(x - 14, 124)
            pen.stroke()
          }
        },
      },
      {
        depth: 0.3,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(84, 15, 24)],
              [1, tone(70, 16, 33)],
            ],
            26,
          )
          pines(pen, random, far.at, { count: 40, height: 9, colour: tone(90, 14, 16), from: area.left, to: 150 })
        },
      },
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(70, 21, 26)],
              [1, tone(90, 22, 7)],
            ],
            48,
          )
          stillGrass(pen, random, area, 150, 160, 11, tone(76, 20, 15))
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const up = clamp((t - 0.4) / 1.2, 0, 1)
          const rim = flash(t) > 0.4 ? '#fdfdf0' : '#d9d5ae'
          horse(
            pen,
            {
              x: horseX,
              y: near.at(horseX) + 4,
              scale: 0.7,
              head: 8 - 17 * up + Math.sin(t * 1.2),
              tail: 16 + 10 * Math.sin(t * 3),
            },
            { coat: '#0f0d0c', mane: '#070606', rim, rimWidth: 1.2 },
          )
          const x = horseX - 58
          girl(
            pen,
            { x, y: near.at(x) + 5, scale: 0.56, t, wind: 0.9, lean: -2 * up },
            { coat: '#151a1f', scarf: '#8f3325', skin: '#3d2c24', hair: '#0b0807', leg: '#0a0a0b', rim },
          )
        },
      },
      windyGrass(random, area, {
        y: 154,
        per: 170,
        height: 15,
        colour: tone(74, 24, 13),
        depth: 1.1,
        wind: 5.5,
        width: 1,
      }),
      windyGrass(random, area, {
        y: 170,
        per: 60,
        height: 19,
        colour: tone(80, 24, 7),
        depth: 1.4,
        wind: 6,
        width: 1.3,
      }),
    ],
  }
}
