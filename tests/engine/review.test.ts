import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import { usdMicros } from '../../shared/money.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
async function readyTakes(count: number) {
  const { scenes } = await project()
  const { takeIds } = await rig.start({ sceneIds: scenes.slice(0, count).map(({ id }) => id) })
  return rig.until(takeIds, ({ phase }) => phase === 'ready')
}
const undo = () => rig.engine.call('edit.undo', { projectId: rig.projectId })
const STROKE = {
  tool: 'arrow',
  colour: 'red',
  width: 0.01,
  points: [
    [0.1, 0.2],
    [0.9, 1],
  ] as [number, number][],
} as const

describe('notes', () => {
  it('stay with their take, its frames and what was drawn, over a restart', async () => {
    const [take] = await readyTakes(1)
    const takeId = present(take, 'one was made').id
    const { noteId } = await rig.engine.call('note.add', {
      takeId,
      from: 33,
      to: 40,
      text: 'Scarf turns orange.',
      strokes: [{ ...STROKE, points: [...STROKE.points] }],
    })
    await rig.engine.call('note.update', { noteId, patch: { resolved: true } })
    await rig.reopen()
    expect((await project()).notes).toEqual([
      expect.objectContaining({ id: noteId, takeId, from: 33, to: 40, strokes: [STROKE], resolved: true }),
    ])
    await rig.engine.call('note.remove', { noteId })
    expect((await project()).notes).toEqual([])
    await undo()
    expect((await project()).notes).toHaveLength(1)
  })

  it('refuse a range that ends before it begins, a point outside the picture, and a take that is not there', async () => {
    const [take] = await readyTakes(1)
    const takeId = present(take, 'one was made').id
    const note = { takeId, from: 10, to: 9, text: '', strokes: [] }
    await expect(rig.engine.call('note.add', note)).rejects.toMatchObject({ code: 'bad-input' })
    const outside = { ...STROKE, points: [[1.2, 0]] as [number, number][] }
    await expect(rig.engine.call('note.add', { ...note, to: 10, strokes: [outside] })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(rig.engine.call('note.add', { ...note, to: 10, takeId: 'gone' as never })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await project()).notes).toEqual([])
  })
})

describe('judgement', () => {
  it('of several takes is one step, and money stays where it is', async () => {
    const takes = await readyTakes(3)
    const before = await rig.budget()
    await rig.engine.call('take.judge', {
      takeIds: takes.map(({ id }) => id),
      patch: { rating: 4, label: 'green', rejected: true },
    })
    const { takes: judged, edits } = await project()
    expect(judged.map(({ rating, label, rejected }) => [rating, label, rejected])).toEqual(
      takes.map(() => [4, 'green', true]),
    )
    expect(edits.undo).toBe('rate 3 takes')
    await undo()
    expect((await project()).takes.map(({ rating, label, rejected }) => [rating, label, rejected])).toEqual(
      takes.map(() => [0, 'none', false]),
    )
    expect(await rig.budget()).toEqual(before)
  })
})

describe('playlists', () => {
  it('keep their order, are renamed and removed, and all of it comes back', async () => {
    const takeIds = (await readyTakes(3)).map(({ id }) => id).reverse()
    const { playlistId } = await rig.engine.call('playlist.create', {
      projectId: rig.projectId,
      title: 'For Monday',
      takeIds,
    })
    await rig.engine.call('playlist.update', { playlistId, patch: { title: 'For Tuesday' } })
    expect((await project()).playlists).toEqual([expect.objectContaining({ title: 'For Tuesday', takeIds })])
    await rig.engine.call('playlist.remove', { playlistId })
    await undo()
    await undo()
    expect((await project()).playlists).toEqual([expect.objectContaining({ title: 'For Monday', takeIds })])
  })
})
