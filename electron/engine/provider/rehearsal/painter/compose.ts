import type { Image } from '@napi-rs/canvas'
import type { PictureSpec } from '../jobs.ts'
import { composeAbstract } from './abstract/abstract.ts'
import { composeFilm, filmSceneOf } from './film/film.ts'
import type { Shot } from './stage.ts'

/**
 * Chooses the painter of a picture: the sample film has its own scenes, everything else is drawn from its prompt.
 * @param references the images in the order sent; null for one that could not be read
 * @param duration seconds the shot will run
 */
export function composeShot(spec: PictureSpec, references: readonly (Image | null)[], duration: number): Shot {
  const scene = filmSceneOf(spec.prompt)
  const film = scene === null ? null : composeFilm(scene, spec, duration)
  return film ?? composeAbstract(spec, references, duration)
}
