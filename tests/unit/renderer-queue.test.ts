import { describe, expect, it } from 'vitest'
import { chargeWord } from '../../renderer/common/take-words.ts'
import {
  batchProgress,
  costText,
  elapsedOf,
  groupOf,
  heldBy,
  leftOf,
  presentBatch,
  queueLines,
  recentActivity,
  spanText,
  stateText,
} from '../../renderer/features/queue/queue.ts'
import { canFetchAgain } from '../../renderer/state/queue-order.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const scenes = ['1', '2', '3'].map((number, position) => makeScene({ id: `s${number}`, number, position }))

describe('the list of the queue', () => {
  it('puts what needs a decision first, and counts places within each group', () => {
    const takes = [
      makeTake({ id: 'done', phase: 'ready', finishedAt: 5 }),
      makeTake({ id: 'wait2', sceneId: 's2', phase: 'reserved', createdAt: 1 }),
      makeTake({ id: 'wait1', sceneId: 's1', phase: 'reserved', createdAt: 1 }),
      makeTake({ id: 'run', phase: 'running', submittedAt: 2 }),
      makeTake({ id: 'down', phase: 'downloading', submittedAt: 3 }),
      makeTake({ id: 'bad', phase: 'failed', finishedAt: 9 }),
      makeTake({ id: 'unknown', phase: 'unconfirmed', submittedAt: 1 }),
      makeTake({ id: 'gone', phase: 'failed', rejected: true, finishedAt: 6 }),
    ]
    const lines = queueLines(makeView({ scenes, takes }))
    expect(lines.map((line) => (line.kind === 'head' ? `${line.group} ${line.count}` : line.take.id))).toEqual([
      'unknown',
      'bad',
      'flight 2',
      'down',
      'run',
      'waiting 2',
      'wait1',
      'wait2',
      'finished 2',
      'gone',
      'done',
    ])
    expect(lines.flatMap((line) => (line.kind === 'take' && line.take.id === 'wait2' ? [line.place] : []))).toEqual([2])
  })

  it('keeps a failed take in sight until it is dismissed', () => {
    expect(groupOf(makeTake({ phase: 'failed' }))).toBe('attention')
    expect(groupOf(makeTake({ phase: 'failed', rejected: true }))).toBe('finished')
  })
})

describe('the present batch', () => {
  it('is every batch that is still open, else the newest', () => {
    const takes = [
      makeTake({ id: 'a', batchId: 'old', createdAt: 1 }),
      makeTake({ id: 'b', batchId: 'new', createdAt: 2 }),
    ]
    expect(presentBatch(takes).map(({ id }) => id)).toEqual(['b'])
    const open = makeTake({ id: 'c', batchId: 'old', createdAt: 1, phase: 'running' })
    expect(presentBatch([...takes, open]).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(presentBatch([])).toEqual([])
  })

  it('counts what is settled, by where each take stands', () => {
    const takes = (['ready', 'failed', 'submitting', 'running', 'reserved', 'unconfirmed'] as const).map((phase) =>
      makeTake({ phase }),
    )
    expect(batchProgress(takes)).toEqual({
      settled: 2,
      total: 6,
      segments: [
        { kind: 'ready', count: 1 },
        { kind: 'failed', count: 1 },
        { kind: 'generating', count: 2 },
        { kind: 'waiting', count: 1 },
        { kind: 'attention', count: 1 },
      ],
    })
  })
})

describe('time left', () => {
  const now = 100_000
  const running = makeTake({ phase: 'running', submittedAt: 90_000, expected: { from: 120_000, to: 150_000 } })

  it('is a range while a take runs, and unknown once it is overdue', () => {
    expect(leftOf(running, now)).toEqual({ from: 20_000, to: 50_000 })
    expect(leftOf(running, 130_000)).toEqual({ from: 0, to: 20_000 })
    expect(leftOf(running, 150_000)).toBeNull()
    expect(leftOf(makeTake(), now)).toBeNull()
  })

  it('reads in steps of five seconds', () => {
    expect(spanText({ from: 38_000, to: 66_000 })).toBe('0:40–1:10')
    expect(spanText({ from: 0, to: 8_000 })).toBe('under 0:10')
    expect(spanText({ from: 6_000, to: 9_000 })).toBe('under 0:10')
  })

  it('measures a take from the moment it was sent', () => {
    expect(elapsedOf(running, now)).toBe(10_000)
    expect(elapsedOf(makeTake({ submittedAt: 5, finishedAt: 12 }), now)).toBe(7)
    expect(elapsedOf(makeTake(), now)).toBeNull()
  })
})

describe('the words of a row', () => {
  it('says where the money is', () => {
    expect(costText(makeTake({ charge: 'held' }))).toBe('$0.70')
    expect(costText(makeTake({ charge: 'released', phase: 'failed' }))).toBe('$0.00')
    expect(costText(makeTake({ provider: 'rehearsal', price: 0, charge: 'none' }))).toBe('$0.00')
    expect(chargeWord(makeTake({ provider: 'rehearsal', charge: 'none' }))).toBe('free')
    expect(chargeWord(makeTake({ charge: 'none' }))).toBeNull()
    expect(chargeWord(makeTake({ charge: 'refund-pending' }))).toBe('refund pending')
    expect(heldBy([makeTake({ charge: 'held' }), makeTake({ charge: 'charged' })])).toBe(700_000)
  })

  it('names the state, with the place of a waiting take', () => {
    const waiting = makeTake({ phase: 'reserved' })
    expect([1, 2, 3, 4, 11, 21].map((place) => stateText(waiting, place, false))).toEqual(
      ['1st', '2nd', '3rd', '4th', '11th', '21st'].map((place) => `Queued, ${place} in line`),
    )
    expect(stateText(makeTake(), 1, true)).toBe('Picked')
    expect(stateText(makeTake({ phase: 'failed', charge: 'released' }), 1, false)).toBe('Failed, not charged')
    expect(stateText(makeTake({ phase: 'failed', charge: 'charged' }), 1, false)).toBe('Failed, charged')
    expect(stateText(makeTake({ phase: 'failed', charge: 'none' }), 1, false)).toBe('Failed')
  })

  it('offers another download only for a paid clip that could not be fetched', () => {
    const failed = (code: string, predictionId: string | null) =>
      makeTake({ phase: 'failed', predictionId, error: { code, message: '' } })
    expect(canFetchAgain(failed('download-failed', 'p'))).toBe(true)
    expect(canFetchAgain(failed('download-failed', null))).toBe(false)
    expect(canFetchAgain(failed('prediction-failed', 'p'))).toBe(false)
  })

  it('lists what happened lately, newest first', () => {
    const view = makeView({ scenes, takes: [makeTake({ submittedAt: 3, finishedAt: 8 })] })
    expect(recentActivity(view).map(({ at, text }) => [at, text])).toEqual([
      [8, 'Scene 1 take 1 is ready'],
      [3, 'Scene 1 take 1 was sent'],
    ])
    expect(recentActivity(view, 1)).toHaveLength(1)
  })
})
