import Sqlite, { type Database } from 'better-sqlite3'
import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { backupBeforeMigration, type BackupSource } from './backups.ts'
import { faultsOf, schemaOf } from './check-database.ts'
import { migrate, SCHEMA_VERSION } from './migrate.ts'
import { isDamage, openOrRestore, shouldCheck, UnsoundDatabase, wasUsed } from './restore.ts'
import { markSuspect } from './suspect.ts'

declare const readable: unique symbol
declare const writable: unique symbol

/** A handle that may only be read through. */
export interface ReadDb {
  readonly [readable]: true
  /** Rows as plain objects; named or positional parameters. */
  all<Row>(sql: string, ...params: readonly unknown[]): Row[]
  get<Row>(sql: string, ...params: readonly unknown[]): Row | undefined
}

/** A handle that may write; only handed out inside a transaction. */
export interface WriteDb extends ReadDb {
  readonly [writable]: true
  run(sql: string, ...params: readonly unknown[]): { changes: number }
}

export interface Store extends BackupSource {
  readonly read: ReadDb
  /**
   * Runs `work` in one BEGIN IMMEDIATE transaction: all of it is on disk when this returns, or none.
   * @throws TakeboardError `disk-full`, `cap-reached`, `cap-missing`, `library-damaged`
   */
  write<T>(work: (db: WriteDb) => T): T
  /** Empty when the database and its foreign keys are sound, else what SQLite says. */
  integrity(): readonly string[]
  /** Copies the database to a file while it is used; the copy is of one moment. Codes: disk-full. */
  backup(to: string): Promise<void>
  close(): void
}

/** Says in our words what SQLite said in its own. */
function explain(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.message.includes('cap-reached')) {
    return new TakeboardError('cap-reached', 'The spending cap does not cover this. Nothing was reserved or sent.')
  }
  if (error.message.includes('library-cap')) {
    return new TakeboardError(
      'cap-reached',
      'The spending cap of the whole library does not cover this. Nothing was reserved or sent.',
    )
  }
  if (error.message.includes('cap-missing')) {
    return new TakeboardError(
      'cap-missing',
      'The project has no spending cap. Set one before sending paid takes. Nothing was sent.',
    )
  }
  if (error.code === 'SQLITE_FULL' || error.code.startsWith('SQLITE_IOERR')) {
    return new TakeboardError(
      'disk-full',
      'The library could not be written: the disk is full or failing. Nothing that was not already saved has been sent. Free some space and try again.',
      { cause: error },
    )
  }
  if (error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB') {
    return new TakeboardError(
      'library-damaged',
      'The library database is damaged. Close Takeboard and open it again: it puts the newest good backup in place.',
      { cause: error },
    )
  }
  return error
}

/** True of what SQLite says when a row would break a rule of the schema. */
export const isConstraint = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')

function explained<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explain(error)
  }
}

/** Takes the library for this process, until it closes or dies; the kernel gives the lock back even after a kill. */
function lockLibrary(dir: string, again = false): Database {
  const lock = new Sqlite(join(dir, 'lock.db'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (isDamage(error) && !again) {
      // Nothing is kept in it, and nobody can hold a lock on what is not a database.
      rmSync(join(dir, 'lock.db'), { force: true })
      return lockLibrary(dir, true)
    }
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new TakeboardError(
        'library-locked',
        `Another Takeboard has the library in ${dir} open. Close it, or name another folder. Nothing was sent.`,
      )
    }
    throw explain(error)
  }
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK)
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC'
    throw new TakeboardError(
      full ? 'disk-full' : 'library-unwritable',
      full
        ? `The disk that holds ${dir} is full. Free some space, or choose another library folder. Nothing was sent.`
        : `The library folder ${dir} cannot be written. Choose another folder, or change its permissions. Nothing was sent.`,
      { cause },
    )
  }
}

/**
 * Undoes what a kill left half-written before the database first went over to a WAL: a connection that cannot write
 * cannot even read until that is done.
 */
