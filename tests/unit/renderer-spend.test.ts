import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StoryboardId } from '../../shared/ids.ts'
import type { LedgerEntry } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { Spend } from '../../shared/spend.ts'
import {
  axisOf,
  colourIn,
  columnText,
  dayAgo,
  dayColumns,
  hourColumns,
  seriesOf,
  tickText,
} from '../../renderer/features/spend/chart-data.ts'
import { capParts, capState, comparisonOf, deviation, secondsLeft } from '../../renderer/features/spend/figures.ts'
import {
  ledgerRows,
  lineText,
  rateText,
  roomLeft,
  whenText,
  withNewest,
} from '../../renderer/features/spend/ledger-rows.ts'
import { makeTake, makeView } from './renderer-fixtures.ts'

const line = (actual: number, held = 0, estimate = actual + held) => ({ estimate, actual, held, takes: 1 })
const board = (id: string, actual: number, held = 0) => ({
  ...line(actual, held),
  storyboardId: id as StoryboardId,
  title: `Board ${id}`,
})

function spendOf(parts: {
  storyboards: ReturnType<typeof board>[]
  days?: readonly (readonly [day: string, board: string, actual: number])[]
}): Spend {
  const sum = (of: 'actual' | 'held') => parts.storyboards.reduce((all, each) => all + each[of], 0)
  return {
    total: line(sum('actual'), sum('held')),
    scenes: [],
    storyboards: parts.storyboards,
    months: [],
    days: (parts.days ?? []).map(([day, storyboardId, actual]) => ({ day, storyboardId, actual })),
    acceptedSeconds: 0,
    perAcceptedSecond: null,
  } as unknown as Spend
}

const NOON = new Date(2026, 10, 20, 12).getTime()

describe('the chart of spending', () => {
  afterEach(() => vi.unstubAllEnvs())
  const spend = spendOf({
    storyboards: [board('a', 5_000_000, 700_000), board('b', 2_000_000)],
    days: [
      ['2026-10-01', 'a', 1_000_000],
      ['2026-11-16', 'a', 1_500_000],
      ['2026-11-18', 'b', 2_000_000],
      ['2026-11-20', 'a', 2_500_000],
    ],
  })
  const series = seriesOf(spend)

  it('piles up by day what was spent before, and puts what is reserved on the last', () => {
    const columns = dayColumns(spend, series, 'week', NOON)
    expect(columns.map(({ label }) => label)).toEqual(['Sat', 'Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Today'])
    expect(columns.map(({ parts }) => parts)).toEqual([
      [1_000_000, 0],
      [1_000_000, 0],
      [2_500_000, 0],
      [2_500_000, 0],
      [2_500_000, 2_000_000],
      [2_500_000, 2_000_000],
      [5_000_000, 2_000_000],
    ])
    expect(columns.map(({ held }) => held)).toEqual([0, 0, 0, 0, 0, 0, 700_000])
  })

  it('covers everything in a dozen columns at most, whatever the time', () => {
    const from = (first: string) =>
      dayColumns(spendOf({ storyboards: [board('a', 1)], days: [[first, 'a', 1]] }), series, 'all', NOON)
    expect(from('2026-11-18').map(({ label }) => label)).toEqual(['18 Nov', '19 Nov', 'Today'])
    expect(from('2026-10-20').map(({ label }) => label)).toEqual(['23 Oct', '30 Oct', '6 Nov', '13 Nov', 'Today'])
    const months = from('2025-03-01')
    expect(months).toHaveLength(12)
    expect([months[0]?.label, months.at(-1)?.label, months[0]?.total]).toEqual(['Dec', 'Today', 1])
    expect(from('2026-11-20')).toHaveLength(1)
  })

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('ends a day with the clock of the machine, as in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    for (const hour of [0, 12, 23]) {
      const columns = dayColumns(spend, series, 'week', new Date(2026, 10, 20, hour, 59).getTime())
      const m = 1_000_000
      expect(columns.map(({ total }) => total)).toEqual([m, m, 2.5 * m, 2.5 * m, 4.5 * m, 4.5 * m, 7 * m])
    }
  })

  it('leaves nothing out of the last column when the clock was set back', () => {
    const ahead = spendOf({ storyboards: [board('a', 9)], days: [['2026-12-24', 'a', 9]] })
    expect(dayColumns(ahead, seriesOf(ahead), 'week', NOON).at(-1)?.total).toBe(9)
  })

  it('goes back by hours from what is spent now', () => {
    const charges = [
      { at: NOON - 1000, storyboardId: 'a' as StoryboardId, amount: 2_500_000 },
      { at: NOON - 7 * 3_600_000, storyboardId: 'b' as StoryboardId, amount: 2_000_000 },
    ]
    const columns = hourColumns(spend, series, charges, NOON)
    expect(columns).toHaveLength(8)
    expect(columns.at(-1)).toMatchObject({ label: 'Now', parts: [5_000_000, 2_000_000], held: 700_000 })
    expect(columns.at(-2)?.parts).toEqual([2_500_000, 2_000_000])
    expect(columns.at(-4)?.parts).toEqual([2_500_000, 0])
    expect(dayAgo(NOON)).toBe(NOON - 86_400_000)
  })

  it('gives many storyboards one colour together', () => {
    const many = spendOf({ storyboards: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => board(id, 1)) })
    const grouped = seriesOf(many)
    expect(grouped.map(({ title }) => title)).toEqual([
      'Board a',
      'Board b',
      'Board c',
      'Board d',
      'Board e',
      '3 others',
    ])
    expect(['a', 'e', 'f', 'h'].map((id) => colourIn(grouped, id as StoryboardId))).toEqual([1, 5, 6, 6])
    const days = spendOf({ storyboards: many.storyboards as never, days: [['2026-11-20', 'h', 4]] })
    expect(dayColumns(days, grouped, 'week', NOON).at(-1)?.parts).toEqual([0, 0, 0, 0, 0, 4])
  })

  it('shows the cap while it is near, with round amounts that do not run into it', () => {
    const columns = [{ label: 'Today', parts: [17_430_000], total: 17_430_000, held: 2_660_000 }]
    const near = axisOf(columns, usdMicros(30_000_000))
    expect(near.showsCap).toBe(true)
    expect(near.max).toBeGreaterThan(30_000_000)
    expect(near.ticks.map(tickText)).toEqual(['$0', '$10', '$20'])
    const far = axisOf(columns, usdMicros(500_000_000))
    expect(far.showsCap).toBe(false)
    expect(far.max).toBeGreaterThan(20_090_000)
    expect(axisOf([], null).ticks.length).toBeGreaterThan(1)
    expect(tickText(500_000)).toBe('$0.50')
    expect(columns.map(columnText)).toEqual(['$17.43 + $2.66'])
    expect(columnText({ label: '', parts: [], total: 0, held: 0 })).toBe('')
  })
})

