import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import { TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { sumUsd, usdMicros } from '../../shared/money.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig({ concurrency: 1 })
  await rig.setCap(usdMicros(60_000_000))
})
afterEach(() => rig.close())

const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
const call = () => rig.engine.call
const pause = () => call()('runner.pause', {})
const resume = () => call()('runner.resume', {})
const eta = async () => (await call()('queue.eta', { projectId: rig.projectId })).eta

/** Starts a take of every scene under seeds of their own with nothing sent yet, and says which take a scene's is. */
async function startPaused() {
  await pause()
  const { takeIds } = await rig.start({ seeds: { kind: 'random' } })
  const at = (index: number): TakeId => present(takeIds[index], 'the sample has twelve scenes')
  return { takeIds, at }
}

/** Takes in the order in which the service was asked for them. */
async function sent(): Promise<TakeId[]> {
  const bySeed = new Map((await rig.takes()).map((take) => [take.request.seed, take.id]))
  return rig.fake.ledger().posts.map(({ seed }) => present(bySeed.get(seed ?? -1), 'every post is of a take'))
}

/** A library whose free space is only told when the gate is opened, so that preparing takes as long as a test wants. */
async function withGate() {
  let open: (bytes: number) => void = () => {}
  const gate = new Promise<number>((resolve) => (open = resolve))
  let asked = 0
  await rig.reopen({
    freeBytes: () => {
      asked += 1
      return gate
    },
  })
  return { open: () => open(10 ** 12), asked: (times: number) => vi.waitFor(() => expect(asked).toBe(times)) }
}

describe('a take on hold', () => {
  it('is not sent, keeps its reservation over a restart, and is sent once when it is released', async () => {
    const { takeIds, at } = await startPaused()
    const held = takeIds.slice(1)
    expect(await call()('queue.hold', { takeIds: [...held, at(1)] })).toEqual({ changed: 11 })
    expect(await call()('queue.hold', { takeIds: held })).toEqual({ changed: 0 })
    await rig.reopen()
    await resume()
    await rig.until([at(0)], inPhase('ready'))
    const takes = await rig.takes()
    expect(takes.map(({ phase, onHold }) => [phase, onHold])).toEqual([
      ['ready', false],
      ...Array.from({ length: 11 }, () => ['reserved', true]),
    ])
    expect(await rig.budget()).toMatchObject({
      held: sumUsd(takes.slice(1).map(({ price }) => price)),
      spent: takes[0]?.price,
    })
    const { runner } = await call()('studio.get', {})
    expect([runner.waiting, await eta()]).toEqual([0, null])

    expect(await call()('queue.release', { takeIds: [at(3), at(0)] })).toEqual({ changed: 1 })
    await rig.until([at(3)], inPhase('ready'))
    expect(await sent()).toEqual([at(0), at(3)])
    const history = await call()('take.history', { takeId: at(3) })
    expect(history.map(({ event }) => event).slice(0, 4)).toEqual(['reserved', 'held', 'let-go', 'submission-begun'])
  })

  it('is not sent by a preparation that was under way, and once by it when it is released meanwhile', async () => {
    const gate = await withGate()
    const { takeIds } = await rig.start({ seeds: { kind: 'random' } })
    await gate.asked(1)
    expect(await call()('queue.hold', { takeIds })).toEqual({ changed: 12 })
    gate.open()
    await vi.waitFor(async () => expect((await call()('studio.get', {})).runner.inFlight).toBe(0))
    expect(await rig.fake.requests()).toMatchObject({ submit: 0 })
    await call()('queue.release', { takeIds: takeIds.slice(0, 1) })
    await call()('queue.hold', { takeIds: takeIds.slice(0, 1) })
    await call()('queue.release', { takeIds: takeIds.slice(0, 2) })
    await rig.until(takeIds.slice(0, 2), inPhase('ready'))
    expect(await sent()).toEqual(takeIds.slice(0, 2))
  })

  it('cannot be made of one that was sent, and one that is gone is refused whole', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds, at } = await startPaused()
    await resume()
    await rig.until([at(0)], inPhase('running'))
    const unknown = TakeId.parse('nobody')
    await expect(call()('queue.hold', { takeIds: [at(1), unknown] })).rejects.toMatchObject({ code: 'not-found' })
    expect(await call()('queue.hold', { takeIds })).toEqual({ changed: 11 })
    expect((await rig.take(at(0))).onHold).toBe(false)
    await rig.fake.script({ hold: false })
    await rig.until([at(0)], inPhase('ready'))
  })
})

describe('the order', () => {
  it('is followed after takes were moved before another and to the end, also by the next start', async () => {
    const { takeIds, at } = await startPaused()
    await call()('queue.move', { takeIds: [at(11), at(5)], before: at(0) })
    await call()('queue.move', { takeIds: [at(1), at(0)], before: null })
    const expected = [5, 11, 2, 3, 4, 6, 7, 8, 9, 10, 0, 1].map(at)
    const takes = await rig.takes()
    expect(takes.toSorted((a, b) => a.place - b.place).map(({ id }) => id)).toEqual(expected)
    expect(new Set(takes.map(({ place }) => place)).size).toBe(12)
    await rig.reopen()
    await resume()
    await rig.until(takeIds, inPhase('ready'))
    expect(await sent()).toEqual(expected)
  })

  it('takes what was sent meanwhile for the place it had, and leaves it alone', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds, at } = await startPaused()
    await resume()
    await rig.until([at(0)], inPhase('running'))
    const before = (await rig.take(at(0))).place
    await call()('queue.move', { takeIds: [at(7), at(0)], before: at(0) })
    expect((await rig.take(at(0))).place).toBe(before)
    await rig.fake.script({ hold: false })
    await rig.until(takeIds, inPhase('ready'))
    expect((await sent()).slice(0, 3)).toEqual([at(0), at(7), at(1)])
  })
})

