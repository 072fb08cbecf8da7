import Sqlite from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** Ways a library's database is lost, done to the files of a library that is closed. */

export const databaseOf = (library: string): string => join(library, 'library.db')

const PAGE = 4096

/** Overwrites a page with noise; pages count from 1. */
export function overwritePage(file: string, page: number): void {
  const fd = openSync(file, 'r+')
  try {
    writeSync(fd, randomBytes(PAGE), 0, PAGE, (page - 1) * PAGE)
  } finally {
    closeSync(fd)
  }
}

/** The page in which a table begins. */
export function pageOf(file: string, table: string): number {
  const db = new Sqlite(file, { readonly: true })
  try {
    const row = db
      .prepare<[string], { rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .get(table)
    return row?.rootpage ?? 0
  } finally {
    db.close()
  }
}

export type Damage = (library: string) => void

export const DAMAGES: Readonly<Record<string, Damage>> = {
  truncated: (library) => truncateSync(databaseOf(library), Math.floor(statSync(databaseOf(library)).size * 0.6) + 100),
  'overwritten in the middle': (library) => overwritePage(databaseOf(library), pageOf(databaseOf(library), 'takes')),
  'overwritten at its head': (library) => overwritePage(databaseOf(library), 1),
  deleted: (library) => rmSync(databaseOf(library)),
  'of zero length': (library) => truncateSync(databaseOf(library), 0),
  'something else altogether': (library) => writeFileSync(databaseOf(library), 'not a database. '.repeat(9_000)),
}

/** Keeps a copy of the database, to be put back later as an artist would put back yesterday's. */
export function keepCopy(library: string): Damage {
  const copy = `${databaseOf(library)}.yesterday`
  copyFileSync(databaseOf(library), copy)
  return (to) => copyFileSync(copy, databaseOf(to))
}

export const backupsIn = (library: string): readonly string[] => {
  try {
    return readdirSync(join(library, 'backups')).sort()
  } catch {
    return []
  }
}

/** Leaves only the backups named. */
export function leaveBackups(library: string, names: readonly string[]): void {
  for (const name of backupsIn(library)) if (!names.includes(name)) rmSync(join(library, 'backups', name))
}

/** Removes every passport; the clips stay. */
export function removePassports(library: string): void {
  const clips = join(library, 'clips')
  for (const name of readdirSync(clips, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.json')) rmSync(join(clips, name))
}
