import { isConstraint, type ReadDb, type WriteDb } from './open-store.ts'

/**
 * What an artist may edit and take back, parents before children. Null stands for every column the table has, also those
 * a later migration adds; a list for those columns of a row that is never made or removed by an edit. What is not here
 * (caps, budgets, the ledger, the state of takes) cannot be reached by undo.
 */
const EDITABLE = {
  projects: ['title'],
  casts: null,
  cast_references: null,
  storyboards: null,
  scenes: null,
  takes: ['rating', 'rejected', 'label'],
  saved_seeds: null,
  notes: null,
  playlists: null,
} as const satisfies Readonly<Record<string, readonly string[] | null>>

export type EditableTable = keyof typeof EDITABLE
export const EDITABLE_TABLES = Object.keys(EDITABLE) as readonly EditableTable[]

/** Columns of a row, or some of them, as SQLite has them. */
export type RowImage = Readonly<Record<string, string | number | null>>

/**
 * What became of one row: null before it was made and after it was removed, else the columns that changed. The whole row
 * where it was made or removed.
 */
export interface RowChange {
  readonly tbl: EditableTable
  readonly id: string
  readonly before: RowImage | null
  readonly after: RowImage | null
}

/** The rowid is kept because lists without an order of their own go by it. */
const columnsOf = (db: ReadDb, tbl: EditableTable): readonly string[] =>
  EDITABLE[tbl] ?? [
    'rowid',
    ...db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', tbl).map(({ name }) => name),
  ]

/**
 * Lets this connection record edits. Triggers do it, so that no handler, whatever it writes with, can forget a row; they
 * are temporary, so the file stays free of them, and they do nothing but between `startCapture` and `takeCaptured`.
 */
export function installCapture(db: WriteDb): void {
  db.run('CREATE TEMP TABLE IF NOT EXISTS capturing (on_now INTEGER PRIMARY KEY)')
  db.run(
    'CREATE TEMP TABLE IF NOT EXISTS captured (seq INTEGER PRIMARY KEY, tbl TEXT, id TEXT, before TEXT, after TEXT)',
  )
  for (const tbl of EDITABLE_TABLES) {
    const chosen = EDITABLE[tbl]
    const columns = columnsOf(db, tbl)
    const image = (row: 'NEW' | 'OLD') =>
      `json_object(${columns.map((name) => `'${name}', ${row}.${name}`).join(', ')})`
    const trigger = (event: string, id: 'NEW' | 'OLD', before: string, after: string) =>
      db.run(
        `CREATE TEMP TRIGGER IF NOT EXISTS ${tbl}_${event.slice(0, 6).toLowerCase()}_captured AFTER ${event} ON main.${tbl}
         WHEN EXISTS (SELECT 1 FROM capturing)
         BEGIN INSERT INTO captured (tbl, id, before, after) VALUES ('${tbl}', ${id}.id, ${before}, ${after}); END`,
      )
    trigger(chosen === null ? 'UPDATE' : `UPDATE OF ${chosen.join(', ')}`, 'NEW', image('OLD'), image('NEW'))
    if (chosen !== null) continue
    trigger('INSERT', 'NEW', 'NULL', image('NEW'))
    trigger('DELETE', 'OLD', image('OLD'), 'NULL')
  }
}

/** From here to `takeCaptured` in the same transaction every change of an editable row is recorded. */
export function startCapture(db: WriteDb): void {
  db.run('INSERT INTO capturing (on_now) VALUES (1)')
}

/** Leaves only what differs; null when nothing does. */
function trimmed(change: RowChange): RowChange | null {
  const { before, after } = change
  if (before === null || after === null) return before === after ? null : change
  const names = Object.keys(after).filter((name) => name !== 'rowid' && before[name] !== after[name])
  if (names.length === 0) return null
  const only = (image: RowImage) => Object.fromEntries(names.map((name) => [name, image[name] ?? null]))
  return { ...change, before: only(before), after: only(after) }
}

/** Two changes of rows, one after the other, as one change of each row. */
export function joinChanges(first: readonly RowChange[], second: readonly RowChange[]): RowChange[] {
  const joined = new Map<string, RowChange>()
  for (const change of [...first, ...second]) {
    const key = `${change.tbl} ${change.id}`
    const earlier = joined.get(key)
    joined.set(key, earlier === undefined ? change : { ...change, ...joinImages(earlier, change) })
  }
  return [...joined.values()].flatMap((change) => trimmed(change) ?? [])
}

