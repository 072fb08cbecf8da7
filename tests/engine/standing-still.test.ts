import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { fastClock, startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scene: SceneId
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
  scene = present(scenes[2], 'the sample has twelve').id
})
afterEach(() => rig.close())

const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
const start = async () => (await rig.start({ sceneIds: [scene] })).takeIds
const runner = async () => (await rig.engine.call('studio.get', {})).runner

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
  return {
    open: () => open(10 ** 12),
    asked: (times: number) => vi.waitFor(() => expect(asked).toBe(times)),
  }
}

describe('a take that is being prepared', () => {
  it('is not sent when the queue is paused meanwhile, and is sent once afterwards', async () => {
    const gate = await withGate()
    const takeIds = await start()
    await gate.asked(1)
    await rig.engine.call('runner.pause', {})
    gate.open()
    await vi.waitFor(async () => expect(await runner()).toMatchObject({ inFlight: 0, waiting: 1 }))
    expect(await rig.fake.requests()).toMatchObject({ submit: 0 })
    await rig.engine.call('runner.resume', {})
    await rig.until(takeIds, inPhase('ready'))
    expect(rig.fake.ledger().posts).toHaveLength(1)
  })

  it('is not sent when it is cancelled meanwhile', async () => {
    const gate = await withGate()
    const [takeId] = await start()
    await gate.asked(1)
    await rig.engine.call('take.cancel', { takeId: present(takeId, 'one') })
    gate.open()
    const again = await start()
    await rig.until(again, inPhase('ready'))
    expect(rig.fake.ledger().posts).toHaveLength(1)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 700_000 })
  })
})

describe('closing', () => {
  it('does not wait for a service that does not answer a poll', async () => {
    await rig.fake.script({ poll: [{ reply: 'hang', times: 'always' }] })
    const takeIds = await start()
    await rig.until(takeIds, inPhase('running'))
    await vi.waitFor(async () => expect(await rig.fake.requests()).toMatchObject({ poll: 1 }))
    await rig.engine.close()
    await rig.fake.clearScript()
    await rig.reopenClosed()
    expect((await rig.take(present(takeIds[0], 'one'))).error).toBeNull()
    await rig.until(takeIds, inPhase('ready'))
  }, 20_000)

  it('hears a submission out that is under way', async () => {
    await rig.fake.script({ submit: [{ reply: 'delay', ms: 1_000 }] })
    const takeIds = await start()
    await vi.waitFor(() => expect(rig.fake.ledger().jobs).toHaveLength(1), { timeout: 10_000 })
    await rig.engine.close()
    await rig.reopenClosed()
    expect(await rig.until(takeIds, inPhase('ready'))).toMatchObject([{ attempt: 1, recovered: false }])
  })
})

describe('a listener that fails', () => {
  it('does not keep a take from going on', async () => {
    rig.engine.onEvent(() => {
      throw new Error('the window is gone')
    })
    const takeIds = await start()
    await rig.until(takeIds, inPhase('ready'))
    expect(rig.log.join('\n')).not.toContain('An effect failed')
  }, 20_000)
})

describe('a clip', () => {
  it('is not given up for an address that ran out while there was no network', async () => {
    await rig.reopen({ clock: fastClock(60) })
    await rig.fake.script({
      download: [
        { reply: 'reset', times: 5 },
        { reply: 'status', status: 403 },
      ],
    })
    const takeIds = await start()
    const settled = (take: Take) => take.phase === 'ready' || take.phase === 'failed'
    expect(await rig.until(takeIds, settled)).toMatchObject([{ phase: 'ready', charge: 'charged' }])
  })

  it('that is here stays here when it is asked for again after the service has lost it', async () => {
    const takeIds = await start()
    await rig.until(takeIds, inPhase('ready'))
    await rig.reopen({ clock: fastClock(60) })
    await rig.fake.script({ download: [{ reply: 'status', status: 404, times: 'always' }] })
    await rig.engine.call('take.download', { takeId: present(takeIds[0], 'one') })
    const settled = (take: Take) => take.phase === 'ready' || take.phase === 'failed'
    expect(await rig.until(takeIds, settled)).toMatchObject([{ phase: 'ready', error: null }])
    expect(await rig.start({ sceneIds: [scene], mode: 'up-to' })).toMatchObject({ takeIds: [] })
  })
})

describe('a service that says nonsense', () => {
  it('cannot make a project unreadable by the time it says a job took', async () => {
    const data = { status: 'completed', outputs: ['https://127.0.0.1/clip.mp4'], timings: { inference: -5 } }
    await rig.fake.script({ poll: [{ reply: 'patch', data, times: 'always' }] })
    const takeIds = await start()
    expect(await rig.until(takeIds, inPhase('downloading'))).toMatchObject([{ inferenceMs: null }])
  })
})
