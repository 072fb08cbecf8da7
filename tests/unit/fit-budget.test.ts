import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitBudget, type FitInput, type FitScene } from '../../electron/engine/domain/fit-budget.ts'
import type { SceneId } from '../../shared/ids.ts'
import { listPrice, RESOLUTIONS, type Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { sumUsd, usdMicros } from '../../shared/money.ts'

const scene = (number: number, patch: Partial<FitScene> = {}): FitScene => ({
  sceneId: `s${number}` as SceneId,
  number: String(number),
  title: `Scene ${number}`,
  resolution: '1080p',
  duration: 6,
  state: 'missing',
  ...patch,
})
const fit = (scenes: readonly FitScene[], amount: number, patch: Partial<FitInput> = {}) =>
  fitBudget({ scenes, amount: usdMicros(amount), shortest: 3, resolutions: RESOLUTIONS, price: listPrice, ...patch })
const summary = (plan: ReturnType<typeof fit>) =>
  plan.rows.map(({ number, action, resolution, duration }) => `${number} ${action} ${resolution} ${duration}`)

describe('fitting a board to an amount', () => {
  // 6 s cost $1.134 at 1080p and $0.84 at 720p, 3 s at 720p cost $0.42.
  const three = [scene(1), scene(2), scene(3, { duration: 9 })]

  it('leaves alone what fits as it stands', () => {
    const plan = fit(three, 3_969_000)
    expect(summary(plan)).toEqual(['1 as-is 1080p 6', '2 as-is 1080p 6', '3 as-is 1080p 9'])
    expect([plan.total, plan.before]).toEqual([3_969_000, 3_969_000])
    expect(plan.rows[0]?.why).toBe('Fits as it stands.')
    expect(plan.explanation).toEqual([
      'The scenes to make would cost $3.969; there is $3.969.',
      'What is made fits as it stands.',
      'The plan costs $3.969 and leaves $0.00.',
    ])
  })

  it('lowers the resolution of all before it shortens any', () => {
    const plan = fit(three, 3_968_999)
    expect(summary(plan)).toEqual([
      '1 lower-resolution 720p 6',
      '2 lower-resolution 720p 6',
      '3 lower-resolution 720p 9',
    ])
    expect(plan.rows[0]?.why).toBe('720p instead of 1080p saves $0.294.')
  })

  it('then shortens the longest, later ones first, a second at a time', () => {
    expect(summary(fit(three, 2_800_000))).toEqual([
      '1 lower-resolution 720p 6',
      '2 lower-resolution 720p 6',
      '3 shorter 720p 8',
    ])
    const plan = fit(three, 2_379_999)
    expect(summary(plan)).toEqual(['1 lower-resolution 720p 6', '2 shorter 720p 5', '3 shorter 720p 5'])
    expect(plan.total).toBe(2_240_000)
    expect(plan.rows[2]?.why).toBe('5 s instead of 9 s and 720p instead of 1080p saves $1.001.')
    expect(plan.explanation).toContain('3 scenes are made at a lower resolution.')
    expect(plan.explanation).toContain('2 scenes are shortened, the longest first and a second at a time.')
  })

  it('leaves out from the end, those with an earlier take first, and uses what that saves', () => {
    const covered = [scene(1, { state: 'covered' }), scene(2), scene(3)]
    expect(summary(fit(covered, 900_000))).toEqual(['1 leave-out 1080p 6', '2 shorter 720p 3', '3 shorter 720p 3'])
    const one = fit(covered, 800_000)
    expect(summary(one)).toEqual(['1 leave-out 1080p 6', '2 shorter 720p 5', '3 leave-out 1080p 6'])
    expect(one.rows[0]?.why).toContain('earlier take')
    expect(one.rows[2]?.why).toContain('does not reach this far')
    expect(summary(fit(covered, 0)).every((row) => row.includes('leave-out'))).toBe(true)
  })

  it('spends nothing on scenes that are done or cannot be sent', () => {
    const plan = fit([scene(1, { state: 'done' }), scene(2, { state: { cannot: 'The scene has no prompt yet.' } })], 0)
    expect(plan.rows.map(({ action, before, price, why }) => [action, before, price, why])).toEqual([
      ['done', 0, 0, 'Has a take that is as the scene would be sent, so it costs nothing.'],
      ['cannot', 0, 0, 'The scene has no prompt yet.'],
    ])
    expect(plan.explanation).toEqual([
      '1 scene has a take as the board stands, at no further cost.',
      '1 scene cannot be sent yet.',
      'Nothing is left to make.',
    ])
  })

  it('keeps to the resolutions and the seconds that are allowed, and never raises a scene', () => {
    expect(summary(fit([scene(1)], 1_000_000, { resolutions: ['1080p'] }))).toEqual(['1 shorter 1080p 5'])
    expect(summary(fit([scene(1)], 9e6, { resolutions: ['720p'] }))).toEqual(['1 lower-resolution 720p 6'])
    expect(summary(fit([scene(1, { resolution: '720p' })], 9e6, { resolutions: ['1080p'] }))).toEqual([
      '1 as-is 720p 6',
    ])
    expect(summary(fit([scene(1), scene(2, { duration: 4 })], 1_300_000, { shortest: 5 }))).toEqual([
      '1 shorter 720p 5',
      '2 lower-resolution 720p 4',
    ])
    expect(summary(fit([scene(1)], 650_000, { shortest: 5 }))).toEqual(['1 leave-out 1080p 6'])
  })
})

describe('what holds of every plan', () => {
  const state: fc.Arbitrary<FitScene['state']> = fc.constantFrom<FitScene['state'][]>(
    'missing',
    'missing',
    'covered',
    'done',
    {
      cannot: 'No.',
    } as const,
  )
  const resolution = fc.constantFrom(...RESOLUTIONS)
  const scenes = fc
    .array(fc.record({ resolution, state, duration: fc.integer({ min: 3, max: 15 }) }), { maxLength: 12 })
    .map((parts) => parts.map((part, index) => scene(index + 1, part)))
  /** Also prices that no service should have: a longer clip may cost less. */
  const price = fc
    .constantFrom<'list' | 'odd'>('list', 'odd')
    .map((kind) =>
      kind === 'list'
        ? listPrice
        : (at: Resolution, seconds: number) => usdMicros(((seconds * 7_919 + at.length * 104_729) % 31) * 10_007 + 1),
    )
  const input = fc.record({
    scenes,
    price,
    amount: fc.integer({ min: 0, max: 25_000_000 }).map(usdMicros),
    shortest: fc.integer({ min: 3, max: 15 }),
    resolutions: fc.subarray([...RESOLUTIONS], { minLength: 1 }),
  })
  const kept = (plan: ReturnType<typeof fitBudget>) =>
    plan.rows.filter(({ action }) => action === 'as-is' || action === 'lower-resolution' || action === 'shorter')
  /** What a scene costs at the least that is allowed. */
  const least = ({ resolutions, shortest, price: of }: FitInput, { resolution: own, duration }: FitScene) =>
    of(own === '1080p' && resolutions.includes('720p') ? '720p' : own, Math.min(duration, Math.max(3, shortest)))

  it('never passes the amount, adds up in whole micro-dollars, and gives every row a sentence', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = fitBudget(given)
        expect(plan.total).toBeLessThanOrEqual(given.amount)
        expect(plan.total).toBe(sumUsd(plan.rows.map((row) => row.price)))
        expect(plan.before).toBe(sumUsd(plan.rows.map((row) => row.before)))
        expect(plan.rows.map(({ sceneId }) => sceneId)).toEqual(given.scenes.map(({ sceneId }) => sceneId))
        for (const row of plan.rows) {
          expect(Number.isSafeInteger(row.price) && row.price >= 0).toBe(true)
          expect(row.why).toMatch(/^[A-Z0-9].*\.$/)
        }
        for (const row of kept(plan)) expect(row.price).toBe(given.price(row.resolution, row.duration))
      }),
    )
  })

  it('shortens no scene below what is allowed, and raises nothing', () => {
    fc.assert(
      fc.property(input, (given) => {
        fitBudget(given).rows.forEach((row, index) => {
          const own = given.scenes[index]
          if (!own) throw new Error('every scene has a row')
          expect(row.duration).toBeLessThanOrEqual(own.duration)
          expect(row.duration).toBeGreaterThanOrEqual(Math.min(own.duration, Math.max(3, given.shortest)))
          const allowed = given.resolutions.filter((each) => own.resolution === '1080p' || each === '720p')
          expect([own.resolution, ...allowed]).toContain(row.resolution)
        })
      }),
    )
  })

  it('leaves nothing out that fits with everything at its least', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = fitBudget(given)
        const open = given.scenes.filter(({ state: of }) => of === 'missing' || of === 'covered')
        const all = open.reduce((sum, each) => sum + least(given, each), 0)
        const left = plan.rows.filter(({ action }) => action === 'leave-out')
        expect(left.length > 0).toBe(all > given.amount)
        // The first that is left out would not fit beside what is kept, even with everything at its least.
        const order = [
          ...open.filter((each) => each.state === 'missing'),
          ...open.filter((each) => each.state === 'covered'),
        ]
        const first = order.findIndex(({ sceneId }) => left.some((row) => row.sceneId === sceneId))
        if (first === -1) return
        expect(kept(plan)).toHaveLength(first)
        const least1 = order.slice(0, first + 1).reduce((sum, each) => sum + least(given, each), 0)
        expect(least1).toBeGreaterThan(given.amount)
      }),
    )
  })

  it('makes no fewer scenes of more money', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 0, max: 5_000_000 }), (given, more) => {
        const richer = fitBudget({ ...given, amount: usdMicros(given.amount + more) })
        const before = new Set(kept(fitBudget(given)).map(({ sceneId }) => sceneId))
        const after = new Set(kept(richer).map(({ sceneId }) => sceneId))
        expect([...before].every((id) => after.has(id))).toBe(true)
      }),
    )
  })
})
