import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha256, TakeId } from '../../../shared/ids.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Clip } from '../../../shared/model.ts'
import type { ClipResponse } from '../ports.ts'

/** Opens the remote clip from a byte offset; `etag` guards against a changed file. */
export type OpenClip = (from: number, etag: string | null) => Promise<ClipResponse>

export interface ClipStore {
  /**
   * Streams a clip to disk and publishes it under its hash. What arrived stays in a part file, so that the next call
   * continues there. Codes: download-failed, clip-invalid, disk-full, and those of `open`.
   * @param onProgress bytes so far and in all, when known
   */
  receive(takeId: TakeId, open: OpenClip, onProgress: (received: number, total: number | null) => void): Promise<Clip>
  path(sha256: Sha256): string
  /** True when the file is there with the size recorded; its bytes are not read. */
  has(clip: Clip): Promise<boolean>
  /**
   * Names the file as it is now, by hash and time of writing, for caches; null when it is not there with the size recorded.
   * The hash alone would let a cache keep the bytes of a file that was altered after the right ones are back.
   */
  version(clip: Clip): Promise<string | null>
  /** True when the file's bytes hash to its name. */
  verify(clip: Clip): Promise<boolean>
}

interface PartMeta {
  readonly etag: string
  readonly total: number | null
}

/** Bytes 4 to 8 of every MP4 and QuickTime file. */
const MAGIC = 'ftyp'
const MAGIC_END = 8

const failed = (message: string, cause?: unknown) => new TakeboardError('download-failed', message, { cause })

/** Makes a rename durable. Windows cannot open folders and does not need it. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readMeta(file: string): Promise<PartMeta | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PartMeta
  } catch {
    return null
  }
}

async function hashFile(file: string) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash
}

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0

function explainWrite(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO') {
    return new TakeboardError(
      'disk-full',
      'The clip could not be saved: the disk is full or failing. It is paid for and stays at the service for some days; free some space and it continues where it stopped.',
      { cause: error },
    )
  }
  return error
}

/**
 * Clips by content hash under `dir/clips`, parts under `dir/parts`. A clip is visible under its final name only when
 * all of it is on disk: part file, fsync, rename, fsync of the folder.
 * @param options.lookOnly makes no folders; nothing can be received then
 */
export function createClipStore(dir: string, options: { lookOnly?: boolean } = {}): ClipStore {
  const clips = join(dir, 'clips')
  const parts = join(dir, 'parts')
  if (options.lookOnly !== true) for (const folder of [clips, parts]) mkdirSync(folder, { recursive: true })
  const pathOf = (sha256: Sha256) => join(clips, sha256.slice(0, 2), `${sha256}.mp4`)

  /** Writes the body after what is already there and returns the hash of the whole. */
  async function fill(part: string, response: ClipResponse, onProgress: (n: number, total: number | null) => void) {
    const resumed = response.start > 0
    const hash = resumed ? await hashFile(part) : createHash('sha256')
    const file = await open(part, resumed ? 'a' : 'w')
    let received = response.start
    let head = resumed ? null : Buffer.alloc(0)
    try {
      for await (const chunk of response.body) {
        if (head) {
          head = Buffer.concat([head, chunk.subarray(0, MAGIC_END)])
          if (head.length >= MAGIC_END) {
            if (head.toString('latin1', 4, MAGIC_END) !== MAGIC) throw notAVideo(response.contentType)
            head = null
          }
        }
        await file.writeFile(chunk)
        hash.update(chunk)
        received += chunk.length
        onProgress(received, response.total)
      }
      if (head) throw notAVideo(response.contentType)
      if (response.total !== null && received !== response.total) {
        throw failed(
          `The download stopped at ${received} of ${response.total} bytes. The clip is paid for; Takeboard continues where it stopped.`,
        )
      }
      await file.sync()
    } finally {
      await file.close()
    }
    return { sha256: hash.digest('hex') as Sha256, bytes: received }
  }

  const notAVideo = (contentType: string | null) =>
    new TakeboardError(
      'clip-invalid',
      `The service sent ${contentType ?? 'something'} that is not an MP4 video. The take is paid for; the download is tried again.`,
    )

  return {
    async receive(takeId, openClip, onProgress) {
      const part = join(parts, `${takeId}.part`)
      const metaFile = `${part}.json`
      try {
        const meta = await readMeta(metaFile)
        const have = meta ? await sizeOf(part) : 0
        const response = await openClip(have, meta?.etag ?? null)
        if (response.start !== 0 && (response.start !== have || response.etag !== meta?.etag)) {
          await rm(part, { force: true })
          throw failed('The service continued the clip at the wrong place. Takeboard starts it again.')
        }
        if (response.etag === null) await rm(metaFile, { force: true })
        else await writeFile(metaFile, JSON.stringify({ etag: response.etag, total: response.total }))
        const { sha256, bytes } = await fill(part, response, onProgress)
        const target = pathOf(sha256)
        mkdirSync(dirname(target), { recursive: true })
        await rename(part, target)
        await syncFolder(dirname(target))
        await syncFolder(clips)
        await rm(metaFile, { force: true })
        return { sha256, bytes, mime: 'video/mp4' }
      } catch (error) {
        const code = error instanceof TakeboardError ? error.code : null
        // Rubbish must not be resumed; a torn download must be.
        if (code === 'clip-invalid') await rm(part, { force: true })
        throw explainWrite(error)
      }
    },
    path: pathOf,
    has: async (clip) => (await sizeOf(pathOf(clip.sha256))) === clip.bytes,
    async version(clip) {
      const found = await stat(pathOf(clip.sha256)).catch(() => null)
      return found?.size === clip.bytes ? `${clip.sha256}-${found.mtimeMs}` : null
    },
    async verify(clip) {
      const file = pathOf(clip.sha256)
      return existsSync(file) && (await hashFile(file)).digest('hex') === clip.sha256
    },
  }
}
