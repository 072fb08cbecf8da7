import { describe, expect, it } from 'vitest'
import { bankCharacters, bankShown } from '../../renderer/features/seeds/bank.ts'
import { stepTo } from '../../renderer/features/seeds/grid-keys.ts'
import { bestTake, factsOf, matrixOf, runnable, shownTake } from '../../renderer/features/seeds/matrix.ts'
import { reachesOf, settingsDiffer } from '../../renderer/features/seeds/promote.ts'
import { cellsToRun, cellOrder, runRows, runText, secondsText } from '../../renderer/features/seeds/run-order.ts'
import { changeText, editsOf, keptIds, planText } from '../../renderer/features/fit/plan.ts'
import type { FitPlan } from '../../shared/fit-plan.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { SavedSeed } from '../../shared/seed-bank.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const { request } = makeTake()
let count = 0
/** A take of scene `sceneId` under a seed. */
const taken = (sceneId: string, seed: number, values: Parameters<typeof makeTake>[0] = {}): Take => {
  count += 1
  return makeTake({
    id: `t${count}`,
    sceneId,
    number: count,
    request: { ...request, seed },
    createdAt: count,
    ...values,
  })
}
const scenes = ['1', '2', '3'].map((number, position) => makeScene({ id: `s${number}`, number, position }))
const [one = makeScene(), two = makeScene(), three = makeScene()] = scenes
const seedsOf = (takes: readonly Take[], added: readonly number[] = [], pinned: readonly number[] = []) =>
  matrixOf(makeView({ scenes, takes }), scenes, added, pinned).columns.map(({ seed }) => seed)

describe('the columns of the matrix', () => {
  it('are sorted by use, then the latest first', () => {
    const takes = [taken('s1', 7), taken('s1', 5), taken('s2', 5), taken('s3', 9)]
    expect(seedsOf(takes)).toEqual([5, 9, 7])
    expect(seedsOf(takes, [3, 4])).toEqual([5, 9, 7, 4, 3])
    expect(seedsOf(takes, [], [9, 11])).toEqual([9, 11, 5, 7])
  })

  it('count a scene once, leave out what came to nothing, and know where a seed is locked', () => {
    const locked = makeScene({ id: 's2', number: '2', seed: { kind: 'locked', value: 6 } })
    const takes = [
      taken('s1', 7),
      taken('s1', 7),
      taken('s1', 8, { phase: 'cancelled' }),
      taken('s1', 9, { phase: 'failed', rejected: true }),
      taken('s1', 10, { phase: 'failed' }),
    ]
    const matrix = matrixOf(makeView({ scenes: [one, locked], takes }), [one, locked])
    expect(matrix.columns.map(({ seed, scenes: used, lockedOn }) => [seed, used, lockedOn])).toEqual([
      [10, 1, 0],
      [7, 1, 0],
      [6, 0, 1],
    ])
    expect(matrix.takesAt(one.id, 7)).toHaveLength(2)
    expect(matrix.takesAt(one.id, 8)).toEqual([])
  })
})