describe('cancelling', () => {
  it('ends what was not sent, on hold or not, and counts what was', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds, at } = await startPaused()
    await resume()
    await rig.until([at(0)], inPhase('running'))
    await call()('queue.hold', { takeIds: [at(1), at(2)] })
    await call()('take.cancel', { takeId: at(3) })
    expect(await call()('queue.cancel', { takeIds })).toEqual({ cancelled: 10, alreadySent: 1 })
    const takes = await rig.takes()
    expect(takes.filter(({ onHold }) => onHold)).toEqual([])
    expect(await rig.budget()).toMatchObject({ held: takes[0]?.price, spent: 0 })
    await rig.fake.script({ hold: false })
    await rig.until([at(0)], inPhase('ready'))
    expect(await rig.fake.requests()).toMatchObject({ submit: 1 })
  })
})

describe('failures in a row', () => {
  const stops = async () => {
    const { entries } = await call()('history.list', {
      projectId: rig.projectId,
      kinds: ['stop'],
      text: '',
      before: null,
      limit: 50,
    })
    return entries.flatMap((entry) => (entry.kind === 'stop' ? [[entry.failures, entry.held]] : []))
  }
  const rejectAll = () =>
    rig.fake.script({ submit: [{ reply: 'status', status: 400, message: 'no', times: 'always' }] })
  const counts = async () => {
    const takes = await rig.takes()
    return {
      failed: takes.filter(inPhase('failed')).length,
      held: takes.filter(({ onHold }) => onHold).length,
    }
  }
  const settled = (take: Take) => take.onHold || take.phase === 'failed' || take.phase === 'ready'

  it('put the rest of the project on hold and say so; released takes go on and are counted anew', async () => {
    await rejectAll()
    const { takeIds, at } = await startPaused()
    await resume()
    await rig.until(takeIds, settled)
    expect([await counts(), await stops()]).toEqual([{ failed: 3, held: 9 }, [[3, 9]]])
    expect((await rig.take(at(3))).error).toMatchObject({
      code: 'failures-in-a-row',
      message: expect.stringContaining('3 paid takes in a row failed') as string,
    })
    const history = await call()('take.history', { takeId: at(3) })
    expect(history.at(-1)?.text).toContain('Put on hold. 3 paid takes in a row failed')

    await rig.reopen()
    await call()('queue.release', { takeIds })
    await rig.until(takeIds, settled)
    expect([await counts(), await stops()]).toEqual([
      { failed: 6, held: 6 },
      [
        [3, 6],
        [3, 9],
      ],
    ])
    await rig.fake.script({ submit: [] })
    await call()('queue.release', { takeIds })
    const takes = await rig.until(takeIds, (take) => take.phase === 'failed' || take.phase === 'ready')
    expect(takes.filter(inPhase('ready'))).toHaveLength(6)
    expect(takes.filter(({ onHold, error }) => onHold || error?.code === 'failures-in-a-row')).toEqual([])
  })

  it('are counted over a restart', async () => {
    const { takeIds } = await startPaused()
    await call()('queue.hold', { takeIds: takeIds.slice(2) })
    await rejectAll()
    await resume()
    await rig.until(takeIds.slice(0, 2), inPhase('failed'))
    await rig.reopen()
    await call()('queue.release', { takeIds })
    await rig.until(takeIds, settled)
    expect([await counts(), await stops()]).toEqual([{ failed: 3, held: 9 }, [[3, 9]]])
  })

  it('begin again when a take is ready, also after a restart', async () => {
    const { takeIds, at } = await startPaused()
    const bad = [0, 1, 3, 4].map((index) => at(index))
    const seeds = (await rig.takes()).filter(({ id }) => bad.includes(id)).map(({ request }) => request.seed)
    await rig.fake.script({
      jobs: seeds.map((seed) => ({ when: { seed }, plan: { end: 'failed' as const, error: 'no' } })),
    })
    await call()('queue.hold', { takeIds: takeIds.slice(2) })
    await resume()
    await rig.until(takeIds.slice(0, 2), inPhase('failed'))
    await rig.reopen()
    // A clip is downloaded while the next job runs, so it is let end before the next may fail.
    await call()('queue.release', { takeIds: [at(2)] })
    await rig.until([at(2)], inPhase('ready'))
    await call()('queue.release', { takeIds: takeIds.slice(3) })
    await rig.until(takeIds, settled)
    expect([await counts(), await stops()]).toEqual([{ failed: 4, held: 0 }, []])
  })

  it('stop nothing where the artist set no limit, nor in rehearsal', async () => {
    await call()('project.update', { projectId: rig.projectId, patch: { stopAfter: null } })
    await rejectAll()
    const paid = await rig.start()
    await rig.until(paid.takeIds, inPhase('failed'))
    await call()('project.update', { projectId: rig.projectId, patch: { stopAfter: 1 } })
    const free = await rig.start({ provider: 'rehearsal' })
    await rig.until(free.takeIds, inPhase('failed'))
    expect([free.takeIds.length, await stops()]).toEqual([12, []])
  })
})
