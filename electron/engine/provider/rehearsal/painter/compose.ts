import type { Image } from '@napi-rs/canvas'
import type { PictureSpec } from '../jobs.ts'
import { toneOf } from './colour.ts'
import { composeFilm, filmSceneOf } from './film/film.ts'
import { ridge } from './land.ts'
import { pines } from './trees.ts'
import { fillDown, glow } from './light.ts'
import { createRng } from './random.ts'
import { aspectOf, openStage, type Shot } from './stage.ts'

/** Chooses the painter for a picture. @param duration seconds the shot will run */
export function composeShot(spec: PictureSpec, _references: readonly (Image | null)[], duration: number): Shot {
  const scene = filmSceneOf(spec.prompt)
  const film = scene === null ? null : composeFilm(scene, spec, duration)
  if (film) return film
  const random = createRng(spec.seed)
  const tone = toneOf({ hue: random() * 360, saturation: 1, lightness: 1 })
  const stage = openStage(aspectOf(spec.aspectRatio), { x: 160, y: 100 })
  const far = ridge(random, stage.area, 104, 12)
  const near = ridge(random, stage.area, 136, 8)
  return {
    stage,
    mirror: random() < 0.5,
    camera: (t) => ({ x: t / duration, y: 0, zoom: 1 + (0.05 * t) / duration }),
    layers: [
      {
        depth: 0,
        paint: (pen) => {
          fillDown(pen, stage.area, [
            [0, tone(0, 30, 30)],
            [0.6, tone(40, 60, 70)],
          ])
          glow(pen, 160, 95, 90, 60, [
            [0, 'rgba(255,245,220,0.9)'],
            [1, 'rgba(255,230,190,0)'],
          ])
        },
      },
      {
        depth: 0.4,
        paint: (pen) => {
          pen.fillStyle = tone(20, 22, 40)
          pen.fill(far.land)
          pines(pen, random, far.at, {
            count: 30,
            height: 10,
            colour: tone(20, 22, 34),
            from: stage.area.left,
            to: stage.area.right,
          })
        },
      },
      {
        depth: 0.8,
        paint: (pen) => {
          pen.fillStyle = tone(10, 24, 18)
          pen.fill(near.land)
        },
      },
    ],
  }
}
