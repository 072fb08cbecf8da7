import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../shared/history.ts'
import {
  batchOutcome,
  batchPrice,
  byDay,
  dayHeading,
  entryText,
  takeOutcome,
  takePrice,
  withNewestPage,
  withOlderPage,
} from '../../renderer/features/history/entries.ts'
import { makeTake } from './renderer-fixtures.ts'

const edit = (at: number, id = `edit ${at}`): HistoryEntry => ({
  kind: 'edit',
  id,
  at,
  label: 'pick 3-1',
  undone: false,
})
const take = (at: number, id = 't1'): HistoryEntry => ({
  kind: 'take',
  id: `take ${id}`,
  at,
  take: makeTake({ id }),
  slate: '1-1',
  title: 'First mist',
})
const batch = (values: Partial<Extract<HistoryEntry, { kind: 'batch' }>> = {}) =>
  ({
    kind: 'batch',
    id: 'batch x1',
    at: 1,
    batch: { id: 'x1', takes: 4, provider: 'wavespeed' },
    storyboard: 'Main cut',
    price: 2_800_000,
    ready: 2,
    failed: 1,
    open: 0,
    hasBoard: true,
    ...values,
  }) as Extract<HistoryEntry, { kind: 'batch' }>

const ats = (page: { entries: readonly HistoryEntry[] }) => page.entries.map(({ at }) => at)

describe('the list of the history', () => {
  it('takes the newest page over and keeps what was read from before it', () => {
    const known = { entries: [edit(9), edit(8), edit(7), edit(6)], cursor: 'six' }
    const page = { entries: [edit(10), edit(9), edit(8)], cursor: 'eight' }
    expect(withNewestPage(known, page)).toMatchObject({ cursor: 'six' })
    expect(ats(withNewestPage(known, page))).toEqual([10, 9, 8, 7, 6])
  })

  it('shows a take that ended meanwhile once, where it ended', () => {
    const known = { entries: [edit(9), edit(8), take(5)], cursor: null }
    const page = { entries: [take(12), edit(9), edit(8)], cursor: 'eight' }
    expect(ats(withNewestPage(known, page))).toEqual([12, 9, 8])
  })

  it('keeps what is from before the page although it happened in the same millisecond', () => {
    const known = { entries: [edit(5, 'c'), edit(5, 'b'), edit(5, 'a')], cursor: null }
    const page = { entries: [edit(6, 'd'), edit(5, 'c')], cursor: 'c' }
    expect(withNewestPage(known, page).entries.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a'])
  })

  it('begins anew when more happened than a page holds', () => {
    const known = { entries: [edit(3), edit(2)], cursor: null }
    const page = { entries: [edit(9), edit(8)], cursor: 'eight' }
    expect(withNewestPage(known, page)).toBe(page)
    const whole = { entries: [edit(9)], cursor: null }
    expect(withNewestPage(known, whole)).toBe(whole)
  })

  it('goes on with the page before, without a take it has already', () => {
    const known = { entries: [take(12), edit(9)], cursor: 'nine' }
    const older = withOlderPage(known, { entries: [edit(8), take(5), take(4, 't2')], cursor: null })
    expect(older.cursor).toBeNull()
    expect(ats(older)).toEqual([12, 9, 8, 4])
  })

  it('stands under days', () => {
    const now = new Date(2026, 10, 20, 12).getTime()
    const day = 86_400_000
    const entries = [edit(now), edit(now), edit(now - day), edit(now - 3 * day), edit(now - 400 * day)]
    const days = byDay(entries, now)
    expect(days.map(({ heading }) => heading)).toEqual([
      'Today',
      'Yesterday',
      'Tuesday 17 November',
      'Thursday 16 October 2025',
    ])
    expect(days.flatMap((each) => each.entries)).toEqual(entries)
    expect(dayHeading(now, now)).toBe('Today')
  })
})

describe('the words of the history', () => {
  it('says what happened', () => {
    const cap = (before: number | null, after: number | null) =>
      entryText({ kind: 'cap', at: 1, before, after } as HistoryEntry)
    expect([cap(null, 30_000_000), cap(5_000_000, 4_500_000), cap(4_000_000, 5_000_000), cap(1, null)]).toEqual([
      'Cap set to $30',
      'Cap lowered from $5 to $4.50',
      'Cap raised from $4 to $5',
      'Cap taken out',
    ])
    expect(entryText(edit(1))).toBe('Pick 3-1')
    expect(entryText(take(1))).toBe('First mist')
    expect(entryText({ kind: 'stop', id: 'stop 1', at: 1, failures: 3, held: 5 })).toBe(
      '3 paid takes in a row failed, so 5 takes went on hold',
    )
    expect(entryText({ kind: 'stop', id: 'stop 1', at: 1, failures: 1, held: 1 })).toBe(
      'A paid take failed, so 1 take went on hold',
    )
  })

  it('says what became of a batch, and what it came to', () => {
    expect([entryText(batch()), batchOutcome(batch()), batchPrice(batch())]).toEqual([
      'Batch of 4 takes',
      '2 ready, 1 failed, 1 cancelled',
      '$2.80',
    ])
    const rehearsed = batch({ batch: { ...batch().batch, provider: 'rehearsal' }, ready: 0, failed: 0, open: 4 })
    expect([entryText(rehearsed), batchOutcome(rehearsed), batchPrice(rehearsed)]).toEqual([
      'Rehearsed 4 takes',
      '4 under way',
      'Free',
    ])
  })

  it('says where the money of a take went', () => {
    expect(takePrice(makeTake())).toBe('$0.70')
    expect(takePrice(makeTake({ charge: 'released' }))).toBe('$0.00')
    expect(takePrice(makeTake({ provider: 'rehearsal' }))).toBe('Free')
    expect(takeOutcome(makeTake())).toBeUndefined()
    expect(takeOutcome(makeTake({ phase: 'cancelled' }))).toBe('Cancelled')
    expect(takeOutcome(makeTake({ phase: 'failed', charge: 'refund-pending' }))).toBe('Failed, refund pending')
    expect(takeOutcome(makeTake({ phase: 'failed', charge: 'released' }))).toBe('Failed, not charged')
  })
})
