import Sqlite, { type Database } from 'better-sqlite3'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { backupName, backupsToKeep, backupTime } from '../domain/backup-plan.ts'
import { faultsOf, schemaOf } from './check-database.ts'
import { publish } from './durable-file.ts'
import { markSuspect } from './suspect.ts'

/** Copies of the database in `<library>/backups`: each was opened and checked before it got its name. */
export interface BackupFile {
  readonly name: string
  readonly path: string
  /** When it was made (epoch ms). */
  readonly at: number
}

/** What copies the open database page by page; submissions go on meanwhile. */
export interface BackupSource {
  backup(to: string): Promise<void>
}

const dirOf = (library: string): string => join(library, 'backups')

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Newest first. */
export function listBackups(library: string): readonly BackupFile[] {
  const dir = dirOf(library)
  return namesIn(dir)
    .flatMap((name) => {
      const at = backupTime(name)
      return at === null ? [] : [{ name, path: join(dir, name), at }]
    })
    .sort((a, b) => b.at - a.at)
}

const reading = <T>(path: string, work: (db: Database) => T): T => {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Why a backup cannot be relied on, or null when it is sound: opened read-only and read through. */
export function backupFault(path: string): string | null {
  try {
    return reading(path, (db) => {
      if (schemaOf(db) === 0) return 'It has no schema.'
      return faultsOf(db)[0] ?? null
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Number of the latest event a backup holds: what tells whether anything has changed since. Null when unreadable. */
export function backupSeq(path: string): number | null {
  try {
    return (
      reading(path, (db) => db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM outbox').get())?.seq ??
      0
    )
  } catch {
    return null
  }
}

/** The newest backup that is sound now. */
export const newestGoodBackup = (library: string): BackupFile | null =>
  listBackups(library).find(({ path }) => backupFault(path) === null) ?? null

/** What a backup that was cut short left behind. */
function removeParts(dir: string): void {
  for (const name of namesIn(dir)) if (name.includes('.part')) rmSync(join(dir, name), { force: true })
}

function checkAndPublish(part: string, path: string): void {
  const fault = backupFault(part)
  if (fault !== null) throw new TakeboardError('library-damaged', `The copy of the library is not sound: ${fault}`)
  publish(part, path)
}

function thin(library: string, now: number): void {
  const all = listBackups(library)
  const keep = new Set(
    backupsToKeep(
      all.map(({ name }) => name),
      now,
    ),
  )
  for (const { name, path } of all) if (!keep.has(name)) rmSync(path, { force: true })
}

/**
 * Copies the open database, checks the copy, and only then gives it its name; older ones are thinned by age.
 * @throws TakeboardError `disk-full`, `library-damaged` when the copy is not sound
 */
export async function takeBackup(source: BackupSource, library: string, now: number): Promise<BackupFile> {
  const dir = dirOf(library)
  mkdirSync(dir, { recursive: true })
  removeParts(dir)
  const name = backupName(now)
  const path = join(dir, name)
  const part = `${path}.part`
  try {
    await source.backup(part)
    // A copy of a WAL database asks for WAL files of its own; in this mode it is one file, also when read.
    const copy = new Sqlite(part)
    try {
      copy.pragma('journal_mode = DELETE')
    } finally {
      copy.close()
    }
    checkAndPublish(part, path)
  } catch (error) {
    removeParts(dir)
    if (error instanceof TakeboardError && error.code === 'library-damaged') markSuspect(library)
    throw error
  }
  thin(library, now)
  return { name, path, at: now }
}

/** The same at once, for a database about to be migrated: the one moment when nothing else may happen. */
export function backupBeforeMigration(db: Database, library: string, now: number, to: number): void {
  const dir = dirOf(library)
  mkdirSync(dir, { recursive: true })
  removeParts(dir)
  const path = join(dir, backupName(now, to))
  const part = `${path}.part`
  db.prepare('VACUUM INTO ?').run(part)
  checkAndPublish(part, path)
}

/** Bytes of the newest backup, for judging whether there is room for another; 0 without one. */
export const newestBackupBytes = (library: string): number => {
  const [newest] = listBackups(library)
  return newest === undefined ? 0 : statSync(newest.path).size
}
