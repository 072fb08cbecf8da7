import { join } from 'node:path'
import { stat } from 'node:fs/promises'
import { TakeboardError } from '../../../shared/errors.ts'
import type { BadClip, LibraryTake } from '../../../shared/contract.ts'
import type { Take } from '../../../shared/model.ts'
import { slate } from '../domain/slate.ts'
import { problemOf } from '../media/clip-problem.ts'
import { EXPORTS } from '../media/export-files.ts'
import { bytesBelow, emptyFolders, takeIn } from '../media/library-files.ts'
import { diskError } from '../media/disk-error.ts'
import type { Handlers } from '../router.ts'
import { findScene } from '../store/boards.ts'
import {
  bytesKept,
  charactersUsed,
  cleanFacts,
  clipsToVerify,
  listCleanable,
  markClipBack,
  markClipGone,
  searchTakes,
} from '../store/library.ts'
import type { ReadDb } from '../store/open-store.ts'
import { the, type HandlerContext, type LibraryFiles } from './context.ts'
import { copyLibrary } from './copy-library.ts'

type LibraryCalls = Pick<
  Handlers,
  | 'library.search'
  | 'library.characters'
  | 'library.usage'
  | 'library.clean'
  | 'library.clearCache'
  | 'library.verify'
  | 'library.copyTo'
  | 'take.checkClip'
  | 'take.locate'
  | 'take.reveal'
>

/** As many as one command may clean. */
const MOST_CLEANED = 5_000
/** What of the cache is made again when it is looked at. Clips of candidates are not among it: they may be on their way. */
const CACHES = ['posters', 'strips', 'probes', 'drawn'] as const

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

const inWords = (db: ReadDb, take: Take) => slate(findScene(db, take.sceneId)?.number ?? '?', take.number)

/** Why the clip of a take stays where it is, as a sentence; null when it may go. */
function whyKept(db: ReadDb, take: Take): string | null {
  const name = `Take ${inWords(db, take)}`
  if (take.phase === 'downloading') return `${name} is being downloaded.`
  if (take.clipGone) return `The clip of take ${inWords(db, take)} is in the bin already.`
  if (take.phase !== 'ready' || take.clip === null) return `${name} has no clip.`
  if (!take.rejected) return `${name} is not rejected.`
  const { picked, shared } = cleanFacts(db, take.id)
  if (picked) return `${name} is picked.`
  return shared ? `Another take has the same clip as ${inWords(db, take)}.` : null
}

