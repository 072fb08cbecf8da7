import type { HistoryEntry, HistoryKind } from '../../../shared/history.ts'
import type { Take } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact, type UsdMicros } from '../../../shared/money.ts'
import { capital, plural } from '../../state/selectors.ts'

/** What the list is narrowed to. */
export const FILTERS = ['all', 'batches', 'takes', 'caps', 'edits'] as const
export type HistoryFilter = (typeof FILTERS)[number]

export const KINDS_OF: Readonly<Record<HistoryFilter, readonly HistoryKind[] | null>> = {
  all: null,
  batches: ['batch', 'stop'],
  takes: ['take'],
  caps: ['cap'],
  edits: ['edit'],
}

type Of<K extends HistoryKind> = Extract<HistoryEntry, { kind: K }>

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  /** Null when there is nothing before. */
  readonly cursor: string | null
}

/**
 * The list after its newest page was read again: that page, then what is known from before it. A take that ended since
 * has moved up and is not shown twice.
 */
export function withNewestPage(known: HistoryPage, page: HistoryPage): HistoryPage {
  if (page.cursor === null) return page
  const places = new Map(page.entries.map(({ id, at }) => [id, at]))
  const meeting = known.entries.findLastIndex(({ id, at }) => places.get(id) === at)
  // Whatever lies between the page and a list that begins after it would be missed.
  if (meeting === -1) return page
  const tail = known.entries.slice(meeting + 1).filter(({ id }) => !places.has(id))
  return tail.length === 0 ? page : { entries: [...page.entries, ...tail], cursor: known.cursor }
}

/** The list with the page before its oldest entry. */
export const withOlderPage = (known: HistoryPage, page: HistoryPage): HistoryPage => {
  const shown = new Set(known.entries.map(({ id }) => id))
  return { entries: [...known.entries, ...page.entries.filter(({ id }) => !shown.has(id))], cursor: page.cursor }
}

export interface DayOfEntries {
  readonly heading: string
  readonly entries: readonly HistoryEntry[]
}

const DAY = 86_400_000

/** `Today`, `Yesterday`, `Friday 7 November`; with the year when it is another. */
export function dayHeading(at: number, now: number): string {
  const day = new Date(at)
  if (day.toDateString() === new Date(now).toDateString()) return 'Today'
  if (day.toDateString() === new Date(now - DAY).toDateString()) return 'Yesterday'
  const year = day.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return day.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year }).replace(',', '')
}

/** The list under a heading for each day. */
export function byDay(entries: readonly HistoryEntry[], now: number): readonly DayOfEntries[] {
  const days: { heading: string; entries: HistoryEntry[] }[] = []
  for (const entry of entries) {
    const heading = dayHeading(entry.at, now)
    const last = days.at(-1)
    if (last?.heading === heading) last.entries.push(entry)
    else days.push({ heading, entries: [entry] })
  }
  return days
}

const round = (amount: UsdMicros) => formatUsd(amount).replace(/\.00$/, '')

/** What one entry says, as a sentence without its end. */
export function entryText(entry: HistoryEntry): string {
  switch (entry.kind) {
    case 'batch':
      return entry.batch.provider === 'rehearsal'
        ? `Rehearsed ${plural(entry.batch.takes, 'take')}`
        : `Batch of ${plural(entry.batch.takes, 'take')}`
    case 'take':
      return entry.title || 'Untitled'
    case 'cap':
      return capText(entry)
    case 'edit':
      return capital(entry.label)
    case 'stop':
      return `${entry.failures === 1 ? 'A paid take' : `${entry.failures} paid takes in a row`} failed, so ${plural(entry.held, 'take')} went on hold`
  }
}

function capText({ before, after }: Of<'cap'>): string {
  if (after === null) return 'Cap taken out'
  if (before === null) return `Cap set to ${round(after)}`
  return `Cap ${after < before ? 'lowered' : 'raised'} from ${round(before)} to ${round(after)}`
}

/** `10 ready, 1 failed, 1 under way`. */
export function batchOutcome({ ready, failed, open, batch }: Of<'batch'>): string {
  const gone = Math.max(0, batch.takes - ready - failed - open)
  const parts = [
    ready > 0 ? `${ready} ready` : '',
    failed > 0 ? `${failed} failed` : '',
    open > 0 ? `${open} under way` : '',
    gone > 0 ? `${gone} cancelled` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

/** What a batch came to: at the paid service, or free. */
export const batchPrice = ({ batch, price }: Of<'batch'>): string =>
  batch.provider === 'rehearsal' ? 'Free' : formatUsd(price)

/** What a take cost, in the words of its state. */
export function takePrice(take: Take): string {
  if (take.provider === 'rehearsal') return 'Free'
  return take.charge === 'released' ? '$0.00' : formatUsdExact(take.price)
}

/** The state of a take that has come to its end or not. */
export function takeOutcome(take: Take): string | undefined {
  if (take.phase === 'cancelled') return 'Cancelled'
  if (take.phase === 'failed' && take.charge === 'released') return 'Failed, not charged'
  if (take.phase === 'failed' && take.charge === 'charged') return 'Failed, charged'
  return take.phase === 'failed' && take.charge === 'refund-pending' ? 'Failed, refund pending' : undefined
}
