import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { CastId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const casts = async () => (await project()).casts
const main = async () => present((await casts())[0], 'the sample has one')
const give = (castId: CastId) =>
  rig.engine.call('storyboard.update', { storyboardId: rig.storyboardId, patch: { castId } })
const undo = async () => (await rig.engine.call('edit.undo', { projectId: rig.projectId })).label

describe('several casts', () => {
  it('are made, named, copied and removed, each undone and in their order', async () => {
    const before = await casts()
    const { castId } = await rig.engine.call('cast.create', { projectId: rig.projectId, title: 'Winter' })
    await rig.engine.call('cast.update', { castId, patch: { title: 'Deep winter' } })
    const copy = await rig.engine.call('cast.duplicate', { castId: present(before[0], 'one').id })
    const made = await casts()
    expect(made.map(({ title }) => title)).toEqual(['Main cast', 'Deep winter', 'Main cast copy'])
    const images = (cast: (typeof made)[number] | undefined) =>
      cast?.references.map(({ name, image }) => [name, image.sha256])
    expect(images(made[2])).toEqual(images(made[0]))
    expect(new Set(made.flatMap(({ references }) => references.map(({ id }) => id))).size).toBe(
      2 * (made[0]?.references.length ?? 0),
    )
    await rig.engine.call('cast.remove', { castId })
    await rig.engine.call('cast.remove', { castId: copy.castId })
    expect(await casts()).toEqual(before)
    await undo()
    await undo()
    expect(await casts()).toEqual(made)
    await rig.reopen()
    expect([await undo(), await undo(), await undo()]).toEqual([
      'duplicate the cast Main cast',
      'rename the cast Winter',
      'add the cast Winter',
    ])
    expect(await casts()).toEqual(before)
  })

  it('stay while a storyboard uses them', async () => {
    const { id, title } = await main()
    await expect(rig.engine.call('cast.remove', { castId: id })).rejects.toMatchObject({
      code: 'conflict',
      message: `${title} is the cast of The Long Pasture. Give them another cast first.`,
    })
    const { castId } = await rig.engine.call('cast.create', { projectId: rig.projectId, title: 'Winter' })
    await give(castId)
    await rig.engine.call('cast.remove', { castId: id })
    expect((await casts()).map((cast) => cast.id)).toEqual([castId])
  })
})

describe('another cast for a storyboard', () => {
  it('keeps the choices of its scenes by name, and marks takes only where the images differ', async () => {
    const { id, references } = await main()
    const before = await project()
    const scene = present(before.scenes[2], 'twelve')
    const chosen = references.slice(1, 3).map((each) => each.id)
    await rig.engine.call('scene.update', { sceneId: scene.id, patch: { references: chosen } })
    const { takeIds } = await rig.start({ sceneIds: [scene.id] })
    await rig.until(takeIds, ({ phase }) => phase === 'ready')
    const takeId = present(takeIds[0], 'one')
    const { castId } = await rig.engine.call('cast.duplicate', { castId: id })
    await give(castId)
    const copy = present(
      (await casts()).find((cast) => cast.id === castId),
      'it was made',
    )
    const carried = (await project()).scenes.find((each) => each.id === scene.id)
    expect(carried?.references).toEqual(copy.references.slice(1, 3).map((each) => each.id))
    expect((await rig.take(takeId)).stale).toEqual([])

    const [first, second] = [present(copy.references[0], 'some'), present(copy.references[1], 'some')]
    await rig.engine.call('reference.update', { referenceId: second.id, patch: { sha256: first.image.sha256 } })
    expect((await rig.take(takeId)).stale).toEqual(['references'])
    expect(await undo()).toBe(`replace an image of ${second.name}`)
    expect((await rig.take(takeId)).stale).toEqual([])
    await undo()
    expect((await project()).scenes.find((each) => each.id === scene.id)?.references).toEqual(chosen)
  })

  it('is one of the same project', async () => {
    const other = await rig.engine.call('project.create', { title: 'Other' })
    const { castId } = await rig.engine.call('cast.create', { projectId: other.projectId, title: 'Theirs' })
    await expect(give(castId)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('a reference', () => {
  it('comes back with its place and with the scenes that chose it', async () => {
    const before = await project()
    const { references } = await main()
    const [, second] = references
    const { id } = present(second, 'the sample has more')
    const scene = present(before.scenes[0], 'twelve')
    await rig.engine.call('scene.update', { sceneId: scene.id, patch: { references: [id] } })
    const chosen = await project()
    await rig.engine.call('reference.remove', { referenceId: id })
    expect((await project()).scenes[0]?.references).toBeNull()
    await undo()
    const after = await project()
    expect([after.casts, after.scenes]).toEqual([chosen.casts, chosen.scenes])
    await rig.engine.call('reference.move', { referenceId: id, to: 0 })
    expect((await main()).references[0]?.id).toBe(id)
    await undo()
    expect((await main()).references).toEqual(references)
  })
})

describe('a character with another name', () => {
  it('keeps its mentions in every prompt when asked to, as one step of undo', async () => {
    const before = await project()
    const cast = await main()
    const scene = present(before.scenes[0], 'twelve')
    const prompt = 'Write to studio@mara.example. @MARA waits for @Maranda and @Juniper.'
    await rig.engine.call('scene.update', { sceneId: scene.id, patch: { prompt } })
    const mentioning = (await project()).scenes.filter((each) => /@mara\b/i.test(each.prompt.replace('o@mara', '')))
    const renamed = await rig.engine.call('cast.renameCharacter', {
      castId: cast.id,
      from: 'Mara',
      to: 'Maren Holt',
      mentions: true,
    })
    expect(renamed).toEqual({ images: 3, scenes: mentioning.length })
    const after = await project()
    expect(after.casts[0]?.references.map(({ name }) => name).slice(0, 3)).toEqual(Array(3).fill('Maren Holt'))
    expect(after.scenes.find(({ id }) => id === scene.id)?.prompt).toBe(
      'Write to studio@mara.example. @Maren Holt waits for @Maranda and @Juniper.',
    )
    expect(await undo()).toBe('rename Mara to Maren Holt')
    expect((await main()).references).toEqual(cast.references)
    expect((await project()).scenes.find(({ id }) => id === scene.id)?.prompt).toBe(prompt)
  })

  it('leaves prompts alone otherwise, joins a name that is there, and says when nobody is called so', async () => {
    const cast = await main()
    const prompts = async () => (await project()).scenes.map(({ prompt }) => prompt)
    const before = await prompts()
    const rename = (from: string, to: string) =>
      rig.engine.call('cast.renameCharacter', { castId: cast.id, from, to, mentions: false })
    expect(await rename('Juniper', 'Mara')).toEqual({ images: 3, scenes: 0 })
    expect(await prompts()).toEqual(before)
    expect((await main()).references.filter(({ name }) => name === 'Mara')).toHaveLength(6)
    await expect(rename('Juniper', 'Bess')).rejects.toMatchObject({ code: 'not-found' })
    await expect(rename('Mara', '@Bess')).rejects.toMatchObject({ code: 'bad-input' })
  })
})
