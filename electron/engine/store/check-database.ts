import type { Database } from 'better-sqlite3'

/** Tables without which there is no library. */
const TABLES = ['projects', 'storyboards', 'scenes', 'takes', 'ledger', 'budgets', 'outbox'] as const
/** Columns that hold JSON: an overwritten page of nothing but text is invisible to `quick_check`, but not here. */
const JSON_COLUMNS = [
  ['storyboards', 'defaults'],
  ['scenes', 'seed'],
  ['takes', 'request'],
  ['takes', 'outputs'],
  ['takes', 'stale'],
] as const

/** Schema version of an open database; 0 for one that was never made. */
export const schemaOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

/** What is wrong with the bytes of a library database: empty when it is sound. Reads all of it, about 1.5 s per GB. */
export function faultsOf(db: Database): readonly string[] {
  const rows = db.pragma('quick_check(5)') as { quick_check: string }[]
  const broken = rows.map((row) => row.quick_check).filter((line) => line !== 'ok')
  if (broken.length > 0) return broken
  const tables = new Set(
    db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name),
  )
  const missing = TABLES.filter((name) => !tables.has(name))
  if (missing.length > 0) return [`The tables ${missing.join(', ')} are missing.`]
  return JSON_COLUMNS.flatMap(([table, column]) => {
    const bad = db
      .prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table} WHERE NOT json_valid(${column})`)
      .get()
    return bad !== undefined && bad.n > 0 ? [`${bad.n} rows of ${table} are unreadable.`] : []
  })
}
