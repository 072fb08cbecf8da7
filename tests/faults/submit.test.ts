import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startRig, type Rig } from '../support/engine-rig.ts'
import type { SubmitFault } from '../support/fake-api/script.ts'
import { inPhase, openCase, PRICE, type FaultCase } from '../support/fault-case.ts'

let rig: Rig
let fault: FaultCase
beforeAll(async () => {
  rig = await startRig({ limits: { submitMs: 1_500 } })
  fault = await openCase(rig)
})
afterEach(() => rig.fake.clearScript())
afterAll(() => rig.close())

/** Answers that say nothing certain about whether there is a job. */
const AMBIGUOUS: readonly (readonly [string, SubmitFault])[] = [
  ['a reset after the request', { reply: 'reset' }],
  ['no answer in time', { reply: 'hang' }],
  ['a truncated answer', { reply: 'truncated' }],
  ['malformed JSON', { reply: 'malformed' }],
  ['an oversized answer', { reply: 'oversized' }],
  ['a web page under 200', { reply: 'html' }],
  ['an empty 200', { reply: 'raw', status: 200, body: '' }],
  ['a 200 without an id', { reply: 'patch', data: { id: null } }],
  ['500', { reply: 'status', status: 500 }],
  ['a page under 502', { reply: 'html', status: 502 }],
  ['503', { reply: 'status', status: 503, retryAfter: '1' }],
  ['307 to the same address', { reply: 'redirect', status: 307 }],
  ['302', { reply: 'redirect', status: 302 }],
  ['421', { reply: 'status', status: 421 }],
  ['408', { reply: 'status', status: 408 }],
]

describe('a submission whose outcome is not known', () => {
  it.each(AMBIGUOUS)('%s, job recorded: held, found, paid once', async (_name, reply) => {
    await rig.fake.script({ submit: [{ ...reply, recorded: true }] })
    const lost = await fault.run(inPhase('unconfirmed'))
    expect(lost).toMatchObject({ attempt: 1, charge: 'held', error: { code: 'submission-unknown' } })
    await rig.reopen()
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: PRICE, spent: 0 })
    expect(await rig.engine.call('take.lookFor', { takeId: lost.id })).toMatchObject({ outcome: 'found' })
    const ready = await fault.until(lost, inPhase('ready'))
    expect(ready).toMatchObject({ attempt: 1, recovered: true, charge: 'charged' })
    expect(await fault.since()).toEqual({ posts: 0, jobs: 0, held: -PRICE, spent: PRICE })
    fault.checkClip(ready)
  })

  it.each(AMBIGUOUS)('%s, nothing recorded: held until the artist says so, never sent again', async (_name, reply) => {
    await rig.fake.script({ submit: [{ ...reply, recorded: false }] })
    const lost = await fault.run(inPhase('unconfirmed'))
    await rig.reopen()
    expect(await rig.engine.call('take.lookFor', { takeId: lost.id })).toMatchObject({ outcome: 'none' })
    expect(await rig.take(lost.id)).toMatchObject({ phase: 'unconfirmed', attempt: 1, charge: 'held' })
    expect(await fault.since()).toEqual({ posts: 1, jobs: 0, held: PRICE, spent: 0 })
    await rig.engine.call('take.resolve', { takeId: lost.id, as: { kind: 'not-charged' } })
    expect(await rig.take(lost.id)).toMatchObject({ phase: 'cancelled', charge: 'released' })
    expect(await fault.since()).toEqual({ posts: 0, jobs: 0, held: -PRICE, spent: 0 })
  })

  it('is what the id of another job makes of it, and both jobs end with their own takes', async () => {
    const first = await fault.run(inPhase('ready'))
    await rig.fake.script({ submit: [{ reply: 'patch', data: { id: first.predictionId } }] })
    const second = await fault.run(inPhase('unconfirmed'))
    expect(second).toMatchObject({ predictionId: null, charge: 'held', error: { code: 'submission-unknown' } })
    await rig.reopen()
    expect(await rig.engine.call('take.lookFor', { takeId: second.id })).toMatchObject({ outcome: 'found' })
    const ready = await fault.until(second, inPhase('ready'))
    expect(ready.predictionId).not.toBe(first.predictionId)
    expect(await fault.since()).toEqual({ posts: 2, jobs: 2, held: 0, spent: 2 * PRICE })
    fault.checkClip(ready)
  })
})

describe('a submission that is answered with an id', () => {
  it('counts as accepted under 500 too', async () => {
    await rig.fake.script({ submit: [{ reply: 'patch', status: 500, data: {} }] })
    fault.checkClip(await fault.run(inPhase('ready')))
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: 0, spent: PRICE })
  })
})

describe('a submission that is refused', () => {
  it.each([400, 401, 402, 403, 404, 409, 413, 422])('%i releases the money and is not sent again', async (status) => {
    await rig.fake.script({ submit: [{ reply: 'status', status, message: 'no' }] })
    const refused = await fault.run(inPhase('failed'))
    expect(refused).toMatchObject({ attempt: 1, charge: 'released' })
    await rig.reopen()
    expect(await rig.take(refused.id)).toMatchObject({ phase: 'failed', charge: 'released' })
    expect(await fault.since()).toEqual({ posts: 1, jobs: 0, held: 0, spent: 0 })
  })

  it('429 keeps its place and its money, waits as asked and is paid once', async () => {
    // The pace learnt from an earlier refusal is not what this is about.
    await rig.reopen()
    await rig.fake.script({ submit: [{ reply: 'status', status: 429, retryAfter: '1' }] })
    const waiting = await fault.run((take) => take.error?.code === 'rate-limited')
    expect([waiting.phase, waiting.charge]).toEqual(['reserved', 'held'])
    const ready = await fault.until(waiting, inPhase('ready'))
    expect(ready.attempt).toBe(2)
    expect(await fault.since()).toEqual({ posts: 2, jobs: 1, held: 0, spent: PRICE })
  })

  it('429 survives a restart while it waits', async () => {
    await rig.reopen()
    await rig.fake.script({ submit: [{ reply: 'status', status: 429, retryAfter: '1' }] })
    const waiting = await fault.run((take) => take.error?.code === 'rate-limited')
    await rig.reopen()
    await fault.until(waiting, inPhase('ready'))
    expect(await fault.since()).toEqual({ posts: 2, jobs: 1, held: 0, spent: PRICE })
  })
})

describe('a submission that never left', () => {
  it('is sent when the service is back, and paid once', async () => {
    await fault.run(inPhase('ready'))
    await fault.since()
    await rig.fake.kill()
    const waiting = await fault.run((take) => take.error?.code === 'provider-unreachable')
    expect([waiting.phase, waiting.charge]).toEqual(['reserved', 'held'])
    await rig.fake.restart()
    await fault.until(waiting, inPhase('ready'))
    expect(await fault.since()).toEqual({ posts: 1, jobs: 1, held: 0, spent: PRICE })
  })

  it('or was reset on accept is at most unknown, and then held', async () => {
    await rig.fake.script({ resetConnections: 1 })
    const take = await fault.run((each) => each.phase === 'ready' || each.error !== null)
    // Which of the two it is depends on whether the bytes were written before the reset arrived.
    const unknown = take.phase === 'unconfirmed'
    if (unknown) await rig.engine.call('take.resolve', { takeId: take.id, as: { kind: 'not-charged' } })
    await fault.until(take, inPhase(unknown ? 'cancelled' : 'ready'))
    const sent = unknown ? 0 : 1
    expect(await fault.since()).toEqual({ posts: sent, jobs: sent, held: 0, spent: sent * PRICE })
  })
})
