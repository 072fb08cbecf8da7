import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import { RequestId, type SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { systemClock } from '../../electron/hosts/system.ts'
import { ORDER, startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: readonly SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => {
  vi.unstubAllEnvs()
  return rig.close()
})

const spend = () => rig.engine.call('spend.get', { projectId: rig.projectId })
const ready = ({ phase }: { phase: string }) => phase === 'ready'
const failed = ({ phase }: { phase: string }) => phase === 'failed'
const one = (index: number) => ({ sceneIds: [present(scenes[index], 'the sample has twelve')] })

describe('limits', () => {
  it('keeps a batch within its own limit, and a library within its cap', async () => {
    await rig.engine.call('project.update', { projectId: rig.projectId, patch: { batchLimit: usdMicros(2_000_000) } })
    const first = await rig.start()
    expect([first.takeIds.length, first.heldBack[0]?.reason]).toEqual([2, 'batch-limit'])
    await rig.engine.call('project.update', { projectId: rig.projectId, patch: { batchLimit: null } })
    await rig.engine.call('library.setCap', { cap: usdMicros(2_200_000) })
    const second = await rig.start({ sceneIds: scenes.slice(2) })
    expect([second.takeIds.length, second.heldBack[0]?.reason]).toEqual([1, 'library-cap'])
    const takes = await rig.until([...first.takeIds, ...second.takeIds], ready)
    expect(takes).toHaveLength(3)
    const { money } = await rig.engine.call('studio.get', {})
    expect(money).toEqual({ cap: 2_200_000, held: 0, spent: 2_100_000 })
  })

  it('lets a lower cap block only new reservations', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start(one(2))
    await rig.until(takeIds, ({ phase }) => phase === 'running')
    await rig.setCap(usdMicros(100_000))
    expect(await rig.budget()).toMatchObject({ cap: 100_000, held: 700_000 })
    expect((await rig.start(one(3))).takeIds).toEqual([])
    await rig.fake.script({ hold: false })
    await rig.until(takeIds, ready)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 700_000 })
  })
})

describe('reports', () => {
  it('set estimate beside actual by scene, storyboard and month, and leave rehearsals out', async () => {
    await rig.fake.script({ jobs: [{ when: { prompt: 'barn door' }, plan: { end: 'failed', error: 'no' } }] })
    const paid = await rig.start({ sceneIds: scenes.slice(0, 3) })
    await rig.until(paid.takeIds, (take) => ready(take) || failed(take))
    const free = await rig.start({ ...one(4), provider: 'rehearsal' })
    await rig.until(free.takeIds, ready)
    const first = present((await rig.takes())[0], 'four')
    await rig.engine.call('scene.pick', { sceneId: first.sceneId, takeId: first.id })

    const report = await spend()
    expect(report.total).toEqual({ estimate: 2_100_000, actual: 1_400_000, held: 700_000, takes: 3 })
    expect(report.scenes.map(({ number, estimate, actual, held }) => [number, estimate, actual, held])).toEqual([
      ['1', 840_000, 840_000, 0],
      ['2', 560_000, 560_000, 0],
      ['3', 700_000, 0, 700_000],
    ])
    expect(report.storyboards).toMatchObject([{ title: 'The Long Pasture', actual: 1_400_000 }])
    expect(report.months).toMatchObject([{ month: expect.stringMatching(/^\d{4}-\d\d$/) as string, actual: 1_400_000 }])
    expect([report.acceptedSeconds, report.perAcceptedSecond]).toEqual([6, 233_333])
  })

  it('set what was charged on each day and storyboard, corrections on the day they were made', async () => {
    const day = 24 * 60 * 60_000
    let ahead = 0
    const now = () => systemClock.now() + ahead
    await rig.reopen({ clock: { ...systemClock, now } })
    // A place where it is another day than by UTC.
    vi.stubEnv('TZ', new Date().getUTCHours() >= 10 ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago')
    const today = (at: number) => {
      const here = new Date(at)
      return new Date(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate())).toISOString().slice(0, 10)
    }
    expect(today(Date.now())).not.toBe(new Date().toISOString().slice(0, 10))
    const first = await rig.start({ sceneIds: scenes.slice(0, 2) })
    const [one] = await rig.until(first.takeIds, ready)
    const firstDay = today(present(one, 'two').finishedAt ?? 0)
    ahead = 2 * day
    const { storyboardId: other } = await rig.engine.call('storyboard.duplicate', { storyboardId: rig.storyboardId })
    const there = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.filter(
      ({ storyboardId }) => storyboardId === other,
    )
    const second = await rig.engine.call('batch.start', {
      requestId: RequestId.parse('on-another-board'),
      storyboardId: other,
      order: { ...ORDER, sceneIds: there.slice(2, 3).map(({ id }) => id) },
    })
    const [two] = await rig.until(second.takeIds, ready)
    const secondDay = today(present(two, 'one').finishedAt ?? 0)
    const row = {
      uuid: 'x',
      billing_type: 'deduct',
      price: 0.5,
      created_at: new Date().toISOString(),
      prediction: { uuid: present(one, 'two').predictionId },
    }
    await rig.fake.script({
      other: [{ route: 'billings', reply: 'patch', times: 'always', data: { items: [row], total: 1 } }],
    })
    await rig.engine.call('billing.look', {})
    const byBoard = (list: { day: string; storyboardId: string; actual: number }[]) =>
      list.toSorted((a, b) => a.day.localeCompare(b.day) || a.actual - b.actual)
    expect(byBoard((await spend()).days)).toEqual([
      { day: firstDay, storyboardId: rig.storyboardId, actual: 1_400_000 },
      { day: secondDay, storyboardId: rig.storyboardId, actual: -340_000 },
      { day: secondDay, storyboardId: other, actual: 700_000 },
    ])
  })

  it('count the scenes that were removed under the labels they had, but not their seconds as accepted', async () => {
    const { takeIds } = await rig.start({ sceneIds: scenes.slice(0, 2) })
    const takes = await rig.until(takeIds, ready)
    for (const { id, sceneId } of takes) await rig.engine.call('scene.pick', { sceneId, takeId: id })
    expect((await spend()).acceptedSeconds).toBe(10)
    await rig.engine.call('scene.removeMany', { sceneIds: scenes.slice(0, 1) })
    const report = await spend()
    expect(report.scenes.map(({ number, actual }) => [number, actual])).toEqual([
      ['1', 840_000],
      ['2', 560_000],
    ])
    expect([report.total.actual, report.acceptedSeconds, report.perAcceptedSecond]).toEqual([1_400_000, 4, 350_000])
    const { csv } = await rig.engine.call('ledger.csv', { projectId: rig.projectId })
    expect(csv).toContain(',1-1,settle,')
  })

  it('write the ledger as double-entry CSV that adds up', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 400, message: 'no' }] })
    const refused = await rig.start(one(0))
    await rig.until(refused.takeIds, failed)
    const made = await rig.start(one(1))
    await rig.until(made.takeIds, ready)
    const { csv } = await rig.engine.call('ledger.csv', { projectId: rig.projectId })
    const [header, ...rows] = csv.trimEnd().split('\r\n')
    expect(header).toBe(
      'Entry,Time (UTC),Project,Storyboard,Slate,Movement,Debit,Credit,Amount (USD),Reserved after (USD),Spent after (USD),Note',
    )
    expect(rows.map((row) => row.split(',').slice(4, 11).join(' '))).toEqual([
      '1-1 reserve reserved available 0.84 0.84 0.00',
      '1-1 release available reserved 0.84 0.00 0.00',
      '2-1 reserve reserved available 0.56 0.56 0.00',
      '2-1 settle spent reserved 0.56 0.00 0.56',
    ])
    expect((await rig.engine.call('ledger.csv', { projectId: null })).csv).toBe(csv)
  })
})

