import Sqlite, { type Database } from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { stampOf } from '../domain/backup-plan.ts'
import { backupFault, listBackups } from './backups.ts'
import { publish, syncDir } from './durable-file.ts'
import { clearSuspect, isSuspect } from './suspect.ts'
import { newNote, readNote, writeNote, type RecoveryNote } from './recovery-note.ts'

/** The database and everything SQLite keeps beside it. The order matters: without its WAL a database looks whole. */
const FILES = ['library.db', 'library.db-wal', 'library.db-shm', 'library.db-journal'] as const

/** Thrown when a database opens but what is in it is not sound. */
export class UnsoundDatabase extends Error {}

/** True for what SQLite throws on bytes that are not a sound database. */
export const isDamage = (error: unknown): boolean =>
  error instanceof UnsoundDatabase ||
  (error instanceof Sqlite.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB'))

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** True when the folder shows that there was a library with something in it, whatever the database says. */
export function wasUsed(library: string): boolean {
  if (listBackups(library).length > 0 || sizeOf(join(library, 'submissions.jsonl')) > 0) return true
  const clips = join(library, 'clips')
  return existsSync(clips) && readdirSync(clips, { recursive: true }).some((name) => String(name).endsWith('.mp4'))
}

/** Up to this size every open reads the whole database, in about 0.4 s; a larger one is read when something is amiss. */
const ALWAYS_CHECKED_BYTES = 256 * 1024 * 1024

/** Whether an open should read all of the database: it is small, was not closed (its WAL is there), or misbehaved. */
export const shouldCheck = (library: string): boolean =>
  sizeOf(join(library, 'library.db')) <= ALWAYS_CHECKED_BYTES ||
  existsSync(join(library, 'library.db-wal')) ||
  isSuspect(library)

const left = (library: string) => FILES.filter((name) => existsSync(join(library, name)))

/** A folder that is not there yet, relative to the library. */
function folderFor(library: string, now: number): string {
  const folder = (n: number) => `damaged/${stampOf(now)}${n === 0 ? '' : `-${n}`}`
  let n = 0
  while (existsSync(join(library, folder(n)))) n++
  return folder(n)
}

/** Moves the database with its WAL and SHM into a folder. */
function setAside(library: string, folder: string): void {
  const target = join(library, folder)
  mkdirSync(target, { recursive: true })
  for (const name of left(library)) renameSync(join(library, name), join(target, name))
  syncDir(target)
  syncDir(join(library, 'damaged'))
  syncDir(library)
}

/** Puts the newest backup that is sound in place, by way of a part file that is checked again. */
function putBack(library: string): string | null {
  const part = join(library, 'library.db.part')
  for (const { name, path } of listBackups(library)) {
    rmSync(part, { force: true })
    copyFileSync(path, part)
    if (backupFault(part) !== null) continue
    publish(part, join(library, 'library.db'))
    return name
  }
  rmSync(part, { force: true })
  return null
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Opens the database of a library; when it is damaged or gone, sets aside what is left of it, puts the newest sound
 * backup in its place (an empty library when there is none) and leaves a note for the engine, which replays the journal.
 * @param open opens and checks; throws what `isDamage` knows
 * @throws TakeboardError `library-damaged` when nothing could be put in place, `disk-full` when there is no room to
 */
export function openOrRestore(library: string, now: number, open: () => Database): Database {
  const before = readNote(library)
  // A restore that was cut short is done again from the start; whatever it left is set aside, never trusted.
  let reason = before?.stage === 'restoring' ? before.reason : null
  if (reason === null && sizeOf(join(library, 'library.db')) === 0 && wasUsed(library)) {
    reason = existsSync(join(library, 'library.db')) ? 'The database was empty.' : 'The database was gone.'
  }
  if (reason === null) {
    try {
      const db = open()
      clearSuspect(library)
      return db
    } catch (error) {
      if (!isDamage(error)) throw error
      reason = `The database was damaged (${words(error)}).`
    }
  }
  const again = before?.stage === 'restoring' ? before : null
  const aside = left(library).length > 0 ? folderFor(library, now) : null
  const damaged = [...(again?.damaged ?? []), ...(aside === null ? [] : [aside])]
  const note: RecoveryNote = { ...newNote(again?.at ?? now, reason, before?.known ?? []), damaged }
  try {
    // Named before they are moved, so that a stop in between leaves nothing that nobody knows of.
    writeNote(library, note)
    if (aside !== null) setAside(library, aside)
    const from = putBack(library)
    const db = open()
    clearSuspect(library)
    writeNote(library, { ...note, from, empty: from === null, stage: 'restored' })
    return db
  } catch (error) {
    const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(String((error as NodeJS.ErrnoException).code))
    throw new TakeboardError(
      full ? 'disk-full' : 'library-damaged',
      full
        ? `${reason} There is no room to put a backup in its place. Free some space and open the library again. Nothing was sent.`
        : `${reason} Nothing could be put in its place: ${words(error)}. What was there is in the folder damaged. Nothing was sent.`,
      { cause: error },
    )
  }
}
