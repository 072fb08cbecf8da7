import { TakeboardError } from '../../../shared/errors.ts'
import { HISTORY_KINDS, type HistoryEntry, type HistoryKind } from '../../../shared/history.ts'
import { CastId, type ProjectId, ReferenceId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import { copyOfBoard, isSameCast, titleAsOf } from '../domain/past-board.ts'
import type { Handlers } from '../router.ts'
import { listStoryboards, putScene, putStoryboard } from '../store/boards.ts'
import { findCast, putCast } from '../store/casts.ts'
import { historyRows, isLater, readHistoryEntry, type HistoryPosition, type HistoryRow } from '../store/history.ts'
import type { ReadDb } from '../store/open-store.ts'
import { findSnapshot } from '../store/snapshots.ts'
import { the, type HandlerContext } from './context.ts'

type HistoryCalls = Pick<Handlers, 'history.list' | 'history.board' | 'history.restore'>

/** Rows read at a time while a text is looked for: most will not have it. */
const SEARCHED_AT_ONCE = 500

const cursorOf = ({ at, kind, id }: HistoryPosition): string => `${at} ${kind} ${id}`

function positionOf(cursor: string): HistoryPosition {
  const [at = '', name, id = ''] = cursor.split(' ')
  const kind = HISTORY_KINDS.find((known) => known === name)
  if (kind === undefined || !/^-?\d{1,16}$/.test(at) || id === '')
    throw new TakeboardError('bad-input', 'That place in the history is not one this version gave out.')
  return { at: Number(at), kind, id: kind === 'batch' || kind === 'take' ? id : Number(id) }
}

const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('en')

/** The rows of one kind before a position, newest first, read as they are asked for. */
function* rowsOf(
  db: ReadDb,
  project: ProjectId,
  kind: HistoryKind,
  before: HistoryPosition | null,
  chunk: number,
  withText: boolean,
): Generator<HistoryRow, undefined> {
  for (let from = before; ;) {
    const rows = historyRows(db, project, kind, from, chunk, withText)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < chunk) return
    from = last
  }
}

/** Several kinds as one history, newest first. */
function* merged(sources: readonly Generator<HistoryRow, undefined>[]): Generator<HistoryRow, undefined> {
  const heads = sources.map((source) => source.next().value)
  for (;;) {
    let newest = -1
    heads.forEach((row, index) => {
      const best = heads[newest]
      if (row !== undefined && (best === undefined || isLater(row, best))) newest = index
    })
    const row = heads[newest]
    if (row === undefined) return
    yield row
    heads[newest] = sources[newest]?.next().value
  }
}

/** What happened in a project, and the boards its batches were made from. */
export function historyHandlers({ store, history, ports }: HandlerContext): HistoryCalls {
  function boardOf(batchId: Parameters<typeof findSnapshot>[1]) {
    const found = findSnapshot(store.read, batchId)
    if (found === null)
      throw new TakeboardError('not-found', 'There is no record of the board this batch was made from.')
    return found
  }

  return {
    'history.list': ({ projectId, kinds, text, before, limit }) => {
      const db = store.read
      the.project(db, projectId)
      const wanted = folded(text.trim())
      const isSearch = wanted !== ''
      const position = before === null ? null : positionOf(before)
      // One more than asked for says whether there is more.
      const chunk = isSearch ? SEARCHED_AT_ONCE : limit + 1
      const rows = merged(
        [...new Set(kinds ?? HISTORY_KINDS)].map((kind) => rowsOf(db, projectId, kind, position, chunk, isSearch)),
      )
      const found: HistoryRow[] = []
      for (const row of rows) {
        if (isSearch && !folded(row.text).includes(wanted)) continue
        found.push(row)
        if (found.length > limit) break
      }
      const page = found.slice(0, limit)
      const last = page.at(-1)
      return {
        entries: page.map((row): HistoryEntry => readHistoryEntry(db, row)),
        cursor: found.length > limit && last !== undefined ? cursorOf(last) : null,
      }
    },

    'history.board': ({ batchId }) => {
      const { storyboard, scenes, cast } = boardOf(batchId)
      return { storyboard, scenes: [...scenes], cast }
    },

    'history.restore': ({ batchId }) => {
      const then = boardOf(batchId)
      const { projectId } = then.storyboard
      const title = titleAsOf(then.storyboard.title, then.at)
      return history.edit({ projectId, label: `open “${title}”` }, (db, emit) => {
        const next = ports.ids.next
        const keepCast = isSameCast(findCast(db, then.cast.id), then.cast)
        const { storyboard, scenes, cast } = copyOfBoard(then, title, keepCast, listStoryboards(db, projectId).length, {
          storyboard: () => StoryboardId.parse(next()),
          scene: () => SceneId.parse(next()),
          cast: () => CastId.parse(next()),
          reference: () => ReferenceId.parse(next()),
        })
        if (!keepCast) {
          putCast(db, cast)
          emit('cast.put', cast)
        }
        putStoryboard(db, storyboard)
        emit('storyboard.put', storyboard)
        for (const scene of scenes) {
          putScene(db, scene)
          emit('scene.put', scene)
        }
        return { storyboardId: storyboard.id }
      })
    },
  }
}
