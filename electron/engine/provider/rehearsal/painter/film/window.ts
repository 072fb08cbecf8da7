import { Path2D } from '@napi-rs/canvas'
import { maraAtWindow } from '../figures/portraits.ts'
import { across, fillDown, glow } from '../light.ts'
import { ridge } from '../land.ts'
import { openStage, type Box, type Pen } from '../stage.ts'
import { motes } from '../weather.ts'
import { pushIn, type Scene } from './set.ts'

const PLANT = new Path2D('M4 -14C2 -22 0 -26 -3 -30M4 -14C5 -24 8 -28 12 -31M4 -14C4 -21 5 -26 5 -33')

/** 2. Mara wakes early and looks out at the field. */
export const beforeTheAlarm: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const windowX = 148 + a * 26
  const stage = openStage(aspect, { x: windowX + 26, y: 84 })
  const { area } = stage
  const hills = ridge(random, { ...area, bottom: 130 }, 96, 7)
  const field = ridge(random, { ...area, bottom: 130 }, 112, 5)
  return {
    stage,
    camera: pushIn(duration, 1.05, { x: 6, y: 0 }),
    layers: [
      {
        depth: 0.35,
        paint: (pen) => {
          const pane = { left: windowX - 30, top: 10, right: windowX + 150, bottom: 134 }
          fillDown(pen, pane, [
            [0, tone(214, 48, 66)],
            [0.5, tone(28, 60, 80)],
            [0.8, tone(34, 84, 74)],
          ])
          pen.save()
          pen.beginPath()
          pen.rect(pane.left, pane.top, pane.right - pane.left, pane.bottom - pane.top)
          pen.clip()
          glow(pen, windowX + 84, 92, 60, 40, [
            [0, 'rgba(255, 240, 205, 0.85)'],
            [1, 'rgba(255, 222, 170, 0)'],
          ])
          pen.fillStyle = tone(252, 18, 54)
          pen.fill(hills.land)
          pen.fillStyle = tone(250, 20, 36)
          pen.fill(field.land)
          pen.restore()
        },
      },
      {
        depth: 0.8,
        paint: (pen) => wallAround(pen, area, windowX, tone),
      },
      {
        depth: 0.9,
        live: (pen, t) => {
          curtain(pen, windowX - 30, area.top, -1, Math.sin(t * 0.8), [tone(220, 18, 26, 0.92), tone(28, 40, 54, 0.86)])
          curtain(pen, windowX + 146, area.top, 1, Math.sin(t * 0.8 + 1), [
            tone(222, 18, 22, 0.92),
            tone(222, 20, 15, 0.95),
          ])
          glow(pen, windowX + 59, 78, 128, 84, [
            [0, tone(30, 80, 78, 0.34 + 0.03 * Math.sin(t * 0.6))],
            [1, tone(30, 80, 70, 0)],
          ])
        },
      },
      {
        depth: 1,
        live: (pen, t) =>
          maraAtWindow(pen, windowX - 30 + b * 10, 184, 1.06, Math.sin(t * 1.5), tone(224, 24, 12), '#f6c793'),
      },
      motes(random, { left: windowX - 40, right: windowX + 130, top: 10, bottom: 130 }, 22, '255, 226, 180', 0.7),
    ],
  }
}

/** The room's wall with a window cut out of it: frame, sill, a plant and the dark below. */
function wallAround(
  pen: Pen,
  area: Box,
  x: number,
  tone: (h: number, s: number, l: number, a?: number) => string,
): void {
  const wall = across(pen, area.left, area.right, [
    [0, tone(222, 26, 8)],
    [0.6, tone(226, 22, 17)],
    [1, tone(226, 22, 12)],
  ])
  pen.fillStyle = wall
  pen.beginPath()
  pen.rect(area.left, area.top, area.right - area.left, area.bottom - area.top)
  pen.rect(x, 18, 118, 112)
  pen.fill('evenodd')
  pen.save()
  pen.translate(x, 18)
  pen.fillStyle = tone(222, 26, 8)
  for (const [bx, by, width, height] of [
    [56, 0, 5, 112],
    [0, 50, 118, 4],
    [-6, -6, 130, 7],
    [-6, -6, 7, 124],
    [117, -6, 7, 124],
  ] as const) {
    pen.fillRect(bx, by, width, height)
  }
  pen.fillStyle = tone(224, 24, 11)
  pen.fillRect(-14, 110, 146, 9)
  pen.fillStyle = tone(34, 60, 74, 0.5)
  pen.fillRect(-14, 110, 146, 0.9)
  pen.translate(96, 110)
  pen.fillStyle = tone(222, 20, 14)
  pen.beginPath()
  pen.roundRect(0, -14, 9, 14, 1)
  pen.fill()
  pen.strokeStyle = '#2a3a26'
  pen.lineWidth = 1.4
  pen.stroke(PLANT)
  pen.restore()
  pen.fillStyle = tone(224, 26, 6, 0.5)
  pen.fillRect(area.left, 150, area.right - area.left, area.bottom - 150)
}

function curtain(
  pen: Pen,
  x: number,
  top: number,
  side: 1 | -1,
  sway: number,
  colours: readonly [outer: string, inner: string],
): void {
  pen.fillStyle = across(
    pen,
    x - 18,
    x + 18,
    side === -1
      ? [
          [0, colours[0]],
          [1, colours[1]],
        ]
      : [
          [0, colours[1]],
          [1, colours[0]],
        ],
  )
  pen.beginPath()
  pen.moveTo(x - 15, top)
  pen.bezierCurveTo(x - 10, 50, x - 15 + sway * 2, 100, x - 18 + sway * 3, 146)
  pen.lineTo(x + 18 + sway * 3, 146)
  pen.bezierCurveTo(x + 10 + sway * 2, 100, x + 17, 50, x + 13, top)
  pen.closePath()
  pen.fill()
}
