import type { EditState } from '../../../shared/edits.ts'
import type { ProjectId } from '../../../shared/ids.ts'
import type { EditableTable, RowChange, RowImage } from './edit-capture.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

export interface StoredEdit {
  readonly seq: number
  readonly at: number
  readonly label: string
  readonly mergeKey: string | null
}

interface EditRow {
  seq: number
  at: number
  label: string
  merge_key: string | null
}

const toEdit = ({ seq, at, label, merge_key }: EditRow): StoredEdit => ({ seq, at, label, mergeKey: merge_key })

function edge(db: ReadDb, project: ProjectId, undone: 0 | 1, order: 'ASC' | 'DESC'): StoredEdit | null {
  const row = db.get<EditRow>(
    `SELECT * FROM edits WHERE project_id = ? AND undone = ? ORDER BY seq ${order} LIMIT 1`,
    project,
    undone,
  )
  return row ? toEdit(row) : null
}

/** The latest edit that stands: the next to be taken back. */
export const latestEdit = (db: ReadDb, project: ProjectId): StoredEdit | null => edge(db, project, 0, 'DESC')
/** The earliest edit that was taken back: the next to be made again. */
export const firstUndone = (db: ReadDb, project: ProjectId): StoredEdit | null => edge(db, project, 1, 'ASC')

/** What undo and redo would do next. */
export const readEditState = (db: ReadDb, projectId: ProjectId): EditState => ({
  projectId,
  undo: latestEdit(db, projectId)?.label ?? null,
  redo: firstUndone(db, projectId)?.label ?? null,
})

export function editChanges(db: ReadDb, edit: number): RowChange[] {
  const parse = (image: string | null) => (image === null ? null : (JSON.parse(image) as RowImage))
  return db
    .all<{ tbl: EditableTable; id: string; before: string | null; after: string | null }>(
      'SELECT tbl, id, before, after FROM edit_rows WHERE edit = ? ORDER BY seq',
      edit,
    )
    .map((row) => ({ ...row, before: parse(row.before), after: parse(row.after) }))
}

function writeChanges(db: WriteDb, edit: number, changes: readonly RowChange[]): void {
  db.run('DELETE FROM edit_rows WHERE edit = ?', edit)
  const text = (image: RowImage | null) => (image === null ? null : JSON.stringify(image))
  for (const { tbl, id, before, after } of changes)
    db.run(
      'INSERT INTO edit_rows (edit, tbl, id, before, after) VALUES (?, ?, ?, ?, ?)',
      edit,
      tbl,
      id,
      text(before),
      text(after),
    )
}

export function insertEdit(
  db: WriteDb,
  project: ProjectId,
  edit: Omit<StoredEdit, 'seq'>,
  changes: readonly RowChange[],
): void {
  db.run(
    'INSERT INTO edits (project_id, at, label, merge_key) VALUES (?, ?, ?, ?)',
    project,
    edit.at,
    edit.label,
    edit.mergeKey,
  )
  const row = db.get<{ seq: number }>('SELECT max(seq) AS seq FROM edits')
  writeChanges(db, row?.seq ?? 0, changes)
}

/** Gives an edit other changes and the time it was last added to. */
export function rewriteEdit(db: WriteDb, edit: number, at: number, changes: readonly RowChange[]): void {
  db.run('UPDATE edits SET at = ? WHERE seq = ?', at, edit)
  writeChanges(db, edit, changes)
}

export const markUndone = (db: WriteDb, edit: number, undone: boolean): void => {
  db.run('UPDATE edits SET undone = ? WHERE seq = ?', undone ? 1 : 0, edit)
}

/** Forgets that an edit was made; what it did stays. */
export const forgetEdit = (db: WriteDb, edit: number): void => {
  db.run('DELETE FROM edits WHERE seq = ?', edit)
}

/** What was taken back cannot be made again once something else was done. */
export const forgetUndone = (db: WriteDb, project: ProjectId): void => {
  db.run('DELETE FROM edits WHERE project_id = ? AND undone = 1', project)
}

export const keepLatestEdits = (db: WriteDb, project: ProjectId, count: number): void => {
  db.run(
    'DELETE FROM edits WHERE project_id = ? AND seq <= (SELECT seq FROM edits WHERE project_id = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)',
    project,
    project,
    count,
  )
}
