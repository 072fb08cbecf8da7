import { describe, expect, it } from 'vitest'
import { besideScene, besideTake } from '../../renderer/commands/review-actions.ts'
import { readReview } from '../../renderer/commands/review-now.ts'
import {
  type FrameClock,
  frameAtSeconds,
  frameBeside,
  presentedFrame,
  timeOfFrame,
} from '../../renderer/features/review/frame-clock.ts'
import { atEnd, backFrame, catchUp, startOf } from '../../renderer/features/review/shuttle.ts'
import { markRange, nextSpeed, playedRange, useReview } from '../../renderer/state/review.ts'
import { present } from '../../shared/assert.ts'
import type { TakeId } from '../../shared/ids.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const clock = (num: number, den = 1, frames = 360, start = 0): FrameClock => ({ rate: { num, den }, frames, start })
const CLOCKS = [clock(24), clock(24000, 1001), clock(25), clock(30), clock(30000, 1001, 360, 0.08)]

describe('frames', () => {
  it.each(CLOCKS)('survive the way to a time and back at $rate.num/$rate.den', (each) => {
    for (let frame = 0; frame < each.frames; frame++) {
      expect(frameAtSeconds(each, timeOfFrame(each, frame))).toBe(frame)
      // A presented picture says when it began, rounded to a microsecond either way.
      const began = each.start + (frame * each.rate.den) / each.rate.num
      expect(presentedFrame(each, began - 1e-6)).toBe(frame)
      expect(presentedFrame(each, began + 1e-6)).toBe(frame)
    }
  })

  it('stay within the clip', () => {
    const each = clock(24, 1, 24)
    expect([frameAtSeconds(each, -1), frameAtSeconds(each, 99), presentedFrame(each, 2)]).toEqual([0, 23, 23])
  })

  it('are those of the same number at one rate, and of the same time at another', () => {
    expect(frameBeside(clock(24), 100, clock(24, 1, 96))).toBe(95)
    expect(frameBeside(clock(24), 100, clock(48, 2))).toBe(100)
    expect(frameBeside(clock(24), 24, clock(30))).toBe(30)
    expect(frameBeside(clock(30), 59, clock(25))).toBe(49)
  })
})

describe('shuttling', () => {
  it('gets faster in one direction and starts slowly in the other', () => {
    expect([0, 1, 2, 4].map((speed) => nextSpeed(speed, 1))).toEqual([1, 2, 4, 4])
    expect([0, -1, -2, -4, 4].map((speed) => nextSpeed(speed, -1))).toEqual([-1, -2, -4, -4, -1])
  })

  it('turns or stops at the ends of the range', () => {
    const part = { from: 10, to: 20 }
    expect(atEnd(19, part, 1, true)).toBeNull()
    expect(atEnd(20, part, 1, true)).toEqual({ go: 10 })
    expect(atEnd(21, part, 1, false)).toEqual({ stop: 20 })
    expect(atEnd(10, part, -1, true)).toEqual({ go: 20 })
    expect([startOf(15, part, 1), startOf(20, part, 1), startOf(3, part, 1), startOf(10, part, -1)]).toEqual([
      15, 10, 10, 20,
    ])
  })

  it('goes back by the clock', () => {
    const rate = { num: 24, den: 1 }
    expect(backFrame(100, 0, -1, rate)).toBe(100)
    expect(backFrame(100, 1000, -1, rate)).toBe(76)
    expect(backFrame(100, 500, -4, rate)).toBe(52)
  })

  it('lets a clip that fell behind hurry, one that is ahead wait, and one that is lost jump', () => {
    expect(catchUp(0.004, 1 / 24)).toBe(0)
    expect(catchUp(0.05, 1 / 24)).toBeGreaterThan(0)
    expect(catchUp(-0.05, 1 / 24)).toBeLessThan(0)
    expect(catchUp(1, 1 / 24)).toBe('jump')
  })
})

describe('the range', () => {
  it('keeps both ends in the clip and in order', () => {
    const told = { rate: { num: 24, den: 1 }, frames: 100 }
    useReview.setState({ told, range: null, frame: 30 })
    markRange('in')
    expect(playedRange(useReview.getState())).toEqual({ from: 30, to: 99 })
    useReview.setState({ frame: 12 })
    markRange('out')
    expect(playedRange(useReview.getState())).toEqual({ from: 12, to: 12 })
    expect(playedRange({ told: { ...told, frames: 8 }, range: { from: 30, to: 40 } })).toEqual({ from: 7, to: 7 })
  })
})

describe('where the arrows lead', () => {
  const scenes = ['1', '2', '3'].map((number, position) => makeScene({ id: `s${number}`, number, position }))
  const view = makeView({
    scenes,
    takes: [
      makeTake({ id: 'a1', sceneId: 's1', number: 1 }),
      makeTake({ id: 'a2', sceneId: 's1', number: 2, phase: 'failed' }),
      makeTake({ id: 'a3', sceneId: 's1', number: 3 }),
      makeTake({ id: 'c1', sceneId: 's3', number: 1 }),
    ],
  })
  const ui = { storyboardId: null, selected: new Set<never>() }
  const at = (takeId: string) => {
    const takes = [takeId as TakeId]
    useReview.setState({ active: 0, takeIds: takes })
    return present(readReview(view, ui, { sceneId: null, takeIds: takes }), 'the room')
  }

  it('skips takes that have no clip', () => {
    expect(besideTake(at('a1'), 1)?.id).toBe('a3')
    expect(besideTake(at('a3'), 1)).toBeNull()
    expect(besideTake(at('a1'), -1)).toBeNull()
  })

  it('skips scenes without a take', () => {
    expect(besideScene(at('a1'), 1)?.id).toBe('s3')
    expect(besideScene(at('c1'), -1)?.id).toBe('s1')
    expect(besideScene(at('c1'), 1)).toBeNull()
  })

  it('starts with the first scene that has something to show', () => {
    expect(readReview(view, ui, { sceneId: null, takeIds: [] })?.takes.map(({ id }) => id)).toEqual(['a3'])
    expect(readReview(view, ui, { sceneId: present(scenes[1], 'there').id, takeIds: [] })?.takes).toEqual([])
  })
})
