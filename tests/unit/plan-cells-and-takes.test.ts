import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanScene, PlanTake } from '../../electron/engine/domain/order-rows.ts'
import { planBatch, type BatchLimits, type PlanInput } from '../../electron/engine/domain/plan-batch.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { TakeRequest } from '../../shared/model.ts'
import { listPrice, MODEL_ID } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros } from '../../shared/money.ts'
import type { CellOrder, TakeOrder } from '../../shared/preview.ts'

const sceneId = (number: number) => `scene-${number}` as SceneId
const takeId = (name: string) => name as TakeId
const REQUEST: TakeRequest = {
  model: MODEL_ID,
  prompt: 'as it was then',
  references: [],
  resolution: '720p',
  aspectRatio: '16:9',
  duration: 5,
  seed: 77,
}

function scene(number: number, patch: Partial<PlanScene> = {}): PlanScene {
  const { seed: _, ...request } = { ...REQUEST, prompt: 'as it is now' }
  const id = sceneId(number)
  return {
    scene: { id, number: String(number), seed: { kind: 'random' } },
    composed: { ok: true, request },
    seed: { id, number: String(number), policy: { kind: 'random' }, madeSeed: null, pickSeed: null, made: 0 },
    current: 0,
    kept: 0,
    open: 0,
    unconfirmed: 0,
    ...patch,
  }
}
const take = (name: string, of: number, patch: Partial<PlanTake> = {}): PlanTake => ({
  id: takeId(name),
  sceneId: sceneId(of),
  number: String(of),
  phase: 'ready',
  charge: 'charged',
  request: REQUEST,
  downloadable: true,
  hasImages: true,
  ...patch,
})

const plan = (
  order: CellOrder | TakeOrder,
  facts: Pick<PlanInput, 'scenes'> & Partial<Pick<PlanInput, 'takes'>>,
  limits: Partial<BatchLimits> = {},
) =>
  planBatch({
    order,
    takes: [],
    ...facts,
    labelOf: () => '9',
    price: listPrice,
    limits: { project: usdMicros(99_000_000), library: null, batch: null, ...limits },
  })
const cells = (named: readonly (readonly [scene: number, seed: number | null])[], patch: Partial<CellOrder> = {}) =>
  ({
    kind: 'cells',
    provider: 'wavespeed',
    cells: named.map(([of, seed]) => ({ sceneId: sceneId(of), seed })),
    resolution: null,
    duration: null,
    includeUnconfirmed: false,
    ...patch,
  }) satisfies CellOrder
const again = (names: readonly string[], patch: Partial<TakeOrder> = {}) =>
  ({
    kind: 'takes',
    provider: 'wavespeed',
    takeIds: names.map(takeId),
    seeds: 'same',
    resolution: null,
    duration: null,
    includeUnconfirmed: false,
    ...patch,
  }) satisfies TakeOrder
const reasons = (rows: ReturnType<typeof plan>) => rows.map(({ heldBack }) => heldBack?.reason ?? null)

