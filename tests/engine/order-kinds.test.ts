import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import { RequestId, type SceneId, type TakeId } from '../../shared/ids.ts'
import { SEED } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros } from '../../shared/money.ts'
import type { CellOrder, TakeOrder } from '../../shared/preview.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: readonly SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const scene = (index: number): SceneId => present(scenes[index], 'the sample has twelve')
const ready = ({ phase }: { phase: string }) => phase === 'ready'
const failed = ({ phase }: { phase: string }) => phase === 'failed'
const cells = (named: CellOrder['cells'], patch: Partial<CellOrder> = {}): CellOrder => ({
  kind: 'cells',
  provider: 'wavespeed',
  cells: named,
  resolution: null,
  duration: null,
  includeUnconfirmed: false,
  ...patch,
})
const again = (takeIds: readonly TakeId[], patch: Partial<TakeOrder> = {}): TakeOrder => ({
  kind: 'takes',
  provider: 'wavespeed',
  takeIds: [...takeIds],
  seeds: 'same',
  resolution: null,
  duration: null,
  includeUnconfirmed: false,
  ...patch,
})
/** One paid take of a scene, waited for until it ended one way or another. */
async function one(index: number) {
  const { takeIds } = await rig.start({ sceneIds: [scene(index)] })
  const [take] = await rig.until(takeIds, (each) => ready(each) || failed(each) || each.phase === 'unconfirmed')
  return present(take, 'one was started')
}

describe('cells', () => {
  it('are sent under their seeds, with those drawn that are null, at the resolution and duration asked for', async () => {
    const order = cells(
      [
        { sceneId: scene(1), seed: null },
        { sceneId: scene(0), seed: 11 },
        { sceneId: scene(0), seed: null },
        { sceneId: scene(0), seed: 12 },
      ],
      { resolution: '1080p', duration: 3 },
    )
    const shown = await rig.engine.call('batch.preview', { storyboardId: rig.storyboardId, order })
    expect([shown.rows.length, shown.admitted, shown.admittedScenes]).toEqual([4, 4 * 567_000, 2])
    expect(new Set(shown.rows.map(({ key }) => key)).size).toBe(4)
    const input = { requestId: RequestId.parse('the-same-cells'), storyboardId: rig.storyboardId, order }
    const answers = await Promise.all([1, 2].map(() => rig.engine.call('batch.start', input)))
    expect(answers[0]).toEqual(answers[1])
    const takes = await rig.until(present(answers[0], 'two').takeIds, ready)
    expect(takes.map(({ sceneId, number }) => [sceneId, number])).toEqual([
      [scene(0), 1],
      [scene(0), 2],
      [scene(0), 3],
      [scene(1), 1],
    ])
    const seeds = takes.map(({ request }) => request.seed)
    expect([seeds[0], seeds[2]]).toEqual([11, 12])
    for (const seed of seeds) expect(seed).toBeGreaterThanOrEqual(SEED.min)
    expect(new Set(seeds).size).toBe(4)
    const { jobs } = rig.fake.ledger()
    expect(new Set(jobs.map(({ body }) => body.seed))).toEqual(new Set(seeds))
    expect(jobs.every(({ body }) => body.resolution === '1080p' && body.duration === 3)).toBe(true)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 4 * 567_000 })
  })

  it('stop at the cap one by one', async () => {
    await rig.setCap(usdMicros(2_000_000))
    const named = [1, 2, 3].map((seed) => ({ sceneId: scene(0), seed }))
    const { takeIds, heldBack } = await rig.start(cells(named))
    expect([takeIds.length, heldBack.map(({ number, reason, price }) => [number, reason, price])]).toEqual([
      2,
      [['1', 'cap', 840_000]],
    ])
  })
})

describe('failed takes made again', () => {
  it('are retried with the same request once nothing was charged for them', async () => {
    await rig.fake.script({ submit: [{ reply: 'status', status: 400, message: 'no' }] })
    const first = await one(0)
    expect([first.phase, first.charge]).toEqual(['failed', 'released'])
    const { takeIds } = await rig.start(again([first.id]))
    const [take] = await rig.until(takeIds, ready)
    expect(take?.request).toEqual(first.request)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 840_000 })
  })

  it('are not bought a second time unawares when they were paid for', async () => {
    await rig.fake.script({ submit: [{ reply: 'reset', recorded: false }] })
    const lost = await one(0)
    await rig.engine.call('take.resolve', { takeId: lost.id, as: { kind: 'charged' } })
    expect((await rig.take(lost.id)).charge).toBe('charged')
    const { takeIds, heldBack } = await rig.start(again([lost.id]))
    expect([takeIds.length, heldBack[0]?.reason, heldBack[0]?.fromTakeId]).toEqual([0, 'charged', lost.id])
    const onPurpose = await rig.start(again([lost.id], { includeUnconfirmed: true }))
    await rig.until(onPurpose.takeIds, ready)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 2 * 840_000 })
  })

  it('wait while it is not known whether they were made', async () => {
    await rig.fake.script({ submit: [{ reply: 'reset', recorded: true }] })
    const lost = await one(0)
    expect(lost.phase).toBe('unconfirmed')
    const { takeIds, heldBack } = await rig.start(again([lost.id]))
    expect([takeIds.length, heldBack[0]?.reason]).toEqual([0, 'unconfirmed'])
    expect(rig.fake.ledger().posts).toHaveLength(1)
    const onPurpose = await rig.start(again([lost.id], { includeUnconfirmed: true, seeds: 'new' }))
    expect(onPurpose.takeIds).toHaveLength(1)
  })
})

