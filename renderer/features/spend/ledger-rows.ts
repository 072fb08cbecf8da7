import type { TakeId } from '../../../shared/ids.ts'
import { type LedgerEntry, needsDecision, type Take } from '../../../shared/model.ts'
import { formatUsdExact, subtractUsd, sumUsd, usdMicros, type UsdMicros } from '../../../shared/money.ts'
import { PRICE_PER_SECOND } from '../../../shared/models/happyhorse-1.1-r2v.ts'

/** What became of a reservation. */
export type RowState = 'reserved' | 'unknown' | 'refund-pending' | 'charged' | 'refunded' | 'released'

/** A take in the ledger: its reservation with everything that was booked on it since. */
export interface LedgerRow {
  readonly key: number
  readonly takeId: TakeId
  readonly slate: string
  /** When it was reserved. */
  readonly at: number
  readonly state: RowState
  readonly estimate: UsdMicros
  /** Null while it is held. */
  readonly actual: UsdMicros | null
  /** Of the present cap, after this row and all before it; null without a cap. */
  readonly left: UsdMicros | null
  /** The bookings, oldest first. */
  readonly lines: readonly LedgerEntry[]
}

function stateOf(lines: readonly LedgerEntry[], held: number, spent: number, take: Take | undefined): RowState {
  if (held > 0) {
    if (take && needsDecision(take)) return 'unknown'
    return take?.charge === 'refund-pending' ? 'refund-pending' : 'reserved'
  }
  if (spent > 0) return 'charged'
  return lines.some(({ kind }) => kind === 'refund') ? 'refunded' : 'released'
}

/**
 * One row for each reservation. What was booked on a take later stands before it in the ledger, so a row is complete as
 * soon as its reservation is among the entries, however many pages are still to come.
 * @param entries newest first
 * @param leftNow cap less everything held and spent, which may be negative; null without a cap
 */
export function ledgerRows(
  entries: readonly LedgerEntry[],
  takes: ReadonlyMap<TakeId, Take>,
  leftNow: number | null,
): readonly LedgerRow[] {
  const later = new Map<TakeId, LedgerEntry[]>()
  const rows: LedgerRow[] = []
  let left = leftNow
  for (const entry of entries) {
    const known = later.get(entry.takeId) ?? []
    known.push(entry)
    if (entry.kind !== 'reserve') {
      later.set(entry.takeId, known)
      continue
    }
    later.delete(entry.takeId)
    const lines = known.toReversed()
    const held = sumUsd(lines.map((line) => line.held))
    const spent = sumUsd(lines.map((line) => line.spent))
    const state = stateOf(lines, held, spent, takes.get(entry.takeId))
    rows.push({
      key: entry.seq,
      takeId: entry.takeId,
      slate: entry.slate,
      at: entry.at,
      state,
      estimate: entry.held,
      actual: held > 0 ? null : spent,
      left: left === null ? null : usdMicros(Math.max(0, left)),
      lines,
    })
    if (left !== null) left += held + spent
  }
  return rows
}

/**
 * The entries after the newest page was read again. The ledger only grows, so what is known stays as it is; when more was
 * booked meanwhile than a page holds, the page alone counts.
 * @param known newest first
 * @param page newest first
 */
export function withNewest(
  known: readonly LedgerEntry[],
  page: readonly LedgerEntry[],
): { readonly entries: readonly LedgerEntry[]; readonly joined: boolean } {
  const newest = known[0]?.seq
  if (newest === undefined) return { entries: page, joined: false }
  const fresh = page.filter(({ seq }) => seq > newest)
  if (fresh.length === page.length && page.length > 0) return { entries: page, joined: false }
  return { entries: fresh.length === 0 ? known : [...fresh, ...known], joined: true }
}

/** `5 s × $0.14`; the rate is what was quoted, which the table gives for nearly all takes. */
export function rateText(take: Take): string {
  const { duration, resolution } = take.request
  const quoted = take.livePrice % duration === 0 ? usdMicros(take.livePrice / duration) : PRICE_PER_SECOND[resolution]
  return `${duration} s × ${formatUsdExact(quoted)}`
}

/** What was booked on a take, one sentence each. */
export function lineText({ kind, held, spent }: LedgerEntry): string {
  const amount = formatUsdExact(usdMicros(Math.max(Math.abs(held), Math.abs(spent))))
  switch (kind) {
    case 'reserve':
      return `Reserved ${amount}`
    case 'settle':
      return `Charged ${amount}`
    case 'release':
      return `Released ${amount}`
    case 'overage':
      return `Charged ${amount} more than quoted`
    case 'refund':
      return `Refunded ${amount}`
  }
}

/** The unclamped room under the cap. */
export const roomLeft = (cap: UsdMicros | null, held: UsdMicros, spent: UsdMicros): number | null =>
  cap === null ? null : subtractUsd(subtractUsd(cap, held), spent)

/** `10:44:33` of today, `Fri 17:20` of this week, `3 Nov 17:20` before. */
export function whenText(at: number, now: number): string {
  const time = new Date(at)
  const sameDay = time.toDateString() === new Date(now).toDateString()
  const clock = (seconds: boolean) =>
    time.toLocaleTimeString('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
    })
  if (sameDay) return clock(true)
  const day =
    now - at < 6 * 86_400_000
      ? time.toLocaleDateString('en-GB', { weekday: 'short' })
      : time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return `${day} ${clock(false)}`
}
