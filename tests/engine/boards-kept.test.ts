import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { createFileCache } from '../../electron/engine/media/file-cache.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
})
afterEach(() => rig.close())

const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const scene = async (number: string) =>
  present(
    (await project()).scenes.find((each) => each.number === number),
    number,
  )
const update = (sceneId: SceneId, patch: Parameters<typeof rig.engine.call<'scene.update'>>[1]['patch']) =>
  rig.engine.call('scene.update', { sceneId, patch })
const editBoard = (edit: (board: { cast: { name: string }[]; scenes: { number: string }[] }) => void) => {
  const board = JSON.parse(readFileSync(rig.boardPath, 'utf8')) as Parameters<typeof edit>[0]
  edit(board)
  writeFileSync(rig.boardPath, JSON.stringify(board))
}

describe('a scene whose seed came from one that is gone', () => {
  it('can still be edited and sent: new scenes by the default, and scenes an edited file left', async () => {
    const [two, seven] = [await scene('2'), await scene('7')]
    const defaults = present((await project()).storyboards[0], 'one').defaults
    await rig.engine.call('storyboard.update', {
      storyboardId: rig.storyboardId,
      patch: { defaults: { ...defaults, seed: { kind: 'scene', sceneId: seven.id } } },
    })
    await rig.engine.call('scene.remove', { sceneId: seven.id })
    const { sceneId } = await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    await update(sceneId, { title: 'A new one' })
    expect((await project()).storyboards[0]?.defaults.seed).toEqual({ kind: 'random' })

    const three = await scene('3')
    const { takeIds } = await rig.start({ sceneIds: [two.id] })
    await rig.until(takeIds, inPhase('ready'))
    await update(two.id, { seed: { kind: 'scene', sceneId: three.id } })
    editBoard((board) => {
      board.scenes = board.scenes.filter(({ number }) => !['2', '3'].includes(number))
    })
    await rig.engine.openBoard(rig.boardPath)
    await update(two.id, { title: 'Kept' })
    expect((await scene('2')).seed).toEqual({ kind: 'random' })
  })
})

describe('the label of an inserted scene', () => {
  it('keeps the project readable after a long one', async () => {
    const one = await scene('1')
    await update(one.id, { number: 'Opening shot' })
    await rig.engine.call('scene.duplicate', { sceneId: one.id })
    expect((await project()).scenes[1]?.number).toBe('Opening shoA')
  })
})

describe('one seed for a whole batch', () => {
  it('is one the service takes', async () => {
    for (const value of [0, -1, 2_147_483_648])
      await expect(rig.start({ seeds: { kind: 'one', value } })).rejects.toMatchObject({ code: 'bad-input' })
    await project()
  })

  it('is not drawn for a scene that would lend it but is held back', async () => {
    const [four, eight] = [await scene('4'), await scene('8')]
    await update(eight.id, { seed: { kind: 'scene', sceneId: four.id } })
    await update(four.id, { prompt: '@Nobody at all' })
    const { takeIds, heldBack } = await rig.start({ sceneIds: [four.id, eight.id] })
    expect(takeIds).toEqual([])
    expect(heldBack.map(({ reason }) => reason)).toEqual(['mention', 'seed'])
  })
})

describe('the sample', () => {
  it('is added once; what was made of it is only opened afterwards', async () => {
    const [one, added] = [
      await scene('1'),
      await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null }),
    ]
    await update(one.id, { prompt: 'My own words for @Mara' })
    expect(await rig.engine.call('project.openSample', {})).toEqual({ projectId: rig.projectId })
    expect(await scene('1')).toMatchObject({ prompt: 'My own words for @Mara' })
    expect((await project()).scenes.map(({ id }) => id)).toContain(added.sceneId)
  })
})

