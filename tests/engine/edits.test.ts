import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { usdMicros } from '../../shared/money.ts'
import { systemClock } from '../../electron/hosts/system.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
/** The wall clock, which stands still until a test moves it. */
let now = 1_750_000_000_000
const still = { ...systemClock, now: () => now }
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const scenes = async () => (await project()).scenes
const scene = async (index: number) => present((await scenes())[index], 'the sample has twelve')
const state = async () => {
  const { undo, redo } = (await project()).edits
  return { undo, redo }
}
const undo = () => rig.engine.call('edit.undo', { projectId: rig.projectId })
const redo = () => rig.engine.call('edit.redo', { projectId: rig.projectId })
const update = async (index: number, patch: ScenePatch) =>
  rig.engine.call('scene.update', { sceneId: (await scene(index)).id, patch })
const ready = async (index: number) => {
  const { takeIds } = await rig.start({ sceneIds: [(await scene(index)).id] })
  const [take] = await rig.until(takeIds, ({ phase }) => phase === 'ready')
  return present(take, 'one was started')
}
const heard = () => {
  const events: EngineEvent[] = []
  rig.engine.onEvent((event) => void events.push(event))
  return events
}

describe('undo and redo', () => {
  it('go back and forth in the artist’s words, and nothing is there to undo in a new project', async () => {
    expect(await state()).toEqual({ undo: null, redo: null })
    expect(await undo()).toEqual({ label: null })
    const { prompt, id } = await scene(1)
    await update(1, { prompt: 'Rain.' })
    await rig.engine.call('scene.moveMany', { sceneIds: [id, (await scene(4)).id], before: null })
    expect(await state()).toEqual({ undo: 'move 2 scenes', redo: null })
    expect(await undo()).toEqual({ label: 'move 2 scenes' })
    expect(await state()).toEqual({ undo: 'change the prompt of scene 2', redo: 'move 2 scenes' })
    await undo()
    expect(await scene(1)).toMatchObject({ id, prompt })
    expect(await redo()).toEqual({ label: 'change the prompt of scene 2' })
    expect((await scene(1)).prompt).toBe('Rain.')
    await redo()
    expect((await scenes()).slice(-2).map(({ number }) => number)).toEqual(['2', '5'])
    expect(await redo()).toEqual({ label: null })
  })

  it('survive a restart', async () => {
    const before = await scenes()
    await update(0, { title: 'Another' })
    await rig.engine.call('scene.removeMany', { sceneIds: before.slice(2, 5).map(({ id }) => id) })
    const after = await scenes()
    await rig.reopen()
    expect(await state()).toEqual({ undo: 'remove 3 scenes', redo: null })
    await undo()
    await rig.reopen()
    await undo()
    expect(await scenes()).toEqual(before)
    await rig.reopen()
    await redo()
    await redo()
    expect(await scenes()).toEqual(after)
  })

  it('forget what was undone as soon as something else is done, and only in that project', async () => {
    const other = await rig.engine.call('project.create', { title: 'Other' })
    await rig.engine.call('storyboard.create', { projectId: other.projectId, title: 'Second' })
    await rig.engine.call('edit.undo', { projectId: other.projectId })
    await update(0, { title: 'One' })
    await undo()
    await update(0, { title: 'Two' })
    expect(await state()).toEqual({ undo: 'change the title of scene 1', redo: null })
    const { edits } = await rig.engine.call('project.get', { projectId: other.projectId })
    expect(edits.redo).toBe('add the storyboard Second')
  })

  it('leave no trace of an edit that changes nothing, or that fails', async () => {
    const { title, number } = await scene(0)
    await update(0, { title })
    await expect(update(1, { number })).rejects.toMatchObject({ code: 'conflict' })
    expect(await state()).toEqual({ undo: null, redo: null })
    await update(1, { title: 'And on it goes' })
    expect(await state()).toMatchObject({ undo: 'change the title of scene 2' })
  })

  it('tell every client what to do next', async () => {
    const events = heard()
    await update(0, { prompt: 'Rain.' })
    await undo()
    const told = events.filter(({ name }) => name !== 'runner.put').map(({ name }) => name)
    expect(told).toEqual(['scene.put', 'edits.put', 'scene.put', 'edits.put'])
    expect(events.at(-1)?.payload).toEqual({
      projectId: rig.projectId,
      undo: null,
      redo: 'change the prompt of scene 1',
    })
  })
})

describe('what is typed', () => {
  beforeEach(() => rig.reopen({ clock: still }))

  it('is one step while the next letters come within ten seconds', async () => {
    const { prompt } = await scene(0)
    for (const text of ['R', 'Ra', 'Rai', 'Rain']) {
      await update(0, { prompt: text })
      now += 9000
    }
    now += 2000
    await update(0, { prompt: 'Rain falls' })
    await undo()
    expect((await scene(0)).prompt).toBe('Rain')
    await undo()
    expect((await scene(0)).prompt).toBe(prompt)
    expect((await state()).undo).toBeNull()
  })

  it('is no step when it was typed and taken away again', async () => {
    const { prompt } = await scene(0)
    await update(0, { prompt: `${prompt}!` })
    await update(0, { prompt })
    expect(await state()).toEqual({ undo: null, redo: null })
  })

  it('is another step in another field, in another scene, and after an undo', async () => {
    await update(0, { prompt: 'Rain' })
    await update(0, { notes: 'Slow' })
    await update(1, { notes: 'Slow' })
    await undo()
    await undo()
    await update(0, { prompt: 'Rain falls' })
    expect((await state()).redo).toBeNull()
    await undo()
    expect((await state()).undo).toBeNull()
  })
})

