import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { CallOutput } from '../../../shared/contract.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { Sha256 } from '../../../shared/ids.ts'
import { syncFolder } from '../media/clip-store.ts'
import { diskError } from '../media/disk-error.ts'
import { EXPORTS } from '../media/export-files.ts'
import { bytesBelow, copyDurably, filesBelow, hashOfFile } from '../media/library-files.ts'
import { copyDatabase, stillUnderWay, UNDER_WAY } from '../store/copied-database.ts'
import { clipsWanted } from '../store/library.ts'
import type { HandlerContext, LibraryFiles } from './context.ts'

type Context = HandlerContext & LibraryFiles
type Copied = CallOutput<'library.copyTo'>

/** Left free on the target besides what is copied. */
const SPARE_BYTES = 64 * 1024 * 1024
/** Folders whose files are named by the hash of what is in them, and the files beside the database. */
const FOLDERS = ['clips', 'images'] as const
const BESIDE = ['submissions.jsonl', 'recovery.json'] as const

const refuse = (message: string, cause?: unknown) => new TakeboardError('bad-input', message, { cause })

const isWithin = (folder: string, path: string) => {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** A path with the links of all that exists of it resolved. */
async function realOf(path: string): Promise<string> {
  if (existsSync(path)) return realpath(path)
  return dirname(path) === path ? path : join(await realOf(dirname(path)), relative(dirname(path), path))
}

/** Where the copy is to be. @throws TakeboardError bad-input, library-unwritable */
async function targetOf(library: string, asked: string): Promise<string> {
  if (asked.includes('\0')) throw refuse('That is not the path of a folder.')
  if (!isAbsolute(asked))
    throw refuse(`Give the whole path of the folder, from the root of the disk; ${asked} is not one.`)
  const target = await realOf(resolve(asked))
  const source = await realpath(library)
  if (isWithin(source, target))
    throw refuse('That folder is inside the library itself. Choose one outside of it, best on another disk.')
  if (isWithin(target, source)) throw refuse('The library is inside that folder. Name a new folder for the copy.')
  const found = await lstat(target).catch(() => null)
  if (found !== null && !found.isDirectory()) throw refuse(`${target} is a file. Name a folder that is not there yet.`)
  if (found !== null && (await readdir(target)).length > 0)
    throw refuse(`${target} is not empty. Name a folder that is not there yet.`)
  const parent = await stat(dirname(target)).catch(() => null)
  if (parent?.isDirectory() !== true)
    throw refuse(`There is no folder ${dirname(target)}. Make it first, or connect the disk.`)
  if (found !== null && found.dev !== parent.dev)
    throw refuse(`${target} is a whole disk. Name a folder on it, such as ${join(target, 'takeboard')}.`)
  return target
}

/** Copies the library of an open engine; the running one goes on and stays the one in use. */
export async function copyLibrary(context: Context, asked: string): Promise<Copied> {
  const { libraryPath, store, freeBytes } = context
  const target = await targetOf(libraryPath, asked)
  const waiting = store.read.get<{ n: number }>(`SELECT count(*) AS n FROM takes WHERE ${UNDER_WAY}`)?.n ?? 0
  if (waiting > 0) throw stillUnderWay(waiting)

  const part = `${target}.part`
  const needed =
    (await Promise.all([...FOLDERS, EXPORTS].map((name) => bytesBelow(join(libraryPath, name))))).reduce(
      (a, b) => a + b,
      0,
    ) +
    ((await stat(join(libraryPath, 'library.db'))).size + SPARE_BYTES)
  const free = await freeBytes(dirname(target))
  if (free < needed)
    throw new TakeboardError(
      'disk-full',
      `The copy needs ${inGigabytes(needed)}, and only ${inGigabytes(free)} are free there. Nothing was copied.`,
    )
  await mkdir(part, { mode: 0o700 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw refuse(`There is a folder ${part} from a copy that did not end. Remove it, and copy again.`, error)
    throw diskError(error)
  })
  try {
    const copied = await fill(context, part)
    // An empty folder that was there makes room for the copy; on Windows nothing can be renamed over it.
    if (existsSync(target)) await rmdir(target)
    await rename(part, target)
    await syncFolder(dirname(target))
    return { path: target, ...copied }
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    if (context.signal.aborted) throw new TakeboardError('disconnected', 'The copy was stopped: Takeboard is closing.')
    throw diskError(error)
  }
}

async function fill(context: Context, part: string): Promise<Omit<Copied, 'path'>> {
  const { libraryPath, store, signal } = context
  const count = { files: 0, bytes: 0, changed: 0 }
  const done = new Set<string>()

  /** Copies what is not copied yet, and reads every copy again. */
  async function copyFolder(name: string): Promise<void> {
    const source = join(libraryPath, name)
    for (const { path, name: file, bytes } of await filesBelow(source)) {
      const way = relative(source, path)
      const [stem = '', extension = '', ...more] = file.split('.')
      // Part files of what is being written now are nobody's yet.
      if (!Sha256.safeParse(stem).success || more.length > 0 || done.has(join(name, way))) continue
      const to = join(part, name, way)
      await mkdir(dirname(to), { recursive: true })
      const read = await copyDurably(path, to, signal).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      })
      // It went to the bin meanwhile.
      if (read === null) continue
      if ((await hashOfFile(to)) !== read)
        throw new TakeboardError('library-unwritable', `The copy of ${file} is not what was written. Check that disk.`)
      if (extension !== 'json' && read !== stem) count.changed += 1
      done.add(join(name, way))
      count.files += 1
      count.bytes += bytes
    }
  }

  /** Copies a file that is named by what it is, not by its content. */
  async function copyNamed(from: string, to: string): Promise<void> {
    await copyDurably(from, to, signal)
    count.files += 1
    count.bytes += (await stat(to)).size
  }

  for (const name of FOLDERS) await copyFolder(name)
  const exported = (await filesBelow(join(libraryPath, EXPORTS))).filter(({ name }) => name.endsWith('.mp4'))
  if (exported.length > 0) await mkdir(join(part, EXPORTS))
  for (const { path, name } of exported) await copyNamed(path, join(part, EXPORTS, name))
  const database = join(part, 'library.db')
  await copyDatabase(store, database)
  // The journal comes after the database: what it knows more is looked for again, never lost.
  for (const name of BESIDE) {
    const from = join(libraryPath, name)
    if (existsSync(from)) await copyNamed(from, join(part, name))
  }
  // What was downloaded while the rest was copied.
  for (const name of FOLDERS) await copyFolder(name)
  count.files += 1
  count.bytes += (await stat(database)).size
  const missing = clipsWanted(store.read).filter(
    ({ sha256 }) => !done.has(join('clips', sha256.slice(0, 2), `${sha256}.mp4`)),
  ).length
  await syncTree(part)
  return { ...count, missing }
}

/** Makes the names of a folder, and of the folders in it, durable. */
async function syncTree(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true }))
    if (entry.isDirectory()) await syncTree(join(dir, entry.name))
  await syncFolder(dir)
}

const inGigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(bytes < 1024 ** 3 ? 2 : 1)} GB`