describe('planning cells', () => {
  it('makes one take for each, in board order and then as given, each under its own key', () => {
    const rows = plan(
      cells([
        [2, 8],
        [1, null],
        [2, 7],
        [1, null],
      ]),
      { scenes: [scene(1), scene(2)] },
    )
    expect(rows.map(({ number, takes, seed }) => [number, takes, seed])).toEqual([
      ['1', 1, { kind: 'draw' }],
      ['1', 1, { kind: 'draw' }],
      ['2', 1, { kind: 'value', value: 8 }],
      ['2', 1, { kind: 'value', value: 7 }],
    ])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4)
  })

  it('counts a cell that is named twice once, since the same request buys the same clip', () => {
    expect(
      plan(
        cells([
          [1, 7],
          [1, 7],
          [1, 8],
        ]),
        { scenes: [scene(1)] },
      ),
    ).toHaveLength(2)
  })

  it('stops at the first cell over a limit, also within a scene', () => {
    const order = cells([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
    ])
    const facts = { scenes: [scene(1), scene(2)] }
    expect(reasons(plan(order, facts, { project: usdMicros(1_400_000) }))).toEqual([null, null, 'cap', 'cap'])
    expect(reasons(plan(order, facts, { batch: usdMicros(700_000) }))).toEqual([
      null,
      'batch-limit',
      'batch-limit',
      'batch-limit',
    ])
    expect(reasons(plan(order, facts, { library: usdMicros(0) }))).toEqual(Array(4).fill('library-cap'))
    expect(reasons(plan(order, facts, { project: null }))).toEqual(Array(4).fill('no-cap'))
    expect(reasons(plan({ ...order, provider: 'rehearsal' }, facts, { project: null }))).toEqual(Array(4).fill(null))
  })

  it('holds back what is unsettled, cannot be composed, or is of a scene that is gone', () => {
    const problem = { kind: 'empty-prompt', message: 'The scene has no prompt yet.' } as const
    const empty = scene(2, { composed: { ok: false, problem, prompt: '', references: [] } })
    const facts = { scenes: [scene(1, { unconfirmed: 1 }), empty] }
    const rows = plan(
      cells([
        [1, 7],
        [2, 7],
        [3, 7],
      ]),
      facts,
    )
    expect(reasons(rows)).toEqual(['unconfirmed', 'empty-prompt', 'scene-gone'])
    expect(rows[2]?.number).toBe('9')
    expect(reasons(plan(cells([[1, 7]], { includeUnconfirmed: true }), facts))).toEqual([null])
  })
})

describe('planning takes to be made again', () => {
  it('uses the frozen request, whatever the scene says now, with the overrides and their price', () => {
    const [row] = plan(again(['a'], { resolution: '1080p', duration: 4 }), {
      scenes: [scene(1)],
      takes: [take('a', 1)],
    })
    expect(row).toMatchObject({
      fromTakeId: 'a',
      seed: { kind: 'value', value: 77 },
      request: { prompt: 'as it was then', resolution: '1080p', duration: 4 },
      unitPrice: 756_000,
    })
    expect(row?.request).not.toHaveProperty('seed')
  })

  it('goes in board order and stops at the cap', () => {
    const takes = [take('c', 2), take('a', 1), take('b', 1)]
    const order = again(['c', 'a', 'b'])
    const rows = plan(order, { scenes: [scene(1), scene(2)], takes }, { project: usdMicros(700_000) })
    expect(rows.map(({ fromTakeId }) => fromTakeId)).toEqual(['a', 'b', 'c'])
    expect(reasons(rows)).toEqual([null, 'cap', 'cap'])
  })

  it('makes a take named twice once under its own seed and twice under new ones', () => {
    const facts = { scenes: [scene(1)], takes: [take('a', 1), take('a', 1)] }
    expect(plan(again(['a', 'a']), facts)).toHaveLength(1)
    const rows = plan(again(['a', 'a'], { seeds: 'new' }), facts)
    expect(rows.map(({ key, seed }) => [key, seed.kind])).toEqual([
      ['a', 'draw'],
      ['a 2', 'draw'],
    ])
  })

  it('holds back takes of removed scenes, of unsettled ones, and those whose images are gone', () => {
    const facts = {
      scenes: [scene(1, { unconfirmed: 1 }), scene(2)],
      takes: [take('gone', 3), take('unsettled', 1), take('bare', 2, { hasImages: false }), take('fine', 2)],
    }
    const rows = plan(again(['gone', 'unsettled', 'bare', 'fine']), facts)
    expect(rows.map(({ fromTakeId, heldBack }) => [fromTakeId, heldBack?.reason])).toEqual([
      ['unsettled', 'unconfirmed'],
      ['bare', 'image-missing'],
      ['fine', undefined],
      ['gone', 'scene-gone'],
    ])
    const onPurpose = plan(again([], { includeUnconfirmed: true }), facts)
    expect(reasons(onPurpose)).toEqual([null, 'image-missing', null, 'scene-gone'])
  })

  it('does not buy again unawares what failed although it was paid for', () => {
    const failed = (charge: PlanTake['charge'], downloadable = false) => ({
      scenes: [scene(1)],
      takes: [take('a', 1, { phase: 'failed', charge, downloadable })],
    })
    expect(reasons(plan(again(['a']), failed('released')))).toEqual([null])
    expect(reasons(plan(again(['a']), failed('refund-pending')))).toEqual([null])
    const [row] = plan(again(['a']), failed('charged'))
    expect(row?.heldBack).toMatchObject({ reason: 'charged', message: expect.stringContaining('on purpose') as string })
    expect(plan(again(['a']), failed('charged', true))[0]?.heldBack?.message).toContain('download it again at no cost')
    expect(reasons(plan(again(['a'], { includeUnconfirmed: true }), failed('charged')))).toEqual([null])
    expect(reasons(plan(again(['a'], { provider: 'rehearsal' }), failed('charged')))).toEqual([null])
  })
})

