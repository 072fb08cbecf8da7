import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { namedTakes } from '../../electron/hosts/cli/commands/status.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const scenes = async () => (await project()).scenes
const labels = async () => (await scenes()).map(({ number }) => number)
const ids = async (...indexes: number[]) => {
  const all = await scenes()
  return indexes.map((index) => present(all[index], 'the sample has twelve').id)
}
const one = async (index: number): Promise<SceneId> => present((await ids(index))[0], 'one was asked for')
const scene = async (sceneId: SceneId) =>
  present(
    (await scenes()).find(({ id }) => id === sceneId),
    'it is on the board',
  )
const edit = (sceneId: SceneId, patch: ScenePatch) => rig.engine.call('scene.update', { sceneId, patch })
const ready = async (...sceneIds: SceneId[]) => {
  const { takeIds } = await rig.start({ sceneIds })
  return rig.until(takeIds, ({ phase }) => phase === 'ready')
}
/** Names of what is told while something is done, with the scene where it is about one. */
async function told(work: () => Promise<unknown>) {
  const events: EngineEvent[] = []
  const off = rig.engine.onEvent((event) => void events.push(event))
  await work()
  off()
  return events.filter(({ seq }) => seq !== null).map(({ name }) => name)
}
const renumber = () =>
  rig.engine.call('storyboard.update', { storyboardId: rig.storyboardId, patch: { numbering: 'renumber' } })

describe('editing several scenes', () => {
  it('is one step, tells only of what changed, and lets labels change hands', async () => {
    const [a, b, c] = [await one(0), await one(1), await one(2)]
    const before = await scenes()
    const names = await told(() =>
      rig.engine.call('scene.updateMany', {
        edits: [
          { sceneId: a, patch: { number: '2' } },
          { sceneId: b, patch: { number: '1' } },
          { sceneId: c, patch: { number: '3' } },
        ],
      }),
    )
    expect(names).toEqual(['scene.put', 'scene.put', 'edits.put'])
    expect((await labels()).slice(0, 3)).toEqual(['2', '1', '3'])
    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    expect(await scenes()).toEqual(before)
  })

  it('changes nothing when one of them cannot be', async () => {
    const [a, b] = [await one(0), await one(1)]
    const before = await scenes()
    const edits = [
      { sceneId: a, patch: { title: 'Changed' } },
      { sceneId: b, patch: { number: '3' } },
    ]
    await expect(rig.engine.call('scene.updateMany', { edits })).rejects.toMatchObject({ code: 'conflict' })
    const { storyboardId } = await rig.engine.call('storyboard.duplicate', { storyboardId: rig.storyboardId })
    const elsewhere = present(
      (await scenes()).find((each) => each.storyboardId === storyboardId),
      'a copy has scenes',
    )
    const mixed = [...edits.slice(0, 1), { sceneId: elsewhere.id, patch: { title: 'Changed' } }]
    await expect(rig.engine.call('scene.updateMany', { edits: mixed })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(edit(a, { seed: { kind: 'scene', sceneId: elsewhere.id } })).rejects.toMatchObject({
      code: 'seed-unresolved',
    })
    expect((await scenes()).filter((each) => each.storyboardId === rig.storyboardId)).toEqual(before)
  })

  it('takes a heading of nothing but spaces away', async () => {
    const a = await one(0)
    await edit(a, { section: 'Dawn' })
    await edit(a, { section: '  ' })
    expect((await scene(a)).section).toBeNull()
  })
})

describe('adding scenes', () => {
  it('puts them after another with letters, or last, with what is given of them', async () => {
    const { sceneIds } = await rig.engine.call('scene.createMany', {
      storyboardId: rig.storyboardId,
      before: await one(2),
      scenes: [{ prompt: 'One.' }, { prompt: 'Two.', duration: 9, number: '2X' }],
    })
    expect((await labels()).slice(0, 5)).toEqual(['1', '2', '2A', '2X', '3'])
    expect(await scene(present(sceneIds[1], 'two'))).toMatchObject({ prompt: 'Two.', duration: 9, position: 3 })
    await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    expect((await labels()).at(-1)).toBe('13')
    await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: await one(0) })
    expect((await labels()).slice(0, 2)).toEqual(['0A', '1'])
    await expect(
      rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: SceneId.parse('gone') }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('copies each behind its original, without its pick and heading', async () => {
    const [a, c] = [await one(0), await one(2)]
    await edit(a, { section: 'Dawn' })
    const [take] = await ready(a)
    await rig.engine.call('scene.pick', { sceneId: a, takeId: present(take, 'one').id })
    const { sceneIds } = await rig.engine.call('scene.duplicateMany', { sceneIds: [c, a] })
    expect((await labels()).slice(0, 6)).toEqual(['1', '1A', '2', '3', '3A', '4'])
    expect((await scenes()).filter((_, index) => [1, 4].includes(index)).map(({ id }) => id)).toEqual(sceneIds)
    expect(await scene(present(sceneIds[0], 'two'))).toMatchObject({
      section: null,
      pickTakeId: null,
      prompt: (await scene(a)).prompt,
    })
  })
})

describe('moving scenes', () => {
  it('keeps their order among themselves and tells only of those whose place changed', async () => {
    const sceneIds = await ids(4, 2)
    const before = await one(3)
    const names = await told(() => rig.engine.call('scene.moveMany', { sceneIds, before }))
    expect((await labels()).slice(0, 6)).toEqual(['1', '2', '3', '5', '4', '6'])
    expect(names).toEqual(['scene.put', 'scene.put', 'edits.put'])
    const nothing = await told(() => rig.engine.call('scene.moveMany', { sceneIds, before }))
    expect(nothing).toEqual([])
  })

  it('leaves the heading with the section', async () => {
    const [b, c] = [await one(1), await one(2)]
    await edit(b, { section: 'Dawn' })
    await rig.engine.call('scene.move', { sceneId: b, before: null })
    expect([(await scene(b)).section, (await scene(c)).section]).toEqual([null, 'Dawn'])
    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    expect([(await scene(b)).section, (await scene(c)).section]).toEqual(['Dawn', null])
  })
})

describe('a storyboard that renumbers', () => {
  const counted = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))

  it('labels 1, 2, 3 after every change of order, and keeps labels as they are when it no longer does', async () => {
    await edit(await one(3), { number: 'Opening' })
    await renumber()
    expect(await labels()).toEqual(counted(12))
    const moved = await one(11)
    await rig.engine.call('scene.move', { sceneId: moved, before: await one(0) })
    await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: await one(1) })
    await rig.engine.call('scene.remove', { sceneId: await one(5) })
    await rig.engine.call('scene.duplicate', { sceneId: moved })
    expect(await labels()).toEqual(counted(13))
    await rig.engine.call('storyboard.update', {
      storyboardId: rig.storyboardId,
      patch: { numbering: 'keep' },
    })
    await rig.engine.call('scene.remove', { sceneId: moved })
    expect((await labels())[0]).toBe('2')
    await rig.engine.call('storyboard.renumber', { storyboardId: rig.storyboardId })
    expect(await labels()).toEqual(counted(12))
  })
})

