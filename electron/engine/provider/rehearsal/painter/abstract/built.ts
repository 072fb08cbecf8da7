import { across, down, fillDown, glow } from '../light.ts'
import type { Layer, Pen } from '../stage.ts'
import { motes } from '../weather.ts'
import { sunWash, type Setting } from './setting.ts'

/** A skyline in three depths with lit windows, and its reflection in the street. */
export function city(set: Setting): Layer[] {
  const { stage, random, palette, horizon, sunX } = set
  const { area } = stage
  const street = horizon + 40
  const lit = palette.time === 'day' ? 0.06 : palette.time === 'night' ? 0.42 : 0.26
  return [
    ...[0, 1, 2].flatMap((i): Layer[] => [
      {
        depth: 0.18 + i * 0.32,
        paint: (pen) => {
          const colour = palette.land(0.12 + i * 0.36, 2)
          let x = area.left - 10
          while (x < area.right) {
            const width = random.between(14, 30) * (1 + i * 0.5)
            const height = random.between(34, 96) * (1 - i * 0.14)
            tower(pen, set, {
              x,
              width,
              top: street - height - 14 + i * 8,
              bottom: street + 2,
              colour,
              lit,
              scale: 1 + i * 0.5,
            })
            x += width + random.between(-2, i * 10 + 2)
          }
        },
      },
      ...(i === 0 ? [sunWash(set, 0.3, 0.42)] : []),
    ]),
    {
      depth: 1,
      paint: (pen) => {
        fillDown(
          pen,
          { ...area, top: street },
          [
            [0, palette.land(0.7, 5)],
            [1, palette.land(1, -3)],
          ],
          street,
          area.bottom,
        )
        glow(pen, sunX, street + 6, 90, 26, [
          [0, `rgba(${palette.glow}, 0.4)`],
          [1, `rgba(${palette.glow}, 0)`],
        ])
        for (let i = 0; i < 34; i++) {
          const x = random.between(area.left, area.right)
          const length = random.between(10, 44)
          pen.fillStyle = down(pen, street, street + length, [
            [0, random() < 0.4 ? palette.accent(62, 0.34) : 'rgba(255, 206, 140, 0.3)'],
            [1, 'rgba(255, 200, 140, 0)'],
          ])
          pen.fillRect(x, street, random.between(1, 3.4), length)
        }
      },
    },
    {
      // Traffic far down the street.
      depth: 0.9,
      live: (pen, t) => {
        for (let i = 0; i < 7; i++) {
          const way = i % 2 === 0 ? 1 : -1
          const span = area.right - area.left
          const x = area.left + ((((i * 71 + way * t * (16 + i * 3)) % span) + span) % span)
          glow(pen, x, street - 1 + (i % 3), 6, 3.4, way === 1 ? WHITE_LAMP : RED_LAMP)
        }
      },
    },
  ]
}

const WHITE_LAMP = [
  [0, 'rgba(255, 244, 214, 0.95)'],
  [1, 'rgba(255, 236, 190, 0)'],
] as const
const RED_LAMP = [
  [0, 'rgba(255, 92, 70, 0.9)'],
  [1, 'rgba(255, 60, 50, 0)'],
] as const

function tower(
  pen: Pen,
  { random, palette }: Setting,
  block: { x: number; width: number; top: number; bottom: number; colour: string; lit: number; scale: number },
): void {
  const { x, width, top, bottom, scale } = block
  pen.fillStyle = block.colour
  pen.fillRect(x, top, width, bottom - top)
  if (random() < 0.4) pen.fillRect(x + width * 0.3, top - 5 * scale, width * 0.3, 5 * scale)
  if (random() < 0.25) pen.fillRect(x + width * 0.48, top - 14 * scale, 0.8 * scale, 14 * scale)
  const [stepX, stepY] = [3.4 * scale, 4.6 * scale]
  for (let wy = top + 3 * scale; wy < bottom - 6; wy += stepY) {
    for (let wx = x + 2 * scale; wx < x + width - 2.4 * scale; wx += stepX) {
      if (random() > block.lit) continue
      pen.fillStyle =
        random() < 0.12
          ? palette.accent(66, 0.8)
          : `rgba(255, ${Math.round(random.between(196, 232))}, 150, ${random.between(0.35, 0.9).toFixed(2)})`
      pen.fillRect(wx, wy, 1.5 * scale, 2.1 * scale)
    }
  }
}

