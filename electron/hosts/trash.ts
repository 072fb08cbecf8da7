import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, extname, join, relative } from 'node:path'
import { TakeboardError } from '../../shared/errors.ts'
import type { Trash } from '../engine/ports.ts'

/** Where to find the bin; tests hand in their own. */
export interface TrashPlace {
  readonly platform: NodeJS.Platform
  readonly home: string
  /** `XDG_DATA_HOME`, when it is set. */
  readonly dataHome: string | undefined
  readonly uid: number
}

const thisPlace = (): TrashPlace => ({
  platform: process.platform,
  home: homedir(),
  dataHome: process.env['XDG_DATA_HOME'] || undefined,
  uid: process.getuid?.() ?? 0,
})

const unavailable = (message: string, cause?: unknown) =>
  new TakeboardError('bin-unavailable', `${message} Nothing was removed.`, { cause })

const pad = (n: number) => String(n).padStart(2, '0')
/** `2026-11-23T09:05:00` in local time, as the specification of the bin wants it. */
const localTime = (at: Date) =>
  `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`

const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/** A folder of one's own, made when absent; false for a link or what belongs to somebody else. */
async function ownFolder(dir: string, uid: number): Promise<boolean> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const found = await lstat(dir)
  return found.isDirectory() && found.uid === uid
}

/** The uppermost folder on the file system of a path. */
async function topOf(path: string): Promise<string> {
  const { dev } = await stat(path)
  let top = path
  while (dirname(top) !== top && (await stat(dirname(top))).dev === dev) top = dirname(top)
  return top
}

const hasCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code

/** Reserves a name in the bin by its description, which comes first; then moves the file. */
async function moveInto(bin: string, file: string, shownPath: string): Promise<void> {
  const extension = extname(file)
  const stem = basename(file, extension)
  for (let turn = 0; ; turn++) {
    const name = turn === 0 ? stem + extension : `${stem}.${randomBytes(4).toString('hex')}${extension}`
    const info = join(bin, 'info', `${name}.trashinfo`)
    let handle
    try {
      handle = await open(info, 'wx', 0o600)
    } catch (error) {
      if (hasCode(error, 'EEXIST') && turn < 20) continue
      throw error
    }
    try {
      try {
        await handle.writeFile(`[Trash Info]\nPath=${encodePath(shownPath)}\nDeletionDate=${localTime(new Date())}\n`)
      } finally {
        await handle.close()
      }
      const target = join(bin, 'files', name)
      // A file without a description is somebody's too.
      if ((await lstat(target).catch(() => null)) !== null && turn < 20) {
        await rm(info, { force: true })
        continue
      }
      await rename(file, target)
      return
    } catch (error) {
      await rm(info, { force: true })
      throw error
    }
  }
}

/**
 * The bin of freedesktop.org's specification: that of the home folder, or, for a file on another disk, the one at the
 * top of that disk. Nothing is ever copied across disks.
 */
async function moveOnLinux(file: string, { home, dataHome, uid }: TrashPlace): Promise<void> {
  const homeBin = join(dataHome ?? join(home, '.local', 'share'), 'Trash')
  const prepare = async (bin: string) =>
    (await ownFolder(bin, uid)) &&
    (await ownFolder(join(bin, 'files'), uid)) &&
    (await ownFolder(join(bin, 'info'), uid))
  if (!(await prepare(homeBin))) throw new Error(`${homeBin} is not a folder of this user`)
  if ((await stat(file)).dev === (await stat(join(homeBin, 'files'))).dev) return moveInto(homeBin, file, file)
  const top = await topOf(dirname(file))
  const topBin = join(top, `.Trash-${uid}`)
  if (!(await prepare(topBin))) throw new Error(`${topBin} is not a folder of this user`)
  return moveInto(topBin, file, relative(top, file))
}

async function moveOnMac(file: string, { home }: TrashPlace): Promise<void> {
  const bin = join(home, '.Trash')
  const extension = extname(file)
  const name = `${basename(file, extension)} ${randomBytes(4).toString('hex')}${extension}`
  await rename(file, join(bin, name))
}

/** The system's bin for hosts that are not the desktop app. */
export function createTrash(place: TrashPlace = thisPlace()): Trash {
  return {
    async move(path) {
      if (place.platform === 'win32')
        throw unavailable('Outside of the desktop app, Windows does not let Takeboard use its bin.')
      try {
        await (place.platform === 'darwin' ? moveOnMac(path, place) : moveOnLinux(path, place))
      } catch (error) {
        throw unavailable('The bin of this system could not be used for files of this disk.', error)
      }
    },
  }
}
