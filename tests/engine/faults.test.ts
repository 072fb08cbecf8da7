import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scene: SceneId
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
  scene = present(scenes[2], 'the sample has twelve').id
})
afterEach(() => rig.close())

/** Starts one take of scene 3 ($0.70) and waits for it to be as wanted. */
async function run(condition: (take: Take) => boolean): Promise<Take> {
  const { takeIds } = await rig.start({ sceneIds: [scene] })
  return present((await rig.until(takeIds, condition))[0], 'one take')
}
const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
const resolve = (takeId: TakeId, kind: 'charged' | 'not-charged') =>
  rig.engine.call('take.resolve', { takeId, as: { kind } })

describe('a submission whose reply is lost', () => {
  it('is found again by its seed, adopted and paid once', async () => {
    await rig.fake.script({ submit: [{ reply: 'reset', recorded: true }] })
    const take = await run(inPhase('unconfirmed'))
    expect(await rig.budget()).toMatchObject({ held: 700_000, spent: 0 })
    expect(await rig.engine.call('take.lookFor', { takeId: take.id })).toMatchObject({ outcome: 'found' })
    const [found] = await rig.until([take.id], inPhase('ready'))
    expect(found).toMatchObject({ recovered: true, attempt: 1, charge: 'charged' })
    expect(rig.fake.ledger().posts).toHaveLength(1)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 700_000 })
  })

  it('keeps its money held when the service knows nothing of it, until the artist releases it', async () => {
    await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
    const take = await run(inPhase('unconfirmed'))
    expect(await rig.engine.call('take.lookFor', { takeId: take.id })).toEqual({ outcome: 'none', candidates: [] })
    expect(await rig.budget()).toMatchObject({ held: 700_000 })
    await expect(rig.engine.call('take.cancel', { takeId: take.id })).rejects.toMatchObject({ code: 'conflict' })
    await resolve(take.id, 'not-charged')
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 0 })
    await expect(resolve(take.id, 'charged')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('can be counted as charged, or bound to a job named by hand', async () => {
    await rig.fake.script({ submit: [{ reply: 'malformed', recorded: true, times: 2 }] })
    const first = await run(inPhase('unconfirmed'))
    await resolve(first.id, 'charged')
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 700_000 })
    const { takeIds } = await rig.start({ sceneIds: [scene], includeUnconfirmed: true })
    const second = present((await rig.until(takeIds, inPhase('unconfirmed')))[0], 'one')
    const job = present(rig.fake.ledger().jobs[1], 'both were recorded')
    const predictionId = job.id as never
    await rig.engine.call('take.resolve', { takeId: second.id, as: { kind: 'prediction', predictionId } })
    await rig.until([second.id], inPhase('ready'))
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 1_400_000 })
  })

  it('keeps the scene out of further batches', async () => {
    await rig.fake.script({ submit: [{ reply: 'truncated', recorded: true }] })
    await run(inPhase('unconfirmed'))
    const { takeIds, heldBack } = await rig.start({ sceneIds: [scene] })
    expect([takeIds, heldBack.map(({ reason }) => reason)]).toEqual([[], ['unconfirmed']])
  })
})

describe('a submission that is refused', () => {
  it('costs nothing and shows the words of the service', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 400, message: 'prompt violates policy 7' }] })
    const take = await run(inPhase('failed'))
    expect(take).toMatchObject({
      charge: 'released',
      error: { code: 'request-rejected', message: expect.stringContaining('prompt violates policy 7') as string },
    })
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 0 })
  })

  it('halts the queue when the key is refused, and goes on after a resume', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 401, message: 'invalid key' }] })
    await run(inPhase('failed'))
    const { runner } = await rig.engine.call('studio.get', {})
    expect(runner.halted).toMatchObject({ code: 'key-rejected' })
    const { takeIds } = await rig.start({ sceneIds: [scene] })
    expect((await rig.take(present(takeIds[0], 'one'))).phase).toBe('reserved')
    await rig.engine.call('runner.resume', {})
    await rig.until(takeIds, inPhase('ready'))
    expect(rig.fake.ledger().jobs).toHaveLength(1)
  })

  it('waits as long as the service asks and is then sent once', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 429, retryAfter: '1' }] })
    const take = await run(inPhase('ready'))
    expect(take.attempt).toBe(2)
    expect(rig.fake.ledger().jobs).toHaveLength(1)
  })
})

