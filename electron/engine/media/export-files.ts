import { link, lstat, mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import type { ExportedFile } from '../../../shared/sequence.ts'
import type { Cancel, Clock, Ids, Logger } from '../ports.ts'
import { syncFolder } from './clip-store.ts'
import { diskError } from './disk-error.ts'

/** Folder of the library for what was exported; those files are named by the artist. */
export const EXPORTS = 'exports'

/** Files that pages make of clips. A file has its name only when all of it is on the disk. */
export interface ExportFiles {
  /** Begins a file. @param title what it is to be called, as the artist would write it. Codes: disk-full, library-unwritable */
  begin(title: string): Promise<{ id: string }>
  /** Writes bytes at a place. Codes: not-found, disk-full, and then nothing is left of the file; bad-input. */
  write(id: string, at: number, bytes: Uint8Array): Promise<void>
  /** Gives the file its name. @param bytes how long it has to be. Codes: not-found, bad-input, disk-full */
  finish(id: string, bytes: number): Promise<ExportedFile>
  /** Gives it up, and takes its bytes away. Nothing happens for one that is not there. */
  drop(id: string): Promise<void>
  /** One that was finished since the start; null for others. */
  finished(id: string): ExportedFile | null
  /** Gives up what is not finished. */
  close(): Promise<void>
}

/** A page that was closed says nothing; what it left is taken away after this long without a byte. */
const IDLE_MS = 10 * 60_000
/** No name is tried more often than this. */
const MOST_NAMES = 1_000
/** More is no film. */
const MOST_BYTES = 64 * 1024 ** 3
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** A title as a file name that every system takes, without an ending. */
export function exportName(title: string): string {
  const plain = title
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  // File systems count bytes: 200 leave room for a number and the ending.
  let name = ''
  for (const sign of plain) {
    if (Buffer.byteLength(name + sign) > 200) break
    name += sign
  }
  name = name.replaceAll(/[. ]+$/g, '')
  return name === '' || RESERVED.test(name) ? `Sequence ${name}`.trim() : name
}

interface Draft {
  readonly name: string
  readonly part: string
  readonly file: FileHandle
  idle: Cancel
  /** Ended when the last write is. */
  writing: Promise<unknown>
}

const gone = () =>
  new TakeboardError('not-found', 'That file was given up: nothing came for a long time, or the studio was restarted.')

/** Names a whole file without ever taking the place of another. */
async function publish(part: string, dir: string, name: string): Promise<string> {
  for (let turn = 1; turn <= MOST_NAMES; turn++) {
    const final = `${name}${turn === 1 ? '' : ` ${turn}`}.mp4`
    const path = join(dir, final)
    try {
      await link(part, path)
      await unlink(part)
      return final
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') continue
      if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO') throw error
      // Some file systems have no links; there is one studio on a library, so nobody comes between.
      if (await lstat(path).catch(() => null)) continue
      await rename(part, path)
      return final
    }
  }
  throw new TakeboardError('bad-input', 'There are too many files of that name. Choose another.')
}

/**
 * @param dir where finished files go, with what is not finished beside them as `.part`; made when first needed
 */
export function createExportFiles(
  dir: string,
  { clock, ids, logger }: { clock: Clock; ids: Ids; logger: Logger },
): ExportFiles {
  const drafts = new Map<string, Draft>()
  const done = new Map<string, ExportedFile>()

  async function takeAwayLeft(): Promise<void> {
    // There may be no such folder yet.
    const names = await readdir(dir).catch(() => [])
    const left = names.filter((name) => /^[\w-]{1,80}\.part$/.test(name))
    await Promise.all(left.map((name) => unlink(join(dir, name)).catch(() => {})))
  }
  /** What an earlier studio left goes once, before the first file: nobody writes it any more. */
  let swept: Promise<void> | null = null
  const sweep = () => (swept ??= takeAwayLeft())

  async function drop(id: string): Promise<void> {
    const draft = drafts.get(id)
    if (!draft) return
    drafts.delete(id)
    draft.idle()
    await draft.writing.catch(() => {})
    await draft.file.close().catch(() => {})
    await unlink(draft.part).catch((error: unknown) =>
      logger.warn('A part of an export could not be removed', { code: (error as NodeJS.ErrnoException).code }),
    )
  }

  const idle = (id: string): Cancel => clock.setTimeout(() => void drop(id), IDLE_MS)

  /** What failed leaves nothing behind. */
  async function orDrop<T>(id: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await drop(id)
      throw diskError(error)
    }
  }

  return {
    async begin(title) {
      await sweep()
      const id = ids.next()
      const part = join(dir, `${id}.part`)
      try {
        await mkdir(dir, { recursive: true })
        const file = await open(part, 'wx')
        drafts.set(id, { name: exportName(title), part, file, idle: idle(id), writing: Promise.resolve() })
      } catch (error) {
        throw diskError(error)
      }
      return { id }
    },

    async write(id, at, bytes) {
      const draft = drafts.get(id)
      if (!draft) throw gone()
      if (!Number.isSafeInteger(at) || at < 0 || at + bytes.byteLength > MOST_BYTES)
        throw new TakeboardError('bad-input', 'That is no place in a file.')
      draft.idle()
      draft.idle = idle(id)
      const work = draft.writing.then(async () => {
        for (let written = 0; written < bytes.byteLength;)
          written += (await draft.file.write(bytes, written, bytes.byteLength - written, at + written)).bytesWritten
      })
      draft.writing = work.catch(() => {})
      await orDrop(id, () => work)
    },

    async finish(id, bytes) {
      const draft = drafts.get(id)
      if (!draft) throw gone()
      await draft.writing
      const { size } = await draft.file.stat()
      if (size !== bytes || size === 0) {
        await drop(id)
        throw new TakeboardError('bad-input', `The file has ${size} bytes, not ${bytes}, so it was not kept.`)
      }
      return orDrop(id, async () => {
        await draft.file.sync()
        const name = await publish(draft.part, dir, draft.name)
        await syncFolder(dir)
        drafts.delete(id)
        draft.idle()
        await draft.file.close()
        const file: ExportedFile = { id, name, path: join(dir, name), bytes: size }
        done.set(id, file)
        return file
      })
    },

    drop,
    finished: (id) => done.get(id) ?? null,
    async close() {
      await swept
      await Promise.all([...drafts.keys()].map(drop))
    },
  }
}