describe('a cast that two storyboards share', () => {
  it('makes the takes of both stale when a board file changes it', async () => {
    const { storyboardId } = await rig.engine.call('storyboard.create', { projectId: rig.projectId, title: 'Second' })
    const { sceneId } = await rig.engine.call('scene.create', { storyboardId, before: null })
    await update(sceneId, { prompt: 'Everybody waits.' })
    const { takeIds } = await rig.engine.call('batch.start', {
      requestId: 'the-second-board' as never,
      storyboardId,
      order: {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds: null,
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      },
    })
    await rig.until(takeIds, inPhase('ready'))
    editBoard((board) => {
      board.cast.reverse()
    })
    await rig.engine.openBoard(rig.boardPath)
    expect((await rig.take(present(takeIds[0], 'one'))).stale).toEqual(['references'])
  })
})

describe('a job the service no longer knows', () => {
  it('can be settled by hand, so that its money is not held for ever', async () => {
    const three = await scene('3')
    await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
    const [takeId] = (await rig.start({ sceneIds: [three.id] })).takeIds
    const id = present(takeId, 'one')
    await rig.until([id], inPhase('unconfirmed'))
    const mistyped = 'no-such-job' as never
    await rig.engine.call('take.resolve', { takeId: id, as: { kind: 'prediction', predictionId: mistyped } })
    await rig.until([id], (take) => take.error?.code === 'prediction-missing')
    await rig.engine.call('take.resolve', { takeId: id, as: { kind: 'not-charged' } })
    expect(await rig.take(id)).toMatchObject({ phase: 'cancelled', charge: 'released' })
    expect(await rig.budget()).toMatchObject({ held: 0, spent: 0 })
  })

  it('is not a job that is merely still running', async () => {
    await rig.fake.script({ hold: true })
    const { takeIds } = await rig.start({ sceneIds: [(await scene('3')).id] })
    await rig.until(takeIds, inPhase('running'))
    const takeId = present(takeIds[0], 'one')
    await expect(rig.engine.call('take.resolve', { takeId, as: { kind: 'not-charged' } })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('cancelling what waits', () => {
  it('is one step, whatever waits', async () => {
    await rig.engine.call('runner.pause', {})
    await rig.start()
    const seen: number[] = []
    rig.engine.onEvent((event) => {
      if (event.name === 'take.put') void project().then(({ budget }) => seen.push(budget.held))
    })
    await rig.engine.call('batch.cancelWaiting', { projectId: rig.projectId })
    // Whoever looks between two events finds all of them cancelled already.
    await vi.waitFor(() => expect(seen).toEqual(Array.from({ length: 12 }, () => 0)))
    expect((await rig.takes()).every(({ phase }) => phase === 'cancelled')).toBe(true)
    expect(await rig.budget()).toMatchObject({ held: 0 })
  })
})

describe('a clip that cannot be read', () => {
  it('is a finding of the doctor, not the end of the visit', async () => {
    const { takeIds } = await rig.start({ sceneIds: [(await scene('3')).id] })
    const [take] = await rig.until(takeIds, inPhase('ready'))
    const { sha256 } = present(take?.clip, 'a ready take has one')
    const file = join(rig.library, 'clips', sha256.slice(0, 2), `${sha256}.mp4`)
    rmSync(file)
    mkdirSync(file)
    const checks = await rig.engine.doctor()
    expect(checks.find(({ name }) => name === 'clips')?.state).toBe('problem')
  })
})

describe('a cache that cannot be written', () => {
  it('costs the picture nothing, and leaves no half files', async () => {
    await rig.reopen({ draw: () => Promise.resolve(Buffer.from('a picture')) })
    rmSync(join(rig.library, 'cache'), { recursive: true })
    const { id } = await scene('1')
    const response = await rig.engine.media(new Request(`http://studio/media/sketches/${id}`))
    expect([response.status, await response.text()]).toEqual([200, 'a picture'])
    const cache = createFileCache(join(rig.library, 'cache', 'again'), '.png')
    await expect(cache.write('in/no/folder', Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
