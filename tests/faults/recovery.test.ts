import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import {
  backupsIn,
  databaseOf,
  DAMAGES,
  keepCopy,
  leaveBackups,
  overwritePage,
  pageOf,
  type Damage,
} from '../support/damage.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

const CAP = usdMicros(20_000_000)

let rig: Rig
let scenes: SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(CAP)
  const project = await rig.engine.call('project.get', { projectId: rig.projectId })
  scenes = project.scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const scene = (index: number): SceneId => present(scenes[index], 'the sample has twelve')
const inPhase =
  (...phases: Take['phase'][]) =>
  (take: Take) =>
    phases.includes(take.phase)

async function make(indexes: readonly number[], condition: (take: Take) => boolean): Promise<TakeId[]> {
  const { takeIds } = await rig.start({ sceneIds: indexes.map(scene) })
  await rig.until(takeIds, condition)
  return takeIds
}

/** What happened on two days, the second of which the backup (and yesterday's copy) knows nothing of. */
interface History {
  readonly backups: readonly string[]
  readonly yesterday: Damage
  readonly ready: readonly TakeId[]
  readonly later: readonly TakeId[]
  /** Sent and recorded by the service, never answered. */
  readonly lost: TakeId
  /** Sent, never recorded, never answered. */
  readonly unknown: TakeId
  /** Waiting yesterday, cancelled today. */
  readonly cancelled: TakeId
}

async function paidHistory(): Promise<History> {
  const ready = await make([0, 1, 2], inPhase('ready'))
  await rig.reopen({ jobs: false })
  const { takeIds } = await rig.start({ sceneIds: [scene(7)] })
  const cancelled = present(takeIds[0], 'one')
  let yesterday: Damage = () => {}
  let backups: readonly string[] = []
  await rig.reopen({ jobs: false }, () => {
    yesterday = keepCopy(rig.library)
    backups = backupsIn(rig.library)
  })
  await rig.engine.call('take.cancel', { takeId: cancelled })
  await rig.reopen()
  const later = await make([3, 4], inPhase('ready'))
  await rig.fake.script({ submit: [{ reply: 'reset', recorded: true }] })
  const [lost] = await make([5], inPhase('unconfirmed'))
  await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
  const [unknown] = await make([6], inPhase('unconfirmed'))
  await rig.fake.clearScript()
  return {
    backups,
    yesterday,
    ready,
    later,
    lost: present(lost, 'one'),
    unknown: present(unknown, 'one'),
    cancelled,
  }
}

const halted = async () => (await rig.engine.call('studio.get', {})).runner.halted
const doctor = async (name: string) => (await rig.engine.doctor()).find((check) => check.name === name)
const unanswered = { other: [{ route: 'history', reply: 'status', status: 503, times: 'always' }] } as const
const charged = () =>
  rig.fake.ledger().entries.reduce((sum, entry) => sum + (entry.kind === 'charge' ? entry.micros : 0), 0)

/** Names of the files that were set aside. */
const setAside = (library: string): string[] => {
  const dir = join(library, 'damaged')
  return existsSync(dir) ? readdirSync(dir).flatMap((folder) => readdirSync(join(dir, folder))) : []
}

/** Everything that must be true after any loss, once the library is open again. */
async function holdsTrue(history: History): Promise<void> {
  const posts = rig.fake.ledger().posts.length
  const { ready, later, lost, unknown } = history
  expect(await halted()).toMatchObject({ code: 'library-recovered' })
  // What is asked for now is reserved and waits.
  const { takeIds } = await rig.start({ sceneIds: [scene(9)] })
  expect(rig.fake.ledger().posts).toHaveLength(posts)

  const takes = await rig.takes()
  const ids = takes.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([...ready, ...later, lost, unknown]))
  expect(takes.filter(({ id }) => [lost, unknown].includes(id)).map(({ phase }) => phase)).toEqual([
    'unconfirmed',
    'unconfirmed',
  ])
  await rig.until([...ready, ...later], inPhase('ready'))
  expect(await doctor('clips')).toMatchObject({ state: 'ok' })
  expect(await doctor('ledger')).toMatchObject({ state: 'ok' })
  expect(await doctor('journal')).toMatchObject({ state: 'ok' })
  // Both submissions are looked for; then, and not before, what waits is sent.
  await rig.fake.clearScript()
  expect(await rig.engine.call('take.lookFor', { takeId: lost })).toMatchObject({ outcome: 'found' })
  expect(await halted()).toMatchObject({ code: 'library-recovered' })
  expect(await rig.engine.call('take.lookFor', { takeId: unknown })).toMatchObject({ outcome: 'none' })
  expect(await halted()).toBeNull()
  await rig.until([lost, ...takeIds], inPhase('ready'))

  const price = (await rig.take(unknown)).price
  expect(await rig.budget()).toMatchObject({ held: price, spent: charged(), cap: CAP })
  const { jobs } = rig.fake.ledger()
  expect(new Set(jobs.map(({ body }) => `${body.seed} ${body.prompt}`)).size).toBe(jobs.length)
  expect((await rig.takes()).filter(({ id }) => id === history.cancelled).map(({ phase }) => phase)).not.toContain(
    'ready',
  )
  // The whole board again buys only the scenes nothing was ever sent for.
  const before = rig.fake.ledger().jobs.length
  const again = await rig.start({ mode: 'up-to' })
  await rig.until(again.takeIds, inPhase('ready'))
  expect(rig.fake.ledger().jobs.length - before).toBe(12 - 8)
  expect(await rig.budget()).toMatchObject({ held: price, spent: charged() })
}

