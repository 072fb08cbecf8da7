import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { Take } from '../../shared/model.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'
import type { Script } from '../support/fake-api/script.ts'
import { inPhase, openCase, PRICE, type FaultCase } from '../support/fault-case.ts'
import { createTestClock } from '../support/test-clock.ts'

const TEN_DAYS_MS = 10 * 24 * 60 * 60 * 1000

const clock = createTestClock()
let rig: Rig
let fault: FaultCase
beforeAll(async () => {
  rig = await startRig({ clock })
  fault = await openCase(rig)
})
beforeEach(() => fault.since())
afterEach(async () => {
  clock.hurry = false
  await rig.fake.clearScript()
})
afterAll(() => rig.close())

/** An open state, what keeps a take in it, and what lets it go on. */
interface State {
  readonly name: string
  readonly script: Partial<Script>
  readonly reached: (take: Take) => boolean
  /** How the service answers once the take is to go on. Default: normally. */
  readonly paused?: boolean
  readonly lost?: boolean
}

const STATES: readonly State[] = [
  { name: 'reserved', script: {}, reached: inPhase('reserved'), paused: true },
  {
    name: 'reserved, told to wait',
    script: { submit: [{ reply: 'status', status: 429, retryAfter: '1' }] },
    reached: (take) => take.error?.code === 'rate-limited',
  },
  { name: 'submitting', script: { submit: [{ reply: 'delay', ms: 700 }] }, reached: inPhase('submitting') },
  {
    name: 'unconfirmed',
    script: { submit: [{ reply: 'reset', recorded: true }] },
    reached: inPhase('unconfirmed'),
    lost: true,
  },
  { name: 'running', script: { hold: true }, reached: inPhase('running') },
  {
    name: 'downloading',
    script: { download: [{ reply: 'status', status: 500, times: 'always' }] },
    reached: (take) => take.phase === 'downloading' && take.error !== null,
  },
]
const JUMPS = [
  ['forward', TEN_DAYS_MS],
  ['back', -TEN_DAYS_MS],
] as const
const cases = STATES.flatMap((state) =>
  JUMPS.flatMap(([way, ms]) => [false, true].map((restart) => ({ ...state, way, ms, restart }))),
)

describe('a clock that jumps ten days', () => {
  it.each(cases)('$way while a take is $name (restart: $restart): nothing expires, fails or is stuck', async (each) => {
    // The pace learnt from one refusal is not what the next case is about.
    await rig.reopen()
    if (each.paused) await rig.engine.call('runner.pause', {})
    await rig.fake.script(each.script)
    const waiting = await fault.run(each.reached)
    const { held, spent } = await rig.budget()
    clock.setBy(each.ms)
    // What was to happen at a time that is now ten days off may wait for minutes, but not for those.
    clock.hurry = each.restart
    if (each.restart) await rig.reopen()
    const now = await rig.budget()
    expect(now.held + now.spent).toBe(held + spent)
    await rig.fake.clearScript()
    if (each.paused) await rig.engine.call('runner.resume', {})
    if (each.lost) await fault.until(waiting, inPhase('unconfirmed', 'running', 'downloading', 'ready'))
    if (each.lost && (await rig.take(waiting.id)).phase === 'unconfirmed')
      await rig.engine.call('take.lookFor', { takeId: waiting.id })
    const ready = await fault.until(waiting, inPhase('ready', 'failed', 'cancelled'))
    expect(ready).toMatchObject({ phase: 'ready', charge: 'charged' })
    fault.checkClip(ready)
    const tally = await fault.since()
    expect(tally).toMatchObject({ jobs: 1, held: 0, spent: PRICE })
    clock.setBy(-each.ms)
  })

  it('never believes a Retry-After past ten minutes, whatever the clock says', async () => {
    await rig.reopen()
    clock.setBy(-TEN_DAYS_MS)
    const date = new Date(Date.now()).toUTCString()
    await rig.fake.script({ submit: [{ reply: 'status', status: 429, retryAfter: date }] })
    const waiting = await fault.run((take) => take.error?.code === 'rate-limited')
    expect((waiting.waitUntil ?? Infinity) - clock.now()).toBeLessThanOrEqual(600_000)
    await rig.engine.call('take.cancel', { takeId: waiting.id })
    clock.setBy(TEN_DAYS_MS)
    expect(await fault.since()).toEqual({ posts: 1, jobs: 0, held: 0, spent: 0 })
  })
})

