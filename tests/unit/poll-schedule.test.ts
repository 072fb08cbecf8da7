import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../electron/engine/domain/backoff.ts'
import { doneWindow, firstPollMs, pollGapMs, type DoneWindow } from '../../electron/engine/domain/poll-schedule.ts'

const FLOOR = 5_000
const PRIOR = { from: 60_000, to: 300_000, known: false }

/** Polls a job that takes `tookMs` and says how many it cost and how late the end was noticed. */
function follow(tookMs: number, window: DoneWindow, unit = 0.5) {
  let at = firstPollMs(window, FLOOR)
  let polls = 1
  const gaps = [at]
  while (at < tookMs) {
    const gap = pollGapMs(at, window, FLOOR, unit)
    gaps.push(gap)
    at += gap
    polls++
  }
  return { polls, lateMs: at - tookMs, gaps }
}

describe('the poll schedule', () => {
  it('costs a 90 s clip a handful of polls before anything is known of the model', () => {
    const { polls, lateMs } = follow(90_000, PRIOR)
    expect(polls).toBeLessThanOrEqual(7)
    expect(lateMs).toBeLessThanOrEqual(7_000)
  })

  it('costs it fewer once past times are known, and notices it within seconds', () => {
    const past = [84_000, 88_000, 90_000, 91_000, 93_000, 86_000]
    const { polls, lateMs } = follow(90_000, doneWindow(past, PRIOR))
    expect(polls).toBeLessThanOrEqual(3)
    expect(lateMs).toBeLessThanOrEqual(5_500)
  })

  it('notices the quickest and the slowest kind of job within seconds too, for a handful of polls', () => {
    const past = [61_000, 148_000, 72_000, 103_000, 95_000, 130_000, 84_000, 119_000, 66_000, 140_000, 110_000, 90_000]
    const window = doneWindow(past, PRIOR)
    for (const took of [62_000, 90_000, 147_000]) expect(follow(took, window).lateMs).toBeLessThanOrEqual(8_000)
    expect(follow(147_000, window).polls).toBeLessThanOrEqual(13)
  })

  it('takes a few odd ones among many for what they are', () => {
    const past = [...Array.from({ length: 60 }, (_, index) => 80_000 + index * 100), 4_000, 900_000]
    expect(doneWindow(past, PRIOR)).toEqual({ from: 80_200, to: 85_700, known: true })
  })

  it('never asks more often than the floor, however long or short a job is', () => {
    for (const took of [1_000, 30_000, 90_000, 240_000, 1_200_000])
      for (const unit of [0, 0.5, 0.999]) {
        const { gaps } = follow(took, PRIOR, unit)
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(FLOOR)
      }
  })

  it('keeps the prior until there are enough samples', () => {
    expect(doneWindow([], PRIOR)).toEqual(PRIOR)
    expect(doneWindow([1, 2], PRIOR)).toEqual(PRIOR)
    expect(doneWindow([10, 20, 30], PRIOR)).toEqual({ from: 10, to: 30, known: true })
  })
})

describe('back-off', () => {
  it('doubles up to its cap, with the lower half random', () => {
    const at = (failures: number, unit: number) => backoffMs(failures, { base: 1_000, cap: 60_000, unit })
    expect([at(0, 0), at(0, 0.999)]).toEqual([500, 1_000])
    expect([at(3, 0), at(3, 0.999)]).toEqual([4_000, 7_996])
    expect(at(40, 0.999)).toBeLessThanOrEqual(60_000)
  })

  it('believes a Retry-After between a second and ten minutes', () => {
    const after = (ms: number) => backoffMs(0, { base: 1, cap: 1, unit: 0, retryAfterMs: ms })
    expect([after(0), after(30_000), after(86_400_000)]).toEqual([1_000, 30_000, 600_000])
  })
})
