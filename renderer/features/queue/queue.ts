import type { BatchId } from '../../../shared/ids.ts'
import { isOpen, type Take, type TakePhase, needsDecision } from '../../../shared/model.ts'
import { formatUsdExact, sumUsd, type UsdMicros } from '../../../shared/money.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { clock } from '../../state/progress.ts'

/** The parts of the list, in the order shown. */
export const GROUPS = ['attention', 'flight', 'waiting', 'finished'] as const
export type Group = (typeof GROUPS)[number]

const GROUP_OF: Readonly<Record<TakePhase, Group>> = {
  unconfirmed: 'attention',
  failed: 'attention',
  submitting: 'flight',
  running: 'flight',
  downloading: 'flight',
  planned: 'waiting',
  reserved: 'waiting',
  ready: 'finished',
  cancelled: 'finished',
}

/** A failed take asks for attention until it is dismissed. */
export const groupOf = (take: Take): Group =>
  needsDecision(take) ? 'attention' : take.phase === 'failed' && take.rejected ? 'finished' : GROUP_OF[take.phase]

export type QueueLine =
  | { readonly kind: 'head'; readonly group: Group; readonly count: number }
  /** `place` counts from 1 within the group; of those that wait, only what is not on hold stands in line. */
  | { readonly kind: 'take'; readonly take: Take; readonly place: number }

const lastMoved = (take: Take) => take.finishedAt ?? take.submittedAt ?? take.createdAt
const PHASE_RANK: Readonly<Partial<Record<TakePhase, number>>> = {
  unconfirmed: 0,
  downloading: 1,
  running: 2,
  submitting: 3,
}

/** Every take of the project as the list shows it. */
export function queueLines(view: ProjectView): readonly QueueLine[] {
  const position = (take: Take) => view.scenes.get(take.sceneId)?.position ?? 0
  const rank = (take: Take) => PHASE_RANK[take.phase] ?? 9
  const sorters: Readonly<Record<Group, (a: Take, b: Take) => number>> = {
    attention: (a, b) => rank(a) - rank(b) || position(a) - position(b) || a.number - b.number,
    flight: (a, b) => rank(a) - rank(b) || (a.submittedAt ?? 0) - (b.submittedAt ?? 0) || position(a) - position(b),
    waiting: (a, b) =>
      a.place - b.place || a.createdAt - b.createdAt || position(a) - position(b) || a.number - b.number,
    finished: (a, b) => lastMoved(b) - lastMoved(a) || position(a) - position(b),
  }
  const groups = Map.groupBy(view.takes.values(), groupOf)
  return GROUPS.flatMap((group): QueueLine[] => {
    const takes = groups.get(group)?.toSorted(sorters[group]) ?? []
    let held = 0
    const lines = takes.map((take, index): QueueLine => {
      if (group === 'waiting' && take.onHold) held += 1
      return { kind: 'take', take, place: index + 1 - held }
    })
    // What needs attention stands first and needs no heading.
    return takes.length === 0 || group === 'attention'
      ? lines
      : [{ kind: 'head', group, count: takes.length }, ...lines]
  })
}

/** The takes that are spoken of as the present batch: of every batch still open, else of the newest. */
export function presentBatch(takes: Iterable<Take>): readonly Take[] {
  const all = [...takes]
  const open = new Set<BatchId>()
  let newest: Take | null = null
  for (const take of all) {
    if (isOpen(take.phase)) open.add(take.batchId)
    if (newest === null || take.createdAt > newest.createdAt) newest = take
  }
  if (open.size === 0 && newest) open.add(newest.batchId)
  return all.filter((take) => open.has(take.batchId))
}

export type Settled = 'ready' | 'failed' | 'cancelled' | 'downloading' | 'generating' | 'waiting' | 'attention'
const SEGMENTS = ['ready', 'failed', 'cancelled', 'downloading', 'generating', 'waiting', 'attention'] as const

const segmentOf = (take: Take): Settled => {
  if (needsDecision(take)) return 'attention'
  switch (take.phase) {
    case 'ready':
    case 'failed':
    case 'cancelled':
    case 'downloading':
      return take.phase
    case 'unconfirmed':
      return 'attention'
    case 'running':
    case 'submitting':
      return 'generating'
    case 'planned':
    case 'reserved':
      return 'waiting'
  }
}

/** How far a batch is, counted by where its takes stand. */
export function batchProgress(takes: readonly Take[]): {
  settled: number
  total: number
  segments: readonly { kind: Settled; count: number }[]
} {
  const counts = new Map<Settled, number>()
  for (const take of takes) counts.set(segmentOf(take), (counts.get(segmentOf(take)) ?? 0) + 1)
  return {
    settled: takes.filter((take) => !isOpen(take.phase)).length,
    total: takes.length,
    segments: SEGMENTS.map((kind) => ({ kind, count: counts.get(kind) ?? 0 })).filter(({ count }) => count > 0),
  }
}

/** Milliseconds, earliest and latest. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What is left of one take, as far as it is known. */
export function leftOf(take: Take, now: number): Span | null {
  if (take.phase !== 'running' || !take.expected || now >= take.expected.to) return null
  return { from: Math.max(0, take.expected.from - now), to: take.expected.to - now }
}