/** A column that only one of the two changes names was the same before and after the other. */
function joinImages(earlier: RowChange, later: RowChange): Pick<RowChange, 'before' | 'after'> {
  const before = earlier.before === null ? null : { ...later.before, ...earlier.before }
  const after = later.after === null ? null : { ...earlier.after, ...later.after }
  return { before, after }
}

/** Ends the recording and answers what changed, one entry a row. */
export function takeCaptured(db: WriteDb): RowChange[] {
  const rows = db.all<{ tbl: EditableTable; id: string; before: string | null; after: string | null }>(
    'SELECT tbl, id, before, after FROM captured ORDER BY seq',
  )
  db.run('DELETE FROM captured')
  db.run('DELETE FROM capturing')
  const parse = (image: string | null) => (image === null ? null : (JSON.parse(image) as RowImage))
  return joinChanges(
    [],
    rows.map((row) => ({ ...row, before: parse(row.before), after: parse(row.after) })),
  )
}

/** Turns a change around. */
export const inverse = ({ tbl, id, before, after }: RowChange): RowChange => ({ tbl, id, before: after, after: before })

/** Which columns edits may reach; asked for once, since an edit may be of thousands of rows. */
type Columns = (tbl: EditableTable) => ReadonlySet<string>

function readColumns(db: ReadDb): Columns {
  const known = new Map<EditableTable, ReadonlySet<string>>()
  return (tbl) => {
    const columns = known.get(tbl) ?? new Set(columnsOf(db, tbl))
    known.set(tbl, columns)
    return columns
  }
}

/** An image without what this version does not let edits reach. */
const reachable = (columns: Columns, { tbl, after }: RowChange): RowImage =>
  Object.fromEntries(Object.entries(after ?? {}).filter(([name]) => columns(tbl).has(name)))

function insertRow(db: WriteDb, columns: Columns, change: RowChange): void {
  const { tbl } = change
  const { rowid = null, ...row } = reachable(columns, change)
  const isFree = db.get(`SELECT 1 AS x FROM ${tbl} WHERE rowid = ?`, rowid) === undefined
  const image: RowImage = isFree && rowid !== null ? { rowid, ...row } : row
  const names = Object.keys(image)
  db.run(`INSERT INTO ${tbl} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`, image)
}

function updateRow(db: WriteDb, columns: Columns, change: RowChange): boolean {
  const { tbl, id } = change
  const image = reachable(columns, change)
  const assignments = Object.keys(image).map((name) => `${name} = @${name}`)
  if (assignments.length === 0) return true
  return db.run(`UPDATE ${tbl} SET ${assignments.join(', ')} WHERE id = @rowId`, { ...image, rowId: id }).changes === 1
}

/**
 * Makes rows what a change says they were after it. Answers false where something that was not part of the change stands
 * in the way: a row that is gone, a take that needs its scene, a label used elsewhere. Then the transaction must be given
 * up, since some rows are written. (A savepoint would do too, but makes thousands of removals ten times as slow.)
 */
export function applyChanges(db: WriteDb, changes: readonly RowChange[]): boolean {
  const columns = readColumns(db)
  const rank = (change: RowChange) => EDITABLE_TABLES.indexOf(change.tbl)
  const ordered = changes.toSorted((a, b) => rank(a) - rank(b))
  try {
    // Labels are unique at every moment, so those that change hands are all let go first.
    for (const { tbl, id, before, after } of ordered)
      if (tbl === 'scenes' && before !== null && (after === null || 'number' in after))
        db.run('UPDATE scenes SET number = id WHERE id = ?', id)
    for (const change of ordered) if (change.before === null) insertRow(db, columns, change)
    for (const change of ordered)
      if (change.before !== null && change.after !== null && !updateRow(db, columns, change)) return false
    for (const { tbl, id, after } of ordered.toReversed())
      if (after === null) db.run(`DELETE FROM ${tbl} WHERE id = ?`, id)
    return true
  } catch (error) {
    if (isConstraint(error)) return false
    throw error
  }
}
