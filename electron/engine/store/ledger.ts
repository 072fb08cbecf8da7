import type { ProjectId, TakeId } from '../../../shared/ids.ts'
import type { LedgerEntry } from '../../../shared/model.ts'
import { usdMicros, type UsdMicros } from '../../../shared/money.ts'
import { slate } from '../domain/slate.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

export interface LedgerMovement {
  readonly at: number
  readonly projectId: ProjectId
  readonly takeId: TakeId
  readonly kind: LedgerEntry['kind']
  readonly amount: UsdMicros
  readonly note: string
}

/** What a movement does to the amounts held and spent: -1, 0 or 1 times its amount. */
function signs(kind: LedgerEntry['kind']): readonly [held: number, spent: number] {
  switch (kind) {
    case 'reserve':
      return [1, 0]
    case 'settle':
      return [-1, 1]
    case 'release':
      return [-1, 0]
    case 'overage':
      return [0, 1]
    case 'refund':
      return [0, -1]
  }
}

/**
 * Writes one line of the ledger; the database's own triggers keep the cap and the sums.
 * @throws TakeboardError `cap-reached`, `cap-missing`
 */
export function writeLedger(db: WriteDb, movement: LedgerMovement): void {
  const [held, spent] = signs(movement.kind)
  db.run(
    'INSERT INTO ledger (at, project_id, take_id, kind, held, spent, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
    movement.at,
    movement.projectId,
    movement.takeId,
    movement.kind,
    held * movement.amount,
    spent * movement.amount,
    movement.note,
  )
}

/** A line of the ledger with the numbers of its slate. */
export interface LedgerRow {
  seq: number
  at: number
  take_id: string
  kind: LedgerEntry['kind']
  held: number
  spent: number
  note: string
  scene_number: string
  take_number: number
}

export const toLedgerEntry = (row: LedgerRow): LedgerEntry => ({
  seq: row.seq,
  at: row.at,
  takeId: row.take_id as TakeId,
  slate: slate(row.scene_number, row.take_number),
  kind: row.kind,
  held: usdMicros(row.held),
  spent: usdMicros(row.spent),
  note: row.note,
})

/** Newest first. */
export const listLedger = (db: ReadDb, project: ProjectId, before: number | null, limit: number): LedgerEntry[] =>
  db
    .all<LedgerRow>(
      `SELECT ledger.*, coalesce(removed_as, scenes.number) AS scene_number, takes.number AS take_number
       FROM ledger JOIN takes ON takes.id = take_id JOIN scenes ON scenes.id = scene_id
       WHERE ledger.project_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      project,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map(toLedgerEntry)

/** Projects whose running totals disagree with their ledger: none, unless the file was tampered with. */
export const unbalancedProjects = (db: ReadDb): { project_id: string }[] =>
  db.all(
    `SELECT budgets.project_id FROM budgets LEFT JOIN ledger ON ledger.project_id = budgets.project_id
     GROUP BY budgets.project_id
     HAVING budgets.held <> coalesce(sum(ledger.held), 0) OR budgets.spent <> coalesce(sum(ledger.spent), 0)`,
  )