describe('the figures', () => {
  const budget = (cap: number | null, spent: number, held: number) =>
    ({
      projectId: 'p1',
      cap,
      spent,
      held,
      refundPending: 0,
      left: cap === null ? null : Math.max(0, cap - spent - held),
    }) as never

  it('never promises a second more than there is money for', () => {
    expect(secondsLeft(usdMicros(9_910_000))).toBe(70)
    expect(secondsLeft(usdMicros(139_999))).toBe(0)
  })

  it('compares only what is no longer reserved', () => {
    expect(comparisonOf(line(12_390_000, 2_660_000, 15_190_000) as never)).toEqual({
      estimate: 12_530_000,
      actual: 12_390_000,
    })
    const ofTwo = (estimate: number, actual: number) =>
      deviation({ estimate: usdMicros(estimate), actual: usdMicros(actual) })
    expect([ofTwo(17_570_000, 17_430_000), ofTwo(100, 102), ofTwo(100_000, 100_001), ofTwo(0, 0)]).toEqual([
      '−0.8%',
      '+2.0%',
      '0%',
      '',
    ])
  })

  it('says how near the cap is, and never draws past it', () => {
    expect(capState(budget(null, 0, 0), 80).tone).toBe('none')
    expect(capState(budget(100, 50, 10), 80)).toEqual({ tone: 'ok', text: 'Hard stop on' })
    expect(capState(budget(100, 70, 10), 80)).toEqual({ tone: 'warn', text: 'Over 80% of the cap' })
    expect(capState(budget(100, 90, 10), 80)).toEqual({ tone: 'stop', text: 'Cap reached' })
    expect(capParts(budget(100, 80, 40))).toEqual({ spent: 0.8, held: 1 - 0.8 })
    expect(capParts(budget(0, 5, 0))).toEqual({ spent: 1, held: 0 })
    expect(capParts(budget(null, 5, 5))).toEqual({ spent: 0, held: 0 })
  })
})

