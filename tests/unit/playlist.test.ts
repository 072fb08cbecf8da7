import { describe, expect, it } from 'vitest'
import { placeInGap } from '../../renderer/common/use-list-drag.ts'
import { frameAfter, pieceSchedule } from '../../renderer/media/sequence-schedule.ts'
import { freeTitle, movedTo, readPlaylist } from '../../renderer/state/playlist.ts'
import type { ClipFacts } from '../../shared/clip-facts.ts'
import { PlaylistId, SceneId, StoryboardId } from '../../shared/ids.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const clip = (id: string) => ({ sha256: id.padEnd(64, '0'), bytes: 1, mime: 'video/mp4' })
const take = (id: string, values: Parameters<typeof makeTake>[0] = {}) => makeTake({ id, clip: clip(id), ...values })
const view = () =>
  makeView({
    scenes: [
      makeScene({ id: 's1', number: '1', position: 1, pickTakeId: 'a1' }),
      makeScene({ id: 's2', number: '2', position: 2 }),
      makeScene({ id: 's3', number: '2A', position: 3 }),
      makeScene({ id: 's4', number: '3', position: 4 }),
    ],
    takes: [
      take('a1', { sceneId: 's1', number: 1 }),
      take('a2', { sceneId: 's1', number: 2 }),
      take('b1', { sceneId: 's2', number: 1 }),
      take('b2', { sceneId: 's2', number: 2, rejected: true }),
      take('b3', { sceneId: 's2', number: 3, phase: 'running', clip: null }),
      take('c1', { sceneId: 's3', number: 1, rejected: true }),
      makeTake({ id: 'd1', sceneId: 's4', phase: 'failed', clip: null }),
    ],
  })
const list = {
  id: PlaylistId.parse('l1'),
  projectId: 'p1',
  title: 'Night',
  takeIds: ['b1', 'a1', 'b1', 'gone'],
  createdAt: 0,
}
const withList = () => {
  const before = view()
  return {
    ...before,
    playlists: new Map([
      [list.id, list as unknown as typeof before.playlists extends ReadonlyMap<never, infer P> ? P : never],
    ]),
  }
}

describe('what is played', () => {
  it('of a storyboard is every scene in order, by its pick, else its latest take that is ready', () => {
    const now = readPlaylist(view(), { kind: 'board', storyboardId: StoryboardId.parse('b1') })
    // A rejected take only where there is no other; no sketch, and no take that is still on its way.
    expect(now?.entries.map(({ slate }) => slate)).toEqual(['01-1', '02-1', '02A-1'])
    expect(now?.missing).toBe('1 scene has no take yet.')
  })

  it('of a scene are its takes, the rejected ones too', () => {
    const now = readPlaylist(view(), { kind: 'scene', sceneId: SceneId.parse('s2') })
    expect(now?.entries.map(({ slate }) => slate)).toEqual(['02-1', '02-2'])
  })

  it('of a list are its takes in its order, twice where they are in it twice', () => {
    const now = readPlaylist(withList(), { kind: 'list', playlistId: list.id })
    expect(now?.entries.map(({ slate, key }) => [slate, key])).toEqual([
      ['02-1', 'b1'],
      ['01-1', 'a1'],
      ['02-1', 'b1 2'],
    ])
    expect(now?.missing).toBe('1 take has no clip any more.')
    expect(readPlaylist(view(), { kind: 'list', playlistId: list.id })).toBe(null)
  })
})

it('gives lists titles that are free', () => {
  expect(freeTitle(withList())).toBe('Playlist 1')
  expect(freeTitle(withList(), 'Night')).toBe('Night 2')
  expect(freeTitle(withList(), 'Day')).toBe('Day')
})

it('moves one of a list', () => {
  expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(movedTo(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(movedTo(['a', 'b', 'c'], 1, 9)).toEqual(['a', 'c', 'b'])
  expect(movedTo(['a'], 4, 0)).toEqual(['a'])
  // Let go in a gap: its own two change nothing.
  expect([0, 1, 2, 3].map((gap) => placeInGap(1, gap))).toEqual([0, 1, 1, 2])
})

describe('a list in time', () => {
  const facts = (frames: number, num: number) => ({ frames, rate: { num, den: 1 } }) as ClipFacts
  const now = readPlaylist(withList(), { kind: 'list', playlistId: list.id })
  const entries = now?.entries ?? []

  it('is as long as its clips are, counted in the frames of the first', () => {
    const known = [facts(96, 24), facts(125, 25), null]
    const schedule = pieceSchedule(entries, ({ index }) => known[index] ?? null)
    expect(schedule.slots.map(({ start, frames }) => [start, frames])).toEqual([
      [0, 96],
      [96, 120],
      [216, 120],
    ])
    expect(schedule).toMatchObject({ frames: 336, rate: { num: 24, den: 1 } })
  })

  it('keeps what is in sight when the order changes', () => {
    const of = (all: typeof entries) => pieceSchedule(all, () => facts(100, 24))
    const before = of(entries)
    const [first, second, third] = entries
    if (!first || !second || !third) throw new Error('There are three.')
    expect(frameAfter(before, of([second, first, third]), 30)).toBe(130)
    expect(frameAfter(before, of([second, third]), 30)).toBe(0)
    expect(frameAfter(before, of([first]), 250)).toBe(0)
    expect(frameAfter(before, of([]), 250)).toBe(0)
  })
})
