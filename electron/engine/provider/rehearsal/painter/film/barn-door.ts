import { girl } from '../figures/girl.ts'
import { down, glow } from '../light.ts'
import { windyGrass } from '../grass.ts'
import { grow, openStage, type Pen } from '../stage.ts'
import { motes } from '../weather.ts'
import { pushIn, type Scene } from './set.ts'

type Tone = (h: number, s: number, l: number, a?: number) => string

/** 3. Mara slides the barn door open and a blade of light cuts the dust. */
export const barnDoor: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const doorX = 168 + a * 44
  const stage = openStage(aspect, { x: doorX, y: 96 })
  const { area } = stage
  const opened = (t: number) =>
    0.55 + 0.45 * Math.min(1, (1 - Math.cos((Math.min(t, duration * 0.7) / (duration * 0.7)) * Math.PI)) / 2)
  return {
    stage,
    camera: pushIn(duration, 1.09),
    layers: [
      { depth: 0.5, paint: (pen) => outside(pen, doorX, tone) },
      {
        depth: 0.9,
        paint: (pen) => {
          planks(pen, area, doorX, tone, random)
          floor(pen, area, tone)
        },
      },
      { depth: 0.9, live: (pen, t) => slidingDoor(pen, doorX, opened(t), tone) },
      { depth: 0.9, live: (pen, t) => light(pen, doorX, opened(t), t, area.bottom, tone) },
      {
        depth: 1,
        live: (pen, t) => {
          const look = {
            coat: '#1d1a1a',
            scarf: '#96321f',
            skin: '#4a2f22',
            hair: '#120b08',
            leg: '#0f0c0b',
            rim: '#ffdca6',
          }
          const place = { x: doorX - 6 + b * 10, y: 143, scale: 0.82, t, wind: 0.15 }
          const reach = 62 - 30 * opened(t)
          shadow(pen, place.x + 2, tone)
          girl(pen, place, look, { near: { swing: 4, bend: 0 }, far: { swing: -5, bend: 2 }, arm: reach, bob: 0 })
        },
      },
      motes(
        random,
        grow({ left: doorX - 140, right: doorX + 60, top: 10, bottom: 170 }, 0, 0),
        80,
        '255, 226, 174',
        1.1,
      ),
      {
        depth: 1.3,
        paint: (pen) => {
          pen.fillStyle = tone(36, 40, 9)
          pen.beginPath()
          pen.moveTo(area.left, 162)
          pen.bezierCurveTo(14, 150, 40, 154, 62, 164)
          pen.bezierCurveTo(76, 170, 90, 182, 100, area.bottom + 4)
          pen.lineTo(area.left, area.bottom + 4)
          pen.fill()
        },
      },
      windyGrass(random, area, { y: 168, per: 34, height: 10, colour: tone(38, 50, 24), depth: 1.3, wind: 0.5 }),
    ],
  }
}

/** The morning beyond the door. */
function outside(pen: Pen, x: number, tone: Tone): void {
  pen.fillStyle = down(pen, 14, 142, [
    [0, tone(40, 86, 90)],
    [0.6, tone(34, 88, 76)],
    [1, tone(28, 70, 58)],
  ])
  pen.fillRect(x - 60, 0, 130, 150)
  glow(pen, x + 8, 70, 46, 46, [
    [0, 'rgba(255, 252, 238, 0.9)'],
    [1, 'rgba(255, 240, 200, 0)'],
  ])
  for (const [y, colour] of [
    [102, tone(40, 44, 66, 0.85)],
    [118, tone(44, 36, 47, 0.85)],
  ] as const) {
    pen.fillStyle = colour
    pen.beginPath()
    pen.moveTo(x - 60, y + 6)
    pen.bezierCurveTo(x - 20, y - 6, x + 14, y + 2, x + 70, y - 6)
    pen.lineTo(x + 70, 150)
    pen.lineTo(x - 60, 150)
    pen.fill()
  }
}