describe('what holds of every order', () => {
  const money = fc.option(fc.integer({ min: 0, max: 8_000_000 }).map(usdMicros), { freq: 4 })
  const limits = fc.record({ project: money, library: money, batch: money })
  const overrides = {
    resolution: fc.constantFrom(null, '720p' as const, '1080p' as const),
    duration: fc.constantFrom(null, 3, 15),
    includeUnconfirmed: fc.boolean(),
  }
  const board = fc.array(fc.record({ unconfirmed: fc.nat(1), open: fc.nat(1) }), { minLength: 1, maxLength: 4 })
  const named = fc.array(fc.record({ of: fc.integer({ min: 1, max: 5 }), seed: fc.constantFrom(null, 7, 8) }), {
    minLength: 1,
    maxLength: 8,
  })

  it('admits the rows before the first that any limit does not cover, each under a key of its own', () => {
    const order = fc.oneof(
      fc.record({ kind: fc.constant('cells' as const), ...overrides }),
      fc.record({
        kind: fc.constant('takes' as const),
        seeds: fc.constantFrom('same' as const, 'new' as const),
        ...overrides,
      }),
    )
    fc.assert(
      fc.property(board, named, order, limits, (parts, wanted, given, bounds) => {
        const facts = {
          scenes: parts.map((part, index) => scene(index + 1, part)),
          takes: wanted.map(({ of, seed }) => take(`${of} ${seed}`, of, { request: { ...REQUEST, seed: seed ?? 9 } })),
        }
        const rows =
          given.kind === 'cells'
            ? plan(
                cells(
                  wanted.map(({ of, seed }) => [of, seed] as const),
                  given,
                ),
                facts,
                bounds,
              )
            : plan(
                again(
                  facts.takes.map(({ id }) => id),
                  given,
                ),
                facts,
                bounds,
              )
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
        const places = rows.map(({ sceneId: id }) => facts.scenes.findIndex((each) => each.scene.id === id))
        const onBoard = places.filter((place) => place >= 0)
        expect(onBoard).toEqual(onBoard.toSorted((a, b) => a - b))

        const covered = rows.filter(({ heldBack }) => heldBack === null)
        const spent = covered.reduce((sum, row) => sum + row.unitPrice * row.takes, 0)
        const lowest = Math.min(bounds.project ?? 0, bounds.library ?? Infinity, bounds.batch ?? Infinity)
        expect(spent).toBeLessThanOrEqual(lowest)
        const money = new Set(['cap', 'library-cap', 'batch-limit', 'no-cap'])
        const sendable = rows.filter(({ heldBack }) => heldBack === null || money.has(heldBack.reason))
        expect(sendable.slice(0, covered.length)).toEqual(covered)
        const next = sendable[covered.length]
        expect(next === undefined || bounds.project === null || spent + next.unitPrice > lowest).toBe(true)
      }),
    )
  })
})
