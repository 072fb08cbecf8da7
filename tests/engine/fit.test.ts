import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { CallInput } from '../../shared/contract.ts'
import { RequestId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { ORDER, startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const ready = ({ phase }: { phase: string }) => phase === 'ready'
const fit = (patch: Partial<CallInput<'budget.fit'>> = {}) =>
  rig.engine.call('budget.fit', {
    storyboardId: rig.storyboardId,
    sceneIds: null,
    amount: null,
    shortest: 3,
    resolutions: ['720p', '1080p'],
    ...patch,
  })
const scenesNow = async () => (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes

describe('what an amount buys of a board', () => {
  it('is the least that the cap, the library and the limit for one batch leave', async () => {
    await expect(fit()).rejects.toMatchObject({ code: 'cap-missing' })
    await rig.setCap(usdMicros(9_000_000))
    expect((await fit()).amount).toBe(9_000_000)
    await rig.engine.call('library.setCap', { cap: usdMicros(8_500_000) })
    expect((await fit()).amount).toBe(8_500_000)
    await rig.engine.call('project.update', { projectId: rig.projectId, patch: { batchLimit: usdMicros(8_000_000) } })
    expect((await fit()).amount).toBe(8_000_000)
    expect((await fit({ amount: usdMicros(1) })).amount).toBe(1)
    expect((await fit({ amount: usdMicros(1) })).rows.every(({ action }) => action === 'leave-out')).toBe(true)
  })

  it('counts what is there, names what cannot be sent, and is what a batch then costs', async () => {
    await rig.setCap(usdMicros(30_000_000))
    const [one, two, three, four] = await scenesNow()
    const id = (scene: typeof one) => present(scene, 'the sample has twelve').id
    const { takeIds } = await rig.start({ sceneIds: [id(one), id(two)] })
    await rig.until(takeIds, ready)
    await rig.engine.call('scene.update', { sceneId: id(two), patch: { duration: 15 } })
    await rig.engine.call('scene.update', { sceneId: id(three), patch: { prompt: '' } })
    await rig.engine.call('scene.update', { sceneId: id(four), patch: { resolution: '1080p' } })
    const eventsBefore = (await rig.engine.call('studio.get', {})).seq

    const whole = await fit()
    expect(whole.rows.slice(0, 5).map(({ number, action, price }) => [number, action, price])).toEqual([
      ['1', 'done', 0],
      ['2', 'as-is', 2_100_000],
      ['3', 'cannot', 0],
      ['4', 'as-is', 756_000],
      ['5', 'as-is', 700_000],
    ])
    expect(whole.rows[2]?.why).toBe('The scene has no prompt yet.')
    // Scene 2 has an earlier take, so those without one come first.
    const tight = await fit({ amount: usdMicros(4_000_000), shortest: 4 })
    expect(tight.rows.filter(({ action }) => action === 'leave-out').map(({ number }) => number)).toEqual([
      '2',
      '11',
      '12',
    ])
    expect(tight.total).toBeLessThanOrEqual(4_000_000)
    expect((await rig.engine.call('studio.get', {})).seq).toBe(eventsBefore)

    const plan = await fit({ sceneIds: [id(one), id(four)], amount: usdMicros(600_000) })
    expect(plan.rows.map(({ number, action, resolution, duration }) => [number, action, resolution, duration])).toEqual(
      [
        ['1', 'done', '720p', 6],
        ['4', 'lower-resolution', '720p', 4],
      ],
    )
    // Taken over as an edit, the plan costs what it said.
    await rig.engine.call('scene.update', { sceneId: id(four), patch: { resolution: '720p' } })
    const order = { ...ORDER, sceneIds: [id(one), id(four)], mode: 'up-to' as const }
    const preview = await rig.engine.call('batch.preview', { storyboardId: rig.storyboardId, order })
    expect(preview.reserves).toBe(plan.total)
    const input = { requestId: RequestId.parse('after-the-fit'), storyboardId: rig.storyboardId, order }
    const started = await rig.engine.call('batch.start', input)
    expect(started.takeIds).toHaveLength(1)
    await rig.until(started.takeIds, ready)
  })

  it('goes by the higher price where the service quotes another than the table', async () => {
    await rig.fake.script({
      other: [{ route: 'price', reply: 'patch', times: 'always', data: { price: 0.9, discounted_price: 0.9 } }],
    })
    const [one] = await scenesNow()
    const plan = await fit({ sceneIds: [present(one, 'twelve').id], amount: usdMicros(900_000) })
    expect(plan.rows[0]).toMatchObject({ action: 'as-is', price: 900_000 })
  })
})
