import { readFile } from 'node:fs/promises'
import { present } from '../../../shared/assert.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { SceneId, Sha256, StoryboardId } from '../../../shared/ids.ts'
import { withUnpacked } from '../interchange/bundle-read.ts'
import { writeBundle } from '../interchange/bundle-write.ts'
import { writeBoardFile, type WrittenBoard } from '../interchange/write-board.ts'
import type { Handlers } from '../router.ts'
import { findCast, putImage } from '../store/casts.ts'
import { listScenes } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { listSceneTakes } from '../store/takes.ts'
import { checkBoard } from './check-board.ts'
import { the, type HandlerContext } from './context.ts'

/** A storyboard of the library as a board file. @throws TakeboardError not-found, board-invalid */
function boardFileOf(db: ReadDb, storyboardId: StoryboardId): WrittenBoard {
  const storyboard = the.storyboard(db, storyboardId)
  const cast = present(findCast(db, storyboard.castId), 'every storyboard has one')
  const madeOf = (id: SceneId) => listSceneTakes(db, id).length
  return writeBoardFile(storyboard, cast, listScenes(db, storyboardId), madeOf)
}

/** Calls that give boards away. */
export function handOverHandlers({ store }: Pick<HandlerContext, 'store'>): Pick<Handlers, 'board.export'> {
  return {
    'board.export': ({ storyboardId }) => {
      const { text, images, losses } = boardFileOf(store.read, storyboardId)
      const hashes = [...images].map(([path, { sha256 }]) => [path, sha256] as const)
      return { text, images: Object.fromEntries(hashes), losses: [...losses] }
    },
  }
}

/** What the media handler gives and takes as bundles. */
export function bundles({ store, images }: Pick<HandlerContext, 'store' | 'images'>) {
  return {
    /** @throws TakeboardError not-found, board-invalid, image-unreadable */
    async pack(storyboardId: StoryboardId): Promise<Uint8Array> {
      const { text, images: named } = boardFileOf(store.read, storyboardId)
      const files = [...named].map(async ([path, { sha256, mime }]) => {
        const bytes = await readFile(images.path(sha256, mime)).catch((cause: unknown) => {
          throw new TakeboardError('image-unreadable', 'An image of the cast is missing from the library.', { cause })
        })
        return { path, bytes }
      })
      return writeBundle(text, await Promise.all(files))
    },

    /**
     * Checks a bundle and stores its images; the board itself is for `board.import` to add.
     * @throws TakeboardError board-unreadable, board-invalid, board-version, disk-full, library-unwritable
     */
    takeIn(bytes: Uint8Array): Promise<{ text: string; images: Record<string, Sha256> }> {
      return withUnpacked(bytes, 'The bundle', async (boardPath) => {
        const { images: located } = await checkBoard(boardPath, 'The bundle')
        const stored: Record<string, Sha256> = {}
        for (const { image, path } of located) {
          const file = await images.addFile(path)
          store.write((db) => putImage(db, file))
          stored[image] = file.sha256
        }
        return { text: await readFile(boardPath, 'utf8'), images: stored }
      })
    },
  }
}
