import { girl, running } from '../figures/girl.ts'
import { galloping, horse } from '../figures/horse.ts'
import { stillGrass, windyGrass } from '../grass.ts'
import { hill, ridge } from '../land.ts'
import { pines } from '../trees.ts'
import { across, fillDown, oval } from '../light.ts'
import { overcast } from '../sky.ts'
import { openStage } from '../stage.ts'
import { mist, rain } from '../weather.ts'
import { type Scene } from './set.ts'

/** 9. Rain. Juniper runs for the first time in years; Mara runs ahead, laughing. */
export const juniperRuns: Scene = ({ aspect, random, tone, a, duration }) => {
  const run = Math.min(34 * duration, 190)
  const stage = openStage(aspect, { x: 204 + a * 30, y: 126 }, 40 + run * 0.55)
  const { area } = stage
  const start = 176 + a * 30 - run / 2
  const far = ridge(random, area, 92, 10)
  const near = ridge(random, area, 127, 5)
  const splashes = Array.from({ length: 34 }, () => ({
    x: random(),
    y: random(),
    phase: random(),
    size: random.between(0.5, 1.6),
  }))
  return {
    stage,
    camera: (t) => ({ x: run * (t / duration - 0.5), y: 1.1 * Math.sin(t * 9), zoom: 1.03 }),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(
            pen,
            area,
            [
              [0, tone(192, 24, 19)],
              [1, tone(186, 19, 50)],
            ],
            Math.min(0, area.top),
            110,
          )
          overcast(pen, random, area, 50, (d, alpha) => tone(194, 20, 18 + d * 18, alpha * 0.7), 50)
        },
      },
      {
        depth: 0.14,
        paint: (pen) => {
          hill(
            pen,
            far,
            [
              [0, tone(186, 16, 37)],
              [1, tone(184, 16, 52)],
            ],
            40,
          )
          pines(pen, random, far.at, {
            count: 24,
            height: 22,
            colour: tone(186, 18, 28),
            from: area.left,
            to: area.right,
          })
        },
      },
      mist(random, area, {
        y: 112,
        height: 16,
        colour: '190, 214, 214',
        strength: 0.4,
        depth: 0.3,
        speed: -4,
        duration,
      }),
      {
        depth: 1,
        paint: (pen) => {
          hill(
            pen,
            near,
            [
              [0, tone(182, 17, 30)],
              [1, tone(190, 27, 8)],
            ],
            60,
          )
          stillGrass(pen, random, area, 134, 240, 8, tone(182, 20, 20))
          for (let i = 0; i < (area.right - area.left) / 12; i++) {
            oval(
              pen,
              random.between(area.left, area.right),
              random.between(154, 178),
              random.between(8, 26),
              random.between(0.5, 1.4),
              'rgba(200, 226, 226, 0.13)',
            )
          }
        },
      },
      {
        depth: 1,
        live: (pen, t) => {
          const gone = (run * t) / duration
          const horseX = start + gone
          streaks(pen, horseX, t)
          const pose = galloping(t * 1.9)
          horse(
            pen,
            {
              x: horseX,
              y: 158,
              scale: 0.82,
              head: 14 + 4 * Math.sin(t * 1.9 * Math.PI * 2),
              tail: 38 + 8 * Math.sin(t * 12),
            },
            { coat: '#1b1310', far: '#110c0a', mane: '#0a0807', rim: '#cfe2df', rimWidth: 1 },
            pose,
          )
          girl(
            pen,
            { x: horseX + 70 + 3 * Math.sin(t * 1.3), y: 162, scale: 0.58, t, wind: 1, lean: 9 },
            { coat: '#263640', scarf: '#b5452f', skin: '#8c6552', hair: '#140d0a', leg: '#0e1113', rim: '#cfe2df' },
            running(t * 1.75),
          )
          pen.fillStyle = 'rgba(214, 234, 232, 0.7)'
          for (const drop of splashes) {
            const age = (t * 2.2 + drop.phase) % 1
            const x = horseX - 60 + drop.x * 150 - age * 12
            pen.beginPath()
            pen.arc(x, 160 + drop.y * 10 - Math.sin(age * Math.PI) * 9, drop.size * (1 - age), 0, Math.PI * 2)
            pen.fill()
          }
        },
      },
      windyGrass(random, area, { y: 166, per: 90, height: 13, colour: tone(184, 22, 12), depth: 1.3, wind: 3 }),
      rain(random, area, {
        count: 150,
        colour: 'rgba(210, 230, 230, 0.3)',
        length: 14,
        slant: -0.42,
        depth: 0.5,
        width: 0.6,
      }),
      rain(random, area, {
        count: 110,
        colour: 'rgba(226, 242, 242, 0.5)',
        length: 24,
        slant: -0.44,
        depth: 1,
        width: 0.8,
      }),
    ],
  }
}

/** Speed lines and spray behind the run. */
function streaks(pen: Parameters<typeof oval>[0], x: number, t: number): void {
  for (let i = 0; i < 8; i++) {
    const y = 112 + ((i * 37) % 52)
    const left = x - 120 + ((i * 53 + t * 60) % 70)
    pen.fillStyle = across(pen, left, left + 80, [
      [0, 'rgba(230, 244, 242, 0)'],
      [0.5, 'rgba(230, 244, 242, 0.26)'],
      [1, 'rgba(230, 244, 242, 0)'],
    ])
    pen.fillRect(left, y, 80, 0.7 + (i % 3) * 0.5)
  }
}
