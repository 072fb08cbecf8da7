import type { ProjectId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import type { LedgerEntry } from '../../../shared/model.ts'
import { usdMicros, type UsdMicros } from '../../../shared/money.ts'
import { toLedgerEntry, type LedgerRow } from './ledger.ts'
import type { ReadDb } from './open-store.ts'

export interface SpendRow {
  readonly estimate: UsdMicros
  readonly actual: UsdMicros
  readonly held: UsdMicros
  readonly takes: number
}

interface SumRow {
  readonly estimate: number | null
  readonly actual: number | null
  readonly held: number | null
  readonly takes: number
}

const toRow = ({ estimate, actual, held, takes }: SumRow): SpendRow => ({
  estimate: usdMicros(estimate ?? 0),
  actual: usdMicros(actual ?? 0),
  held: usdMicros(held ?? 0),
  takes,
})

/** The sums of a report line over ledger rows joined with their takes. */
const SUMS = `sum(CASE WHEN kind IN ('reserve', 'release') THEN ledger.held ELSE 0 END) AS estimate, sum(ledger.spent) AS actual,
  sum(ledger.held) AS held, count(DISTINCT ledger.take_id) AS takes`
const FROM = 'FROM ledger JOIN takes ON takes.id = ledger.take_id WHERE ledger.project_id = ?'

export function spendTotal(db: ReadDb, project: ProjectId): SpendRow {
  const row = db.get<SumRow>(`SELECT ${SUMS} ${FROM}`, project)
  return toRow(row ?? { estimate: 0, actual: 0, held: 0, takes: 0 })
}

export const spendByScene = (db: ReadDb, project: ProjectId): (SpendRow & { sceneId: SceneId })[] =>
  db
    .all<SumRow & { id: string }>(`SELECT takes.scene_id AS id, ${SUMS} ${FROM} GROUP BY takes.scene_id`, project)
    .map((row) => ({ ...toRow(row), sceneId: row.id as SceneId }))

export const spendByStoryboard = (db: ReadDb, project: ProjectId): (SpendRow & { storyboardId: StoryboardId })[] =>
  db
    .all<SumRow & { id: string }>(
      `SELECT takes.storyboard_id AS id, ${SUMS} ${FROM} GROUP BY takes.storyboard_id`,
      project,
    )
    .map((row) => ({ ...toRow(row), storyboardId: row.id as StoryboardId }))

/** By month in the clock of this machine, oldest first. */
export const spendByMonth = (db: ReadDb, project: ProjectId): (SpendRow & { month: string })[] =>
  db
    .all<SumRow & { month: string }>(
      `SELECT strftime('%Y-%m', ledger.at / 1000, 'unixepoch', 'localtime') AS month, ${SUMS} ${FROM} GROUP BY month ORDER BY month`,
      project,
    )
    .map((row) => ({ ...toRow(row), month: row.month }))

/**
 * What was charged on each day in the clock of this machine for each storyboard, oldest first. A correction counts on the
 * day it was made.
 */
export const spendByDay = (
  db: ReadDb,
  project: ProjectId,
): { day: string; storyboardId: StoryboardId; actual: UsdMicros }[] =>
  db
    .all<{ day: string; id: string; actual: number }>(
      `SELECT strftime('%Y-%m-%d', ledger.at / 1000, 'unixepoch', 'localtime') AS day, takes.storyboard_id AS id, sum(ledger.spent) AS actual
       ${FROM} AND ledger.spent <> 0 GROUP BY day, takes.storyboard_id HAVING sum(ledger.spent) <> 0
       ORDER BY day, takes.storyboard_id`,
      project,
    )
    .map(({ day, id, actual }) => ({ day, storyboardId: id as StoryboardId, actual: usdMicros(actual) }))

/** Scenes of a project that have takes, in board order; those taken off the board under the labels they had. */
export const listShotScenes = (
  db: ReadDb,
  project: ProjectId,
): { id: SceneId; storyboardId: StoryboardId; number: string; title: string }[] =>
  db.all(
    `SELECT scenes.id AS id, storyboard_id AS storyboardId, coalesce(removed_as, number) AS number, scenes.title AS title
     FROM scenes JOIN storyboards ON storyboards.id = storyboard_id
     WHERE project_id = ? AND EXISTS (SELECT 1 FROM takes WHERE scene_id = scenes.id)
     ORDER BY storyboards.position, storyboards.rowid, scenes.position, removed_as IS NULL, scenes.rowid`,
    project,
  )

/** Seconds of the picked takes that were paid for, of scenes that are on their board. */
export const acceptedSeconds = (db: ReadDb, project: ProjectId): number =>
  db.get<{ seconds: number | null }>(
    `SELECT sum(takes.request ->> 'duration') AS seconds FROM scenes JOIN takes ON takes.id = scenes.pick_take_id
     WHERE takes.project_id = ? AND takes.charge = 'charged' AND scenes.removed_as IS NULL`,
    project,
  )?.seconds ?? 0

interface LedgerLineRow extends LedgerRow {
  project: string
  storyboard: string
}

/** Every ledger line of a project, or of the library, oldest first. */
export const allLedgerLines = (
  db: ReadDb,
  project: ProjectId | null,
): (LedgerEntry & { project: string; storyboard: string })[] =>
  db
    .all<LedgerLineRow>(
      `SELECT ledger.*, coalesce(removed_as, scenes.number) AS scene_number, takes.number AS take_number, projects.title AS project,
         storyboards.title AS storyboard
       FROM ledger JOIN takes ON takes.id = take_id JOIN scenes ON scenes.id = scene_id
         JOIN projects ON projects.id = ledger.project_id JOIN storyboards ON storyboards.id = takes.storyboard_id
       WHERE ? IS NULL OR ledger.project_id = ? ORDER BY seq`,
      project,
      project,
    )
    .map((row) => ({ ...toLedgerEntry(row), project: row.project, storyboard: row.storyboard }))
