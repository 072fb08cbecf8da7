import { createHash, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { Sha256 } from '../../../shared/ids.ts'
import type { ImageFile } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { syncFolder } from './clip-store.ts'
import { readImageHeader, type ImageHeader } from './image-header.ts'

/** Reference images of a library, each stored once under its content hash. */
export interface ImageStore {
  /**
   * Checks an image against the model's limits and stores it durably; one that is already there is not written again.
   * @param name shown in errors, such as the file's name
   * @throws TakeboardError image-type, image-unreadable, image-too-small, image-too-large, disk-full, library-unwritable
   */
  add(bytes: Uint8Array, name?: string): Promise<ImageFile>
  /** The same for a file, named in errors. A missing or unreadable file is `image-unreadable`. */
  addFile(path: string): Promise<ImageFile>
  /** Where an image is or would be. */
  path(sha256: Sha256, mime: ImageFile['mime']): string
  /** Whether its file is there, whole as far as its size tells. */
  has(image: Pick<ImageFile, 'sha256' | 'mime' | 'bytes'>): boolean
}

const EXTENSION: Readonly<Record<ImageFile['mime'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/** Decimal megabytes to one place, rounded up so that 10 MiB and a byte does not read as the limit itself. */
const megabytes = (bytes: number) => `${(Math.ceil(bytes / 104_857.6) / 10).toFixed(1).replace(/\.0$/, '')} MB`

const tooLarge = (name: string, bytes: number) =>
  new TakeboardError(
    'image-too-large',
    `${name} is ${megabytes(bytes)}; a reference may be ${megabytes(IMAGE_LIMITS.maxBytes)} at most.`,
    { data: { bytes, maxBytes: IMAGE_LIMITS.maxBytes } },
  )

/** @throws TakeboardError image-* with the values found and allowed */
function checkImage(bytes: Uint8Array, name: string): ImageHeader {
  if (bytes.byteLength > IMAGE_LIMITS.maxBytes) throw tooLarge(name, bytes.byteLength)
  const header = readImageHeader(bytes)
  if (header === 'unknown')
    throw new TakeboardError('image-type', `${name} is not a JPEG, PNG or WebP picture.`, {
      data: { allowed: IMAGE_LIMITS.types },
    })
  if (header === 'damaged')
    throw new TakeboardError('image-unreadable', `${name} is damaged or cut short and cannot be read.`)
  const short = Math.min(header.width, header.height)
  if (short < IMAGE_LIMITS.minShortSide)
    throw new TakeboardError(
      'image-too-small',
      `${name} is ${header.width} x ${header.height} pixels; the short side must be ${IMAGE_LIMITS.minShortSide} or more.`,
      { data: { width: header.width, height: header.height, minShortSide: IMAGE_LIMITS.minShortSide } },
    )
  return header
}

function diskError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO')
    return new TakeboardError('disk-full', 'The disk is full or failing, so the reference was not stored.', {
      cause: error,
    })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new TakeboardError('library-unwritable', 'The library folder cannot be written.', { cause: error })
  return error
}

/** After this returns, a power cut leaves either the whole file or none. */
async function publish(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    const handle = await open(part, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  )

/** @param dir created when the first image arrives */
export function createImageStore({ dir }: { dir: string }): ImageStore {
  const pathOf = (sha256: Sha256, mime: ImageFile['mime']) =>
    join(dir, sha256.slice(0, 2), `${sha256}.${EXTENSION[mime]}`)

  const add = async (bytes: Uint8Array, name = 'The picture'): Promise<ImageFile> => {
    const { mime, width, height } = checkImage(bytes, name)
    const sha256 = Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
    const path = pathOf(sha256, mime)
    try {
      if ((await sizeOf(path)) !== bytes.byteLength) {
        if ((await mkdir(dirname(path), { recursive: true })) !== undefined) await syncFolder(dirname(dirname(path)))
        await publish(path, bytes)
      }
    } catch (error) {
      throw diskError(error)
    }
    return { sha256, mime, width, height, bytes: bytes.byteLength }
  }

  return {
    add,
    async addFile(path) {
      const name = basename(path)
      const size = await sizeOf(path)
      if (size !== null && size > IMAGE_LIMITS.maxBytes) throw tooLarge(name, size)
      const bytes = await readFile(path).catch((error: unknown) => {
        const message = size === null ? `There is no file ${path}.` : `${path} could not be read.`
        throw new TakeboardError('image-unreadable', message, { data: { path }, cause: error })
      })
      return add(bytes, name)
    },
    path: pathOf,
    has: ({ sha256, mime, bytes }) => statSync(pathOf(sha256, mime), { throwIfNoEntry: false })?.size === bytes,
  }
}