/** Looking through the clips of every project, and looking after the disk they are on. */
export function libraryHandlers(context: HandlerContext, files: LibraryFiles): LibraryCalls {
  const { store, outbox, ports, libraryPath } = context
  const { clips, freeBytes } = files
  const cacheDirs = CACHES.map((name) => join(libraryPath, 'cache', name))

  /** @returns bytes that went, or why it stayed */
  async function clean(id: Take['id']): Promise<number | string> {
    const { take } = the.take(store.read, id)
    const why = whyKept(store.read, take)
    if (why !== null) return why
    const { clip } = take
    if (clip === null || ports.trash === undefined) return `Take ${inWords(store.read, take)} was left alone.`
    if (!(await clips.has(clip))) return `The clip of take ${inWords(store.read, take)} is missing already.`
    // Nothing may come between this look and the move but the system itself.
    const late = whyKept(store.read, the.take(store.read, id).take)
    if (late !== null) return late
    await ports.trash.move(clips.path(clip.sha256))
    outbox.write((db, emit) => {
      markClipGone(db, id)
      emit('take.put', the.take(db, id).take)
    })
    return clip.bytes
  }

  return {
    'library.search': (search) => searchTakes(store.read, search),
    'library.characters': () => charactersUsed(store.read),

    'library.usage': async () => {
      const cleanable = listCleanable(store.read, MOST_CLEANED)
      const database = ['library.db', 'library.db-wal', 'library.db-shm', 'submissions.jsonl']
      const sizes = await Promise.all(database.map((name) => sizeOf(join(libraryPath, name))))
      return {
        ...bytesKept(store.read),
        cacheBytes: (await Promise.all(cacheDirs.map(bytesBelow))).reduce((sum, bytes) => sum + bytes, 0),
        databaseBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
        backupBytes: await bytesBelow(join(libraryPath, 'backups')),
        exportBytes: await bytesBelow(join(libraryPath, EXPORTS)),
        freeBytes: await freeBytes(libraryPath),
        cleanable: {
          takeIds: cleanable.map(({ id }) => id),
          bytes: cleanable.reduce((sum, { bytes }) => sum + bytes, 0),
        },
      }
    },

    'library.clean': async ({ takeIds }) => {
      if (ports.trash === undefined)
        throw new TakeboardError('bin-unavailable', 'Takeboard cannot use the bin of this system. Nothing was removed.')
      const ids = [...new Set(takeIds)]
      for (const id of ids) the.take(store.read, id)
      const answer = { moved: 0, bytes: 0, kept: [] as string[] }
      for (const id of ids) {
        if (files.signal.aborted) break
        try {
          const went = await clean(id)
          if (typeof went === 'string') answer.kept.push(went)
          else {
            answer.moved += 1
            answer.bytes += went
          }
        } catch (error) {
          // What is done is told; only when nothing was, the reason is the answer.
          if (answer.moved === 0 || !(error instanceof TakeboardError)) throw error
          answer.kept.push(error.message)
          break
        }
      }
      return answer
    },

    'library.clearCache': async () => ({ bytes: await emptyFolders(cacheDirs) }),

    'library.verify': async ({ offset, limit }) => {
      const { total, takes } = clipsToVerify(store.read, offset, limit)
      const bad: BadClip[] = []
      // One after the other: this runs beside downloads, and disks are quickest with one reader.
      for (const found of takes) {
        if (files.signal.aborted) break
        const problem = await verifyOne(found)
        if (problem !== null) bad.push({ found, problem })
      }
      return { checked: takes.length, total, bad }
    },

    'library.copyTo': ({ path }) => copyLibrary({ ...context, ...files }, path),

    'take.checkClip': async ({ takeId }) => {
      const { clip } = the.take(store.read, takeId).take
      return { problem: clip === null ? null : await problemOf(clips, clip) }
    },

    'take.reveal': async ({ takeId }) => {
      const { clip } = the.take(store.read, takeId).take
      const path = clip && clips.path(clip.sha256)
      if (path === null || !(await isThere(path)))
        throw new TakeboardError(
          'not-found',
          'The file of this take is not where it belongs. Look at it in the review room.',
        )
      return { shown: ports.fileManager?.reveal(path) ?? false, path }
    },

    'take.locate': async ({ takeId, path }) => {
      const { take } = the.take(store.read, takeId)
      if (take.clip === null)
        throw new TakeboardError('bad-input', 'This take never had a clip, so none can be found again.')
      const { sha256, bytes } = take.clip
      const found = await takeIn(path, clips.path(sha256), sha256, bytes).catch((error: unknown) => {
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EISDIR')
          throw new TakeboardError('bad-input', `There is no file ${path} that can be read.`, { cause: error })
        throw diskError(error)
      })
      if (!found)
        throw new TakeboardError(
          'bad-input',
          `${path} is not the clip of take ${inWords(store.read, take)}: its content differs. Nothing was changed.`,
        )
      outbox.write((db, emit) => {
        for (const id of markClipBack(db, sha256)) emit('take.put', the.take(db, id).take)
      })
      return {}
    },
  }

  async function verifyOne({ take }: LibraryTake): Promise<BadClip['problem'] | null> {
    if (take.clip === null) return null
    const problem = await problemOf(clips, take.clip)
    if (problem === null) return null
    // It may have been moved to the bin, or been asked for again, while it was read.
    const now = the.take(store.read, take.id).take
    return now.clipGone || now.phase !== 'ready' ? null : problem
  }
}
