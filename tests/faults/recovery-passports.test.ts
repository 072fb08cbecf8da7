import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { Passport } from '../../electron/engine/media/passports.ts'
import { DAMAGES, keepCopy, leaveBackups, removePassports } from '../support/damage.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(20_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const isReady = ({ phase }: Take) => phase === 'ready'
async function ready(...indexes: number[]): Promise<Take[]> {
  const sceneIds = indexes.map((index) => present(scenes[index], 'the sample has twelve'))
  const { takeIds } = await rig.start({ sceneIds })
  return rig.until(takeIds, isReady)
}
const fileOf = ({ clip }: Take, extension: 'mp4' | 'json') => {
  const { sha256 } = present(clip, 'it is ready')
  return join(rig.library, 'clips', sha256.slice(0, 2), `${sha256}.${extension}`)
}
const passportOf = (take: Take) => Passport.parse(JSON.parse(readFileSync(fileOf(take, 'json'), 'utf8')))
const passports = () =>
  readdirSync(join(rig.library, 'clips'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
const check = async (name: string) => (await rig.engine.doctor()).find((each) => each.name === name)

/** Forgets the database, its backups and the journal: the clips folder is all there is. */
function loseAllButClips(): void {
  leaveBackups(rig.library, [])
  present(DAMAGES['deleted'], 'it is a key')(rig.library)
  rmSync(join(rig.library, 'submissions.jsonl'))
}

describe('the passport of a clip', () => {
  it('says whose it is, what was asked for and what it cost', async () => {
    const [take] = await ready(2)
    const passport = passportOf(present(take, 'one'))
    expect(passport).toMatchObject({ sha256: take?.clip?.sha256, bytes: take?.clip?.bytes })
    expect(passport.takes).toHaveLength(1)
    expect(passport.takes[0]).toMatchObject({
      takeId: take?.id,
      slate: '3-1',
      project: { id: rig.projectId, title: 'The Long Pasture' },
      storyboard: { id: rig.storyboardId },
      scene: { id: scenes[2], number: '3' },
      request: take?.request,
      price: take?.price,
      provider: 'wavespeed',
      predictionId: take?.predictionId,
    })
    expect(passport.takes[0]?.downloadedAt).toBeGreaterThan(take?.createdAt ?? 0)
    expect(readFileSync(fileOf(present(take, 'one'), 'json'), 'utf8')).not.toContain(rig.fake.key)
  })

  it('lists every take of the clip', async () => {
    await rig.fake.script({ job: { outputs: ['$clip'] } })
    const [first] = await ready(0)
    // The same clip again, as a service that keeps results by request would send it.
    const same = readFileSync(fileOf(present(first, 'one'), 'mp4'))
    const entry = present(passportOf(present(first, 'one')).takes[0], 'one')
    writeFileSync(
      fileOf(present(first, 'one'), 'json'),
      JSON.stringify({
        ...passportOf(present(first, 'one')),
        takes: [entry, { ...entry, takeId: 'other', number: 2, slate: '1-2', predictionId: 'job-other' }],
      }),
    )
    await rig.engine.repair()
    const takes = await rig.takes()
    expect(takes.filter(({ clip }) => clip?.sha256 === first?.clip?.sha256).map(({ number }) => number)).toEqual([1, 2])
    expect(readFileSync(fileOf(present(first, 'one'), 'mp4')).equals(same)).toBe(true)
    expect(passportOf(present(first, 'one')).takes).toHaveLength(2)
  })

  it('is written by the next start, or by repair, when it is missing', async () => {
    const takes = await ready(0, 1)
    await rig.reopen({ jobs: false }, () => removePassports(rig.library))
    expect(await check('passports')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('2 clips') as string,
    })
    expect((await rig.engine.repair()).find(({ name }) => name === 'passports')?.message).toBe('2 passports written.')
    expect(takes.map((take) => passportOf(take).takes[0]?.takeId)).toEqual(takes.map(({ id }) => id))
    expect(await check('passports')).toMatchObject({ state: 'ok' })

    await rig.reopen({}, () => removePassports(rig.library))
    expect((await rig.engine.repair()).find(({ name }) => name === 'passports')?.message).toBe('0 passports written.')
    expect(passports()).toHaveLength(2)
  })

  it('is mended by repair when it is torn or names another take', async () => {
    const [take] = await ready(0)
    writeFileSync(fileOf(present(take, 'one'), 'json'), '{"passport": 1, "sha')
    expect(await check('passports')).toMatchObject({ state: 'warning' })
    await rig.engine.repair()
    expect(passportOf(present(take, 'one')).takes[0]?.takeId).toBe(take?.id)
  })
})

describe('clips that no take names', () => {
  it('are given back when nothing but the clips folder is left, and the artist is asked first', async () => {
    const takes = await ready(0, 1, 2)
    const { spent } = await rig.budget()
    await rig.reopen({}, loseAllButClips)
    const { runner } = await rig.engine.call('studio.get', {})
    // Without a journal nobody knows what else was sent.
    expect(runner.halted).toMatchObject({
      code: 'library-recovered',
      message: expect.stringContaining('when you have read') as string,
    })
    const again = await rig.takes()
    const of = (list: readonly Take[]) => list.map(({ id, clip, charge, request }) => ({ id, clip, charge, request }))
    expect(of(again)).toEqual(expect.arrayContaining(of(takes)))
    expect(await rig.budget()).toMatchObject({ spent, held: 0 })
    expect(await check('clips')).toMatchObject({ state: 'ok', message: expect.stringContaining('3 clips') as string })
    const project = await rig.engine.call('project.get', { projectId: rig.projectId })
    expect(project.casts.flatMap(({ references }) => references).length).toBeGreaterThan(0)
  })

  it('go into their own scene when an older database still has it', async () => {
    let yesterday: ReturnType<typeof keepCopy> = () => {}
    await rig.reopen({}, () => void (yesterday = keepCopy(rig.library)))
    const [take] = await ready(4)
    await rig.reopen({ jobs: false }, () => {
      yesterday(rig.library)
      rmSync(join(rig.library, 'submissions.jsonl'))
    })
    expect(await rig.takes()).toEqual([])
    expect(await check('orphans')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('--repair') as string,
    })
    await rig.engine.repair()
    expect(await rig.take(present(take, 'one').id)).toMatchObject({
      sceneId: scenes[4],
      phase: 'ready',
      charge: 'charged',
    })
    expect(await check('orphans')).toMatchObject({ state: 'ok' })
    // Doing it again changes nothing.
    await rig.engine.repair()
    expect(await rig.takes()).toHaveLength(1)
    expect(await rig.budget()).toMatchObject({ spent: take?.price })
  })

  it('go into a storyboard called Recovered when another scene has their number now', async () => {
    let yesterday: ReturnType<typeof keepCopy> = () => {}
    await rig.reopen({}, () => void (yesterday = keepCopy(rig.library)))
    const { sceneId } = await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    const made = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.find(
      ({ id }) => id === sceneId,
    )
    await rig.engine.call('scene.update', { sceneId, patch: { prompt: '@Mara waits by the gate' } })
    const { takeIds } = await rig.start({ sceneIds: [sceneId] })
    await rig.until(takeIds, isReady)
    await rig.reopen({ jobs: false }, () => {
      yesterday(rig.library)
      rmSync(join(rig.library, 'submissions.jsonl'))
    })
    const rival = await rig.engine.call('scene.create', { storyboardId: rig.storyboardId, before: null })
    await rig.engine.call('scene.update', {
      sceneId: rival.sceneId,
      patch: { number: present(made, 'it was made').number },
    })
    await rig.engine.repair()
    const project = await rig.engine.call('project.get', { projectId: rig.projectId })
    const recovered = project.storyboards.find(({ title }) => title === 'Recovered')
    expect(await rig.take(present(takeIds[0], 'one'))).toMatchObject({ storyboardId: recovered?.id, phase: 'ready' })
    const boards = project.storyboards.map(({ id }) => project.scenes.filter((each) => each.storyboardId === id))
    for (const board of boards)
      expect(board.map(({ position }) => position).sort((a, b) => a - b)).toEqual(board.map((_, index) => index))
  })

  it('are kept and told of when they have no passport', async () => {
    await ready(0)
    await rig.reopen({}, () => {
      removePassports(rig.library)
      loseAllButClips()
    })
    await rig.engine.repair()
    expect(await check('orphans')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('kept as it is') as string,
    })
    expect(
      readdirSync(join(rig.library, 'clips'), { recursive: true }).some((name) => String(name).endsWith('.mp4')),
    ).toBe(true)
  })

  it('are not given back when their bytes are not what their name says', async () => {
    const [take] = await ready(0)
    await rig.reopen({}, () => {
      writeFileSync(fileOf(present(take, 'one'), 'mp4'), 'rot')
      loseAllButClips()
    })
    const { projects } = await rig.engine.call('studio.get', {})
    expect(projects).toEqual([])
  })
})

describe('repair', () => {
  it('removes the part files of finished takes only', async () => {
    const [take] = await ready(0)
    const parts = join(rig.library, 'parts')
    const stale = [`${take?.id}.part`, `${take?.id}.part.json`]
    for (const name of [...stale, 'somebody-else.part']) writeFileSync(join(parts, name), '')
    await rig.engine.repair()
    expect(readdirSync(parts)).toEqual(['somebody-else.part'])
    expect(existsSync(fileOf(present(take, 'one'), 'mp4'))).toBe(true)
    expect(rig.fake.ledger().posts).toHaveLength(1)
  })
})
