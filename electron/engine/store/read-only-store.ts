import Sqlite, { type Database } from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { newestGoodBackup } from './backups.ts'
import { faultsOf, schemaOf } from './check-database.ts'
import { SCHEMA_VERSION } from './migrate.ts'
import type { ReadDb } from './open-store.ts'

/** A library opened to be looked at, while another process may have it. */
export interface ReadOnlyStore {
  readonly read: ReadDb
  /** When the copy that is shown was made (epoch ms); null when it is the library's own database, as it is now. */
  readonly from: number | null
  close(): void
}

/** Opens a database file so that nothing can be written through it. @throws what SQLite throws */
function openFile(path: string): Database {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    db.pragma('query_only = ON')
    db.pragma('trusted_schema = OFF')
    // Reading anything shows whether the WAL can be read too, which a folder that cannot be written may prevent.
    schemaOf(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The database itself; where SQLite cannot read that without writing beside it, the newest good backup. */
function openNewest(dir: string): { db: Database; from: number | null } {
  try {
    return { db: openFile(join(dir, 'library.db')), from: null }
  } catch (cause) {
    const backup = newestGoodBackup(dir)
    if (backup !== null) return { db: openFile(backup.path), from: backup.at }
    throw new TakeboardError(
      'library-damaged',
      `The library in ${dir} cannot be read from here, and it has no backup that can. Nothing was changed.`,
      { cause },
    )
  }
}

/**
 * Opens the database of a library for reading alone: no lock is taken and no byte is written by this program, whoever
 * else works with it. Codes: not-found without a library, library-newer, library-damaged.
 */
export function openReadOnlyStore(dir: string): ReadOnlyStore {
  if (!existsSync(join(dir, 'library.db')))
    throw new TakeboardError('not-found', `There is no library in ${dir} to look at.`)
  const { db, from } = openNewest(dir)
  const schema = schemaOf(db)
  if (schema !== SCHEMA_VERSION) {
    const fault = schema > SCHEMA_VERSION ? null : faultsOf(db)[0]
    db.close()
    if (fault !== undefined && fault !== null)
      throw new TakeboardError('library-damaged', `The library in ${dir} is damaged: ${fault}`)
    throw new TakeboardError(
      'library-newer',
      schema > SCHEMA_VERSION
        ? `This library was last opened by a newer Takeboard (schema ${schema}; this version knows ${SCHEMA_VERSION}). Update Takeboard to look at it.`
        : `This library was last opened by an older Takeboard (schema ${schema}) and must be brought up to date before it can be looked at. Open it once without --read-only.`,
    )
  }
  const statements = new Map<string, Sqlite.Statement>()
  const prepare = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = db.prepare(sql)))
    return statement
  }
  const read = {
    all: (sql: string, ...params: readonly unknown[]) => prepare(sql).all(...params),
    get: (sql: string, ...params: readonly unknown[]) => prepare(sql).get(...params),
  } as unknown as ReadDb
  return { read, from, close: () => void db.close() }
}
