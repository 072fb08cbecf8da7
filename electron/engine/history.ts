import { TakeboardError } from '../../shared/errors.ts'
import type { ProjectId, SceneId } from '../../shared/ids.ts'
import { isOpen } from '../../shared/model.ts'
import { tellRows } from './handlers/tell-rows.ts'
import type { Emit, Outbox } from './outbox.ts'
import type { Clock } from './ports.ts'
import { findScene } from './store/boards.ts'
import {
  applyChanges,
  installCapture,
  inverse,
  joinChanges,
  type RowChange,
  startCapture,
  takeCaptured,
} from './store/edit-capture.ts'
import {
  editChanges,
  firstUndone,
  forgetEdit,
  forgetUndone,
  insertEdit,
  keepLatestEdits,
  latestEdit,
  markUndone,
  readEditState,
  rewriteEdit,
  type StoredEdit,
} from './store/edits.ts'
import type { ReadDb, Store, WriteDb } from './store/open-store.ts'
import { listSceneTakes } from './store/takes.ts'

/** What an edit is called and belongs to. */
export interface EditOptions {
  readonly projectId: ProjectId
  /** In the artist's words, so that `Undo` can be put before it: `move 3 scenes`. */
  readonly label: string
  /** Edits in a row with the same key, each within ten seconds of the last, become one: the letters of one prompt. */
  readonly mergeKey?: string
}

/**
 * Undo and redo. An edit is one transaction whose rows are recorded as they were before and after; taking it back writes
 * the first, making it again the second. What can be recorded is listed in `store/edit-capture.ts`; money, the state of
 * takes and clips are not in it.
 */
export interface History {
  /** One transaction, recorded as one step of undo; nothing is recorded when nothing changed. */
  edit<T>(options: EditOptions, work: (db: WriteDb, emit: Emit) => T): T
  /** The same within a transaction, for a project that is only known there. */
  editWithin<T>(db: WriteDb, emit: Emit, options: EditOptions, work: () => T): T
  /**
   * Takes back the latest edit; answers its label, null when there is none. Code: conflict for one that something else
   * stands on by now; that one stays, and the next undo goes on before it.
   */
  undo(projectId: ProjectId): string | null
  /** Makes the earliest undone edit again. Code: conflict. */
  redo(projectId: ProjectId): string | null
}

const KEPT_EDITS = 500
const MERGE_MS = 10_000

export function createHistory({ store, outbox, clock }: { store: Store; outbox: Outbox; clock: Clock }): History {
  store.write(installCapture)

  const tellState = (db: ReadDb, emit: Emit, projectId: ProjectId) =>
    emit.last('edits.put', projectId, () => readEditState(db, projectId))

  function record(
    db: WriteDb,
    emit: Emit,
    { projectId, label, mergeKey = null }: Recorded,
    changes: RowChange[],
  ): void {
    if (changes.length === 0) return
    const at = clock.now()
    const latest = latestEdit(db, projectId)
    if (latest !== null && isSameStroke(latest, mergeKey, at)) {
      const joined = joinChanges(editChanges(db, latest.seq), changes)
      if (joined.length > 0) rewriteEdit(db, latest.seq, at, joined)
      else forgetEdit(db, latest.seq)
    } else {
      insertEdit(db, projectId, { at, label, mergeKey }, changes)
    }
    forgetUndone(db, projectId)
    keepLatestEdits(db, projectId, KEPT_EDITS)
    tellState(db, emit, projectId)
  }

  const editWithin: History['editWithin'] = (db, emit, options, work) => {
    startCapture(db)
    const result = work()
    record(db, emit, options, takeCaptured(db))
    return result
  }

  /** Undo and redo are the same walk over the edits in opposite directions. */
  function walk(projectId: ProjectId, back: boolean): string | null {
    const edit = back ? latestEdit(store.read, projectId) : firstUndone(store.read, projectId)
    if (edit === null) return null
    try {
      outbox.write((db, emit) => {
        const changes = editChanges(db, edit.seq)
        const wanted = back ? changes.map(inverse) : changes
        const hindrance = hindranceOf(db, wanted) ?? (applyChanges(db, wanted) ? null : 'later work stands on it.')
        if (hindrance !== null) throw hindered(edit, back, hindrance)
        markUndone(db, edit.seq, back)
        tellRows(db, emit, wanted)
        tellState(db, emit, projectId)
      })
    } catch (error) {
      if (error instanceof TakeboardError && error.code === 'conflict')
        outbox.write((db, emit) => {
          forgetEdit(db, edit.seq)
          tellState(db, emit, projectId)
        })
      throw error
    }
    return edit.label
  }

  return {
    edit: (options, work) => outbox.write((db, emit) => editWithin(db, emit, options, () => work(db, emit))),
    editWithin,
    undo: (projectId) => walk(projectId, true),
    redo: (projectId) => walk(projectId, false),
  }
}

type Recorded = Pick<EditOptions, 'projectId' | 'label'> & { readonly mergeKey?: string | null }

function hindered({ label }: StoredEdit, back: boolean, hindrance: string): TakeboardError {
  const failed = back ? `“${label}” cannot be taken back` : `“${label}” cannot be made again`
  const next = back ? 'The next undo goes on with the step before it.' : 'The next redo goes on after it.'
  return new TakeboardError('conflict', `${failed}: ${hindrance} ${next}`)
}

const isSameStroke = (latest: StoredEdit, mergeKey: string | null, now: number): boolean =>
  mergeKey !== null && latest.mergeKey === mergeKey && now >= latest.at && now - latest.at <= MERGE_MS

/** Why scenes may not be taken off their board, in words; null when nothing speaks against it. */
function hindranceOf(db: ReadDb, changes: readonly RowChange[]): string | null {
  for (const { tbl, id, after } of changes) {
    if (tbl !== 'scenes') continue
    const isRetired = after !== null && typeof after['removed_as'] === 'string'
    if (after !== null && !isRetired) continue
    const takes = listSceneTakes(db, id as SceneId)
    const number = findScene(db, id as SceneId)?.number ?? ''
    if (after === null && takes.length > 0) return `scene ${number} has takes by now.`
    if (takes.some(({ take, state }) => isOpen(take.phase) || state.refundDueAt !== null))
      return `a take of scene ${number} is still under way.`
  }
  return null
}
