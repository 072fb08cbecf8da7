import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import type { SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const edit = (sceneId: SceneId, patch: ScenePatch) => rig.engine.call('scene.update', { sceneId, patch })
/** Names of what is told while something is done. */
async function told(work: () => Promise<unknown>) {
  const events: EngineEvent[] = []
  const off = rig.engine.onEvent((event) => void events.push(event))
  await work()
  off()
  return events.filter(({ seq }) => seq !== null).map(({ name }) => name)
}

describe('a copy of a storyboard', () => {
  it('has scenes and settings of its own, seeds from its own scenes, and no takes', async () => {
    const [a, b] = (await project()).scenes.slice(0, 2).map(({ id }) => id) as [SceneId, SceneId]
    await edit(a, { seed: { kind: 'scene', sceneId: b }, section: 'Dawn' })
    const { takeIds } = await rig.start({ sceneIds: [b] })
    await rig.until(takeIds, ({ phase }) => phase === 'ready')
    const { storyboardId } = await rig.engine.call('storyboard.duplicate', { storyboardId: rig.storyboardId })
    const after = await project()
    const copies = after.scenes.filter((each) => each.storyboardId === storyboardId)
    expect(copies).toHaveLength(12)
    expect(copies[0]).toMatchObject({ section: 'Dawn', seed: { kind: 'scene', sceneId: copies[1]?.id } })
    expect(after.takes.every((take) => take.storyboardId === rig.storyboardId)).toBe(true)
    const [original, copy] = after.storyboards
    expect(copy).toMatchObject({ title: 'The Long Pasture copy', castId: original?.castId, style: original?.style })
    await rig.engine.call('storyboard.duplicate', { storyboardId: rig.storyboardId })
    expect((await project()).storyboards.at(-1)?.title).toBe('The Long Pasture copy 2')
  })
})

describe('a board of two thousand scenes', () => {
  it('is written and told of only where it changes', async () => {
    const { storyboardId } = await rig.engine.call('storyboard.create', { projectId: rig.projectId, title: 'Long' })
    for (let part = 0; part < 4; part++)
      await rig.engine.call('scene.createMany', {
        storyboardId,
        before: null,
        scenes: Array.from({ length: 500 }, (_, index) => ({ prompt: `Shot ${index}`, number: `${part}.${index}` })),
      })
    const long = (await project()).scenes.filter((each) => each.storyboardId === storyboardId)
    const at = (index: number) => present(long[index], 'two thousand').id
    expect(await told(() => edit(at(7), { prompt: 'Another' }))).toEqual(['scene.put', 'edits.put'])
    const moved = await told(() =>
      rig.engine.call('scene.moveMany', { sceneIds: [at(1500), at(1502)], before: at(1500) }),
    )
    expect(moved).toEqual(['scene.put', 'scene.put', 'edits.put'])
    expect(await told(() => rig.engine.call('edit.undo', { projectId: rig.projectId }))).toEqual([
      'scene.put',
      'scene.put',
      'edits.put',
    ])
  })
})