/** The barn's wall of boards around the doorway, and its beams. */
function planks(
  pen: Pen,
  area: { left: number; right: number; top: number; bottom: number },
  x: number,
  tone: Tone,
  random: { between(a: number, b: number): number },
): void {
  pen.save()
  pen.beginPath()
  pen.rect(area.left, area.top, area.right - area.left, area.bottom - area.top)
  pen.moveTo(x - 30, 20)
  pen.lineTo(x - 30, 138)
  pen.lineTo(x + 32, 138)
  pen.lineTo(x + 32, 20)
  pen.closePath()
  pen.clip('evenodd')
  pen.fillStyle = tone(20, 30, 4)
  pen.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top)
  for (let px = area.left; px < area.right; px += 15) {
    pen.fillStyle = tone(22, 26, random.between(6, 10.5))
    pen.fillRect(px, area.top, 13.6, area.bottom - area.top)
  }
  pen.fillStyle = tone(20, 30, 4)
  pen.fillRect(area.left, 4, area.right - area.left, 3)
  pen.fillRect(area.left, 30, area.right - area.left, 6)
  pen.restore()
}

function floor(pen: Pen, area: { left: number; right: number; bottom: number }, tone: Tone): void {
  pen.fillStyle = down(pen, 138, 190, [
    [0, tone(22, 30, 9)],
    [1, tone(22, 30, 4)],
  ])
  pen.fillRect(area.left, 138, area.right - area.left, area.bottom - 136)
}

/** The door on its rail: covers what is not yet open. */
function slidingDoor(pen: Pen, x: number, opened: number, tone: Tone): void {
  const left = x - 30 + 62 * opened
  pen.fillStyle = tone(20, 34, 11)
  pen.fillRect(left, 12, 62, 127)
  pen.strokeStyle = tone(26, 40, 18)
  pen.lineWidth = 4
  pen.strokeRect(left + 3, 15, 56, 121)
  pen.beginPath()
  pen.moveTo(left + 4, 76)
  pen.lineTo(left + 58, 76)
  pen.moveTo(left + 4, 74)
  pen.lineTo(left + 58, 16)
  pen.moveTo(left + 4, 78)
  pen.lineTo(left + 58, 136)
  pen.stroke()
  pen.fillStyle = '#ffdfa8'
  pen.fillRect(left, 14, 1.3, 125)
  pen.fillStyle = tone(20, 24, 3)
  pen.fillRect(x - 90, 9, 220, 4)
}

/** What comes in: a pool on the floor, a shaft in the dust and a bloom around the opening. */
function light(pen: Pen, x: number, opened: number, t: number, bottom: number, tone: Tone): void {
  const right = x - 30 + 62 * opened
  const reach = bottom + 4
  const shimmer = 1 + 0.06 * Math.sin(t * 0.9)
  polygon(
    pen,
    [x - 30, 138, right, 138, right + 62, reach, x - 112, reach],
    down(pen, 138, reach, [
      [0, tone(32, 80, 62, 0.92)],
      [1, tone(24, 60, 20, 0)],
    ]),
  )
  polygon(
    pen,
    [x - 30, 20, right, 40, x - 36, reach, x - 156, reach],
    down(pen, 20, reach, [
      [0, `rgba(255, 217, 153, ${(0.3 * opened * shimmer).toFixed(3)})`],
      [1, 'rgba(255, 183, 102, 0)'],
    ]),
  )
  glow(pen, (x - 30 + right) / 2, 84, 140, 108, [
    [0, tone(36, 90, 72, 0.42 * opened * shimmer)],
    [0.5, tone(30, 80, 50, 0.14 * opened)],
    [1, tone(30, 80, 40, 0)],
  ])
}

function shadow(pen: Pen, x: number, tone: Tone): void {
  polygon(pen, [x - 4, 141, x + 7, 141, x - 8, 186, x - 34, 186], tone(16, 50, 4, 0.62))
}

function polygon(pen: Pen, points: readonly number[], fill: Pen['fillStyle']): void {
  pen.fillStyle = fill
  pen.beginPath()
  for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i] ?? 0, points[i + 1] ?? 0)
  pen.closePath()
  pen.fill()
}
