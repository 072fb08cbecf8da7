import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { TakeOrder } from '../../shared/preview.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: readonly SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const ready = ({ phase }: { phase: string }) => phase === 'ready'
const final = (takeIds: readonly TakeId[], patch: Partial<TakeOrder> = {}): TakeOrder => ({
  kind: 'takes',
  provider: 'wavespeed',
  takeIds: [...takeIds],
  seeds: 'same',
  resolution: '1080p',
  duration: null,
  includeUnconfirmed: false,
  ...patch,
})
const preview = (order: TakeOrder) => rig.engine.call('batch.preview', { storyboardId: rig.storyboardId, order })
/** Writes on in a scene, without mentioning anybody else. */
async function writeOn(sceneId: SceneId): Promise<void> {
  const all = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes
  const prompt = `${all.find(({ id }) => id === sceneId)?.prompt} Then a long silence.`
  await rig.engine.call('scene.update', { sceneId, patch: { prompt } })
}

/** The request of a take as the service took it, its images by content. */
function asSent({ predictionId }: Take) {
  const { jobs, uploads } = rig.fake.ledger()
  const { body } = present(
    jobs.find(({ id }) => id === predictionId),
    'the service knows it',
  )
  const contents = body.images.map((url) => uploads.find(({ id }) => url.includes(id))?.sha256)
  return { ...body, images: contents }
}

describe.each(['rehearsal', 'wavespeed'] as const)('a final pass over drafts of %s', (provider) => {
  it('repeats the picks at 1080p with their seeds, references and prompts, at the price it showed before', async () => {
    const two = [present(scenes[0], 'twelve'), present(scenes[3], 'twelve')]
    const drafted = await rig.start({ provider, sceneIds: two, takesPerScene: 2 })
    const drafts = await rig.until(drafted.takeIds, ready)
    const picks = two.map((sceneId) =>
      present(
        drafts.findLast((take) => take.sceneId === sceneId),
        'two takes each',
      ),
    )
    for (const { id, sceneId } of picks) await rig.engine.call('scene.pick', { sceneId, takeId: id })
    const before = await rig.budget()
    // The artist goes on writing; what was approved is the draft.
    await writeOn(present(scenes[3], 'twelve'))

    // 6 s and 4 s at $0.189.
    const order = final(picks.map(({ id }) => id).toReversed())
    const shown = await preview(order)
    expect(shown.rows.map((row) => [row.number, row.fromTakeId, row.seedValue, row.resolution, row.price])).toEqual([
      ['1', picks[0]?.id, picks[0]?.request.seed, '1080p', 1_134_000],
      ['4', picks[1]?.id, picks[1]?.request.seed, '1080p', 756_000],
    ])
    expect([shown.reserves, shown.byResolution['720p'], shown.admittedScenes]).toEqual([1_890_000, 1_400_000, 2])

    await rig.engine.call('runner.pause', {})
    const { takeIds, heldBack } = await rig.start(order)
    expect([takeIds.length, heldBack]).toEqual([2, []])
    expect((await rig.budget()).held).toBe(shown.reserves)
    await rig.engine.call('runner.resume', {})
    const finals = await rig.until(takeIds, ready)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: before.spent + shown.reserves })

    finals.forEach((take, index) => {
      const draft = present(picks[index], 'one each')
      expect(take.request).toEqual({ ...draft.request, resolution: '1080p' })
      expect(asSent(take)).toEqual({ ...asSent(draft), resolution: '1080p' })
      expect(asSent(take).images).toEqual(draft.request.references.map(({ sha256 }) => sha256))
    })
    // Only what really differs is called different: the resolution, and in scene 4 what was written since.
    expect(finals.map(({ stale }) => stale)).toEqual([['resolution'], ['prompt', 'resolution']])
  })
})

describe('a take that differs from its scene', () => {
  it('says so from the start and after every edit, field by field', async () => {
    const one = present(scenes[0], 'twelve')
    const [draft] = (await rig.start({ provider: 'rehearsal', sceneIds: [one] })).takeIds
    await rig.until([present(draft, 'one')], ready)
    const order = final([present(draft, 'one')], { provider: 'rehearsal', duration: 4, seeds: 'new' })
    const { takeIds } = await rig.start(order)
    const [take] = await rig.until(takeIds, ready)
    const stale = async () => (await rig.take(present(take, 'one').id)).stale
    // Scene 1 is locked to its seed and six seconds long.
    expect(await stale()).toEqual(['resolution', 'duration', 'seed'])
    await rig.engine.call('scene.update', { sceneId: one, patch: { duration: 4 } })
    expect(await stale()).toEqual(['resolution', 'seed'])
    await writeOn(one)
    expect(await stale()).toEqual(['prompt', 'resolution', 'seed'])
  })
})
