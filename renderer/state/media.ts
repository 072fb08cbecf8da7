import type { MediaClient } from '../../shared/media-client.ts'
import type { SceneId, Sha256, TakeId } from '../../shared/ids.ts'
import type { Scene, Take } from '../../shared/model.ts'

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

/**
 * A still of a ready take: of its clip, or for a rehearsal the drawing its clip was made of, without the lettering.
 * @param made how often pictures of the clip were made meanwhile, so that a new one is fetched
 */
export function posterUrl(take: Take, made: number): string | null {
  if (take.provider === 'rehearsal') return media().posterUrl(take.id)
  return take.clip ? pictureUrl(take.clip.sha256, 'poster', made) : null
}

/** The filmstrip of a clip. @param made see `posterUrl` */
export const stripUrl = (clip: Sha256, made: number): string => pictureUrl(clip, 'strip', made)

const pictureUrl = (clip: Sha256, kind: 'poster' | 'strip', made: number) =>
  media().derivedUrl(clip, kind) + (made === 0 ? '' : `?v=${made}`)

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