/** A room with a tall window: the light it lets in, a floor, a table and a lamp. */
export function room(set: Setting): Layer[] {
  const { stage, random, palette, sunX } = set
  const { area } = stage
  const windowX = sunX
  const frame = { left: windowX - 34, top: 16, right: windowX + 34, bottom: 112 }
  const floorY = 142
  const lampX = windowX + (windowX > stage.pivot.x ? -1 : 1) * random.between(104, 128)
  return [
    {
      depth: 0.8,
      paint: (pen) => {
        pen.fillStyle = across(pen, area.left, area.right, [
          [0, palette.indoor(30)],
          [0.5, palette.indoor(38)],
          [1, palette.indoor(25)],
        ])
        pen.beginPath()
        pen.rect(area.left, area.top, area.right - area.left, area.bottom - area.top)
        pen.rect(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
        pen.fill('evenodd')
        fillDown(
          pen,
          { ...area, top: floorY },
          [
            [0, palette.indoor(24)],
            [1, palette.indoor(11)],
          ],
          floorY,
          area.bottom,
        )
        pen.fillStyle = palette.indoor(15)
        pen.fillRect(area.left, floorY - 4, area.right - area.left, 4)
        bars(pen, frame, palette.indoor(13))
        for (let i = 0; i < 3; i++) picture(pen, set, frame.left - 50 - i * 34, frame.right + 24 + i * 36)
      },
    },
    {
      depth: 0.8,
      live: (pen, t) => {
        const alpha = 0.3 + 0.03 * Math.sin(t * 0.7)
        pen.fillStyle = down(pen, frame.bottom - 60, area.bottom, [
          [0, `rgba(${palette.glow}, ${alpha.toFixed(3)})`],
          [1, `rgba(${palette.glow}, 0)`],
        ])
        pen.beginPath()
        pen.moveTo(frame.left, frame.top)
        pen.lineTo(frame.right, frame.top)
        pen.lineTo(frame.right - 40, area.bottom)
        pen.lineTo(frame.left - 110, area.bottom)
        pen.fill()
        glow(pen, windowX, 66, 120, 90, [
          [0, `rgba(${palette.glow}, ${(alpha * 0.9).toFixed(3)})`],
          [1, `rgba(${palette.glow}, 0)`],
        ])
      },
    },
    {
      depth: 0.95,
      live: (pen, t) => {
        if (!palette.dark && palette.time === 'day') return
        const flame = 0.62 + 0.03 * Math.sin(t * 5)
        glow(pen, lampX, 84, 92, 82, [
          [0, `rgba(255, 206, 132, ${flame.toFixed(3)})`],
          [0.4, 'rgba(255, 180, 96, 0.2)'],
          [1, 'rgba(255, 170, 80, 0)'],
        ])
        pen.fillStyle = '#ffe9bd'
        pen.beginPath()
        pen.moveTo(lampX - 8, 78)
        pen.lineTo(lampX + 8, 78)
        pen.lineTo(lampX + 12, 94)
        pen.lineTo(lampX - 12, 94)
        pen.fill()
        pen.fillStyle = palette.indoor(8)
        pen.fillRect(lampX - 0.8, 94, 1.6, 58)
        pen.fillRect(lampX - 9, 151, 18, 2)
      },
    },
    motes(random, { left: frame.left - 90, right: frame.right, top: 20, bottom: 160 }, 46, palette.glow, 1),
  ]
}

function bars(pen: Pen, frame: { left: number; top: number; right: number; bottom: number }, colour: string): void {
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top]
  pen.fillStyle = colour
  for (const x of [frame.left - 4, frame.left + width / 2 - 1.5, frame.right])
    pen.fillRect(x, frame.top - 4, x === frame.left + width / 2 - 1.5 ? 3 : 4, height + 8)
  for (const y of [frame.top - 4, frame.top + height * 0.45])
    pen.fillRect(frame.left - 4, y, width + 8, y < frame.top ? 4 : 2.4)
  pen.fillRect(frame.left - 10, frame.bottom, width + 20, 5)
}

/** A framed picture on the wall, left or right of the window. */
function picture(pen: Pen, { random, palette }: Setting, left: number, right: number): void {
  if (random() < 0.4) return
  const x = random() < 0.5 ? left : right
  const [width, height, y] = [random.between(14, 24), random.between(16, 26), random.between(38, 62)]
  pen.fillStyle = palette.indoor(13)
  pen.fillRect(x - 1.6, y - 1.6, width + 3.2, height + 3.2)
  pen.fillStyle = palette.accent(random.between(26, 44), 0.8)
  pen.fillRect(x, y, width, height)
}
