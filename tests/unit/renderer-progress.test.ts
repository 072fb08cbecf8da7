import { describe, expect, it } from 'vitest'
import { bytesText, clock, doneRange, rangePercent, takeProgress } from '../../renderer/state/progress.ts'
import { makeTake } from './renderer-fixtures.ts'

const running = makeTake({ phase: 'running', submittedAt: 0, expected: { from: 60_000, to: 100_000 } })

describe('takeProgress', () => {
  it('gives a range of time left, never one exact number', () => {
    expect(takeProgress(running, undefined, 20_000)).toEqual({ value: 0.2, text: '0:40–1:20 left' })
  })

  it('says at most how long once the earliest time has passed', () => {
    expect(takeProgress(running, undefined, 70_000)).toEqual({ value: 0.7, text: 'under 0:30 left' })
  })

  it('stops short of the end, and admits that it takes longer', () => {
    expect(takeProgress(running, undefined, 99_900).value).toBe(0.95)
    expect(takeProgress(running, undefined, 130_000)).toEqual({ value: null, text: '2:10, longer than usual' })
  })

  it('shows the time gone when nothing is expected', () => {
    expect(takeProgress({ ...running, expected: null }, undefined, 65_000)).toEqual({
      value: null,
      text: '1:05 so far',
    })
  })

  it('knows a download to the byte, where the server says how many there are', () => {
    const take = makeTake({ phase: 'downloading' })
    expect(takeProgress(take, { received: 710, total: 1000 }, 0)).toEqual({ value: 0.71, text: '71%' })
    expect(takeProgress(take, { received: 2_500_000, total: null }, 0)).toEqual({ value: null, text: '2.5 MB' })
    expect(takeProgress(take, undefined, 0)).toEqual({ value: null, text: null })
  })

  it('says when a waiting take is tried again', () => {
    expect(takeProgress(makeTake({ phase: 'reserved', waitUntil: 30_000 }), undefined, 0).text).toBe('again in 0:30')
    expect(takeProgress(makeTake({ phase: 'reserved' }), undefined, 0).text).toBeNull()
  })
})

it('says how far a take is as the range between its earliest and latest end', () => {
  expect(doneRange(running, 30_000)).toEqual({ from: 0.3, to: 0.5 })
  expect(doneRange(running, 80_000)).toEqual({ from: 0.8, to: 0.95 })
  expect([doneRange(running, 100_000), doneRange({ ...running, expected: null }, 1)]).toEqual([null, null])
  expect([rangePercent({ from: 0.3, to: 0.5 }), rangePercent({ from: 0.31, to: 0.52 })]).toEqual(['30–50%', '30–55%'])
  expect(rangePercent({ from: 0.5, to: 0.5 })).toBe('50%')
})

it('writes durations and sizes', () => {
  expect([-5, 65_000, 3_723_000].map(clock)).toEqual(['0:00', '1:05', '1:02:03'])
  expect(bytesText({ received: 812_000, total: 900_000 })).toBe('812 of 900 KB')
  expect(bytesText({ received: 3_100_000, total: 5_000_000 })).toBe('3.1 of 5.0 MB')
})