describe('a cell', () => {
  it('shows its latest take, its best, or its pick alone', () => {
    const low = taken('s1', 7, { rating: 2 })
    const high = taken('s1', 7, { rating: 4 })
    const failed = taken('s1', 7, { phase: 'failed' })
    const takes = [high, low, failed]
    expect(shownTake(takes, null, 'all')).toBe(failed)
    expect(shownTake(takes, null, 'best')).toBe(high)
    expect(shownTake(takes, low.id, 'best')).toBe(low)
    expect(shownTake(takes, null, 'picks')).toBeNull()
    expect(shownTake(takes, low.id, 'picks')).toBe(low)
    expect(bestTake([{ ...high, rejected: true }, low], null)).toBe(low)
    expect(bestTake([failed], null)).toBe(failed)
    expect(bestTake([], null)).toBeNull()
  })

  it('is run unless its take is as the scene would be sent, or an earlier one is unsettled', () => {
    const of = (values: Parameters<typeof makeTake>[0]) => runnable([taken('s1', 7, values)], 'wavespeed')
    expect(runnable([], 'wavespeed')).toEqual({ ok: true, why: null })
    expect(of({})).toEqual({ ok: false, reason: 'made' })
    expect(of({ stale: ['seed'] })).toEqual({ ok: false, reason: 'made' })
    expect(of({ phase: 'running' })).toEqual({ ok: false, reason: 'made' })
    expect(of({ stale: ['prompt'] })).toMatchObject({ ok: true, why: expect.stringContaining('changed since take') })
    expect(of({ phase: 'failed' })).toEqual({ ok: true, why: 'failed before' })
    expect(of({ provider: 'rehearsal' })).toEqual({ ok: true, why: 'rehearsed' })
    expect(of({ phase: 'unconfirmed' })).toEqual({ ok: false, reason: 'unsettled' })
    expect(runnable([taken('s1', 7, { phase: 'unconfirmed' })], 'rehearsal')).toEqual({ ok: true, why: 'rehearsed' })
  })

  it('is reached by arrows, ends and pages, with the heads above the first row', () => {
    const size = { rows: 10, columns: 4, page: 5 }
    const from = (key: string, row = 3, column = 1, ctrlKey = false) =>
      stepTo({ key, ctrlKey, metaKey: false }, { row, column }, size)
    expect(from('ArrowUp', 0)).toEqual({ row: -1, column: 1 })
    expect(from('ArrowUp', -1)).toEqual({ row: -1, column: 1 })
    expect(from('ArrowRight', 3, 3)).toEqual({ row: 3, column: 3 })
    expect(from('End')).toEqual({ row: 3, column: 3 })
    expect(from('Home', 3, 2, true)).toEqual({ row: 0, column: 0 })
    expect(from('End', 3, 0, true)).toEqual({ row: 9, column: 3 })
    expect(from('PageDown')).toEqual({ row: 8, column: 1 })
    expect(from('PageUp')).toEqual({ row: 0, column: 1 })
    expect(from('x')).toBeNull()
  })
})

describe('a seed', () => {
  it('is judged over the whole storyboard', () => {
    const liked = taken('s1', 7, { rating: 5 })
    const picked = taken('s2', 7, { rating: 4 })
    const board = [one, { ...two, pickTakeId: picked.id }, three]
    const matrix = matrixOf(makeView({ scenes: board, takes: [liked, picked, taken('s3', 7)] }), board)
    expect(factsOf(matrix, board, 7)).toMatchObject({ usedIn: 3, pickedIn: 1, rating: 4.5, best: { take: liked } })
    expect(factsOf(matrix, board, 8)).toMatchObject({ usedIn: 0, rating: null, best: null, lockedOn: [] })
  })

  it('is run on what is chosen and still worth running, in board order', () => {
    const matrix = matrixOf(makeView({ scenes, takes: [taken('s1', 7)] }), scenes)
    expect(runRows(matrix, scenes, 7, 'wavespeed').map(({ scene }) => scene.id)).toEqual(['s2', 's3'])
    const cell = (sceneId: SceneId, seed: number) => [`${sceneId} ${seed}`, { sceneId, seed }] as const
    const chosen = new Map([cell(three.id, 7), cell(one.id, 7), cell(two.id, 7), cell(two.id, 8)])
    const cells = cellsToRun(chosen, matrix, scenes, 'wavespeed')
    expect(cells.map(({ sceneId, seed }) => [sceneId, seed])).toEqual([
      ['s2', 7],
      ['s2', 8],
      ['s3', 7],
    ])
    expect(runText(cells, false, null)).toBe('Run on 3 takes of 2 scenes · $2.10')
    expect(runText(cells.slice(0, 1), false, usdMicros(560_000))).toBe('Run on 1 scene · $0.56')
    expect(runText(cells.slice(0, 1), true, null)).toBe('Rehearse on 1 scene')
    expect(runText([], false, null)).toBe('Choose scenes to run')
    expect(cellOrder('wavespeed', [])).toBeNull()
    expect(cellOrder('wavespeed', cells)?.cells).toHaveLength(3)
    expect(secondsText([one, two])).toBe('10 s × $0.14 at 720p')
    expect(secondsText([one, { ...two, resolution: '1080p' }])).toBe('10 s of video')
  })

  it('is promoted to its scene, to the scenes of who is in it, or to what is chosen', () => {
    const refs = [
      { referenceId: 'r1', name: 'Mara', sha256: 'a' },
      { referenceId: 'r2', name: 'Mara', sha256: 'b' },
    ]
    const take = makeTake({ request: { ...request, references: refs, duration: 3 } })
    const alone = makeScene({ id: 's2', number: '2', prompt: '@Juniper runs.' })
    const board = [one, alone, makeScene({ id: 's3', number: '3', prompt: '@Mara waits.' })]
    const [cast] = makeView({ scenes: board }).casts.values()
    const reaches = reachesOf(take, one, board, cast ?? null, [one])
    expect(reaches.map(({ key, scenes: reached }) => [key, reached.map(({ id }) => id)])).toEqual([
      ['scene', ['s1']],
      ['with Mara', ['s1', 's3']],
    ])
    expect(settingsDiffer(take, one)).toContain('It was tried at 720p, 3 s; the scene is 720p, 5 s.')
    expect(settingsDiffer(makeTake(), one)).toBeNull()
  })
})

