import type { ProjectId } from '../../../shared/ids.ts'
import type { Budget, LibraryBudget, Project } from '../../../shared/model.ts'
import { usdMicros, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { ReadDb, WriteDb } from './open-store.ts'
import { readMeta, removeMeta, writeMeta } from './records.ts'

interface ProjectRow {
  id: string
  title: string
  cap: number | null
  batch_limit: number | null
  warn_at: number
  confirm_over: number | null
  stop_after: number | null
  provider: Project['provider']
  created_at: number
  opened_at: number
}

const toProject = (row: ProjectRow): Project => ({
  id: row.id as ProjectId,
  title: row.title,
  cap: row.cap === null ? null : usdMicros(row.cap),
  batchLimit: row.batch_limit === null ? null : usdMicros(row.batch_limit),
  warnAt: row.warn_at,
  confirmOver: row.confirm_over === null ? null : usdMicros(row.confirm_over),
  stopAfter: row.stop_after,
  provider: row.provider,
  createdAt: row.created_at,
  openedAt: row.opened_at,
})

/** When a project is opened now: after all others were, even in the same millisecond or with the clock set back. */
export const nextOpening = (db: ReadDb, now: number): number =>
  Math.max(now, (db.get<{ last: number | null }>('SELECT max(opened_at) AS last FROM projects')?.last ?? 0) + 1)

/** Most recently opened first. */
export const listProjects = (db: ReadDb): Project[] =>
  db.all<ProjectRow>('SELECT * FROM projects ORDER BY opened_at DESC, created_at DESC').map(toProject)

export function findProject(db: ReadDb, id: ProjectId): Project | null {
  const row = db.get<ProjectRow>('SELECT * FROM projects WHERE id = ?', id)
  return row ? toProject(row) : null
}

export function insertProject(db: WriteDb, project: Project): void {
  db.run(
    `INSERT INTO projects (id, title, cap, batch_limit, warn_at, confirm_over, stop_after, provider, created_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    project.id,
    project.title,
    project.cap,
    project.batchLimit,
    project.warnAt,
    project.confirmOver,
    project.stopAfter,
    project.provider,
    project.createdAt,
    project.openedAt,
  )
}

export function updateProject(db: WriteDb, project: Project): void {
  db.run(
    `UPDATE projects SET title = ?, cap = ?, batch_limit = ?, warn_at = ?, confirm_over = ?, stop_after = ?, provider = ?,
       opened_at = ? WHERE id = ?`,
    project.title,
    project.cap,
    project.batchLimit,
    project.warnAt,
    project.confirmOver,
    project.stopAfter,
    project.provider,
    project.openedAt,
    project.id,
  )
}

/** Remembers for the history that the artist gave a project another cap. @param at epoch milliseconds */
export const noteCapChange = (db: WriteDb, at: number, before: Project, after: Project): void => {
  db.run(
    'INSERT INTO cap_changes (at, project_id, cap_before, cap_after) VALUES (?, ?, ?, ?)',
    at,
    after.id,
    before.cap,
    after.cap,
  )
}

/** The money of a project, summed by the ledger's own triggers. */
export function readBudget(db: ReadDb, id: ProjectId): Budget {
  const row = db.get<{ held: number; spent: number; cap: number | null; pending: number }>(
    `SELECT held, spent, cap,
       (SELECT coalesce(sum(price), 0) FROM takes WHERE project_id = projects.id AND refund_due_at IS NOT NULL) AS pending
     FROM projects JOIN budgets ON project_id = projects.id WHERE projects.id = ?`,
    id,
  )
  const held = usdMicros(row?.held ?? 0)
  const spent = usdMicros(row?.spent ?? 0)
  const cap = row?.cap === null || row === undefined ? null : usdMicros(row.cap)
  const left = cap === null ? null : usdMicros(Math.max(ZERO_USD, cap - held - spent))
  return { projectId: id, cap, held, refundPending: usdMicros(row?.pending ?? 0), spent, left }
}

const LIBRARY_CAP = 'library-cap'

/** Every project together. */
export function readLibraryBudget(db: ReadDb): LibraryBudget {
  const row = db.get<{ held: number | null; spent: number | null }>(
    'SELECT sum(held) AS held, sum(spent) AS spent FROM budgets',
  )
  const cap = readMeta(db, LIBRARY_CAP)
  return {
    cap: cap === null ? null : usdMicros(Number(cap)),
    held: usdMicros(row?.held ?? 0),
    spent: usdMicros(row?.spent ?? 0),
  }
}

/** Null removes the cap. A lower one blocks only new reservations. */
export function writeLibraryCap(db: WriteDb, cap: UsdMicros | null): void {
  if (cap === null) removeMeta(db, LIBRARY_CAP)
  else writeMeta(db, LIBRARY_CAP, String(cap))
}
