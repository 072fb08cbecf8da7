import type { BatchId, ProjectId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { HistoryEntry, HistoryKind } from '../../../shared/history.ts'
import type { Batch } from '../../../shared/model.ts'
import { usdMicros } from '../../../shared/money.ts'
import { present } from '../../../shared/assert.ts'
import { slate } from '../domain/slate.ts'
import type { ReadDb } from './open-store.ts'
import { findTake } from './takes.ts'

/** Where an entry stands in a history: by time, then kind, then id. */
export interface HistoryPosition {
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: HistoryKind
  readonly id: string | number
}

/** An entry that is not read yet, with the text a search looks through. */
export interface HistoryRow extends HistoryPosition {
  readonly text: string
}

type Unnamed<E> = E extends unknown ? Omit<E, 'id'> : never

interface Source {
  /** What a search looks through. */
  readonly text: string
  /** A cross join, so that the first table, which has the index, is always the one it starts with. */
  readonly from: string
  readonly project: string
  readonly id: string
  readonly at: string
  /** Ids before the first and after the last. */
  readonly ends: readonly [first: string | number, last: string | number]
  readonly read: (db: ReadDb, id: string | number, at: number) => Unnamed<HistoryEntry>
}

const TEXT_ENDS = ['', '\u{10FFFF}'] as const
const SEQ_ENDS = [-1, Number.MAX_SAFE_INTEGER] as const

interface BatchRow {
  id: string
  project_id: string
  storyboard_id: string
  provider: Batch['provider']
  created_at: number
  takes: number
  storyboard: string
  price: number | null
  ready: number | null
  failed: number | null
  ended: number | null
  made: number
  hasBoard: number
}

function readBatch(db: ReadDb, id: string | number, at: number): Unnamed<HistoryEntry> {
  const row = present(
    db.get<BatchRow>(
      `SELECT batches.*, storyboards.title AS storyboard, batches.snapshot IS NOT NULL AS hasBoard,
         sum(live_price) AS price, sum(phase = 'ready') AS ready, sum(phase = 'failed') AS failed,
         sum(phase IN ('ready', 'failed', 'cancelled')) AS ended, count(takes.id) AS made
       FROM batches JOIN storyboards ON storyboards.id = batches.storyboard_id
         LEFT JOIN takes ON takes.batch_id = batches.id
       WHERE batches.id = ?`,
      id,
    ),
    'batches are never removed',
  )
  const batch: Batch = {
    id: row.id as BatchId,
    projectId: row.project_id as ProjectId,
    storyboardId: row.storyboard_id as StoryboardId,
    provider: row.provider,
    createdAt: row.created_at,
    takes: row.takes,
  }
  return {
    kind: 'batch',
    at,
    batch,
    storyboard: row.storyboard,
    price: usdMicros(row.price ?? 0),
    ready: row.ready ?? 0,
    failed: row.failed ?? 0,
    open: row.made - (row.ended ?? 0),
    hasBoard: row.hasBoard === 1,
  }
}

function readTake(db: ReadDb, id: string | number, at: number): Unnamed<HistoryEntry> {
  const { take } = present(findTake(db, id as TakeId), 'takes are never removed')
  const scene = present(
    db.get<{ number: string; title: string }>(
      'SELECT coalesce(removed_as, number) AS number, title FROM scenes WHERE id = ?',
      take.sceneId,
    ),
    'a scene stays for its takes',
  )
  return { kind: 'take', at, take, slate: slate(scene.number, take.number), title: scene.title }
}

function readCap(db: ReadDb, seq: string | number, at: number): Unnamed<HistoryEntry> {
  const row = db.get<{ cap_before: number | null; cap_after: number | null }>(
    'SELECT cap_before, cap_after FROM cap_changes WHERE seq = ?',
    seq,
  )
  const money = (micros: number | null | undefined) =>
    micros === null || micros === undefined ? null : usdMicros(micros)
  return { kind: 'cap', at, before: money(row?.cap_before), after: money(row?.cap_after) }
}

function readEdit(db: ReadDb, seq: string | number, at: number): Unnamed<HistoryEntry> {
  const row = db.get<{ label: string; undone: number }>('SELECT label, undone FROM edits WHERE seq = ?', seq)
  return { kind: 'edit', at, label: row?.label ?? '', undone: row?.undone === 1 }
}

function readStop(db: ReadDb, seq: string | number, at: number): Unnamed<HistoryEntry> {
  const row = db.get<{ failures: number; held: number }>('SELECT failures, held FROM queue_stops WHERE seq = ?', seq)
  return { kind: 'stop', at, failures: row?.failures ?? 0, held: row?.held ?? 0 }
}

/** When a take came to its end, or was asked for while it is open: as the index on it says. */
const TAKE_TIME = 'coalesce(finished_at, created_at)'

const SOURCES: Readonly<Record<HistoryKind, Source>> = {
  batch: {
    text: 'storyboards.title',
    from: 'batches CROSS JOIN storyboards ON storyboards.id = batches.storyboard_id',
    project: 'batches.project_id',
    id: 'batches.id',
    at: 'batches.created_at',
    ends: TEXT_ENDS,
    read: readBatch,
  },
  take: {
    // A line each, so that nothing is found across two of them.
    text: `coalesce(removed_as, scenes.number) || '-' || takes.number || char(10) || scenes.title || char(10) ||
      (request ->> 'prompt') || char(10) || (request ->> 'seed')`,
    from: 'takes CROSS JOIN scenes ON scenes.id = takes.scene_id',
    project: 'takes.project_id',
    id: 'takes.id',
    at: TAKE_TIME,
    ends: TEXT_ENDS,
    read: readTake,
  },
  cap: {
    text: "''",
    from: 'cap_changes',
    project: 'project_id',
    id: 'seq',
    at: 'at',
    ends: SEQ_ENDS,
    read: readCap,
  },
  edit: { text: 'label', from: 'edits', project: 'project_id', id: 'seq', at: 'at', ends: SEQ_ENDS, read: readEdit },
  stop: {
    text: "''",
    from: 'queue_stops',
    project: 'project_id',
    id: 'seq',
    at: 'at',
    ends: SEQ_ENDS,
    read: readStop,
  },
}

/** Of what happened in the same millisecond, the later in this list comes later in a history. */
const ORDER: readonly HistoryKind[] = ['edit', 'cap', 'batch', 'take', 'stop']

/** True when `a` is later than `b` in a history. */
export function isLater(a: HistoryPosition, b: HistoryPosition): boolean {
  if (a.at !== b.at) return a.at > b.at
  if (a.kind !== b.kind) return ORDER.indexOf(a.kind) > ORDER.indexOf(b.kind)
  return a.id > b.id
}

/** The id below which a kind's rows of the millisecond of `before` are earlier. */
function idBefore(kind: HistoryKind, before: HistoryPosition): string | number {
  if (kind === before.kind) return before.id
  const [first, last] = SOURCES[kind].ends
  return ORDER.indexOf(kind) > ORDER.indexOf(before.kind) ? first : last
}

/**
 * Rows of one kind before a position, newest first. Goes down an index, so that it reads no more than it answers; only the
 * edits are sorted, of which few are kept. The time is compared by itself too, or an index on an expression is not used for it.
 * @param withText false leaves the text empty, which is quicker
 */
export function historyRows(
  db: ReadDb,
  project: ProjectId,
  kind: HistoryKind,
  before: HistoryPosition | null,
  limit: number,
  withText: boolean,
): HistoryRow[] {
  const source = SOURCES[kind]
  const { id, at } = source
  const latest = before?.at ?? Number.MAX_SAFE_INTEGER
  return db
    .all<{ id: string | number; at: number; text: string }>(
      `SELECT ${id} AS id, ${at} AS at, ${withText ? source.text : "''"} AS text FROM ${source.from}
       WHERE ${source.project} = ? AND ${at} <= ? AND (${at}, ${id}) < (?, ?) ORDER BY ${at} DESC, ${id} DESC LIMIT ?`,
      project,
      latest,
      latest,
      before === null ? source.ends[1] : idBefore(kind, before),
      limit,
    )
    .map((row) => ({ ...row, kind }))
}

export const readHistoryEntry = (db: ReadDb, { kind, id, at }: HistoryPosition): HistoryEntry => ({
  ...SOURCES[kind].read(db, id, at),
  id: `${kind} ${id}`,
})