describe("the service's own billing", () => {
  it('ends a pending refund as soon as it shows it', async () => {
    await rig.fake.script({ job: { end: 'failed', error: 'no' } })
    const { takeIds } = await rig.start(one(2))
    await rig.until(takeIds, failed)
    expect(await rig.budget()).toMatchObject({ held: 700_000, refundPending: 700_000 })
    await rig.engine.call('billing.look', {})
    expect(await rig.budget()).toMatchObject({ held: 0, refundPending: 0, spent: 0 })
  })

  it('keeps it pending while no refund shows, unless the artist counts it as arrived', async () => {
    await rig.fake.script({ job: { end: 'failed', error: 'no', refund: false } })
    const { takeIds } = await rig.start(one(2))
    await rig.until(takeIds, failed)
    await rig.engine.call('billing.look', {})
    expect(await rig.budget()).toMatchObject({ refundPending: 700_000 })
    const takeId = present(takeIds[0], 'one')
    await rig.engine.call('take.countRefunded', { takeId })
    expect(await rig.budget()).toMatchObject({ held: 0, refundPending: 0, spent: 0 })
    await expect(rig.engine.call('take.countRefunded', { takeId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('records what was charged beyond the quote, stops submissions, and goes on after a resume', async () => {
    const { takeIds } = await rig.start(one(2))
    await rig.until(takeIds, ready)
    const job = present(rig.fake.ledger().jobs[0], 'one')
    const row = {
      uuid: 'x',
      billing_type: 'deduct',
      price: 0.95,
      created_at: new Date().toISOString(),
      prediction: { uuid: job.id },
    }
    await rig.fake.script({
      other: [{ route: 'billings', reply: 'patch', times: 'always', data: { items: [row], total: 1 } }],
    })
    await rig.engine.call('billing.look', {})
    expect((await rig.take(present(takeIds[0], 'one'))).billed).toBe(950_000)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 950_000 })
    const { runner } = await rig.engine.call('studio.get', {})
    expect(runner.halted).toMatchObject({ code: 'overage', message: expect.stringContaining('$0.95') as string })
    expect((await spend()).total).toMatchObject({ estimate: 700_000, actual: 950_000 })
  })

  it('confirms an ordinary charge without moving anything', async () => {
    const { takeIds } = await rig.start(one(2))
    await rig.until(takeIds, ready)
    await rig.engine.call('billing.look', {})
    expect((await rig.take(present(takeIds[0], 'one'))).billed).toBe(700_000)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 700_000 })
  })
})
