import type { ProjectId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Batch } from '../../../shared/model.ts'
import type { ReadDb, WriteDb } from './open-store.ts'
import { insertBatch } from './takes.ts'
import { outboxRange } from './records.ts'

/** What only a recovery asks of the tables. */

/** A jump no client can have got ahead of. */
const JUMP = 1_000_000

/**
 * Empties the outbox and lets its numbers go on far above: a client that saw events the restored database never had
 * finds a gap and takes a new snapshot.
 */
export function jumpOutbox(db: WriteDb): void {
  const { last } = outboxRange(db)
  db.run('DELETE FROM outbox')
  db.run("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
  db.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)", last + JUMP)
}

export const putBatchOnce = (db: WriteDb, batch: Batch): void => {
  if (db.get('SELECT 1 FROM batches WHERE id = ?', batch.id) === undefined) insertBatch(db, batch)
}

/** Submissions begun of a take; null when the database does not have it. */
export const attemptsOf = (db: ReadDb, take: TakeId): number | null =>
  db.get<{ attempt: number }>('SELECT attempt FROM takes WHERE id = ?', take)?.attempt ?? null

export const projectByTitle = (db: ReadDb, title: string): ProjectId | null =>
  (db.get<{ id: string }>('SELECT id FROM projects WHERE title = ? ORDER BY opened_at DESC', title)?.id as
    | ProjectId
    | undefined) ?? null

export const storyboardByTitle = (db: ReadDb, project: ProjectId, title: string): StoryboardId | null =>
  (db.get<{ id: string }>('SELECT id FROM storyboards WHERE project_id = ? AND title = ?', project, title)?.id as
    | StoryboardId
    | undefined) ?? null
