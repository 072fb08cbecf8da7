import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from './clip-store.ts'

/** Counting, copying and clearing files of a library. Symbolic links are never followed and never copied. */

/** Free bytes for an ordinary user on the file system of a folder. */
export async function freeBytesOf(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

/** A plain file below a folder. */
export interface PlainFile {
  /** With the separators of this system. */
  readonly path: string
  readonly name: string
  readonly bytes: number
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Plain files below a folder, with those of its folders; nothing when it is not there or is a link. */
export async function filesBelow(dir: string): Promise<readonly PlainFile[]> {
  const self = await lstat(dir).catch(() => null)
  if (self?.isDirectory() !== true) return []
  const found: PlainFile[] = []
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) found.push(...(await filesBelow(path)))
    if (!entry.isFile()) continue
    // What was cleared away meanwhile takes no room.
    const bytes = await lstat(path).then(
      ({ size }) => size,
      () => null,
    )
    if (bytes !== null) found.push({ path, name: entry.name, bytes })
  }
  return found
}

export const bytesBelow = async (dir: string): Promise<number> =>
  (await filesBelow(dir)).reduce((sum, { bytes }) => sum + bytes, 0)

/** Removes the plain files of some folders, which stay. @returns bytes freed */
export async function emptyFolders(dirs: readonly string[]): Promise<number> {
  let freed = 0
  for (const dir of dirs)
    for (const { path, name, bytes } of await filesBelow(dir)) {
      // Somebody is writing it now.
      if (name.endsWith('.part')) continue
      await unlink(path).then(
        () => (freed += bytes),
        (error: unknown) => {
          if (!isMissing(error)) throw error
        },
      )
    }
  return freed
}

const passing = (hash: Hash) =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })

/** SHA-256 of a file's bytes. Codes of the file system. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/**
 * Copies a file to a new place and brings it to disk. Codes of the file system.
 * @returns the hash of what was read
 */
export async function copyDurably(from: string, to: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(
    createReadStream(from),
    passing(hash),
    createWriteStream(to, { flags: 'wx', flush: true }),
    signal ? { signal } : {},
  )
  return hash.digest('hex')
}

/**
 * Puts a copy of a file in its place in the library when its bytes are the ones wanted.
 * @returns false when they are not, and nothing was changed
 */
export async function takeIn(from: string, to: string, sha256: string, bytes: number): Promise<boolean> {
  const found = await stat(from)
  if (!found.isFile() || found.size !== bytes) return false
  const part = `${to}.${process.pid}.part`
  await mkdir(dirname(to), { recursive: true })
  await rm(part, { force: true })
  try {
    if ((await copyDurably(from, part)) !== sha256) return false
    await rename(part, to)
    await syncFolder(dirname(to))
    return true
  } finally {
    await rm(part, { force: true })
  }
}