describe('the seed bank', () => {
  const saved = (values: Partial<SavedSeed>) =>
    ({ seed: 1, name: '', character: null, stars: 0, note: '', createdAt: 0, ...values }) as SavedSeed
  const bank = [
    saved({ name: 'Plain', createdAt: 1 }),
    saved({ name: 'Café at dusk', character: 'Mara', stars: 3, note: 'Soft mist' }),
    saved({ name: 'Later', createdAt: 2, character: 'Juniper' }),
  ]
  const names = (list: readonly SavedSeed[]) => list.map(({ name }) => name)

  it('shows the best first, by character and by what is looked for', () => {
    expect(names(bankShown(bank, { kind: 'all' }, ''))).toEqual(['Café at dusk', 'Later', 'Plain'])
    expect(names(bankShown(bank, { kind: 'of', name: 'Mara' }, ''))).toEqual(['Café at dusk'])
    expect(names(bankShown(bank, { kind: 'none' }, ''))).toEqual(['Plain'])
    expect(names(bankShown(bank, { kind: 'all' }, 'mist cafe'))).toEqual(['Café at dusk'])
    expect(bankCharacters(bank)).toEqual(['Juniper', 'Mara'])
  })
})

describe('a plan that fits', () => {
  const row = (sceneId: string, values: Partial<FitPlan['rows'][number]>) =>
    ({
      sceneId,
      number: '1',
      title: '',
      action: 'as-is',
      resolution: '720p',
      duration: 5,
      before: 0,
      price: 0,
      why: '',
      ...values,
    }) as FitPlan['rows'][number]
  const plan = {
    rows: [
      row('s1', {}),
      row('s2', { action: 'shorter', duration: 4 }),
      row('s3', { action: 'leave-out' }),
      row('s4', { action: 'done' }),
    ],
    amount: usdMicros(2_000_000),
    before: usdMicros(2_100_000),
    total: usdMicros(1_260_000),
    explanation: [],
  } satisfies FitPlan

  it('edits only what changes, and keeps what it makes', () => {
    expect(keptIds(plan)).toEqual(['s1', 's2'])
    expect(editsOf(plan, new Map(scenes.map((scene) => [scene.id, scene])))).toEqual([
      { sceneId: 's2', patch: { duration: 4 } },
    ])
    expect(planText(plan)).toBe('2 of 3 scenes, $1.26 of $2.00')
    expect(changeText(6, 4, ' s')).toBe('6 → 4 s')
    expect(changeText('720p', '720p')).toBe('720p')
  })
})

// A pick that is no longer there counts for nothing.
it('takes no other take for a pick that is gone', () => {
  const take = taken('s1', 7)
  expect(shownTake([take], 'gone' as TakeId, 'picks')).toBeNull()
})