describe('a clock that jumps past the time of a refund', () => {
  beforeEach(() => rig.reopen())
  afterEach(async () => {
    rig.key = rig.fake.key
    await rig.fake.clearScript()
  })
  const billingAsked = async () => (await rig.fake.requests()).billings
  /** The failed take, after the jump and a start that asked for its refund, or could not. */
  async function jumpOver({ id }: Take, settled: (take: Take) => boolean, ms = TEN_DAYS_MS): Promise<Take> {
    clock.setBy(ms)
    await rig.reopen()
    const [take] = await rig.until([id], settled)
    clock.setBy(-ms)
    return present(take, 'one was asked for')
  }
  const waits = ({ waitUntil, charge }: Take) => waitUntil !== null || charge !== 'refund-pending'
  const row = (billing_type: 'deduct' | 'refund', predictionId: string | null) => ({
    uuid: billing_type,
    billing_type,
    price: 0.7,
    created_at: new Date().toISOString(),
    prediction: { uuid: predictionId },
  })
  const billingShows = (...items: readonly object[]) =>
    rig.fake.script({
      other: [{ route: 'billings', reply: 'patch', times: 'always', data: { items, total: items.length } }],
    })

  it('lets nothing go while the billing shows the charge, and all of it when the refund shows', async () => {
    await rig.fake.script({ job: { end: 'failed', error: 'no', refund: false } })
    const failed = await fault.run(inPhase('failed'))
    const before = await billingAsked()
    const held = await jumpOver(failed, waits)
    expect(await billingAsked()).toBeGreaterThan(before)
    expect(held.charge).toBe('refund-pending')
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: PRICE, spent: 0 })
    await billingShows(row('deduct', held.predictionId), row('refund', held.predictionId))
    await rig.engine.call('billing.look', {})
    expect((await rig.take(held.id)).charge).toBe('released')
    expect(await fault.since()).toEqual({ posts: 0, jobs: 0, held: -PRICE, spent: 0 })
  })

  it('keeps the price held without a key to ask with, and lets it go when no charge shows', async () => {
    await rig.fake.script({ job: { end: 'failed', error: 'no', refund: false } })
    const failed = await fault.run(inPhase('failed'))
    rig.key = null
    const held = await jumpOver(failed, waits)
    expect(held.charge).toBe('refund-pending')
    const history = await rig.engine.call('take.history', { takeId: held.id })
    expect(history.at(-1)).toMatchObject({ event: 'refund-deferred' })
    rig.key = rig.fake.key
    // What the service bills for other jobs, or for none, is not this one's.
    await billingShows(row('deduct', null), row('deduct', 'another-job'))
    const free = await jumpOver(held, ({ charge }) => charge !== 'refund-pending', 2 * TEN_DAYS_MS)
    expect(free.charge).toBe('released')
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: 0, spent: 0 })
  })

  it('counts a deleted job as charged when the billing shows its charge', async () => {
    await rig.fake.script({ job: { end: 'deleted', refund: false } })
    const deleted = await fault.run(inPhase('failed'))
    expect(deleted.charge).toBe('refund-pending')
    await rig.engine.call('billing.look', {})
    expect((await rig.take(deleted.id)).charge).toBe('refund-pending')
    const charged = await jumpOver(deleted, ({ charge }) => charge !== 'refund-pending')
    expect(charged.charge).toBe('charged')
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: 0, spent: PRICE })
    await expect(rig.engine.call('take.download', { takeId: deleted.id })).rejects.toMatchObject({ code: 'conflict' })
  })
})
