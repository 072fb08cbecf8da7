import type { MediaClient } from '../../shared/media-client.ts'
import type { SceneId, Sha256, TakeId } from '../../shared/ids.ts'
import type { Scene } from '../../shared/model.ts'
import { useProjection } from './projection.ts'

let client: MediaClient | null = null

/** Done once at start. */
export const provideMedia = (next: MediaClient): void => {
  client = next
}

/** Where pictures and clips come from, and where references go. @throws Error before the studio is connected */
export function media(): MediaClient {
  if (!client) throw new Error('Media is used before the studio is connected.')
  return client
}

export const clipUrl = (takeId: TakeId): string => media().clipUrl(takeId)
export const imageUrl = (sha256: Sha256): string => media().imageUrl(sha256)

/** @param version from `posterVersion` of the projection, so that a poster made meanwhile is fetched */
export const posterUrl = (takeId: TakeId, version: number): string =>
  version === 0 ? media().posterUrl(takeId) : `${media().posterUrl(takeId)}?v=${version}`

/** A short number that changes with what a sketch is drawn from. */
function fingerprint(text: string): string {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return (hash >>> 0).toString(36)
}

export const sketchUrl = (scene: Scene): string =>
  media().sketchUrl(
    scene.id satisfies SceneId,
    fingerprint(`${scene.number}|${scene.title}|${scene.prompt}|${scene.aspectRatio}|${scene.duration}`),
  )

/** Says that the poster of a take has been saved. */
export const posterSaved = (takeId: TakeId): void =>
  useProjection.setState(({ posterVersion }) => ({
    posterVersion: new Map(posterVersion).set(takeId, (posterVersion.get(takeId) ?? 0) + 1),
  }))
