import { afterEach, beforeEach, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const bank = async () => (await rig.engine.call('project.get', { projectId: rig.projectId })).savedSeeds
const SEED = {
  seed: 48_213_907,
  name: 'Long shadows',
  character: 'Mara',
  stars: 4,
  note: 'Keeps her coat.',
  takeId: null,
}

it('keeps seeds with why, changes and removes them, and takes every step back', async () => {
  const { projectId } = rig
  const [scene] = (await rig.engine.call('project.get', { projectId })).scenes
  const { takeIds } = await rig.start({ provider: 'rehearsal', sceneIds: [present(scene, 'twelve').id] })
  const [take] = await rig.until(takeIds, ({ phase }) => phase === 'ready')
  const takeId = present(take, 'one').id
  const seen: EngineEvent[] = []
  rig.engine.onEvent((event) => void seen.push(event))

  const { savedSeedId } = await rig.engine.call('seed.save', { projectId, ...SEED, takeId })
  expect(await bank()).toMatchObject([{ id: savedSeedId, ...SEED, takeId }])
  await rig.engine.call('seed.update', { savedSeedId, patch: { stars: 5, character: null } })
  expect(await bank()).toMatchObject([{ stars: 5, character: null, name: 'Long shadows' }])
  await rig.engine.call('seed.remove', { savedSeedId })
  expect(await bank()).toEqual([])
  await expect(rig.engine.call('seed.update', { savedSeedId, patch: { stars: 1 } })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(seen.map(({ name }) => name).filter((name) => name.startsWith('seed.'))).toEqual([
    'seed.put',
    'seed.put',
    'seed.removed',
  ])

  const undo = () => rig.engine.call('edit.undo', { projectId })
  expect((await undo()).label).toBe('remove saved seed 48213907')
  expect(await bank()).toMatchObject([{ id: savedSeedId, stars: 5 }])
  await undo()
  expect(await bank()).toMatchObject([{ stars: 4, character: 'Mara' }])
  await undo()
  expect(await bank()).toEqual([])
  await rig.engine.call('edit.redo', { projectId })
  await rig.reopen()
  expect(await bank()).toMatchObject([{ id: savedSeedId, ...SEED, takeId }])
})

it('takes no seed from a take of another project', async () => {
  const { projectId } = await rig.engine.call('project.create', { title: 'Elsewhere' })
  const { takeIds } = await rig.start({ provider: 'rehearsal' })
  const takeId = present(takeIds[0], 'twelve')
  await expect(rig.engine.call('seed.save', { projectId, ...SEED, takeId })).rejects.toMatchObject({
    code: 'bad-input',
  })
})