function rollBack(file: string): void {
  if (!existsSync(`${file}-journal`)) return
  const db = new Sqlite(file)
  try {
    schemaOf(db)
  } finally {
    db.close()
  }
}

/**
 * Reads through a database that is there, on a connection that cannot change it: closing one that can would fold the
 * WAL into a damaged file. @throws UnsoundDatabase, or what SQLite throws
 */
function inspect(dir: string): void {
  const file = join(dir, 'library.db')
  if (!existsSync(file)) return
  rollBack(file)
  const db = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    const schema = schemaOf(db)
    if (schema === 0 && wasUsed(dir)) throw new UnsoundDatabase('it holds nothing')
    if (schema === 0 || schema > SCHEMA_VERSION) return
    const [fault] = faultsOf(db)
    if (fault !== undefined) throw new UnsoundDatabase(fault)
  } finally {
    db.close()
  }
}

function openDatabase(dir: string, now: number): Database {
  if (shouldCheck(dir)) inspect(dir)
  const db = new Sqlite(join(dir, 'library.db'))
  try {
    db.pragma('journal_mode = WAL')
    // A reopened WAL database falls back to NORMAL, under which a commit can be lost on power failure.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    // Edits are recorded in temporary tables; they are small, and a full disk must not stop them.
    db.pragma('temp_store = MEMORY')
    const settings = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => db.pragma(name, { simple: true }))
    if (settings.join() !== 'wal,2,1') throw new Error(`SQLite refused its durability settings: ${settings.join()}`)
    const schema = schemaOf(db)
    if (schema > 0 && schema < SCHEMA_VERSION) backupBeforeMigration(db, dir, now, SCHEMA_VERSION)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Opens the library database in `dir`, making both when absent. One process owns a library at a time. A database that
 * is damaged or gone is replaced by its newest sound backup, and `recovery.json` says so.
 * @param now epoch milliseconds, for the names of what is set aside or backed up
 * @throws TakeboardError `library-locked`, `library-newer`, `library-unwritable`, `library-damaged`, `disk-full`
 */
export function openStore(dir: string, now: number = Date.now()): Store {
  makeFolder(dir)
  const lock = explained(() => lockLibrary(dir))
  let db: Database
  try {
    db = explained(() => openOrRestore(dir, now, () => openDatabase(dir, now)))
  } catch (error) {
    lock.close()
    throw error
  }

  const statements = new Map<string, Sqlite.Statement>()
  const prepare = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = db.prepare(sql)))
    return statement
  }
  /** Damage found while at work makes the next open read everything. */
  const guarded = <T>(work: () => T): T => {
    try {
      return explained(work)
    } catch (error) {
      if (error instanceof TakeboardError && error.code === 'library-damaged') markSuspect(dir)
      throw error
    }
  }
  const handle = {
    all: (sql: string, ...params: readonly unknown[]) => guarded(() => prepare(sql).all(...params)),
    get: (sql: string, ...params: readonly unknown[]) => guarded(() => prepare(sql).get(...params)),
    run: (sql: string, ...params: readonly unknown[]) => guarded(() => prepare(sql).run(...params)),
  } as unknown as WriteDb

  return {
    read: handle,
    write: (work) => guarded(() => db.transaction(() => work(handle)).immediate()),
    async backup(to) {
      await db.backup(to).catch((error: unknown) => {
        throw explain(error)
      })
    },
    integrity() {
      const rows = db.pragma('quick_check') as { quick_check: string }[]
      if (rows.some((row) => row.quick_check !== 'ok')) markSuspect(dir)
      const broken = db.pragma('foreign_key_check') as { table: string }[]
      return [
        ...rows.map((row) => row.quick_check).filter((line) => line !== 'ok'),
        ...broken.map(({ table }) => `A row of ${table} points at nothing.`),
      ]
    },
    close() {
      try {
        db.pragma('optimize')
      } catch {
        // It only tidies up for the next start, which a disk that fails now must not turn into a failure of its own.
      }
      try {
        db.close()
      } finally {
        lock.close()
      }
    },
  }
}
