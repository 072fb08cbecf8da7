import type { ProjectId, TakeId } from '../../../shared/ids.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

/** Adds a failed paid take to those that failed in a row. @returns how many they are now */
export const countFailure = (db: WriteDb, project: ProjectId): number =>
  db.get<{ n: number }>(
    'UPDATE projects SET failures_in_row = failures_in_row + 1 WHERE id = ? RETURNING failures_in_row AS n',
    project,
  )?.n ?? 0

export const forgetFailures = (db: WriteDb, project: ProjectId): void => {
  db.run('UPDATE projects SET failures_in_row = 0 WHERE id = ? AND failures_in_row > 0', project)
}

/** Paid takes of a project that wait to be sent and are not on hold. */
export const listUnsentPaid = (db: ReadDb, project: ProjectId): TakeId[] =>
  db
    .all<{ id: string }>(
      `SELECT id FROM takes WHERE project_id = ? AND provider <> 'rehearsal' AND phase IN ('planned', 'reserved')
         AND on_hold = 0 ORDER BY ord`,
      project,
    )
    .map(({ id }) => id as TakeId)

/** Whether the artist had the clip of a take that had ended downloaded again. */
export const wasTriedAgain = (db: ReadDb, take: TakeId): boolean =>
  db.get("SELECT 1 AS x FROM take_history WHERE take_id = ? AND event ->> 'type' = 'download-again' LIMIT 1", take) !==
  undefined

/** The engine put the waiting takes of a project on hold because of failures. */
interface QueueStop {
  /** Epoch milliseconds. */
  readonly at: number
  readonly projectId: ProjectId
  /** Paid takes that failed in a row. */
  readonly failures: number
  /** Takes put on hold. */
  readonly held: number
}

export const noteStop = (db: WriteDb, stop: QueueStop): void => {
  db.run(
    'INSERT INTO queue_stops (at, project_id, failures, held) VALUES (?, ?, ?, ?)',
    stop.at,
    stop.projectId,
    stop.failures,
    stop.held,
  )
}
