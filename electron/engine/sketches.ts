import { createHash } from 'node:crypto'
import { present } from '../../shared/assert.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { AspectRatio } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { chosenReferences } from './domain/compose-request.ts'
import type { FileCache } from './media/file-cache.ts'
import type { ImageStore } from './media/image-store.ts'
import { findScene, findStoryboard } from './store/boards.ts'
import { findCast } from './store/casts.ts'
import type { ReadDb } from './store/open-store.ts'

/** What a draft scene is drawn from; equal values draw equal pictures. */
export interface SketchSpec {
  readonly number: string
  readonly title: string
  readonly prompt: string
  readonly seed: number
  readonly aspectRatio: AspectRatio
  /** Absolute paths of the reference images. */
  readonly images: readonly string[]
}

/** Draws a PNG; supplied by the host, since it runs on threads of the rehearsal. */
export type DrawSketch = (spec: SketchSpec) => Promise<Uint8Array>

/** The grey drawing a scene shows until it has a take, cached by what it is drawn from. Null for an unknown scene. */
export function createSketches(db: ReadDb, images: ImageStore, cache: FileCache, draw: DrawSketch) {
  const drawing = new Map<string, Promise<Uint8Array>>()

  function specOf(id: SceneId): SketchSpec | null {
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
    }
  }

  async function make(name: string, spec: SketchSpec): Promise<Uint8Array> {
    const bytes = await draw(spec)
    await cache.write(name, bytes)
    return bytes
  }

  return async (id: SceneId): Promise<{ bytes: Uint8Array; mime: string; etag: string } | null> => {
    const spec = specOf(id)
    if (!spec) return null
    const etag = createHash('sha256').update(JSON.stringify(spec)).digest('hex')
    const cached = await cache.read(etag)
    if (cached) return { bytes: cached, mime: 'image/png', etag }
    let pending = drawing.get(etag)
    if (!pending) {
      pending = make(etag, spec).finally(() => drawing.delete(etag))
      drawing.set(etag, pending)
    }
    return { bytes: await pending, mime: 'image/png', etag }
  }
}