describe('the ledger', () => {
  const entry = (seq: number, takeId: string, kind: LedgerEntry['kind'], held: number, spent: number): LedgerEntry =>
    ({ seq, at: seq * 1000, takeId, slate: `${takeId}-1`, kind, held, spent, note: '' }) as unknown as LedgerEntry
  const newestFirst = [
    entry(8, 'd', 'reserve', 560_000, 0),
    entry(7, 'c', 'release', -700_000, 0),
    entry(6, 'b', 'overage', 0, 10_000),
    entry(5, 'b', 'settle', -700_000, 700_000),
    entry(4, 'c', 'reserve', 700_000, 0),
    entry(3, 'b', 'reserve', 700_000, 0),
    entry(2, 'a', 'settle', -840_000, 840_000),
    entry(1, 'a', 'reserve', 840_000, 0),
  ]
  const takes = makeView({
    takes: [
      makeTake({ id: 'd', phase: 'unconfirmed', charge: 'held' }),
      makeTake({ id: 'b' }),
      makeTake({ id: 'c', phase: 'cancelled', charge: 'released' }),
      makeTake({ id: 'a' }),
    ],
  }).takes

  it('has one row for each reservation, and what was left after it', () => {
    const left = roomLeft(usdMicros(10_000_000), usdMicros(560_000), usdMicros(1_550_000))
    expect(left).toBe(7_890_000)
    const rows = ledgerRows(newestFirst, takes, left)
    expect(
      rows.map(({ slate, state, estimate, actual, left: after }) => [slate, state, estimate, actual, after]),
    ).toEqual([
      ['d-1', 'unknown', 560_000, null, 7_890_000],
      ['c-1', 'released', 700_000, 0, 8_450_000],
      ['b-1', 'charged', 700_000, 710_000, 8_450_000],
      ['a-1', 'charged', 840_000, 840_000, 9_160_000],
    ])
    expect(rows[2]?.lines.map(lineText)).toEqual(['Reserved $0.70', 'Charged $0.70', 'Charged $0.01 more than quoted'])
  })

  it('shows a row once its reservation is read, and none before', () => {
    expect(ledgerRows(newestFirst.slice(0, 4), takes, null).map(({ slate, left }) => [slate, left])).toEqual([
      ['d-1', null],
    ])
    expect(ledgerRows(newestFirst, takes, -5_000_000)[0]?.left).toBe(0)
  })

  it('tells a refund that is still to come from one that came', () => {
    const waiting = makeView({ takes: [makeTake({ id: 'a', phase: 'failed', charge: 'refund-pending' })] }).takes
    expect(ledgerRows([entry(1, 'a', 'reserve', 5, 0)], waiting, null)[0]?.state).toBe('refund-pending')
    const back = [entry(3, 'a', 'refund', 0, -5), entry(2, 'a', 'settle', -5, 5), entry(1, 'a', 'reserve', 5, 0)]
    expect(ledgerRows(back, takes, null)[0]).toMatchObject({ state: 'refunded', actual: 0 })
  })

  it('grows at its newer end, and is read anew when too much was booked meanwhile', () => {
    const known = newestFirst.slice(3)
    expect(withNewest(known, newestFirst.slice(0, 5))).toEqual({ entries: newestFirst, joined: true })
    expect(withNewest(known, newestFirst.slice(0, 2))).toEqual({ entries: newestFirst.slice(0, 2), joined: false })
    expect(withNewest(newestFirst, newestFirst).entries).toBe(newestFirst)
    expect(withNewest([], newestFirst).joined).toBe(false)
  })

  it('says the rate that was quoted', () => {
    expect(rateText(makeTake())).toBe('5 s × $0.14')
    expect(rateText(makeTake({ livePrice: 945_000 }))).toBe('5 s × $0.189')
    expect(rateText(makeTake({ livePrice: 700_001 }))).toBe('5 s × $0.14')
  })

  it('says when in as few words as are clear', () => {
    const now = new Date(2026, 10, 20, 18, 0, 0).getTime()
    expect(whenText(new Date(2026, 10, 20, 10, 44, 33).getTime(), now)).toBe('10:44:33')
    expect(whenText(new Date(2026, 10, 18, 17, 20, 1).getTime(), now)).toBe('Wed 17:20')
    expect(whenText(new Date(2026, 9, 3, 17, 20, 1).getTime(), now)).toBe('3 Oct 17:20')
  })
})
