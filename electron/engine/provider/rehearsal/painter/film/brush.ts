import { Path2D } from '@napi-rs/canvas'
import { maraBrushing } from '../figures/portraits.ts'
import { disc, down, fillDown, glow } from '../light.ts'
import { openStage, type Box } from '../stage.ts'
import { motes } from '../weather.ts'
import { handHeld, type Scene } from './set.ts'

/** 5. Mara brushes Juniper in long slow strokes. Dust in warm backlight. */
export const theBrush: Scene = ({ aspect, random, tone, a, duration }) => {
  const shift = a * 24
  const stage = openStage(aspect, { x: 112 + shift * 0.6, y: 92 })
  const { area } = stage
  const flank = flankOf(shift, area)
  return {
    stage,
    camera: handHeld(duration, 1.05),
    layers: [
      {
        depth: 0.4,
        paint: (pen) => {
          fillDown(pen, area, [
            [0, tone(28, 34, 13)],
            [0.55, tone(30, 46, 24)],
            [1, tone(30, 40, 11)],
          ])
          for (let x = area.left; x < area.right; x += 28) {
            pen.fillStyle = tone(28, 36, random.between(8, 14), 0.62)
            pen.fillRect(x, area.top, 25, area.bottom - area.top)
          }
          glow(pen, 46, 16, 150, 110, [
            [0, 'rgba(255, 223, 159, 0.75)'],
            [0.5, 'rgba(255, 200, 120, 0.24)'],
            [1, 'rgba(255, 184, 97, 0)'],
          ])
          for (let i = 0; i < 10; i++) {
            disc(
              pen,
              random.between(-10, 140),
              random.between(-6, 80),
              random.between(2, 10),
              `rgba(255, 219, 150, ${random.between(0.06, 0.2).toFixed(2)})`,
            )
          }
        },
      },
      {
        depth: 0.95,
        paint: (pen) => {
          pen.fillStyle = down(pen, 58, 190, [
            [0, tone(30, 62, 54)],
            [0.2, tone(24, 54, 37)],
            [0.68, tone(20, 46, 19)],
            [1, tone(18, 40, 9)],
          ])
          pen.fill(flank.body)
          pen.fillStyle = tone(22, 44, 20)
          pen.fill(flank.neck)
          pen.fillStyle = tone(18, 36, 7)
          pen.fill(flank.mane)
          pen.strokeStyle = 'rgba(255, 220, 164, 0.85)'
          pen.lineWidth = 2
          pen.stroke(flank.back)
          pen.strokeStyle = 'rgba(255, 214, 160, 0.22)'
          pen.lineWidth = 0.8
          for (let i = 0; i < 46; i++) {
            const [x, y] = [random.between(120, 310), random.between(88, 168)]
            pen.beginPath()
            pen.moveTo(x, y)
            pen.quadraticCurveTo(x + 8, y + 4, x + 17, y + 3)
            pen.stroke()
          }
        },
      },
      {
        depth: 1.05,
        live: (pen, t) => {
          // A long pull, a short return.
          const turn = (t / 2.4) % 1
          const along = turn < 0.7 ? Math.sin((turn / 0.7 - 0.5) * Math.PI) : Math.cos(((turn - 0.7) / 0.3) * Math.PI)
          const coat = down(pen, -70, 60, [
            [0, tone(206, 19, 37)],
            [1, tone(206, 20, 16)],
          ])
          maraBrushing(pen, 64 + shift * 0.6, 192, 1.5, 3 + along * 7, coat, tone(204, 21, 33))
        },
      },
      motes(random, { left: 0, right: 300, top: 4, bottom: 160 }, 60, '255, 228, 182', 1),
      {
        depth: 1.2,
        live: (pen, t) =>
          glow(pen, 30, 0, 210, 150, [
            [0, `rgba(255, 214, 150, ${(0.2 + 0.03 * Math.sin(t * 0.8)).toFixed(3)})`],
            [1, 'rgba(255, 190, 110, 0)'],
          ]),
      },
    ],
  }
}

function flankOf(shift: number, { right, bottom }: Box) {
  const x = 84 + shift
  const back = `C${x} 120 ${x + 8} 84 ${x + 44} 72C170 60 214 82 256 70C284 62 304 58 330 58L${right + 20} 56`
  return {
    body: new Path2D(`M${x} ${bottom + 10}L${x} 190${back}V${bottom + 10}Z`),
    back: new Path2D(
      `M${x + 4} 120C${x + 8} 92 ${x + 20} 78 ${x + 44} 72C170 60 214 82 256 70C284 62 304 58 330 58L${right + 20} 56`,
    ),
    neck: new Path2D(`M268 66C286 40 306 14 330 -6L${right + 20} -40V66C312 58 290 62 268 66Z`),
    mane: new Path2D(
      `M262 68C284 38 304 12 326 -8L${right + 20} -80V-30C350 0 326 16 318 30C310 36 308 48 304 58C298 46 290 64 284 78C280 66 272 76 262 68Z`,
    ),
  }
}
