import { describe, expect, it } from 'vitest'
import {
  listText,
  madeSeed,
  parseSeed,
  rollSeed,
  scenesSharingSeed,
  seedLabel,
  seedValue,
} from '../../renderer/state/seeds.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

describe('parseSeed', () => {
  it.each([
    ['1', 1],
    [' 48213907 ', 48213907],
    ['2147483647', 2147483647],
  ])('takes %s', (text, value) => {
    expect(parseSeed(text)).toEqual({ ok: true, value })
  })

  it.each(['0', '2147483648', '-4', '1.5', '1e3', 'seed', '', '99999999999'])(
    'refuses %j and says the range',
    (text) => {
      expect(parseSeed(text)).toEqual({ ok: false, message: 'Whole number from 1 to 2147483647.' })
    },
  )
})

it('rolls within the range at both ends', () => {
  expect(rollSeed(() => 0)).toBe(1)
  expect(rollSeed(() => 2147483646)).toBe(2147483647)
  expect(rollSeed(() => 0xffffffff)).toBeGreaterThanOrEqual(1)
})

describe('seeds of a board', () => {
  const locked = makeScene({ id: 'a', number: '1', seed: { kind: 'locked', value: 7 } })
  const sharing = makeScene({ id: 'b', number: '2', seed: { kind: 'locked', value: 7 } })
  const random = makeScene({ id: 'c', number: '3', pickTakeId: 't1' })
  const linked = makeScene({ id: 'd', number: '4', seed: { kind: 'scene', sceneId: 'c' } })
  const seedOf = (seed: number) => ({ ...makeTake().request, seed })
  const view = makeView({
    scenes: [locked, sharing, random, linked],
    takes: [
      makeTake({ id: 't1', sceneId: 'c', number: 1, request: seedOf(11) }),
      makeTake({ id: 't2', sceneId: 'c', number: 2, request: seedOf(22) }),
    ],
  })

  it('takes the seed of the pick before that of the latest take', () => {
    expect(madeSeed(view, random)).toBe(11)
    expect(madeSeed(view, { ...random, pickTakeId: null })).toBe(22)
    expect(madeSeed(view, locked)).toBeNull()
  })

  it('labels each policy', () => {
    expect(seedLabel(view, locked)).toEqual({ kind: 'locked', text: '7' })
    expect(seedLabel(view, random)).toEqual({ kind: 'drawn', text: '11' })
    expect(seedLabel(view, makeScene({ id: 'new' }))).toEqual({ kind: 'random', text: 'Random' })
    expect(seedLabel(view, linked)).toEqual({ kind: 'scene', text: 'As scene 3' })
    expect(seedValue(view, linked.seed)).toBe(11)
  })

  it('finds the scenes that share a lock', () => {
    expect(scenesSharingSeed([locked, sharing, random], locked.id)).toEqual([sharing])
    expect(scenesSharingSeed([locked, sharing, random], random.id)).toEqual([])
  })
})

it('lists as a sentence does', () => {
  expect([[], ['01'], ['01', '02'], ['01', '02', '03']].map(listText)).toEqual(['', '01', '01 and 02', '01, 02 and 03'])
})
