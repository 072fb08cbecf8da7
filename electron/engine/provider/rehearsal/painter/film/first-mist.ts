import { Path2D } from '@napi-rs/canvas'
import { clamp } from '../colour.ts'
import { horse, STANDING } from '../figures/horse.ts'
import { glow, fillDown } from '../light.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { fence, hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { birds, sun } from '../sky.ts'
import { openStage, type Pen } from '../stage.ts'
import { mist } from '../weather.ts'
import { hold, type Scene } from './set.ts'

const HOUSE = new Path2D('M0 2V-14L12 -23L24 -14V2Z')
const SHED = new Path2D('M24 2V-11H44V2Z')
const SHED_ROOF = new Path2D('M22 -10L28 -17H42L46 -10Z')
const CHIMNEY = new Path2D('M17 -20V-26H20V-17Z')

/** 1. Wide. Dawn mist over the long pasture, one lit window. */
export const firstMist: Scene = ({ aspect, random, tone, a, b, c, duration }) => {
  const stage = openStage(aspect, { x: 196, y: 112 })
  const { area } = stage
  const sunX = clamp(96 + a * 110, stage.view.left + 26, stage.view.right - 26)
  const houseX = 226 + b * 34
  const far = ridge(random, area, 98, 12)
  const middle = ridge(random, area, 116, 11)
  const rise = ridge(random, area, 133, 7)
  const near = ridge(random, area, 152, 5)
  const haze = { colour: '255, 232, 224', duration }
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
              [0, tone(238, 28, 31)],
              [0.36, tone(262, 25, 50)],
              [0.62, tone(340, 42, 70)],
              [0.84, tone(26, 78, 80)],
            ],
            Math.min(0, area.top),
            126,
          )
          sun(pen, sunX, 93, 8.5, 66, '#fffaf0', '255, 226, 182')
        },
      },
      {
        depth: 0.18,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(268, 19, 57)],
              [1, tone(330, 26, 74)],
            ],
            40,
          )
          pines(pen, random, far.at, {
            count: 34,
            height: 9,
            colour: tone(268, 18, 52),
            from: area.left,
            to: area.right,
          })
        },
      },
      mist(random, area, { ...haze, y: 104, height: 16, strength: 0.34, depth: 0.2, speed: 1.6 }),
      {
        depth: 0.36,
        paint: (pen) => {
          hill(
            pen,
            middle,
            [
              [0, tone(258, 20, 42)],
              [1, tone(286, 20, 64)],
            ],
            34,
          )
          pines(pen, random, middle.at, { count: 56, height: 15, colour: tone(258, 21, 37), from: area.left, to: 150 })
        },
      },
      mist(random, area, { ...haze, y: 122, height: 15, strength: 0.46, depth: 0.42, speed: -2.2 }),
      {
        depth: 0.58,
        paint: (pen) => {
          hill(
            pen,
            rise,
            [
              [0, tone(252, 21, 30)],
              [1, tone(268, 18, 50)],
            ],
            34,
          )
          house(pen, houseX, rise.at(houseX + 16) + 2, tone)
        },
      },
      mist(random, area, { ...haze, y: 146, height: 15, strength: 0.42, depth: 0.7, speed: 3 }),
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(248, 25, 18)],
              [1, tone(250, 30, 8)],
            ],
            46,
          )
          const post = tone(246, 26, 11)
          fence(pen, { x0: area.left - 4, x1: 196, y0: 155, y1: 162, h0: 11, h1: 15 }, 9, post)
          stillGrass(pen, random, area, 168, 120, 8, tone(248, 24, 12))
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const graze = 34 + 3 * Math.sin(t * 0.9) + 1.5 * Math.sin(t * 2.3)
          const coat = tone(246, 28, 10)
          const place = { x: 118 + c * 50, y: 160, scale: 0.3, head: graze, tail: 9 * Math.sin(t * 1.4) }
          horse(pen, place, { coat, mane: tone(246, 30, 7), rim: tone(330, 40, 62, 0.75), rimWidth: 1.6 }, STANDING)
        },
      },
      windyGrass(random, area, { y: 174, per: 60, height: 11, colour: tone(248, 26, 8), depth: 1.25, wind: 1 }),
      birds(random, 5, tone(262, 24, 30), 56, 36),
      {
        depth: 0.6,
        live: (pen, t) => glow(pen, houseX + 11.5, rise.at(houseX + 16) - 6, 15, 12, flicker(t)),
      },
    ],
  }
}

const flicker = (t: number) => {
  const light = 0.34 + 0.05 * Math.sin(t * 2.1) + 0.03 * Math.sin(t * 5.3)
  return [
    [0, `rgba(255, 205, 125, ${light.toFixed(3)})`],
    [1, 'rgba(255, 190, 102, 0)'],
  ] as const
}

function house(pen: Pen, x: number, y: number, tone: (h: number, s: number, l: number) => string): void {
  pen.save()
  pen.translate(x, y)
  pen.fillStyle = tone(248, 20, 14)
  pen.fill(HOUSE)
  pen.fill(CHIMNEY)
  pen.fillStyle = tone(250, 22, 16)
  pen.fill(SHED)
  pen.fillStyle = tone(248, 20, 12)
  pen.fill(SHED_ROOF)
  pen.fillStyle = '#ffcf7d'
  pen.fillRect(9, -11, 5, 6)
  pen.fillStyle = tone(248, 20, 14)
  pen.fillRect(11.2, -11, 0.7, 6)
  pen.restore()
}
