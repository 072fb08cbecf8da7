import { describe, expect, it } from 'vitest'
import {
  beside,
  EVERYTHING,
  leftScenes,
  leftTakes,
  narrowings,
  nextToJudge,
  type RoomFilter,
  type SceneOrder,
  type TakeOrder,
} from '../../renderer/state/review-filter.ts'
import type { Scene, Take } from '../../shared/model.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const request = (seed: number) => ({ ...makeTake().request, seed })
const scenes = [
  makeScene({ id: 's1', position: 0, number: '1', pickTakeId: 't2' }),
  makeScene({ id: 's2', position: 1, number: '2' }),
  makeScene({ id: 's3', position: 2, number: '3' }),
  makeScene({ id: 's4', position: 3, number: '4' }),
]
const takes = [
  makeTake({ id: 't1', sceneId: 's1', number: 1, rejected: true, rating: 1, request: request(30), createdAt: 1 }),
  makeTake({ id: 't2', sceneId: 's1', number: 2, rating: 5, label: 'green', request: request(10), createdAt: 2 }),
  makeTake({ id: 't3', sceneId: 's1', number: 3, price: 900_000, label: 'red', request: request(20), createdAt: 3 }),
  makeTake({ id: 't4', sceneId: 's2', number: 1, rating: 3, createdAt: 9 }),
  makeTake({ id: 't5', sceneId: 's2', number: 2, rejected: true, createdAt: 4 }),
  makeTake({ id: 't6', sceneId: 's2', number: 3, createdAt: 5 }),
  makeTake({ id: 't7', sceneId: 's3', number: 1, createdAt: 6 }),
  makeTake({ id: 't8', sceneId: 's3', number: 2, phase: 'failed', rating: 5 }),
]
const note = (id: string, takeId: string, resolved: boolean) => [id, { id, takeId, resolved }] as const
const view = {
  ...makeView({ scenes, takes }),
  notes: new Map([note('n1', 't3', false), note('n2', 't3', false), note('n3', 't6', false), note('n4', 't7', true)]),
} as unknown as ReturnType<typeof makeView>

const scene = (id: string) => scenes.find((each) => each.id === id) ?? makeScene()
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join(' ')
const left = (patch: Partial<RoomFilter>, order: SceneOrder = 'board') =>
  ids(leftScenes(view, scenes, { ...EVERYTHING, ...patch }, order))
const inScene = (id: string, patch: Partial<RoomFilter>, order: TakeOrder = 'newest') =>
  ids(leftTakes(view, scene(id), { ...EVERYTHING, ...patch }, order))

describe('what the room shows', () => {
  it('is all, also scenes without a take, while nothing narrows', () => {
    expect([narrowings(EVERYTHING), left({}), inScene('s1', {})]).toEqual([0, 's1 s2 s3 s4', 't3 t2 t1'])
  })

  it.each([
    [{ verdict: 'unjudged' }, 's1 s2 s3', 't3'],
    [{ verdict: 'picked' }, 's1', 't2'],
    [{ verdict: 'unpicked' }, 's2 s3', ''],
    [{ verdict: 'rejected' }, 's1 s2', 't1'],
    [{ verdict: 'kept' }, 's1 s2 s3', 't3 t2'],
    [{ stars: 1 }, 's1 s2', 't2 t1'],
    [{ stars: 4 }, 's1', 't2'],
    [{ label: 'red' }, 's1', 't3'],
    [{ label: 'none' }, 's1 s2 s3', 't1'],
    [{ openNotes: true }, 's1 s2', 't3'],
    [{ verdict: 'rejected', stars: 1 }, 's1', 't1'],
    [{ verdict: 'picked', label: 'red' }, '', ''],
  ] satisfies [Partial<RoomFilter>, string, string][])('with %o is the scenes %s', (patch, expected, takesOfFirst) => {
    expect([left(patch), inScene('s1', patch)]).toEqual([expected, takesOfFirst])
  })

  it('is sorted by every judgement, alike ones newest first', () => {
    const orders: readonly TakeOrder[] = ['newest', 'oldest', 'rating', 'label', 'seed', 'price', 'notes']
    expect(orders.map((order) => inScene('s1', {}, order))).toEqual([
      't3 t2 t1',
      't1 t2 t3',
      't2 t3 t1',
      't3 t2 t1',
      't2 t3 t1',
      't3 t2 t1',
      't3 t2 t1',
    ])
    const sceneOrders: readonly SceneOrder[] = ['board', 'rating', 'newest', 'price', 'notes']
    expect(sceneOrders.map((order) => left({}, order))).toEqual([
      's1 s2 s3 s4',
      's1 s2 s3 s4',
      's2 s3 s1 s4',
      's1 s2 s3 s4',
      's1 s2 s3 s4',
    ])
  })
})

it('finds the neighbour that is left, also from one that is not', () => {
  const all = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  const not =
    (...out: string[]) =>
    ({ id }: { id: string }) =>
      !out.includes(id)
  expect(beside(all, 'a', 1, not('b'))?.id).toBe('c')
  expect(beside(all, 'b', -1, not('b'))?.id).toBe('a')
  expect(beside(all, 'd', 1, not())).toBeNull()
  expect([beside(all, 'x', 1, not('a'))?.id, beside(all, 'x', -1, not())?.id]).toEqual(['b', 'd'])
})

describe('what is judged next', () => {
  const take = (id: string): Take => takes.find((each) => each.id === id) ?? makeTake()
  const next = (id: string, given: readonly (Take | Scene)[] = [], among: readonly Scene[] = scenes) => {
    const shown = (each: Scene) => leftTakes(view, each, EVERYTHING, 'newest')
    const found = nextToJudge(among, shown, take(id), new Set(given))
    return found && `${found.scene.id} ${found.take.id}`
  }

  it('is the next take of the scene that has no verdict, in the order that is shown', () => {
    expect(next('t5')).toBe('s2 t6')
    expect(next('t4')).toBe('s2 t6')
  })

  it('is in the next scene without a pick once the scene has its pick or nothing left', () => {
    expect(next('t4', [scene('s2')])).toBe('s3 t7')
    expect(next('t6')).toBe('s3 t7')
    // The first scene has its pick: nobody waits for its third take.
    expect(next('t3')).toBe('s2 t6')
  })

  it('begins again at the top, and ends when all is judged', () => {
    expect(next('t7')).toBe('s2 t6')
    expect(next('t7', [scene('s3')], [scene('s1'), scene('s3')])).toBeNull()
    expect(next('t7', [], [scene('s3')])).toBeNull()
  })

  it('passes over what was judged a moment ago, before the library tells of it', () => {
    expect(next('t4', [take('t6')])).toBe('s3 t7')
    expect(next('t7', [take('t6')])).toBeNull()
    expect(next('t5', [scene('s3'), take('t6')])).toBeNull()
  })
})
