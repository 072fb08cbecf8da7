import type { StoryboardId } from '../../../shared/ids.ts'
import { formatUsd, usdMicros, type UsdMicros } from '../../../shared/money.ts'
import type { Spend } from '../../../shared/spend.ts'

/** What the chart looks back on. */
export const RANGES = ['day', 'week', 'all'] as const
export type Range = (typeof RANGES)[number]

/** One storyboard of the chart. */
export interface Series {
  /** Null for the storyboards that share the last colour. */
  readonly storyboardId: StoryboardId | null
  readonly title: string
}

/** What had been spent by the end of a stretch of time. */
export interface Column {
  readonly label: string
  /** Micro-dollars, in the order of the series. */
  readonly parts: readonly number[]
  readonly total: number
  /** Reserved now; only the last column has any. */
  readonly held: number
}

/** What was charged at one moment; negative for a refund. */
export interface Charge {
  /** Epoch milliseconds. */
  readonly at: number
  readonly storyboardId: StoryboardId
  readonly amount: number
}

/** So many storyboards have a colour of their own. */
const COLOURS = 6

const DAY = 86_400_000
const HOUR = 3_600_000
const HOURS_A_COLUMN = 3
const COLUMNS_A_DAY = 8

/** Storyboards that money went to, in board order; many share the last place. */
export function seriesOf(spend: Spend): readonly Series[] {
  const paid = spend.storyboards.filter(({ actual, held, estimate }) => actual > 0 || held > 0 || estimate > 0)
  const own = paid.length > COLOURS ? paid.slice(0, COLOURS - 1) : paid
  const series: Series[] = own.map(({ storyboardId, title }) => ({ storyboardId, title }))
  return paid.length > own.length
    ? [...series, { storyboardId: null, title: `${paid.length - own.length} others` }]
    : series
}

/** Number of the colour of a storyboard, from 1; 0 for one without. */
export function colourIn(series: readonly Series[], id: StoryboardId): number {
  return placeIn(series)(id) + 1
}

/** Which place of the series a storyboard has. */
function placeIn(series: readonly Series[]): (id: StoryboardId) => number {
  const places = new Map(series.map(({ storyboardId }, place) => [storyboardId, place]))
  return (id) => places.get(id) ?? places.get(null) ?? -1
}

