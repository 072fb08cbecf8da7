import { describe, expect, it } from 'vitest'
import type { StoryboardId, TakeId } from '../../shared/ids.ts'
import { batchEta } from '../../electron/engine/domain/eta.ts'
import { createPaceKeeper } from '../../electron/engine/jobs/pace-keeper.ts'
import { createSubmissionQueue } from '../../electron/engine/jobs/submission-queue.ts'

const ANY = { concurrency: 10, perMinute: Number.POSITIVE_INFINITY }

describe('the pace', () => {
  it('keeps to so many submissions a minute', () => {
    const keeper = createPaceKeeper()
    const bronze = { concurrency: 2, perMinute: 2 }
    for (const at of [1_000, 5_000]) {
      expect(keeper.wait(bronze, at)).toBe(0)
      keeper.sent(at)
    }
    expect(keeper.wait(bronze, 6_000)).toBe(55_000)
    expect(keeper.wait(bronze, 61_001)).toBe(0)
  })

  it('learns from refusals when no rate is set, and tries faster again after a while', () => {
    const keeper = createPaceKeeper()
    for (let n = 0; n < 6; n++) keeper.sent(n)
    expect(keeper.wait(ANY, 10)).toBe(0)
    keeper.refused(10)
    expect(keeper.learnt()).toBe(5)
    expect(keeper.wait(ANY, 20)).toBeGreaterThan(59_000)
    expect(keeper.wait(ANY, 60_001)).toBe(0)
    expect(keeper.wait(ANY, 11 * 60_000)).toBe(0)
    expect(keeper.learnt()).toBe(10)
  })
})

describe('the submission queue', () => {
  const take = (n: number, board: string, place = n) => ({
    takeId: `t${n}` as TakeId,
    provider: 'wavespeed' as const,
    storyboardId: board as StoryboardId,
    place,
  })

  it('lets a small storyboard in beside a large one, and keeps the order within each', () => {
    const queue = createSubmissionQueue()
    for (const n of [1, 2, 3, 4]) queue.add(take(n, 'large'))
    for (const n of [5, 6]) queue.add(take(n, 'small'))
    const inUse = new Map<string, number>()
    const order: string[] = []
    for (;;) {
      const next = queue.next(
        'wavespeed',
        (board) => inUse.get(board) ?? 0,
        () => true,
      )
      if (!next) break
      inUse.set(next.storyboardId, (inUse.get(next.storyboardId) ?? 0) + 1)
      order.push(next.takeId)
    }
    expect(order).toEqual(['t1', 't5', 't2', 't6', 't3', 't4'])
    expect(queue.size()).toBe(0)
  })

  it('passes over what is not eligible and forgets what is removed', () => {
    const queue = createSubmissionQueue()
    for (const n of [1, 2, 3]) queue.add(take(n, 'board'))
    queue.remove('t2' as TakeId)
    expect(
      queue.next(
        'rehearsal',
        () => 0,
        () => true,
      ),
    ).toBeNull()
    expect(
      queue.next(
        'wavespeed',
        () => 0,
        (id) => id !== 't1',
      )?.takeId,
    ).toBe('t3')
    expect(queue.size()).toBe(1)
  })

  it('sends by place within a storyboard and, where storyboards are even, between them', () => {
    const queue = createSubmissionQueue()
    const drain = () => {
      const order: string[] = []
      for (;;) {
        const next = queue.next(
          'wavespeed',
          () => 0,
          () => true,
        )
        if (!next) return order
        order.push(next.takeId)
      }
    }
    for (const [n, board, place] of [
      [1, 'a', 4],
      [2, 'a', 2],
      [3, 'b', 1],
      [4, 'a', 3],
      [2, 'a', 9],
    ] as const)
      queue.add(take(n, board, place))
    expect(drain()).toEqual(['t3', 't4', 't1', 't2'])
  })
})

describe('the time left', () => {
  const minutes = (from: number, to: number) => ({ from, to })

  it('is a range over the slots there are', () => {
    expect(batchEta([], [], 4)).toBeNull()
    expect(batchEta([minutes(1, 3)], [], 4)).toEqual(minutes(1, 3))
    expect(batchEta([], Array(6).fill(minutes(2, 5)), 2)).toEqual(minutes(6, 15))
    expect(batchEta([minutes(1, 2), minutes(4, 6)], [minutes(2, 5)], 2)).toEqual(minutes(4, 7))
    expect(batchEta([minutes(-3, -1)], [minutes(2, 5)], 1)).toEqual(minutes(2, 5))
  })
})