describe('takes that cannot be made again', () => {
  it('are held back: an image that is gone, a scene that was removed', async () => {
    const [bare, homeless] = [await one(0), await one(3)]
    const reference = present(homeless.request.references[0], 'scene 4 mentions somebody')
    rmSync(join(rig.library, 'images', reference.sha256.slice(0, 2)), { recursive: true })
    const without = await rig.start(again([homeless.id]))
    expect([without.takeIds.length, without.heldBack[0]?.reason]).toEqual([0, 'image-missing'])

    await rig.engine.call('scene.remove', { sceneId: scene(0) })
    const removed = await rig.start(again([bare.id]))
    expect([removed.takeIds.length, removed.heldBack[0]?.reason, removed.heldBack[0]?.number]).toEqual([
      0,
      'scene-gone',
      '1',
    ])
    const cell = await rig.start(cells([{ sceneId: scene(0), seed: 7 }]))
    expect([cell.takeIds.length, cell.heldBack[0]?.reason]).toEqual([0, 'scene-gone'])
    expect(await rig.fake.requests()).toMatchObject({ submit: 2 })
  })

  it('are refused when they are of another storyboard, or of none', async () => {
    const take = await one(0)
    const other = await rig.engine.call('storyboard.duplicate', { storyboardId: rig.storyboardId })
    const input = { requestId: RequestId.parse('another-board'), storyboardId: other.storyboardId }
    await expect(rig.engine.call('batch.start', { ...input, order: again([take.id]) })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(rig.start(again(['no-such-take' as TakeId]))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a scene whose seeds walk', () => {
  it('goes one step a take across the end of the range and over batches, and lends what it takes', async () => {
    const walk = { kind: 'walk', start: SEED.max - 1, step: 1 } as const
    await rig.engine.call('scene.update', { sceneId: scene(0), patch: { seed: walk } })
    await rig.engine.call('scene.update', {
      sceneId: scene(1),
      patch: { seed: { kind: 'scene', sceneId: scene(0) } },
    })
    const rehearsal = { provider: 'rehearsal', sceneIds: [scene(0), scene(1)] } as const
    const shown = await rig.engine.call('batch.preview', {
      storyboardId: rig.storyboardId,
      order: {
        kind: 'scenes',
        ...rehearsal,
        sceneIds: [scene(0)],
        takesPerScene: 3,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      },
    })
    expect(shown.rows[0]?.seedValue).toBe(SEED.max - 1)
    const first = await rig.until(
      (await rig.start({ ...rehearsal, sceneIds: [...rehearsal.sceneIds], takesPerScene: 3 })).takeIds,
      ready,
    )
    const seedsOf = (id: SceneId, takes: typeof first) =>
      takes.filter(({ sceneId }) => sceneId === id).map(({ request }) => request.seed)
    expect(seedsOf(scene(0), first)).toEqual([SEED.max - 1, SEED.max, SEED.min])
    expect(seedsOf(scene(1), first)).toEqual([SEED.max - 1, SEED.max - 1, SEED.max - 1])
    const second = await rig.until(
      (await rig.start({ ...rehearsal, sceneIds: [...rehearsal.sceneIds] })).takeIds,
      ready,
    )
    expect(seedsOf(scene(0), second)).toEqual([2])
    expect(seedsOf(scene(1), second)).toEqual([SEED.min])

    const { text, losses } = await rig.engine.call('board.export', { storyboardId: rig.storyboardId })
    const written = JSON.parse(text) as { scenes: { seed?: unknown }[] }
    expect(written.scenes[0]?.seed).toBe(3)
    expect(written.scenes[1]?.seed).toEqual({ scene: '1' })
    expect(losses).toEqual(['The seeds of scene 1 walk; in the file it has only the one of its next take.'])
  })
})
