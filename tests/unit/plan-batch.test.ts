import { describe, expect, it } from 'vitest'
import type { SceneId } from '../../shared/ids.ts'
import type { SeedPolicy, TakeRequest } from '../../shared/model.ts'
import { listPrice, MODEL_ID } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { sumUsd, usdMicros } from '../../shared/money.ts'
import type { SceneOrder } from '../../shared/preview.ts'
import { matchCandidate } from '../../electron/engine/domain/match-candidates.ts'
import type { PlanScene } from '../../electron/engine/domain/order-rows.ts'
import { planBatch, type BatchLimits } from '../../electron/engine/domain/plan-batch.ts'
import { createSceneNumbers, insertedSceneNumber, slate } from '../../electron/engine/domain/slate.ts'
import { paceOf } from '../../electron/engine/domain/account-level.ts'

const DURATIONS = [6, 4, 5, 4, 5, 6, 5, 4, 5, 5, 5, 6]
const idOf = (number: number) => `scene-${number}` as SceneId

function scene(number: number, patch: Partial<PlanScene> = {}, policy: SeedPolicy = { kind: 'random' }): PlanScene {
  const duration = DURATIONS[number - 1] ?? 5
  return {
    scene: { id: idOf(number), number: String(number), seed: policy },
    composed: {
      ok: true,
      request: { model: MODEL_ID, prompt: 'x', references: [], resolution: '1080p', aspectRatio: '16:9', duration },
    },
    seed: { id: idOf(number), number: String(number), policy, madeSeed: null, pickSeed: null, made: 0 },
    current: 0,
    kept: 0,
    open: 0,
    unconfirmed: 0,
    ...patch,
  }
}

const ORDER: SceneOrder = {
  kind: 'scenes',
  provider: 'wavespeed',
  sceneIds: null,
  takesPerScene: 1,
  mode: 'add',
  seeds: { kind: 'keep' },
  resolution: null,
  includeUnconfirmed: false,
}
const plan = (
  scenes: readonly PlanScene[],
  order: Partial<SceneOrder>,
  left: number | null,
  limits: Partial<BatchLimits> = {},
) =>
  planBatch({
    order: { ...ORDER, ...order },
    scenes,
    takes: [],
    labelOf: () => '?',
    price: listPrice,
    limits: { project: left === null ? null : usdMicros(left), library: null, batch: null, ...limits },
  })