describe('removing scenes', () => {
  it('takes those without takes away for good, and their label is free', async () => {
    await rig.engine.call('scene.removeMany', { sceneIds: await ids(10, 11) })
    expect((await project()).removedScenes).toEqual([])
    await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    expect((await labels()).at(-1)).toBe('11')
  })

  it('keeps takes, clips and slates of those with takes, under the label they had', async () => {
    const removed = await one(11)
    const [take] = await ready(removed)
    const { id, clip } = present(take, 'one')
    await rig.engine.call('scene.remove', { sceneId: removed })
    const after = await project()
    expect(after.scenes).toHaveLength(11)
    expect(after.removedScenes).toMatchObject([{ id: removed, number: '12' }])
    expect(after.takes).toMatchObject([{ id, clip }])
    const reply = await rig.engine.media(new Request(`http://studio/media/clips/${id}`))
    expect([reply.status, (await reply.arrayBuffer()).byteLength]).toEqual([200, clip?.bytes])

    // Nothing gives the label of a slate away by itself; the artist may.
    const made = await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    expect((await scene(made.sceneId)).number).toBe('13')
    await edit(made.sceneId, { number: '12' })
    const ledger = await rig.engine.call('ledger.list', { projectId: rig.projectId, before: null, limit: 10 })
    expect(new Set(ledger.map(({ slate }) => slate))).toEqual(new Set(['12-1']))
    expect((await rig.engine.call('ledger.csv', { projectId: rig.projectId })).csv).toContain('12-1')
    const spend = await rig.engine.call('spend.get', { projectId: rig.projectId })
    expect(spend.scenes.map(({ number }) => number)).toEqual(['12'])
    expect(namedTakes(await project()).map(({ slate }) => slate)).toEqual(['12-1'])

    await rig.engine.call('storyboard.update', { storyboardId: rig.storyboardId, patch: { style: 'Charcoal' } })
    expect((await rig.take(id)).stale).toEqual([])
    for (const call of [edit(removed, { title: 'x' }), rig.engine.call('scene.remove', { sceneId: removed })])
      await expect(call).rejects.toMatchObject({ code: 'not-found' })
  })

  it('comes back with its takes when it is undone', async () => {
    const before = await project()
    const [take] = await ready(await one(4))
    await rig.engine.call('scene.removeMany', { sceneIds: await ids(3, 4) })
    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    const after = await project()
    expect(after.scenes).toEqual(before.scenes)
    expect([after.removedScenes, after.takes]).toEqual([[], [take]])
  })

  it('waits for takes that are under way, and may be joined by others meanwhile', async () => {
    const [a, b] = [await one(2), await one(3)]
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start({ sceneIds: [a] })
    await rig.until(takeIds, ({ phase }) => phase === 'running')
    await expect(rig.engine.call('scene.removeMany', { sceneIds: [b, a] })).rejects.toMatchObject({ code: 'conflict' })
    await expect(rig.engine.call('scene.merge', { sceneIds: [a, b] })).resolves.toEqual({ sceneId: a })
    expect(await scenes()).toHaveLength(11)
  })

  it('waits for a refund that a failed job owes', async () => {
    const a = await one(2)
    await rig.fake.script({ job: { end: 'failed', error: 'no', refund: false } })
    const { takeIds } = await rig.start({ sceneIds: [a] })
    await rig.until(takeIds, ({ charge }) => charge === 'refund-pending')
    await expect(rig.engine.call('scene.remove', { sceneId: a })).rejects.toMatchObject({ code: 'conflict' })
    await rig.engine.call('take.countRefunded', { takeId: present(takeIds[0], 'one') })
    await rig.engine.call('scene.remove', { sceneId: a })
    expect(await scenes()).toHaveLength(11)
  })

  it('puts storyboards in another order, in one step of undo', async () => {
    const make = async (title: string) =>
      (await rig.engine.call('storyboard.create', { projectId: rig.projectId, title })).storyboardId
    const [second, third] = [await make('Second'), await make('Third')]
    const order = async () =>
      (await rig.engine.call('project.get', { projectId: rig.projectId })).storyboards.map(({ id }) => id)
    const first = rig.storyboardId
    await rig.engine.call('storyboard.move', { storyboardId: third, before: first })
    expect(await order()).toEqual([third, first, second])
    await rig.engine.call('storyboard.move', { storyboardId: third, before: null })
    expect(await order()).toEqual([first, second, third])
    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    expect(await order()).toEqual([third, first, second])
    for (const before of [third, 'nowhere' as typeof first])
      await expect(rig.engine.call('storyboard.move', { storyboardId: third, before })).rejects.toMatchObject({
        code: 'bad-input',
      })
    expect(await order()).toEqual([third, first, second])
  })

  it('refuses a storyboard with takes, also when their scene is gone', async () => {
    const a = await one(2)
    await ready(a)
    await rig.engine.call('scene.remove', { sceneId: a })
    await rig.engine.call('storyboard.create', { projectId: rig.projectId, title: 'Second' })
    await expect(rig.engine.call('storyboard.remove', { storyboardId: rig.storyboardId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('splitting and merging', () => {
  it('cuts a scene in two that look alike, and marks its takes', async () => {
    const a = await one(1)
    await edit(a, { prompt: 'She runs. He follows her.', duration: 10, notes: 'Wide', section: 'Dawn' })
    const [take] = await ready(a)
    const second = await rig.engine.call('scene.split', { sceneId: a, at: 9 })
    expect((await labels()).slice(0, 4)).toEqual(['1', '2', '2A', '3'])
    const first = await scene(a)
    expect(first).toMatchObject({ prompt: 'She runs.', duration: 4, notes: 'Wide', section: 'Dawn' })
    expect(await scene(second.sceneId)).toMatchObject({
      prompt: 'He follows her.',
      duration: 6,
      notes: '',
      section: null,
      resolution: first.resolution,
      seed: first.seed,
      references: first.references,
    })
    expect((await rig.take(present(take, 'one').id)).stale).toEqual(['prompt', 'duration'])
    await expect(rig.engine.call('scene.split', { sceneId: a, at: 0 })).rejects.toMatchObject({ code: 'bad-input' })
    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    expect((await rig.take(present(take, 'one').id)).stale).toEqual([])
  })

  it('makes neighbours one, whose takes stay with the scenes they were made for', async () => {
    const [a, b, c, d] = [await one(1), await one(2), await one(3), await one(4)]
    await edit(a, { prompt: 'One.', duration: 8 })
    await edit(b, { prompt: 'Two.', duration: 9, section: 'Dawn' })
    const takes = await ready(a, b)
    expect(await rig.engine.call('scene.merge', { sceneIds: [b, a] })).toEqual({ sceneId: a })
    expect(await scene(a)).toMatchObject({ number: '2', prompt: 'One.\n\nTwo.', duration: 15, section: null })
    expect((await scene(c)).section).toBe('Dawn')
    const after = await project()
    expect(after.removedScenes).toMatchObject([{ id: b, number: '3' }])
    expect(after.takes.map(({ id }) => id)).toEqual(takes.map(({ id }) => id))
    await expect(rig.engine.call('scene.merge', { sceneIds: [a, d] })).rejects.toMatchObject({ code: 'conflict' })
  })
})