/** Five-second steps: no estimate is better than that. */
const round = (ms: number) => Math.ceil(ms / 5000) * 5000

/** `0:40–1:10`, or `under 0:10` once it may come at any moment. */
export function spanText({ from, to }: Span): string {
  if (from <= 0 || round(from) === round(to)) return `under ${clock(round(to))}`
  return `${clock(round(from))}–${clock(round(to))}`
}

/** The amount a row shows: nothing was or will be paid for a rehearsal or a released take. */
export const costText = (take: Take): string =>
  take.provider === 'rehearsal' || take.charge === 'released' ? '$0.00' : formatUsdExact(take.price)

export const heldBy = (takes: Iterable<Take>): UsdMicros =>
  sumUsd([...takes].filter((take) => take.charge === 'held').map((take) => take.price))

/** True of a take that the engine, not the artist, put on hold: too many had failed in a row. */
export const isHeldByStop = (take: Take): boolean => take.onHold && take.error?.code === 'failures-in-a-row'

const ordinal = (n: number): string => {
  const tens = n % 100
  if (tens >= 11 && tens <= 13) return `${n}th`
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`
}

/** The words of the state column. @param place in its group */
export function stateText(take: Take, place: number, picked: boolean): string {
  switch (take.phase) {
    case 'planned':
    case 'reserved':
      if (take.onHold) return isHeldByStop(take) ? 'On hold after failures' : 'On hold'
      return `Queued, ${ordinal(place)} in line`
    case 'submitting':
      return 'Sending'
    case 'running':
      return needsDecision(take) ? 'Job unknown at the service' : 'Generating'
    case 'downloading':
      return 'Downloading'
    case 'unconfirmed':
      return 'Outcome unknown'
    case 'ready':
      return picked ? 'Picked' : 'Ready'
    case 'cancelled':
      return 'Cancelled'
    case 'failed':
      if (take.charge === 'released') return 'Failed, not charged'
      return take.charge === 'refund-pending'
        ? 'Failed, refund pending'
        : take.charge === 'charged'
          ? 'Failed, charged'
          : 'Failed'
  }
}

/** How long it has been going on, or took; null before it was sent. */
export function elapsedOf(take: Take, now: number): number | null {
  if (take.submittedAt === null) return null
  return (take.finishedAt ?? now) - take.submittedAt
}

export interface Activity {
  readonly at: number
  readonly text: string
  readonly take: Take
}

/** The latest that happened in the project, newest first. */
export function recentActivity(view: ProjectView, limit = 30): readonly Activity[] {
  const name = (take: Take) => `Scene ${view.scenes.get(take.sceneId)?.number ?? '?'} take ${take.number}`
  const ends: Readonly<Partial<Record<TakePhase, string>>> = {
    ready: 'is ready',
    failed: 'failed',
    cancelled: 'was cancelled',
  }
  const all: Activity[] = []
  for (const take of view.takes.values()) {
    if (take.submittedAt !== null) all.push({ at: take.submittedAt, text: `${name(take)} was sent`, take })
    const end = ends[take.phase]
    if (take.finishedAt !== null && end) all.push({ at: take.finishedAt, text: `${name(take)} ${end}`, take })
  }
  return all.sort((a, b) => b.at - a.at).slice(0, limit)
}

const MINUTE = 60_000
/** Minutes that count, and points of the line. */
const LOOKED_BACK = 15
/** Points on either side that a point of the line is evened out with. */
const EVENED = 1

export interface Throughput {
  /** Takes that came back in a minute; null when none did lately. */
  readonly perMinute: number | null
  /** Takes in each minute, evened out, the latest last. */
  readonly points: readonly number[]
}

/** How fast takes come back: over the last quarter of an hour of work. */
export function throughput(takes: Iterable<Take>, now: number): Throughput {
  const sent = [...takes].filter((take) => take.submittedAt !== null)
  const ended = sent.filter((take) => take.finishedAt !== null && (take.phase === 'ready' || take.phase === 'failed'))
  const under = sent.some((take) => isOpen(take.phase))
  // Standing still with nothing under way is no slowness.
  const end = under ? now : Math.max(0, ...ended.map((take) => take.finishedAt ?? 0))
  const start = end - LOOKED_BACK * MINUTE
  const counted = ended.filter((take) => (take.finishedAt ?? 0) > start)
  if (counted.length === 0) return { perMinute: null, points: [] }
  const since = Math.max(start, Math.min(...counted.map((take) => take.submittedAt ?? end)))
  const counts = Array.from({ length: LOOKED_BACK }, () => 0)
  for (const take of counted) {
    const minute = Math.min(LOOKED_BACK - 1, Math.floor(((take.finishedAt ?? end) - start) / MINUTE))
    counts[minute] = (counts[minute] ?? 0) + 1
  }
  const points = counts.map((_, at) => {
    const near = counts.slice(Math.max(0, at - EVENED), at + EVENED + 1)
    return near.reduce((sum, count) => sum + count, 0) / near.length
  })
  return { perMinute: counted.length / (Math.max(MINUTE, end - since) / MINUTE), points }
}

/** `1.2`, `12`, `under 0.1`. */
export function rateText(perMinute: number): string {
  if (perMinute < 0.1) return 'under 0.1'
  return perMinute < 10 ? perMinute.toFixed(1) : String(Math.round(perMinute))
}
