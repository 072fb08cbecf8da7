import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RequestId, type SceneId } from '../../shared/ids.ts'
import { present } from '../../shared/assert.ts'
import { usdMicros } from '../../shared/money.ts'
import { ORDER, startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const ready = (take: { phase: string }) => take.phase === 'ready'
const sceneIds = async (...numbers: string[]): Promise<SceneId[]> => {
  const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
  return numbers.map(
    (number) =>
      present(
        scenes.find((scene) => scene.number === number),
        number,
      ).id,
  )
}

describe('a paid batch', () => {
  it('brings every scene of the sample to a clip on disk, paying once for each', async () => {
    const { takeIds, heldBack } = await rig.start()
    expect([takeIds.length, heldBack]).toEqual([12, []])
    const takes = await rig.until(takeIds, ready)

    const { jobs } = rig.fake.ledger()
    expect(jobs).toHaveLength(12)
    // Six of the seven references are mentioned; each goes up once for all twelve scenes.
    expect(await rig.fake.requests()).toMatchObject({ submit: 12, 'upload-ticket': 6, 'upload-put': 6 })
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 8_400_000 })
    for (const take of takes) {
      const clip = present(take.clip, 'a ready take has one')
      const file = join(rig.library, 'clips', clip.sha256.slice(0, 2), `${clip.sha256}.mp4`)
      const bytes = readFileSync(file)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(clip.sha256)
      expect([bytes.length, take.charge, take.attempt]).toEqual([clip.bytes, 'charged', 1])
    }
    expect(readdirSync(join(rig.library, 'parts'))).toEqual([])
    expect((await rig.engine.doctor()).filter(({ state }) => state === 'problem')).toEqual([])
  })

  it('sends what was frozen on the take, with the seed stored before it was sent', async () => {
    const { takeIds } = await rig.start({ sceneIds: await sceneIds('5', '9') })
    const takes = await rig.until(takeIds, ready)
    const jobs = rig.fake.ledger().jobs
    for (const take of takes) {
      const job = present(
        jobs.find(({ id }) => id === take.predictionId),
        'the service knows it',
      )
      expect(job.body).toMatchObject({
        prompt: take.request.prompt,
        seed: take.request.seed,
        duration: 5,
        resolution: '720p',
        aspect_ratio: '16:9',
      })
      expect(job.body.images).toHaveLength(take.request.references.length)
    }
    expect(takes[0]?.request.seed).toBe(48_213_907)
  })

  it('reserves up to the cap in board order and holds back the rest', async () => {
    await rig.setCap(usdMicros(5_000_000))
    const { takeIds, heldBack } = await rig.start()
    expect(takeIds).toHaveLength(7)
    expect(heldBack.map(({ number, reason, price }) => [number, reason, price])).toEqual([
      ['8', 'cap', 560_000],
      ['9', 'cap', 700_000],
      ['10', 'cap', 700_000],
      ['11', 'cap', 700_000],
      ['12', 'cap', 840_000],
    ])
    await rig.until(takeIds, ready)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 4_900_000 })
    expect(await rig.start()).toMatchObject({ batchId: null, takeIds: [] })
  })

  it('sends nothing without a cap, without a key, or with a cap of nothing', async () => {
    await rig.setCap(null)
    await expect(rig.start()).rejects.toMatchObject({ code: 'cap-missing' })
    await rig.setCap(usdMicros(0))
    expect((await rig.start()).takeIds).toEqual([])
    await rig.setCap(usdMicros(5_000_000))
    rig.key = null
    await expect(rig.start()).rejects.toMatchObject({ code: 'key-missing' })
    expect(await rig.fake.requests()).toMatchObject({ submit: 0 })
  })

  it('buys nothing when the same command arrives again, even at once', async () => {
    const input = {
      requestId: RequestId.parse('the-same-request'),
      storyboardId: rig.storyboardId,
      order: { ...ORDER, sceneIds: await sceneIds('2') },
    }
    const answers = await Promise.all([1, 2, 3].map(() => rig.engine.call('batch.start', input)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    await rig.until(present(answers[0], 'three').takeIds, ready)
    expect(await rig.engine.call('batch.start', input)).toEqual(answers[0])
    expect(rig.fake.ledger().jobs).toHaveLength(1)
  })

  it('reserves the higher price when the service quotes another than the table', async () => {
    await rig.fake.script({
      other: [{ route: 'price', reply: 'patch', times: 'always', data: { price: 0.9, discounted_price: 0.9 } }],
    })
    const order = { ...ORDER, sceneIds: await sceneIds('3') }
    const preview = await rig.engine.call('batch.preview', { storyboardId: rig.storyboardId, order })
    expect(preview).toMatchObject({
      admitted: 900_000,
      priceSource: 'quote',
      priceNote: expect.stringContaining('$0.90') as string,
    })
    const { takeIds } = await rig.start(order)
    expect((await rig.until(takeIds, ready))[0]?.price).toBe(900_000)
  })

  it('shares one drawn seed between scenes that ask for it', async () => {
    const [four, eight] = await sceneIds('4', '8')
    await rig.engine.call('scene.update', {
      sceneId: present(eight, '8'),
      patch: { seed: { kind: 'scene', sceneId: present(four, '4') } },
    })
    const { takeIds } = await rig.start({ sceneIds: [present(four, '4'), present(eight, '8')] })
    const takes = await rig.until(takeIds, ready)
    expect(takes[0]?.request.seed).toBe(takes[1]?.request.seed)
  })
})