describe('a job that ends badly', () => {
  it('keeps its price held as a pending refund and shows the words of the service', async () => {
    await rig.fake.script({ job: { end: 'failed', error: 'NSFW content' } })
    const take = await run(inPhase('failed'))
    expect(take).toMatchObject({
      charge: 'refund-pending',
      error: { code: 'prediction-failed', message: expect.stringContaining('NSFW content') as string },
    })
    expect(await rig.budget()).toMatchObject({ held: 700_000, refundPending: 700_000, spent: 0 })
  })

  it('is told apart when cancelled, timed out or deleted', async () => {
    for (const end of ['cancelled', 'timeout', 'deleted'] as const) {
      await rig.fake.script({ job: { end } })
      expect((await run(inPhase('failed'))).error?.code).toBe(`prediction-${end}`)
    }
  })

  it('is polled on through unknown statuses, faults and rubbish', async () => {
    await rig.fake.script({
      job: { statuses: ['created', 'warming-up', 'processing'] },
      poll: [{ reply: 'html' }, { reply: 'status', status: 503 }, { reply: 'malformed' }, { reply: 'reset' }],
    })
    expect((await run(inPhase('ready'))).charge).toBe('charged')
  })
})

describe('a download that goes wrong', () => {
  it('continues where it was cut and ends with the right bytes', async () => {
    await rig.fake.script({ job: { clipBytes: 400_000 }, download: [{ reply: 'cut', at: 150_000 }] })
    const take = await run(inPhase('ready'))
    expect(take.clip?.bytes).toBe(400_000)
    expect((await rig.engine.doctor()).find(({ name }) => name === 'clips')?.state).toBe('ok')
    const ranges = (await rig.fake.seen()).filter(({ route }) => route === 'download')
    expect(ranges).toHaveLength(2)
  })

  it('starts again when the file changed or ranges are ignored', async () => {
    await rig.fake.script({
      job: { clipBytes: 400_000 },
      download: [{ reply: 'cut', at: 100_000 }, { reply: 'change' }],
    })
    await run(inPhase('ready'))
    await rig.fake.script({ download: [{ reply: 'cut', at: 100_000 }, { reply: 'ignore-range' }] })
    await run(inPhase('ready'))
    expect((await rig.engine.doctor()).find(({ name }) => name === 'clips')?.state).toBe('ok')
  })

  it('never takes a web page for a clip', async () => {
    await rig.fake.script({ download: [{ reply: 'html' }] })
    expect((await run(inPhase('ready'))).clip?.mime).toBe('video/mp4')
  })

  it('gives up only what the service has lost, keeps the charge, and downloads again when asked', async () => {
    await rig.fake.script({ download: [{ reply: 'status', status: 404, times: 'always' }] })
    const take = await run(inPhase('failed'))
    expect(take).toMatchObject({ charge: 'charged', error: { code: 'result-unavailable' } })
    await rig.fake.script({ download: [] })
    await rig.engine.call('take.download', { takeId: take.id })
    await rig.until([take.id], inPhase('ready'))
    expect(rig.fake.ledger().jobs).toHaveLength(1)
  }, 60_000)

  it('keeps a take whose clip was lost here and at the service, until its file is found', async () => {
    const take = await run(inPhase('ready'))
    const { sha256 } = present(take.clip, 'it is ready')
    const file = join(rig.library, 'clips', sha256.slice(0, 2), `${sha256}.mp4`)
    const away = join(rig.library, 'elsewhere.mp4')
    renameSync(file, away)
    await rig.fake.script({ download: [{ reply: 'status', status: 404, times: 'always' }] })
    await rig.engine.call('take.download', { takeId: take.id })
    const [gone] = await rig.until([take.id], (now) => now.phase === 'ready' && now.error !== null)
    expect(gone).toMatchObject({ error: { code: 'result-unavailable' }, clip: take.clip, charge: 'charged' })
    await rig.engine.call('take.locate', { takeId: take.id, path: away })
    const [found] = await rig.until([take.id], ({ error }) => error === null)
    expect(found).toMatchObject({ phase: 'ready', clipGone: false })
    expect((await rig.engine.call('take.checkClip', { takeId: take.id })).problem).toBeNull()
  }, 60_000)
})

describe('the disk', () => {
  it('stops submissions while it has no room for the clips that are coming', async () => {
    let free = 1_000
    await rig.reopen({ freeBytes: () => Promise.resolve(free) })
    const { takeIds } = await rig.start({ sceneIds: [scene] })
    await rig.until(takeIds, (take) => take.error?.code === 'disk-full')
    expect(await rig.fake.requests()).toMatchObject({ submit: 0 })
    free = 10 ** 10
    await rig.engine.call('runner.resume', {})
    await rig.until(takeIds, inPhase('ready'))
  })
})

describe('the key', () => {
  it('is nowhere in the library or the log', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 401, message: `bad key ${rig.fake.key}` }] })
    await run(inPhase('failed'))
    const takes = JSON.stringify(await rig.takes())
    expect(takes).not.toContain(rig.fake.key)
    expect(rig.log.join('\n')).not.toContain(rig.fake.key)
  })
})