describe.each(Object.keys(DAMAGES))('a database that is %s', (kind) => {
  const damage = present(DAMAGES[kind], 'it is a key')

  it('is set aside, restored from its backup and brought up to date, without paying twice', async () => {
    const history = await paidHistory()
    await rig.fake.script(unanswered)
    await rig.reopen({}, () => {
      leaveBackups(rig.library, history.backups)
      damage(rig.library)
    })
    expect(await halted()).toMatchObject({ message: expect.stringContaining('backup of') as string })
    expect(setAside(rig.library).includes('library.db')).toBe(kind !== 'deleted')
    expect((await rig.take(history.cancelled)).phase).toBe('cancelled')
    await holdsTrue(history)
  })
})

describe('a database that is lost with all its backups', () => {
  it.each(['deleted', 'truncated'])('comes back from the journal and the passports when %s', async (kind) => {
    const history = await paidHistory()
    await rig.fake.script(unanswered)
    await rig.reopen({}, () => {
      leaveBackups(rig.library, [])
      present(DAMAGES[kind], 'it is a key')(rig.library)
    })
    expect(await halted()).toMatchObject({ message: expect.stringContaining('empty library') as string })
    const project = await rig.engine.call('project.get', { projectId: rig.projectId })
    expect(project.project).toMatchObject({ title: 'The Long Pasture', cap: CAP })
    expect(project.scenes.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    // The board opened again finds its project, its scenes and their takes.
    expect(await rig.engine.openBoard(rig.boardPath)).toMatchObject({
      projectId: rig.projectId,
      storyboardId: rig.storyboardId,
    })
    const known = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
    expect(known.slice(0, 7)).toEqual(scenes.slice(0, 7))
    scenes = known
    await holdsTrue(history)
  })
})

describe('a database that is damaged when the engine was killed', () => {
  it('is set aside together with its WAL', async () => {
    await make([0, 1], inPhase('ready'))
    await rig.reopen()
    const [later] = await make([2], inPhase('ready'))
    const live = mkdtempSync(join(tmpdir(), 'takeboard-live-'))
    for (const name of ['library.db', 'library.db-wal', 'library.db-shm'])
      copyFileSync(join(rig.library, name), join(live, name))
    const backups = backupsIn(rig.library)
    await rig.reopen({}, () => {
      leaveBackups(rig.library, backups)
      cpSync(live, rig.library, { recursive: true })
      // A page that the WAL does not bring back.
      overwritePage(databaseOf(rig.library), pageOf(databaseOf(rig.library), 'casts'))
    })
    rmSync(live, { recursive: true })
    expect(setAside(rig.library).sort()).toEqual(['library.db', 'library.db-shm', 'library.db-wal'])
    await rig.until([present(later, 'one')], inPhase('ready'))
    // Nothing was left unanswered, so nothing was held up.
    expect(await halted()).toBeNull()
    expect(rig.fake.ledger().posts).toHaveLength(3)
    expect(await rig.budget()).toMatchObject({ held: 0, spent: charged() })
  })
})

describe('clips that are gone with the database', () => {
  it('are downloaded again, and paid for once', async () => {
    const history = await paidHistory()
    const posts = rig.fake.ledger().posts.length
    await rig.reopen({}, () => {
      leaveBackups(rig.library, [])
      present(DAMAGES['deleted'], 'it is a key')(rig.library)
      rmSync(join(rig.library, 'clips'), { recursive: true })
    })
    await rig.until([...history.ready, ...history.later, history.lost], inPhase('ready'))
    expect(await doctor('clips')).toMatchObject({ state: 'ok' })
    expect(rig.fake.ledger().posts).toHaveLength(posts)
    const { price } = await rig.take(history.unknown)
    expect(await rig.budget()).toMatchObject({ held: price, spent: charged() })
  })
})

describe('a database that is older than its journal', () => {
  it('is brought up to date, and nothing is sent until it is', async () => {
    const history = await paidHistory()
    await rig.fake.script(unanswered)
    await rig.reopen({}, () => history.yesterday(rig.library))
    expect(await halted()).toMatchObject({
      message: expect.stringContaining('older than the submission journal') as string,
    })
    expect((await rig.take(history.cancelled)).phase).toBe('cancelled')
    expect(existsSync(join(rig.library, 'damaged'))).toBe(false)
    await holdsTrue(history)
  })
})

describe('submissions after a recovery', () => {
  it('stay off over a restart, and go on when the artist resumes', async () => {
    const history = await paidHistory()
    await rig.fake.script(unanswered)
    await rig.reopen({}, () => history.yesterday(rig.library))
    await rig.reopen()
    expect(await halted()).toMatchObject({ code: 'library-recovered' })
    const { takeIds } = await rig.start({ sceneIds: [scene(9)] })
    await rig.engine.call('runner.resume', {})
    await rig.until(takeIds, inPhase('ready'))
    await rig.reopen()
    expect(await halted()).toBeNull()
    expect(await doctor('recovery')).toMatchObject({ state: 'ok' })
  })

  it('find what the service has by themselves', async () => {
    const history = await paidHistory()
    await rig.reopen({}, () => history.yesterday(rig.library))
    await rig.until([history.lost], inPhase('ready'))
    await rig.until([history.unknown], ({ waitUntil }) => waitUntil !== null)
    const { takeIds } = await rig.start({ sceneIds: [scene(9)] })
    await rig.until(takeIds, inPhase('ready'))
    expect(await halted()).toBeNull()
  })
})
