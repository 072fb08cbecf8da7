import { createHash } from 'node:crypto'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { AspectRatio } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { chosenReferences } from './domain/compose-request.ts'
import type { FileCache } from './media/file-cache.ts'
import type { ImageStore } from './media/image-store.ts'
import { findScene, findStoryboard } from './store/boards.ts'
import { findCast, findImage } from './store/casts.ts'
import type { ReadDb } from './store/open-store.ts'
import { findTake } from './store/takes.ts'

const MIME = 'image/jpeg'
/** Of the files the cache keeps. */
export const DRAWN_EXTENSION = '.jpg'

/** What a picture is drawn from; equal values draw equal pictures. */
export interface DrawSpec {
  readonly number: string
  readonly title: string
  readonly prompt: string
  readonly seed: number
  readonly aspectRatio: AspectRatio
  /** Absolute paths of the reference images. */
  readonly images: readonly string[]
  /** A grey sketch for a scene without takes, or the frame of a rehearsal without its burn-in. */
  readonly look: 'sketch' | 'colour'
}

/** Draws a JPEG file; supplied by the host, since it runs on threads of the rehearsal. */
export type Draw = (spec: DrawSpec) => Promise<Uint8Array>

interface DrawnPicture {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly etag: string
}

/** Pictures that are drawn rather than filmed, cached by what they are drawn from. Null for what does not exist. */
export interface DrawnPictures {
  /** Shown by a scene until it has a take. */
  sketch(id: SceneId): Promise<DrawnPicture | null>
  /** The poster of a rehearsal take; null for a paid one, whose poster comes from its clip. */
  rehearsalPoster(id: TakeId): Promise<DrawnPicture | null>
}

export function createDrawnPictures(db: ReadDb, images: ImageStore, cache: FileCache, draw: Draw): DrawnPictures {
  const drawing = new Map<string, Promise<Uint8Array>>()

  function sceneSpec(id: SceneId): DrawSpec | null {
    const scene = findScene(db, id)
    if (!scene) return null
    const board = present(findStoryboard(db, scene.storyboardId), 'the scene belongs to it')
    const cast = present(findCast(db, board.castId), 'every storyboard has a cast')
    return {
      number: scene.number,
      title: scene.title,
      prompt: scene.prompt,
      seed: scene.seed.kind === 'locked' ? scene.seed.value : 1,
      aspectRatio: scene.aspectRatio,
      images: chosenReferences(scene, cast.references).map(({ image }) => images.path(image.sha256, image.mime)),
      look: 'sketch',
    }
  }

  function takeSpec(id: TakeId): DrawSpec | null {
    const take = findTake(db, id)?.take
    if (take?.provider !== 'rehearsal') return null
    const { prompt, seed, aspectRatio, references } = take.request
    const files = references.flatMap(({ sha256 }) => findImage(db, sha256) ?? [])
    return {
      number: '',
      title: '',
      prompt,
      seed,
      aspectRatio,
      images: files.map(({ sha256, mime }) => images.path(sha256, mime)),
      look: 'colour',
    }
  }

  async function make(name: string, spec: DrawSpec): Promise<Uint8Array> {
    const bytes = await draw(spec)
    // It can be drawn again, so a full disk only costs time.
    await cache.write(name, bytes).catch(() => {})
    return bytes
  }

  async function drawn(spec: DrawSpec | null): Promise<DrawnPicture | null> {
    if (!spec) return null
    const etag = createHash('sha256').update(JSON.stringify(spec)).digest('hex')
    const cached = await cache.read(etag)
    if (cached) return { bytes: cached, mime: MIME, etag }
    let pending = drawing.get(etag)
    if (!pending) {
      pending = make(etag, spec).finally(() => drawing.delete(etag))
      drawing.set(etag, pending)
    }
    return { bytes: await pending, mime: MIME, etag }
  }

  return { sketch: (id) => drawn(sceneSpec(id)), rehearsalPoster: (id) => drawn(takeSpec(id)) }
}
