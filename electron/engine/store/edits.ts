import type { EditState } from '../../../shared/edits.ts'
import type { ProjectId } from '../../../shared/ids.ts'
import type { ReadDb } from './open-store.ts'

/** The latest edit that stands, and the earliest that was undone. */
export function readEditState(db: ReadDb, projectId: ProjectId): EditState {
  const label = (undone: 0 | 1, order: 'ASC' | 'DESC') =>
    db.get<{ label: string }>(
      `SELECT label FROM edits WHERE project_id = ? AND undone = ? ORDER BY seq ${order} LIMIT 1`,
      projectId,
      undone,
    )?.label ?? null
  return { projectId, undo: label(0, 'DESC'), redo: label(1, 'ASC') }
}