// A day is reckoned with as its midnight in UTC, where every day has 24 hours.
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`)
const startOfToday = (now: number) => {
  const here = new Date(now)
  return Date.UTC(here.getFullYear(), here.getMonth(), here.getDate())
}
const inUtc = (at: number, how: Intl.DateTimeFormatOptions) =>
  new Date(at).toLocaleDateString('en-GB', { ...how, timeZone: 'UTC' })

interface Stretch {
  readonly label: string
  /** The last day that counts. */
  readonly upTo: string
}

const TODAY = 'Today'

function week(today: number): readonly Stretch[] {
  return Array.from({ length: 7 }, (_, index) => {
    const at = today - (6 - index) * DAY
    return { upTo: dayOf(at), label: index === 6 ? TODAY : inUtc(at, { weekday: 'short' }) }
  })
}

const FEW_DAYS = 10
const FEW_WEEKS = 12
const MONTHS = 12

/** From the first day with a charge until now: by day, by week or by month, whichever leaves a dozen at most. */
function everything(first: number, today: number): readonly Stretch[] {
  const days = Math.round((today - first) / DAY) + 1
  if (days <= FEW_WEEKS * 7) {
    const step = days <= FEW_DAYS ? 1 : 7
    const count = Math.max(1, Math.ceil(days / step))
    return Array.from({ length: count }, (_, index) => {
      const at = today - (count - 1 - index) * step * DAY
      return {
        upTo: dayOf(at),
        label: index === count - 1 ? TODAY : inUtc(at, { day: 'numeric', month: 'short' }),
      }
    })
  }
  const now = new Date(today)
  return Array.from({ length: MONTHS }, (_, index) => {
    const back = MONTHS - 1 - index
    const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back + 1, 0)
    return {
      upTo: back === 0 ? dayOf(today) : dayOf(end),
      label: back === 0 ? TODAY : inUtc(end, { month: 'short' }),
    }
  }).filter(({ upTo }) => startOf(upTo) >= first)
}

const column = (label: string, parts: readonly number[], held: number): Column => ({
  label,
  parts,
  total: parts.reduce((sum, part) => sum + part, 0),
  held,
})

/** What had been spent by each day, in the clock of this machine. @param now epoch milliseconds */
export function dayColumns(spend: Spend, series: readonly Series[], range: 'week' | 'all', now: number): Column[] {
  const today = startOfToday(now)
  const first = spend.days[0]?.day
  const stretches = range === 'week' ? week(today) : everything(first === undefined ? today : startOf(first), today)
  const place = placeIn(series)
  return stretches.map(({ label, upTo }, index) => {
    const parts = series.map(() => 0)
    const isLast = index === stretches.length - 1
    for (const { day, storyboardId, actual } of spend.days) {
      // A clock that was set back must not leave anything out of the last column.
      if (!isLast && day > upTo) break
      const at = place(storyboardId)
      if (at >= 0) parts[at] = (parts[at] ?? 0) + actual
    }
    return column(label, parts, isLast ? spend.total.held : 0)
  })
}

/** What had been spent by each third hour of the last day, in the clock of this machine. @param charges of that time */
export function hourColumns(
  spend: Spend,
  series: readonly Series[],
  charges: readonly Charge[],
  now: number,
): Column[] {
  const place = placeIn(series)
  const full = Math.floor(now / HOUR) * HOUR
  const totals = series.map(() => 0)
  for (const { storyboardId, actual } of spend.storyboards) {
    const at = place(storyboardId)
    if (at >= 0) totals[at] = (totals[at] ?? 0) + actual
  }
  return Array.from({ length: COLUMNS_A_DAY }, (_, index) => {
    const isLast = index === COLUMNS_A_DAY - 1
    const end = full - (COLUMNS_A_DAY - 1 - index) * HOURS_A_COLUMN * HOUR
    const parts = [...totals]
    for (const { at, storyboardId, amount } of charges) {
      const where = place(storyboardId)
      if (!isLast && at >= end && where >= 0) parts[where] = (parts[where] ?? 0) - amount
    }
    const clock = new Date(end).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    return column(isLast ? 'Now' : clock, parts, isLast ? spend.total.held : 0)
  })
}

/** How far `hourColumns` looks back. */
export const dayAgo = (now: number): number => Math.floor(now / HOUR) * HOUR - COLUMNS_A_DAY * HOURS_A_COLUMN * HOUR

export interface Axis {
  /** Micro-dollars at the upper edge. */
  readonly max: number
  /** From zero. */
  readonly ticks: readonly number[]
  /** True when the cap is within the picture. */
  readonly showsCap: boolean
}

/** A cap that is further away than this many times what was spent would press the columns flat. */
const CAP_IN_SIGHT = 4
const HEADROOM = 1.067
/** Room for the figure over the highest column, where no cap is above it. */
const HEADROOM_WITHOUT_CAP = 1.2

/** The next of 1, 2, 5, 10, 20, 50… cents or dollars that is not below. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}

/** The scale of the chart: round amounts, and the cap where it is near enough to matter. */
export function axisOf(columns: readonly Column[], cap: UsdMicros | null): Axis {
  const top = Math.max(10_000, ...columns.map(({ total, held }) => total + held))
  const showsCap = cap !== null && cap > 0 && cap <= top * CAP_IN_SIGHT
  const max = showsCap ? Math.max(cap * HEADROOM, top * HEADROOM_WITHOUT_CAP) : top * HEADROOM_WITHOUT_CAP
  const step = niceStep(max / 4)
  const ticks: number[] = []
  for (let at = 0; at < max; at += step) {
    // Two labels on one line cannot be read.
    const crowdsCap = showsCap && Math.abs(at - cap) < max * 0.09
    if (!crowdsCap && at <= max * 0.97) ticks.push(at)
  }
  return { max, ticks, showsCap }
}

/** `$20`, `$0.50`. */
export function tickText(amount: number): string {
  return formatUsd(usdMicros(Math.round(amount))).replace(/\.00$/, '')
}

/** `$17.43 + $2.66` over a column; empty for nothing. */
export function columnText({ total, held }: Column): string {
  if (total === 0 && held === 0) return ''
  const spent = formatUsd(usdMicros(total))
  return held > 0 ? `${spent} + ${formatUsd(usdMicros(held))}` : spent
}
