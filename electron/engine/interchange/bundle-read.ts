import { constants } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { TakeboardError } from '../../../shared/errors.ts'
import { shortened, type BoardProblem } from './board-problems.ts'
import { BUNDLE_BOARD, BUNDLE_LIMITS } from './bundle-limits.ts'
import { boardInvalid } from './read-board.ts'

/** Bits 12 to 15 of a Unix mode say what kind of file it is. */
const FILE_KIND = 0xf000
const KINDS_ALLOWED = [0, constants.S_IFREG, constants.S_IFDIR]
const STORED = 0
const DEFLATED = 8
const PICTURE = /\.(?:png|jpe?g|webp)$/i
/** What some system would take for a device, a stream or another name. */
const UNSAFE_PART = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[. ]$|[\p{Cc}<>:"|?*\\]/iu

const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MB`
const isFolder = ({ fileName }: Entry) => fileName.endsWith('/')
const foldCase = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\/$/, '')

/** The name a zip program of any kind would read: UTF-8, and nothing else said anywhere. */
function isPlainUtf8({ fileName, fileNameRaw }: Entry): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fileNameRaw) === fileName
  } catch {
    return false
  }
}

const NAME_ALLOWED = 'a plain relative name that every system reads alike'

/** What is wrong with one entry by what the directory of the zip says of it; sentences. */
function entryMistakes(entry: Entry): readonly { message: string; allowed: string }[] {
  const { fileName, uncompressedSize, compressedSize, compressionMethod, externalFileAttributes } = entry
  const found: { message: string; allowed: string }[] = []
  const add = (message: string, allowed: string) => found.push({ message, allowed })
  const folder = isFolder(entry)
  const parts = fileName.replace(/\/$/, '').split('/')
  if (!isPlainUtf8(entry)) add('The name is not UTF-8.', NAME_ALLOWED)
  else if (fileName.length > BUNDLE_LIMITS.nameLength) add('The name is too long.', NAME_ALLOWED)
  else if (parts.some((part) => part === '' || part === '.' || UNSAFE_PART.test(part)))
    add('The name would mean something else on another system.', NAME_ALLOWED)
  if (!KINDS_ALLOWED.includes((externalFileAttributes >>> 16) & FILE_KIND))
    add('This is a link or a device.', 'plain files')
  if (entry.isEncrypted()) add('This is encrypted.', 'files without a password')
  else if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    add('This is packed in a way Takeboard does not read.', 'files stored or deflated')
  if (folder && uncompressedSize > 0) add('This folder has content of its own.', 'empty entries for folders')
  if (!folder && fileName !== BUNDLE_BOARD && !PICTURE.test(fileName))
    add('This does not belong in a bundle.', `one ${BUNDLE_BOARD}, and JPEG, PNG or WebP pictures`)
  const most = fileName === BUNDLE_BOARD ? BUNDLE_LIMITS.boardBytes : BUNDLE_LIMITS.imageBytes
  if (uncompressedSize > most) add('This is too large.', `at most ${megabytes(most)}`)
  if (uncompressedSize > BUNDLE_LIMITS.ratioFrom && uncompressedSize > compressedSize * BUNDLE_LIMITS.ratio)
    add(
      'This would unpack to far more than it is.',
      `at most ${BUNDLE_LIMITS.ratio} bytes unpacked for each packed one`,
    )
  return found
}

/** Names that one file system or another could not keep apart. */
function collisions(entries: readonly Entry[]): readonly BoardProblem[] {
  const files = new Map<string, string>()
  const problems: BoardProblem[] = []
  const collide = (name: string, other: string) =>
    problems.push(problemOf(name, 'names that differ in more than case', `It would take the place of ${other}.`))
  const seen = new Map<string, string>()
  for (const entry of entries) {
    const key = foldCase(entry.fileName)
    const other = seen.get(key)
    if (other !== undefined) collide(entry.fileName, other)
    seen.set(key, entry.fileName)
    if (!isFolder(entry)) files.set(key, entry.fileName)
  }
  for (const { fileName } of entries) {
    const parts = foldCase(fileName).split('/')
    for (let length = 1; length < parts.length; length++) {
      const file = files.get(parts.slice(0, length).join('/'))
      if (file !== undefined) collide(fileName, file)
    }
  }
  return problems
}

const problemOf = (name: string, allowed: string, message: string): BoardProblem => {
  const shown = String(shortened(name.replaceAll(/\p{Cc}/gu, '\uFFFD')))
  return { path: shown, found: shown, allowed, message }
}

function checkEntries(entries: readonly Entry[]): readonly BoardProblem[] {
  const problems = entries.flatMap((entry) =>
    entryMistakes(entry).map(({ message, allowed }) => problemOf(entry.fileName, allowed, message)),
  )
  problems.push(...collisions(entries))
  if (!entries.some(({ fileName }) => fileName === BUNDLE_BOARD))
    problems.push({ path: BUNDLE_BOARD, found: undefined, allowed: 'one at the top', message: 'This is missing.' })
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > BUNDLE_LIMITS.totalBytes) {
    const allowed = `at most ${megabytes(BUNDLE_LIMITS.totalBytes)} unpacked`
    problems.push({ path: '$', found: `${total} bytes`, allowed, message: 'The bundle holds too much.' })
  }
  return problems
}

async function extract(zip: ZipFile, entry: Entry, dir: string): Promise<void> {
  const path = join(dir, ...entry.fileName.split('/'))
  if (isFolder(entry)) return void (await mkdir(path, { recursive: true, mode: 0o700 }))
  const parts: Buffer[] = []
  // The reader itself refuses content longer or shorter than the directory said, and that was checked.
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  if (crc32(bytes) !== entry.crc32) throw new Error(`the content of ${entry.fileName} is damaged`)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
}

async function readEntries(zip: ZipFile): Promise<readonly Entry[]> {
  if (zip.entryCount > BUNDLE_LIMITS.entries) throw new Error(`it holds ${zip.entryCount} files`)
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  return entries
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isFile()) throw new Error('it is not a file')
  return found.size
}

/**
 * Unpacks a bundle into an empty folder, which the caller removes. Everything the directory of the zip gives away is
 * checked before a byte is written; only `board.json` and pictures come out, under plain names.
 * @param from the bytes, or the path of the file
 * @param shown what errors call it
 * @returns the path of the board file, to be read like any other
 * @throws TakeboardError board-unreadable when it is no sound zip; board-invalid with `BoardProblem[]` as data
 */
export async function unpackBundle(from: string | Uint8Array, dir: string, shown: string): Promise<string> {
  const unreadable = (error: unknown) => {
    const why = error instanceof Error ? error.message.replaceAll(/\p{Cc}/gu, '\uFFFD').slice(0, 200) : 'it is damaged'
    return new TakeboardError('board-unreadable', `${shown} is not a bundle that can be opened: ${why}.`, {
      cause: error,
    })
  }
  try {
    const size = typeof from === 'string' ? await sizeOf(from) : from.byteLength
    if (size > BUNDLE_LIMITS.fileBytes) throw new Error(`it is over ${megabytes(BUNDLE_LIMITS.fileBytes)}`)
    const strict = { lazyEntries: true, autoClose: false, decodeStrings: true, strictFileNames: true }
    const zip =
      typeof from === 'string'
        ? await openPromise(from, strict)
        : await fromBufferPromise(Buffer.from(from.buffer, from.byteOffset, from.byteLength), strict)
    try {
      const entries = await readEntries(zip)
      const problems = checkEntries(entries)
      if (problems.length > 0) throw boardInvalid(shown, problems)
      for (const entry of entries) await extract(zip, entry, dir)
    } finally {
      zip.close()
    }
    return join(dir, BUNDLE_BOARD)
  } catch (error) {
    throw error instanceof TakeboardError ? error : unreadable(error)
  }
}

/**
 * Unpacks a bundle into a temporary folder for as long as `work` takes; as `unpackBundle` otherwise.
 * @param work is given the path of the board file
 */
export async function withUnpacked<T>(
  from: string | Uint8Array,
  shown: string,
  work: (boardPath: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'takeboard-bundle-'))
  try {
    return await work(await unpackBundle(from, dir, shown))
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