describe('running', () => {
  it('never has more jobs at the service than the concurrency allows', async () => {
    await rig.reopen({ concurrency: 3 })
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start()
    const running = () => rig.takes().then((takes) => takes.filter(({ phase }) => phase === 'running').length)
    await rig.until(takeIds.slice(0, 3), ({ phase }) => phase === 'running')
    expect([await running(), rig.fake.ledger().jobs.length]).toEqual([3, 3])
    const { runner } = await rig.engine.call('studio.get', {})
    expect(runner).toMatchObject({ inFlight: 3, waiting: 9, concurrency: 3 })
    await rig.fake.script({ hold: false })
    await rig.until(takeIds, ready)
    expect(rig.fake.ledger().jobs).toHaveLength(12)
  })

  it('sends nothing while paused, releases what is cancelled, and goes on afterwards', async () => {
    await rig.engine.call('runner.pause', {})
    const { takeIds } = await rig.start()
    expect(await rig.budget()).toMatchObject({ held: 8_400_000 })
    await rig.engine.call('take.cancel', { takeId: present(takeIds[0], 'twelve') })
    expect(await rig.budget()).toMatchObject({ held: 7_560_000 })
    expect(await rig.engine.call('batch.cancelWaiting', { projectId: rig.projectId })).toEqual({ cancelled: 11 })
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 0 })
    await rig.engine.call('runner.resume', {})
    const again = await rig.start({ sceneIds: await sceneIds('1') })
    await rig.until(again.takeIds, ready)
    expect(await rig.fake.requests()).toMatchObject({ submit: 1 })
  })

  it('stays paused over a restart, so that opening a library spends nothing', async () => {
    await rig.engine.call('runner.pause', {})
    const { takeIds } = await rig.start({ sceneIds: await sceneIds('1') })
    await rig.reopen()
    const { runner } = await rig.engine.call('studio.get', {})
    expect([runner.paused, runner.waiting]).toEqual([true, 1])
    await rig.engine.call('runner.resume', {})
    await rig.until(takeIds, ready)
    await rig.reopen()
    expect((await rig.engine.call('studio.get', {})).runner.paused).toBe(false)
  })

  it('refuses to cancel what was sent', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start({ sceneIds: await sceneIds('1') })
    await rig.until(takeIds, ({ phase }) => phase === 'running')
    await expect(rig.engine.call('take.cancel', { takeId: present(takeIds[0], 'one') })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('goes on after a restart without submitting anything twice', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start()
    await rig.until(takeIds, ({ phase }) => phase === 'running')
    await rig.reopen()
    await rig.fake.script({ hold: false })
    await rig.until(takeIds, ready)
    expect(rig.fake.ledger().jobs).toHaveLength(12)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 8_400_000 })
  })
})

describe('up-to mode', () => {
  it('makes only what is missing, and makes an edited scene again', async () => {
    const order = { mode: 'up-to' as const, sceneIds: await sceneIds('1', '2') }
    await rig.until((await rig.start(order)).takeIds, ready)
    expect((await rig.start(order)).takeIds).toEqual([])
    const [first] = order.sceneIds
    await rig.engine.call('scene.update', { sceneId: present(first, 'two'), patch: { duration: 7 } })
    const stale = (await rig.takes()).filter(({ stale: fields }) => fields.length > 0)
    expect(stale.map(({ sceneId, stale: fields }) => [sceneId, fields])).toEqual([[first, ['duration']]])
    const again = await rig.start(order)
    expect(await rig.until(again.takeIds, ready)).toMatchObject([{ sceneId: first, number: 2, price: 980_000 }])
  })

  it('brings an edited board file in without losing takes, picks or scenes with takes', async () => {
    const { takeIds } = await rig.start({ sceneIds: await sceneIds('1', '2') })
    const [take] = await rig.until(takeIds, ready)
    await rig.engine.call('scene.pick', { sceneId: present(take, 'two').sceneId, takeId: present(take, 'two').id })
    const board = JSON.parse(readFileSync(rig.boardPath, 'utf8')) as { scenes: { number: string; title: string }[] }
    board.scenes = board.scenes.filter(({ number }) => !['2', '7'].includes(number))
    present(board.scenes[0], 'ten').title = 'Renamed'
    writeFileSync(rig.boardPath, JSON.stringify(board))
    const opened = await rig.engine.openBoard(rig.boardPath)
    expect([opened.projectId, opened.storyboardId, opened.sceneIds.length]).toEqual([
      rig.projectId,
      rig.storyboardId,
      10,
    ])
    const { scenes, casts } = await rig.engine.call('project.get', { projectId: rig.projectId })
    expect(scenes.map(({ number }) => number)).toEqual(['1', '3', '4', '5', '6', '8', '9', '10', '11', '12', '2'])
    expect(scenes[0]).toMatchObject({ title: 'Renamed', pickTakeId: take?.id })
    expect(casts).toHaveLength(1)
  })
})
