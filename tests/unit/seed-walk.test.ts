import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveSeed, type SeedScene } from '../../electron/engine/domain/seeds.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { SeedPolicy } from '../../shared/model.ts'
import { Seed, SEED } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { walkedSeed } from '../../shared/seed-walk.ts'

const policy = fc.record({
  start: fc.integer(SEED),
  step: fc.integer({ min: -1_000_000, max: 1_000_000 }),
})

describe('a walk of seeds', () => {
  it('begins at its start and goes one step a take', () => {
    expect([0, 1, 2].map((steps) => walkedSeed({ start: 100, step: 7 }, steps))).toEqual([100, 107, 114])
    expect(walkedSeed({ start: 5, step: 0 }, 9)).toBe(5)
  })

  it('goes on at the other end of the range', () => {
    expect([0, 1, 2].map((steps) => walkedSeed({ start: SEED.max - 1, step: 1 }, steps))).toEqual([
      SEED.max - 1,
      SEED.max,
      SEED.min,
    ])
    expect([1, 2].map((steps) => walkedSeed({ start: 2, step: -1 }, steps))).toEqual([SEED.min, SEED.max])
    expect(walkedSeed({ start: SEED.max, step: 1_000_000 }, 1)).toBe(1_000_000)
  })

  it('never leaves the range, and each step is as long as the one before', () => {
    fc.assert(
      fc.property(policy, fc.nat(100_000), (walk, steps) => {
        const here = walkedSeed(walk, steps)
        expect(Seed.safeParse(here).success).toBe(true)
        expect(walkedSeed({ ...walk, start: here }, 1)).toBe(walkedSeed(walk, steps + 1))
      }),
    )
  })
})

describe('seeds of scenes that walk', () => {
  const scene = (id: string, seed: SeedPolicy, patch: Partial<SeedScene> = {}): SeedScene => ({
    id: id as SceneId,
    number: id,
    policy: seed,
    madeSeed: null,
    pickSeed: null,
    made: 0,
    ...patch,
  })
  const walk: SeedPolicy = { kind: 'walk', start: 10, step: 5 }
  const borrow: SeedPolicy = { kind: 'scene', sceneId: '1' as SceneId }
  const resolve = (of: SeedScene, others: readonly SeedScene[], batch: readonly string[] = []) =>
    resolveSeed(of, { kind: 'keep' }, new Map(others.map((each) => [each.id, each])), new Set(batch as SceneId[]))

  it('go on from the takes there are, whatever became of them', () => {
    const walking = scene('1', walk, { made: 3, madeSeed: 20 })
    expect(resolve(walking, [walking])).toEqual({ kind: 'walk', start: 10, step: 5, made: 3 })
    const picked = { ...walking, pickSeed: 15 }
    expect(resolveSeed(picked, { kind: 'pick' }, new Map(), new Set())).toEqual({ kind: 'value', value: 15 })
    expect(resolveSeed(picked, { kind: 'one', value: 3 }, new Map(), new Set())).toEqual({ kind: 'value', value: 3 })
  })

  it('lend the seed of their pick or latest take, else the one they would take next', () => {
    const made = scene('1', walk, { made: 3, madeSeed: 20 })
    expect(resolve(scene('2', borrow), [made])).toEqual({ kind: 'value', value: 20 })
    const never = scene('1', walk)
    expect(resolve(scene('2', borrow), [never])).toEqual({ kind: 'value', value: 10 })
    // Takes that all failed have moved the walk on and lend nothing.
    const failed = scene('1', walk, { made: 2 })
    expect(resolve(scene('2', borrow), [failed], ['1', '2'])).toEqual({ kind: 'value', value: 20 })
  })
})