describe('undo', () => {
  it('never touches money, takes or clips', async () => {
    const take = await ready(2)
    const ledger = () => rig.engine.call('ledger.list', { projectId: rig.projectId, before: null, limit: 100 })
    const [lines, budget] = [await ledger(), await rig.budget()]
    await rig.engine.call('project.update', {
      projectId: rig.projectId,
      patch: { title: 'Short', cap: usdMicros(9_000_000), batchLimit: usdMicros(1_000_000) },
    })
    await rig.engine.call('take.update', { takeId: take.id, patch: { rating: 4, rejected: true } })
    await rig.engine.call('scene.pick', { sceneId: take.sceneId, takeId: take.id })
    expect((await state()).undo).toBe('pick 3-1')
    await update(2, { prompt: 'Something else' })
    expect((await rig.take(take.id)).stale).toEqual(['prompt', 'references'])
    for (let step = 0; step < 4; step++) await undo()
    expect(await rig.take(take.id)).toEqual(take)
    expect(await ledger()).toEqual(lines)
    const after = await project()
    expect(after.project).toMatchObject({ title: 'The Long Pasture', cap: 9_000_000, batchLimit: 1_000_000 })
    expect(after.budget).toMatchObject({ held: budget.held, spent: budget.spent })
    expect(await undo()).toEqual({ label: null })
  })

  it('passes over a scene that has takes by now, says so, and goes on before it', async () => {
    await update(0, { title: 'Before' })
    await rig.engine.call('scene.createMany', {
      storyboardId: rig.storyboardId,
      before: null,
      scenes: [{ prompt: 'A new one' }],
    })
    await ready(12)
    await expect(undo()).rejects.toMatchObject({
      code: 'conflict',
      message:
        '“add scene 13” cannot be taken back: scene 13 has takes by now. The next undo goes on with the step before it.',
    })
    expect(await undo()).toEqual({ label: 'change the title of scene 1' })
    expect(await scenes()).toHaveLength(13)
    expect(await redo()).toEqual({ label: 'change the title of scene 1' })
    expect(await redo()).toEqual({ label: null })
  })

  it('does not take a scene off the board again while a take of it is under way', async () => {
    const { id } = await scene(2)
    await ready(2)
    await rig.engine.call('scene.remove', { sceneId: id })
    await undo()
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start({ sceneIds: [id] })
    await rig.until(takeIds, ({ phase }) => phase === 'running')
    await expect(redo()).rejects.toMatchObject({ code: 'conflict' })
    expect((await scenes()).map((each) => each.id)).toContain(id)
  })

  it('keeps places whole around a step it passed over', async () => {
    const add = () => rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    await add()
    const { sceneId } = await add()
    await rig.engine.call('scene.update', { sceneId, patch: { prompt: 'Stays' } })
    await ready(13)
    await undo()
    await expect(undo()).rejects.toMatchObject({ code: 'conflict' })
    await undo()
    const left = await scenes()
    expect(left.map(({ position }) => position)).toEqual(left.map((_, index) => index))
    expect(left.at(-1)?.id).toBe(sceneId)
  })

  it('takes back what a board file changed in a project that was there', async () => {
    const before = await project()
    const board = JSON.parse(readFileSync(rig.boardPath, 'utf8')) as { style: string; scenes: { prompt: string }[] }
    board.style = 'Charcoal.'
    board.scenes.reverse().pop()
    writeFileSync(rig.boardPath, JSON.stringify(board))
    await rig.engine.openBoard(rig.boardPath)
    expect(await scenes()).toHaveLength(11)
    expect(await undo()).toEqual({ label: 'open the board file of The Long Pasture' })
    const after = await project()
    expect([after.scenes, after.storyboards, after.casts]).toEqual([before.scenes, before.storyboards, before.casts])
  })

  it('keeps the last five hundred steps', async () => {
    for (let step = 0; step < 503; step++) await update(0, { duration: 3 + (step % 13) })
    await rig.engine.close()
    const db = new Sqlite(join(rig.library, 'library.db'), { readonly: true })
    const count = (sql: string) => db.prepare<[], { n: number }>(sql).get()?.n
    expect(count('SELECT count(*) AS n FROM edits')).toBe(500)
    expect(count('SELECT count(*) AS n FROM edit_rows')).toBe(500)
    // Only what changed is kept of a scene, not the scene.
    expect(count('SELECT max(length(before)) AS n FROM edit_rows')).toBeLessThan(20)
    db.close()
    await rig.reopenClosed()
  })
})
