import { describe, expect, it } from 'vitest'
import {
  besideScene,
  besideTake,
  frameAt,
  frameCount,
  playerKey,
  timecode,
  timeOfFrame,
} from '../../renderer/features/player/playback.ts'
import { present } from '../../shared/assert.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

describe('frames', () => {
  it('survive the way to a time and back, for every frame of the longest clip', () => {
    const frames = frameCount(15)
    expect(frames).toBe(360)
    for (let frame = 0; frame < frames; frame++) expect(frameAt(timeOfFrame(frame), frames)).toBe(frame)
  })

  it('stay within the clip', () => {
    expect([frameAt(-1, 24), frameAt(99, 24), frameAt(1 / 24, 24)]).toEqual([0, 23, 1])
    expect([frameCount(0), frameCount(Number.NaN), frameCount(Number.POSITIVE_INFINITY)]).toEqual([1, 1, 1])
  })

  it('read as minutes, seconds and frames', () => {
    expect([timecode(0), timecode(59), timecode(24 * 61 + 5)]).toEqual(['0:00:00', '0:02:11', '1:01:05'])
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
  const take = (id: string) =>
    present(
      [...view.takes.values()].find((each) => each.id === id),
      id,
    )
  const scene = (at: number) => present(scenes[at], 'there')

  it('skips takes that have no clip', () => {
    expect(besideTake(view, take('a1'), 1)).toBe('a3')
    expect(besideTake(view, take('a3'), 1)).toBeNull()
    expect(besideTake(view, take('a1'), -1)).toBeNull()
  })

  it('skips scenes without a take', () => {
    expect(besideScene(view, scene(0), 1)).toBe('c1')
    expect(besideScene(view, scene(2), -1)).toBe('a3')
    expect(besideScene(view, scene(2), 1)).toBeNull()
  })
})

describe('the keys of the player', () => {
  const key = (name: string, held: Partial<Parameters<typeof playerKey>[0]> = {}) =>
    playerKey({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

  it('step by a frame, or ten with Shift', () => {
    expect(key('ArrowLeft')).toEqual({ do: 'step', frames: -1 })
    expect(key('ArrowRight', { shiftKey: true })).toEqual({ do: 'step', frames: 10 })
  })

  it('rate from 1 to 5, pick and reject', () => {
    expect(key('5')).toEqual({ do: 'rate', stars: 5 })
    expect([key('0'), key('6')]).toEqual([null, null])
    expect([key('p'), key('X', { shiftKey: true })]).toEqual([{ do: 'pick' }, { do: 'reject' }])
  })

  it('leave everything with a modifier alone', () => {
    expect(key('p', { ctrlKey: true })).toBeNull()
    expect(key('ArrowLeft', { altKey: true })).toBeNull()
    expect(key('Enter')).toBeNull()
  })
})
