import type { Database } from 'better-sqlite3'
import { TakeboardError } from '../../../shared/errors.ts'
import { first } from './migrations/0010-first.ts'
import { studio } from './migrations/0020-studio.ts'
import { review } from './migrations/0030-review.ts'
import { library } from './migrations/0040-library.ts'

export interface Migration {
  /** Multiples of ten, strictly increasing; a landed migration is never edited. */
  readonly version: number
  readonly sql: string
}

export const MIGRATIONS: readonly Migration[] = [first, studio, review, library]

/** Schema version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0

/**
 * Brings a database to the present schema in one transaction.
 * @throws TakeboardError `library-newer` when the file was written by a later version; it is left untouched.
 */
export function migrate(db: Database): void {
  const found = Number(db.pragma('user_version', { simple: true }))
  if (found > SCHEMA_VERSION) {
    throw new TakeboardError(
      'library-newer',
      `This library was last opened by a newer Takeboard (schema ${found}; this version knows ${SCHEMA_VERSION}). Nothing was changed. Update Takeboard, or choose another library folder.`,
    )
  }
  const missing = MIGRATIONS.filter(({ version }) => version > found)
  if (missing.length === 0) return
  db.transaction(() => {
    for (const { version, sql } of missing) {
      db.exec(sql)
      db.pragma(`user_version = ${version}`)
    }
  }).immediate()
}
