import type * as Fs from 'node:fs'
import type * as FsPromises from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Gate } from './gate.ts'

/** The file system itself, whatever a test file puts in its place. */
export const realFs = process.getBuiltinModule('node:fs')

export type DiskFault = 'none' | 'low' | 'full' | 'journal-full' | 'journal-sync'

/**
 * The disk of one library. Only the journal, the clips and their parts go through it; the database has its own guard.
 * Their asynchronous calls are done at once, so that a run depends on nothing but its seed.
 */
export interface Disk {
  gate: Gate
  fault: DiskFault
  readonly journal: string
  journalFd: number | null
  /** Writes that still fit before the disk is full; null while there is room. */
  room: number | null
  /** Bytes of the journal that a power cut would leave. */
  synced: number
}

/** Uses up room for one write. */
export function fill(of: Disk): void {
  if (of.room === null) return
  if (of.room <= 0) of.fault = 'full'
  else of.room -= 1
}

let disk: Disk | null = null
/** Puts a disk behind the file system calls of the engine. */
export const putDisk = (next: Disk): void => void (disk = next)

const failure = (code: 'ENOSPC' | 'EIO') => Object.assign(new Error(`${code}: injected`), { code })
/** What a clip's way to disk is made of: the folders `parts` and `clips`. */
const CLIPS = new RegExp(String.raw`[/\\](parts|clips)([/\\]|$)`)
const holdsClips = (path: unknown): path is string => typeof path === 'string' && CLIPS.test(path)

/** `node:fs` with the journal's writes and syncs under control. */
export function faultyFs(actual: typeof Fs) {
  const openSync: typeof Fs.openSync = (path, ...rest) => {
    const fd = actual.openSync(path, ...rest)
    if (disk !== null && path === disk.journal) disk.journalFd = fd
    return fd
  }
  const closeSync: typeof Fs.closeSync = (fd) => {
    if (disk !== null && fd === disk.journalFd) disk.journalFd = null
    actual.closeSync(fd)
  }
  const writeFileSync: typeof Fs.writeFileSync = (file, data, ...rest) => {
    if (disk === null || file !== disk.journalFd) return actual.writeFileSync(file, data, ...rest)
    disk.gate.pass('journal')
    fill(disk)
    const half = typeof data === 'string' ? data.slice(0, Math.ceil(data.length / 2)) : ''
    if (disk.fault === 'full' || disk.fault === 'journal-full') {
      actual.writeFileSync(file, half)
      throw failure('ENOSPC')
    }
    if (disk.gate.trips('journal-torn')) {
      actual.writeFileSync(file, half)
      throw new Error('killed while writing')
    }
    actual.writeFileSync(file, data, ...rest)
    disk.gate.pass('journal-written')
  }
  const fsyncSync: typeof Fs.fsyncSync = (fd) => {
    if (disk === null || fd !== disk.journalFd) return actual.fsyncSync(fd)
    if (disk.fault === 'journal-sync') throw failure('EIO')
    actual.fsyncSync(fd)
    disk.synced = actual.fstatSync(fd).size
    disk.gate.pass('journal-synced')
  }
  const createReadStream = (path: Fs.PathLike, ...rest: never[]) =>
    holdsClips(path) ? Readable.from([actual.readFileSync(path)]) : actual.createReadStream(path, ...rest)
  const fs = { ...actual, openSync, closeSync, writeFileSync, fsyncSync, createReadStream }
  return { ...fs, default: fs }
}

/** What a file handle is asked for by code that writes clips. */
function handleOf(fd: number) {
  const attempt = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()))
  return {
    writeFile: (data: Uint8Array | string) =>
      attempt(() => {
        writable()
        realFs.writeFileSync(fd, data)
      }),
    truncate: (length: number) => attempt(() => realFs.ftruncateSync(fd, length)),
    stat: () => attempt(() => realFs.fstatSync(fd)),
    sync: () => attempt(() => disk?.gate.pass('file')),
    datasync: () => attempt(() => disk?.gate.pass('file')),
    close: () => attempt(() => realFs.closeSync(fd)),
  }
}

function writable(): void {
  disk?.gate.pass('file')
  if (disk) fill(disk)
  if (disk?.fault === 'full') throw failure('ENOSPC')
}

/** `node:fs/promises`, done at once and under control where clips are concerned. */
export function faultyFsPromises(actual: typeof FsPromises) {
  /** Does `work` at once for a clip's path; anything else goes to the real call. */
  const own =
    <A extends readonly [unknown, ...unknown[]], R>(work: (...args: A) => R, other: (...args: never) => Promise<R>) =>
    (...args: A): Promise<R> =>
      holdsClips(args[0])
        ? new Promise((resolve) => resolve(work(...args)))
        : other(...(args as unknown as Parameters<typeof other>))
  const before =
    <A extends unknown[], R>(check: () => void, work: (...args: A) => R) =>
    (...args: A): R => {
      check()
      return work(...args)
    }
  const alive = () => {
    if (disk?.gate.down) throw new Error('killed')
  }
  const fs = {
    ...actual,
    open: own((path: string, flags: string) => {
      if (flags !== 'r') writable()
      return handleOf(realFs.openSync(path, flags)) as unknown as FsPromises.FileHandle
    }, actual.open),
    readFile: own(before(alive, realFs.readFileSync as (path: string) => unknown), actual.readFile),
    stat: own(
      before(alive, (path: string) => realFs.statSync(path)),
      actual.stat,
    ),
    rm: own(
      before(alive, (path: string, options?: Fs.RmOptions) => realFs.rmSync(path, options)),
      actual.rm,
    ),
    writeFile: own(
      before(writable, (path: string, data: string) => realFs.writeFileSync(path, data)),
      actual.writeFile,
    ),
    mkdir: own(
      before(alive, (path: string, options?: Fs.MakeDirectoryOptions) => realFs.mkdirSync(path, options)),
      actual.mkdir,
    ),
    readdir: own(
      before(alive, realFs.readdirSync as (path: string, options?: object) => unknown),
      actual.readdir as (...args: never) => Promise<unknown>,
    ),
    rename: own((from: string, to: string) => {
      disk?.gate.pass('file')
      realFs.renameSync(from, to)
      disk?.gate.pass('renamed')
    }, actual.rename),
  }
  return { ...fs, default: fs }
}
