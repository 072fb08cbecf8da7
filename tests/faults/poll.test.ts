import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startRig, type Rig } from '../support/engine-rig.ts'
import type { JobPlan, PollFault } from '../support/fake-api/script.ts'
import { inPhase, openCase, PRICE, type FaultCase } from '../support/fault-case.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock({ hurry: true })
let rig: Rig
let fault: FaultCase
beforeAll(async () => {
  rig = await startRig({ clock, limits: { readMs: 1_500 } })
  fault = await openCase(rig)
})
beforeEach(() => fault.since())
afterEach(() => rig.fake.clearScript())
afterAll(() => rig.close())

const PAID_ONCE = { posts: 1, jobs: 1, held: 0, spent: PRICE }

describe('polls that go wrong', () => {
  it('fifty in a row, of every kind, change nothing', async () => {
    const kinds: readonly PollFault[] = [
      { reply: 'status', status: 503 },
      { reply: 'status', status: 500 },
      { reply: 'status', status: 429, retryAfter: '100000' },
      { reply: 'html' },
      { reply: 'html', status: 502 },
      { reply: 'malformed' },
      { reply: 'truncated' },
      { reply: 'oversized' },
      { reply: 'reset' },
      { reply: 'redirect', status: 302 },
    ]
    await rig.fake.script({ poll: kinds.map((kind) => ({ ...kind, times: 5 })) })
    clock.waits.length = 0
    const take = await fault.run(inPhase('ready', 'failed'))
    expect(take).toMatchObject({ phase: 'ready', charge: 'charged', attempt: 1 })
    expect(await rig.fake.scriptLeft()).toMatchObject({ poll: [] })
    // A Retry-After of a day is not believed, and no wait is longer than it may be.
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(600_000)
    expect(Math.max(...clock.waits)).toBeGreaterThan(590_000)
    expect(await fault.since()).toEqual(PAID_ONCE)
    fault.checkClip(take)
  })

  it.each<readonly [string, PollFault]>([
    ['404', { reply: 'status', status: 404, times: 10 }],
    ['no answer in time', { reply: 'hang' }],
    ['a wrong content type', { reply: 'raw', status: 200, headers: { 'content-type': 'text/html' }, body: '{}' }],
    ['another job', { reply: 'patch', data: { id: 'another', status: 'completed', outputs: ['https://x.example/y'] } }],
    ['another job that failed', { reply: 'patch', data: { id: 'another', status: 'failed' } }],
    ['an unknown status', { reply: 'patch', data: { status: 'thinking' }, times: 3 }],
    ['no status', { reply: 'patch', data: { status: null }, times: 3 }],
  ])('%s: the take goes on under its own id', async (_name, reply) => {
    await rig.fake.script({ poll: [reply] })
    const take = await fault.run(inPhase('ready', 'failed'))
    expect(take).toMatchObject({ phase: 'ready', attempt: 1, error: null })
    expect(await fault.since()).toEqual(PAID_ONCE)
    fault.checkClip(take)
  })

  it.each([401, 403])('%i halts, keeps the money held and goes on after a resume', async (status) => {
    await rig.fake.script({ poll: [{ reply: 'status', status }] })
    const asked = await fault.run((take) => take.error?.code === 'key-rejected')
    expect(asked).toMatchObject({ phase: 'running', charge: 'held' })
    expect((await rig.engine.call('studio.get', {})).runner.halted).toMatchObject({ code: 'key-rejected' })
    await rig.engine.call('runner.resume', {})
    await fault.until(asked, inPhase('ready'))
    expect(await fault.since()).toEqual(PAID_ONCE)
  })

  it('survive a restart in the middle of a burst', async () => {
    await rig.fake.script({ poll: [{ reply: 'status', status: 503, times: 'always' }] })
    const running = await fault.run((take) => take.phase === 'running' && take.error !== null)
    await rig.reopen()
    await rig.fake.clearScript()
    const ready = await fault.until(running, inPhase('ready'))
    expect(ready.predictionId).toBe(running.predictionId)
    expect(await fault.since()).toEqual(PAID_ONCE)
  })
})

describe('a status that goes backwards', () => {
  it.each(['processing', 'created', 'failed', 'deleted'])('%s after completed is ignored', async (status) => {
    await rig.fake.script({ download: [{ reply: 'status', status: 404 }] })
    const running = await fault.begin()
    const done = await fault.until(running, inPhase('downloading', 'ready'))
    await rig.fake.script({ poll: [{ reply: 'patch', data: { status, outputs: [] } }] })
    const ready = await fault.until(done, inPhase('ready', 'failed'))
    expect(ready).toMatchObject({ phase: 'ready', charge: 'charged' })
    expect(await fault.since()).toEqual(PAID_ONCE)
  })

  it.each(['completed', 'processing'] as const)('%s after failed is ignored: the take stays failed', async (status) => {
    await rig.fake.script({ job: { end: 'failed', refund: false } })
    const failed = await fault.run(inPhase('failed'))
    await rig.fake.script({ poll: [{ reply: 'patch', data: { status } }] })
    await rig.reopen()
    expect(await rig.take(failed.id)).toMatchObject({ phase: 'failed', charge: 'refund-pending' })
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: PRICE, spent: 0 })
  })
})

describe('a job that is made without a clip', () => {
  const WITHOUT: readonly (readonly [string, NonNullable<JobPlan['outputs']>, string])[] = [
    ['an empty list', [], 'download-failed'],
    ['objects without an address', [{ file: 'x' }, 3], 'download-failed'],
    ['base64 in place of an address', ['AAAAIGZ0eXBpc29tAAACAGlzb20='], 'url-refused'],
    ['a data address', ['data:video/mp4;base64,AAAAIGZ0eXBpc29t'], 'url-refused'],
  ]

  it.each(WITHOUT)('%s: asked again a few times, then left to the artist, charged', async (_name, outputs, code) => {
    await rig.fake.script({ job: { outputs } })
    const before = (await rig.fake.requests()).poll
    const failed = await fault.run(inPhase('failed', 'ready'))
    expect(failed).toMatchObject({ phase: 'failed', charge: 'charged', attempt: 1, error: { code } })
    expect((await rig.fake.requests()).poll - before).toBeLessThanOrEqual(8)
    await rig.reopen()
    // What is asked for again is the same job: nothing is sent or charged for it.
    await rig.engine.call('take.download', { takeId: failed.id })
    expect(await fault.until(failed, inPhase('failed'))).toMatchObject({ charge: 'charged' })
    expect(await fault.since()).toEqual(PAID_ONCE)
  })

  it('has its clip downloaded when the result lists it after all', async () => {
    await rig.fake.script({ poll: [{ reply: 'patch', data: { status: 'completed', outputs: [] }, times: 3 }] })
    const ready = await fault.run(inPhase('ready', 'failed'))
    expect(ready).toMatchObject({ phase: 'ready', charge: 'charged' })
    expect(await fault.since()).toEqual(PAID_ONCE)
    fault.checkClip(ready)
  })

  it('takes the address out of an object', async () => {
    await rig.fake.script({ job: { outputs: [{ url: '$clip', duration: 5 }] } })
    fault.checkClip(await fault.run(inPhase('ready')))
    expect(await fault.since()).toEqual(PAID_ONCE)
  })
})
