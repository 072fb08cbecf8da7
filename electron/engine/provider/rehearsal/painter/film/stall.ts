import { horseHead } from '../figures/portraits.ts'
import { across, disc, glow, slanted } from '../light.ts'
import { openStage, type Pen } from '../stage.ts'
import { motes } from '../weather.ts'
import { pushIn, type Scene } from './set.ts'

/** 4. Close on Juniper in the dark stall. The lantern swings, one ear turns to the door. */
export const lantern: Scene = ({ aspect, random, tone, a, b, duration }) => {
  const stage = openStage(aspect, { x: 146 + a * 20, y: 92 })
  const { area, view } = stage
  const lampX = Math.min(284 - a * 12, view.right - 30)
  const swing = (t: number) => 0.16 * Math.sin(t * 1.7)
  const lamp = (t: number) => ({ x: lampX - Math.sin(swing(t)) * 62, y: -8 + Math.cos(swing(t)) * 62 })
  const headX = 22 + a * 24
  const size = 1 + b * 0.08
  return {
    stage,
    camera: pushIn(duration, 1.06),
    layers: [
      {
        depth: 0.3,
        paint: (pen) => {
          pen.fillStyle = across(pen, view.left, view.right, [
            [0, tone(214, 30, 4)],
            [1, tone(24, 34, 9)],
          ])
          pen.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top)
          for (let x = area.left; x < area.right; x += 26) {
            pen.fillStyle = tone(24, 34, random.between(6, 10), 0.7)
            pen.fillRect(x, area.top, 20, area.bottom - area.top)
          }
          for (let i = 0; i < 8; i++) {
            disc(
              pen,
              random.between(lampX - 60, lampX + 34),
              random.between(-10, 92),
              random.between(3, 10),
              `rgba(255, 210, 138, ${random.between(0.05, 0.15).toFixed(2)})`,
            )
          }
        },
      },
      {
        depth: 0.6,
        live: (pen, t) => {
          const { x, y } = lamp(t)
          const flame = 0.8 + 0.05 * Math.sin(t * 7.1) + 0.04 * Math.sin(t * 12.7)
          glow(pen, x, y, 150, 120, [
            [0, tone(30, 90, 64, flame)],
            [0.34, tone(26, 80, 44, 0.4 * flame)],
            [1, tone(24, 60, 20, 0)],
          ])
          pen.save()
          pen.translate(lampX, -8)
          pen.rotate(swing(t))
          pen.translate(-279, 8)
          lanternAt(pen)
          pen.restore()
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const light = lamp(t)
          pen.save()
          pen.translate(headX, 6 + Math.sin(t * 1.1) * 0.9)
          pen.scale(size, size)
          pen.rotate(0.012 * Math.sin(t * 0.7))
          const coat = slanted(pen, 20, 120, (light.x - headX) / size - 62, 60, [
            [0, tone(20, 34, 6)],
            [0.55, tone(22, 44, 17)],
            [1, tone(26, 62, 38)],
          ])
          const ear = -16 * Math.max(0, Math.sin(t * 1.3 - 0.6)) ** 3
          const blink = Math.max(0, 1 - Math.abs(((t + 0.4) % 2.9) - 1.6) * 9)
          horseHead(
            pen,
            { coat, mane: tone(18, 30, 5), bridle: tone(18, 40, 9), rim: '#ffca86', blaze: '#f0cfa4' },
            ear,
            blink,
          )
          pen.restore()
        },
      },
      motes(random, area, 26, '255, 221, 170', 0.9),
    ],
  }
}

/** A stable lantern on its chain, in the place its light assumes. */
function lanternAt(pen: Pen): void {
  pen.fillStyle = '#0b0705'
  pen.fillRect(278.4, -60, 1.3, 108)
  pen.fillStyle = '#ffe7b0'
  pen.beginPath()
  pen.moveTo(272, 46)
  pen.lineTo(286, 46)
  pen.lineTo(288, 66)
  pen.lineTo(270, 66)
  pen.closePath()
  pen.fill()
  glow(pen, 279, 58, 6, 8, [
    [0, 'rgba(255, 255, 245, 1)'],
    [1, 'rgba(255, 240, 200, 0)'],
  ])
  pen.fillStyle = '#17100a'
  pen.fillRect(271, 43, 16, 3)
  pen.fillRect(269, 66, 20, 3)
  pen.fillRect(278.4, 46, 1, 20)
}
