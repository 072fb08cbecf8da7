import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { databaseOf } from '../support/damage.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: readonly SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(20_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
async function make(index: number, phase: Take['phase']): Promise<TakeId> {
  const { takeIds } = await rig.start({ sceneIds: [present(scenes[index], 'the sample has twelve')] })
  await rig.until(takeIds, inPhase(phase))
  return present(takeIds[0], 'one was started')
}
const news = async () => (await rig.engine.call('recovery.get', {})).news
const runner = async () => (await rig.engine.call('studio.get', {})).runner
const loseDatabase = () => rig.reopen({}, () => rmSync(databaseOf(rig.library)))

describe('what a recovery did', () => {
  it('is told when nothing is waited for, until it is read, and not again', async () => {
    expect(await news()).toBeNull()
    await make(0, 'ready')
    await rig.reopen()
    expect(await news()).toBeNull()
    await loseDatabase()
    expect((await runner()).halted).toBeNull()
    const told = await news()
    expect(told?.text).toMatch(/^The database was gone\. The backup of .* UTC was put in its place/)
    expect(told?.text).toContain('No submission waits for its answer.')
    await rig.reopen()
    expect(await news()).toEqual(told)
    await rig.engine.call('recovery.dismiss', {})
    expect(await news()).toBeNull()
    await rig.reopen()
    expect(await news()).toBeNull()

    await loseDatabase()
    expect(await news()).not.toBeNull()
  })

  it('is told by the halt while there is one, and then once more with what is left', async () => {
    await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
    const lost = await make(0, 'unconfirmed')
    await rig.fake.script({ other: [{ route: 'history', reply: 'status', status: 500, times: 'always' }] })
    await loseDatabase()
    expect((await runner()).halted).toMatchObject({ code: 'library-recovered' })
    expect(await news()).toBeNull()
    await rig.fake.clearScript()
    expect(await rig.engine.call('take.lookFor', { takeId: lost })).toMatchObject({ outcome: 'none' })
    expect((await runner()).halted).toBeNull()
    expect((await news())?.text).toContain('1 take waits in the queue')
  })

  it('counts as read when the artist resumes', async () => {
    await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
    await make(0, 'unconfirmed')
    await rig.fake.script({ other: [{ route: 'history', reply: 'status', status: 500, times: 'always' }] })
    await loseDatabase()
    expect((await runner()).halted).toMatchObject({ code: 'library-recovered' })
    await rig.engine.call('runner.resume', {})
    expect(await news()).toBeNull()
    await rig.reopen()
    expect(await news()).toBeNull()
  })
})

it('ends the halt of a library restored while paused when all was looked for, and leaves the pause', async () => {
  await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
  const lost = await make(0, 'unconfirmed')
  await rig.engine.call('runner.pause', {})
  const { takeIds } = await rig.start({ sceneIds: scenes.slice(1, 2) })
  await rig.fake.script({ other: [{ route: 'history', reply: 'status', status: 500, times: 'always' }] })
  await loseDatabase()
  expect(await runner()).toMatchObject({ paused: true, halted: { code: 'library-recovered' } })
  await rig.fake.clearScript()
  await rig.engine.call('take.lookFor', { takeId: lost })
  expect(await runner()).toMatchObject({ paused: true, halted: null, waiting: 1 })
  expect(rig.fake.ledger().posts).toHaveLength(1)
  await rig.engine.call('runner.resume', {})
  await rig.until(takeIds, inPhase('ready'))
  expect(rig.fake.ledger().posts).toHaveLength(2)
})
