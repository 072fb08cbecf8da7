import { describe, expect, it } from 'vitest'
import { rateText, throughput } from '../../renderer/features/queue/queue.ts'
import { chosenAfter } from '../../renderer/state/queue-choice.ts'
import { failedTakes, moveBy, moveTo, type QueueMove, waitingTakes } from '../../renderer/state/queue-order.ts'
import type { TakeId } from '../../shared/ids.ts'
import { makeTake, makeView } from './renderer-fixtures.ts'

const ids = (text: string) => text.split('') as TakeId[]
const set = (text: string) => new Set(ids(text))
const order = ids('abcde')
const after = (moved: string, move: QueueMove) => moveBy(order, set(moved), move)?.order.join('') ?? null
const dropped = (moved: string, target: string, side: 'top' | 'bottom') =>
  moveTo(order, set(moved), target as TakeId, side)

describe('the order of what waits', () => {
  it('is moved by a step or to an end, and together', () => {
    expect([after('c', 'up'), after('c', 'down'), after('c', 'first'), after('c', 'last')]).toEqual([
      'acbde',
      'abdce',
      'cabde',
      'abdec',
    ])
    expect([after('bd', 'up'), after('bd', 'down'), after('bd', 'first'), after('bd', 'last')]).toEqual([
      'bdace',
      'acebd',
      'bdace',
      'acebd',
    ])
    expect(moveBy(order, set('b'), 'up')?.before).toBe('a')
    expect(moveBy(order, set('d'), 'down')?.before).toBeNull()
  })

  it('is left alone where nothing would change', () => {
    expect([after('a', 'up'), after('e', 'down'), after('ab', 'first'), after('de', 'last'), after('', 'up')]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect(after('ac', 'up')).toBe('acbde')
  })

  it('follows a drop over or under another', () => {
    expect(dropped('e', 'b', 'top')).toMatchObject({ before: 'b', order: ids('aebcd') })
    expect(dropped('ad', 'b', 'bottom')).toMatchObject({ before: 'c', order: ids('badce') })
    expect(dropped('a', 'e', 'bottom')).toMatchObject({ before: null, order: ids('bcdea') })
    expect([dropped('b', 'a', 'bottom'), dropped('b', 'z', 'top')]).toEqual([null, null])
  })

  it('is that of their places', () => {
    const takes = [
      makeTake({ id: 'a', phase: 'reserved', place: 3 }),
      makeTake({ id: 'b', phase: 'reserved', place: 1, onHold: true }),
      makeTake({ id: 'c', phase: 'running', place: 0 }),
    ]
    expect(waitingTakes(makeView({ takes })).map(({ id }) => id)).toEqual(['b', 'a'])
  })
})

describe('failed takes that can be asked for again', () => {
  it('leave out what was dismissed, what can be fetched again, and what was made again', () => {
    const failed = (id: string, values: object) =>
      makeTake({ id, sceneId: `s${id}`, phase: 'failed', charge: 'released', ...values })
    const takes = [
      failed('a', {}),
      failed('b', { rejected: true }),
      failed('c', { predictionId: 'p', error: { code: 'download-failed', message: '' } }),
      failed('d', {}),
      makeTake({ id: 'd2', sceneId: 'sd', number: 2, phase: 'running' }),
      failed('e', {}),
      failed('e2', { sceneId: 'se', number: 2 }),
    ]
    expect(failedTakes(makeView({ takes })).map(({ id }) => id)).toEqual(['a', 'e', 'e2'])
  })
})

describe('the choice of rows', () => {
  const chosen = (before: string, anchor: string | null, id: string, how: 'only' | 'toggle' | 'extend') => {
    const next = chosenAfter({ chosen: set(before), anchor: anchor as TakeId | null }, order, id as TakeId, how)
    return [[...next.chosen].toSorted().join(''), next.cursor, next.anchor]
  }
  it('is one row, one more or fewer, or a range from where it began', () => {
    expect(chosen('ab', 'a', 'd', 'only')).toEqual(['d', 'd', 'd'])
    expect(chosen('ab', 'a', 'd', 'toggle')).toEqual(['abd', 'd', 'd'])
    expect(chosen('ab', 'a', 'b', 'toggle')).toEqual(['a', 'b', 'b'])
    expect(chosen('b', 'b', 'd', 'extend')).toEqual(['bcd', 'd', 'b'])
    expect(chosen('d', 'd', 'b', 'extend')).toEqual(['bcd', 'b', 'd'])
    expect(chosen('', null, 'b', 'extend')).toEqual(['b', 'b', 'b'])
    expect(chosen('z', 'z', 'b', 'extend')).toEqual(['b', 'b', 'b'])
  })
})

describe('the throughput', () => {
  const minute = 60_000
  const ended = (id: string, submittedAt: number, finishedAt: number, phase = 'ready') =>
    makeTake({ id, phase, submittedAt, finishedAt })

  it('counts what came back lately, over the time it took', () => {
    const now = 100 * minute
    const takes = [
      ended('a', 96 * minute, 98 * minute),
      ended('b', 96 * minute, 99 * minute, 'failed'),
      ended('old', 10 * minute, 12 * minute),
      makeTake({ id: 'run', phase: 'running', submittedAt: 99 * minute }),
    ]
    const { perMinute, points } = throughput(takes, now)
    expect(perMinute).toBe(2 / 4)
    expect(points).toHaveLength(15)
    expect(Math.max(...points)).toBeGreaterThan(0)
  })

  it('does not fall while nothing is under way', () => {
    const takes = [ended('a', 96 * minute, 98 * minute)]
    expect(throughput(takes, 100 * minute)).toEqual(throughput(takes, 900 * minute))
    expect(throughput([], 5)).toEqual({ perMinute: null, points: [] })
  })

  it('is said no finer than it is known', () => {
    expect([0.04, 1.23, 9.96, 12.4].map(rateText)).toEqual(['under 0.1', '1.2', '10.0', '12'])
  })
})