describe('planning a batch', () => {
  const board = DURATIONS.map((_, index) => scene(index + 1))

  it('admits scenes in board order until the cap and holds back all that follow', () => {
    const rows = plan(board, {}, 9_910_000)
    const admitted = rows.filter(({ heldBack }) => heldBack === null)
    expect(admitted.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    expect(sumUsd(admitted.map(({ unitPrice }) => unitPrice))).toBe(9_261_000)
    expect(rows.filter(({ heldBack }) => heldBack?.reason === 'cap').map(({ number }) => number)).toEqual(['11', '12'])
  })

  it('holds back a cheaper scene behind a dear one, since the board order is the priority', () => {
    const rows = plan(board.slice(0, 2), {}, 1_000_000)
    expect(rows.map(({ heldBack }) => heldBack?.reason)).toEqual(['cap', 'cap'])
  })

  it('holds everything back without a cap or with a cap of nothing, but never a rehearsal', () => {
    expect(plan(board, {}, null).every(({ heldBack }) => heldBack?.reason === 'no-cap')).toBe(true)
    expect(plan(board, {}, 0).every(({ heldBack }) => heldBack?.reason === 'cap')).toBe(true)
    expect(plan(board, { provider: 'rehearsal' }, null).every(({ heldBack }) => heldBack === null)).toBe(true)
  })

  it('stops at the library cap and at the limit for one batch, and says which', () => {
    const held = (limits: Partial<BatchLimits>) =>
      plan(board.slice(0, 3), {}, 9e6, limits).map(({ heldBack }) => heldBack?.reason ?? null)
    expect(held({ batch: usdMicros(2_000_000) })).toEqual([null, null, 'batch-limit'])
    expect(held({ library: usdMicros(1_134_000) })).toEqual([null, 'library-cap', 'library-cap'])
  })

  it('makes only what is missing in up-to mode, and admits a scene with all its takes or none', () => {
    const rows = plan(
      [scene(1, { current: 2 }), scene(2, { current: 1 }), scene(3)],
      { mode: 'up-to', takesPerScene: 2 },
      2_000_000,
    )
    expect(rows.map(({ number, takes, heldBack }) => [number, takes, heldBack?.reason ?? null])).toEqual([
      ['2', 1, null],
      ['3', 2, 'cap'],
    ])
  })

  it('leaves out a scene with an unconfirmed take unless it is chosen on purpose', () => {
    const unsettled = [scene(1, { unconfirmed: 1, open: 1 })]
    expect(plan(unsettled, {}, 9e6)[0]).toMatchObject({ heldBack: { reason: 'unconfirmed' }, note: 'unsettled' })
    expect(plan(unsettled, { includeUnconfirmed: true }, 9e6)[0]?.heldBack).toBeNull()
    expect(plan([scene(1, { unconfirmed: 1, current: 1 })], { mode: 'up-to' }, 9e6)[0]?.heldBack?.reason).toBe(
      'unconfirmed',
    )
  })

  it('gives single scenes another seed than the rest, also where others borrow it', () => {
    const scenes = [
      scene(1, {}, { kind: 'locked', value: 11 }),
      scene(2, {}, { kind: 'locked', value: 22 }),
      scene(3, {}, { kind: 'random' }),
      scene(4, {}, { kind: 'scene', sceneId: idOf(3) }),
      scene(5),
    ]
    const exceptSeeds = [
      { sceneId: idOf(1), seed: null },
      { sceneId: idOf(3), seed: 33 },
    ]
    const rows = plan(scenes, { exceptSeeds }, 99e6)
    expect(rows.map(({ key, seed, policy }) => [key, seed, policy.kind])).toEqual([
      [idOf(1), { kind: 'draw' }, 'random'],
      [idOf(2), { kind: 'value', value: 22 }, 'locked'],
      [idOf(3), { kind: 'value', value: 33 }, 'locked'],
      [idOf(4), { kind: 'value', value: 33 }, 'scene'],
      [idOf(5), { kind: 'draw' }, 'random'],
    ])
    const one = plan(scenes, { exceptSeeds, seeds: { kind: 'one', value: 5 } }, 99e6)
    expect(one.map(({ seed }) => (seed.kind === 'value' ? seed.value : seed.kind))).toEqual(['draw', 5, 33, 5, 5])
  })

  it('resolves seeds through other scenes, in the batch or before it', () => {
    const borrow = (from: number): SeedPolicy => ({ kind: 'scene', sceneId: idOf(from) })
    const made = scene(1)
    const scenes = [
      { ...made, seed: { ...made.seed, madeSeed: 77, pickSeed: null } },
      scene(2, {}, borrow(1)),
      scene(3),
      scene(4, {}, borrow(3)),
      scene(5, {}, borrow(6)),
      scene(6, {}, borrow(5)),
    ]
    expect(plan(scenes, {}, 9e6).map(({ seed }) => seed)).toEqual([
      { kind: 'draw' },
      { kind: 'value', value: 77 },
      { kind: 'draw' },
      { kind: 'with', sceneId: idOf(3) },
      { kind: 'problem', message: expect.stringContaining('circle') as string },
      { kind: 'problem', message: expect.stringContaining('circle') as string },
    ])
    const alone = plan(scenes, { sceneIds: [idOf(4)] }, 9e6)[0]
    expect(alone?.heldBack).toMatchObject({ reason: 'seed', message: 'Scene 3 has no take to lend scene 4 its seed.' })
    expect(plan(scenes, { seeds: { kind: 'one', value: 5 } }, 9e6).every(({ seed }) => seed.kind === 'value')).toBe(
      true,
    )
  })
})

describe('slates', () => {
  it('labels inserted scenes with letters, without I and O', () => {
    expect(slate('12A', 3)).toBe('12A-3')
    expect(createSceneNumbers(['1', '2A', '9']).last()).toBe('10')
    expect(createSceneNumbers([]).last()).toBe('1')
    expect(insertedSceneNumber('12', ['12', '13'])).toBe('12A')
    expect(insertedSceneNumber('12A', ['12', '12A', '12B'])).toBe('12C')
    const letters = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ').map((letter) => `3${letter}`)
    expect(insertedSceneNumber('3', letters.slice(0, 8))).toBe('3J')
    expect(insertedSceneNumber('3', letters.slice(0, 13))).toBe('3P')
    expect(insertedSceneNumber('3', letters)).toBe('3AA')
  })
})

describe('matching a lost submission', () => {
  const request = { model: MODEL_ID, prompt: 'x', seed: 42, duration: 5 } as TakeRequest
  const job = (predictionId: string, input: Record<string, unknown> | null, model = MODEL_ID) => ({
    predictionId,
    model,
    input,
  })

  it('takes an echoed seed as proof, among any number of others', () => {
    const jobs = [job('a', { seed: 41 }), job('b', { seed: 42, prompt: 'x' }), job('c', null)]
    expect(matchCandidate(request, jobs, 3)).toEqual({ kind: 'found', candidate: jobs[1] })
  })

  it('takes a silent job only when it is alone and nobody else misses one', () => {
    expect(matchCandidate(request, [job('a', null)], 0)).toMatchObject({ kind: 'found' })
    expect(matchCandidate(request, [job('a', null)], 1)).toMatchObject({ kind: 'several' })
    expect(matchCandidate(request, [job('a', null), job('b', null)], 0)).toMatchObject({ kind: 'several' })
  })

  it('finds nothing among jobs of other models or other seeds', () => {
    expect(matchCandidate(request, [job('a', null, 'other/model'), job('b', { seed: 7 })], 0)).toEqual({ kind: 'none' })
  })
})

describe('account levels', () => {
  it('knows what the service allows each', () => {
    expect(paceOf({ level: 'bronze', concurrency: 9, perMinute: null })).toEqual({ concurrency: 2, perMinute: 2 })
    expect(paceOf({ level: 'custom', concurrency: 9, perMinute: null })).toEqual({
      concurrency: 9,
      perMinute: Number.POSITIVE_INFINITY,
    })
    expect(paceOf({ level: 'ultra', concurrency: 1, perMinute: null }).concurrency).toBe(500)
  })
})
