import Sqlite from 'better-sqlite3'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { PredictionId, SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { fastClock, startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let scenes: readonly SceneId[]
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  scenes = (await rig.engine.call('project.get', { projectId: rig.projectId })).scenes.map(({ id }) => id)
})
afterEach(() => rig.close())

const inPhase = (phase: Take['phase']) => (take: Take) => take.phase === phase
const scene = (index: number): SceneId => present(scenes[index], 'the sample has twelve')

async function begin(index: number): Promise<TakeId> {
  return present((await rig.start({ sceneIds: [scene(index)] })).takeIds[0], 'one take')
}
async function run(index: number, condition: (take: Take) => boolean): Promise<Take> {
  return present((await rig.until([await begin(index)], condition))[0], 'one take')
}
const bind = (takeId: TakeId, predictionId: PredictionId | null) =>
  rig.engine.call('take.resolve', {
    takeId,
    as: { kind: 'prediction', predictionId: present(predictionId, 'it was accepted') },
  })

describe('a job that belongs to another take', () => {
  it('cannot be claimed by hand, and the attempt leaves a library that opens', async () => {
    const owner = await run(2, inPhase('ready'))
    await rig.fake.script({ submit: [{ reply: 'html', status: 502 }] })
    const lost = await run(3, inPhase('unconfirmed'))
    await expect(bind(lost.id, owner.predictionId)).rejects.toMatchObject({ code: 'conflict' })
    await rig.reopen()
    expect((await rig.take(lost.id)).phase).toBe('unconfirmed')
    expect(await rig.budget()).toMatchObject({ held: 560_000, spent: 700_000 })
  })

  it('is no answer to a submission: the take is looked for instead, and keeps its money', async () => {
    const owner = await run(2, inPhase('ready'))
    await rig.fake.script({ submit: [{ reply: 'patch', data: { id: owner.predictionId }, recorded: false }] })
    const lost = await run(3, inPhase('unconfirmed'))
    expect(await rig.budget()).toMatchObject({ held: 560_000, spent: 700_000 })
    await rig.reopen()
    expect((await rig.take(lost.id)).phase).toBe('unconfirmed')
  })
})

describe('a look for a lost job', () => {
  it('never adopts the job of a submission that is still being answered', async () => {
    await rig.fake.script({
      lists: { more: 'has_more', echoInput: false, pageCap: 100, millisecondsOnly: false },
      submit: [
        { reply: 'html', status: 502 },
        { reply: 'delay', ms: 1_500 },
      ],
    })
    const lost = await run(2, inPhase('unconfirmed'))
    const other = await begin(3)
    await vi.waitFor(() => expect(rig.fake.ledger().jobs).toHaveLength(1), { timeout: 10_000 })
    expect(await rig.engine.call('take.lookFor', { takeId: lost.id })).toMatchObject({ outcome: 'several' })
    await rig.until([other], inPhase('ready'))
    expect((await rig.take(lost.id)).phase).toBe('unconfirmed')
  })

  it('goes on until the service could be asked, however long there was no network', async () => {
    await rig.reopen({ clock: fastClock(600) })
    await rig.fake.script({
      submit: [{ reply: 'reset', recorded: true }],
      other: [{ route: 'history', reply: 'status', status: 503, times: 6 }],
    })
    const take = await run(2, inPhase('ready'))
    expect(take).toMatchObject({ recovered: true, charge: 'charged' })
    expect(rig.fake.ledger().posts).toHaveLength(1)
  })
})

describe('a submission whose answer cannot be stored at once', () => {
  it('is stored when the database can be written again', async () => {
    await rig.fake.script({ submit: [{ reply: 'delay', ms: 500 }] })
    const take = await begin(2)
    await vi.waitFor(() => expect(rig.fake.ledger().jobs).toHaveLength(1), { timeout: 10_000 })
    const other = new Sqlite(join(rig.library, 'library.db'))
    other.exec('BEGIN IMMEDIATE')
    await vi
      .waitFor(() => expect(rig.log.join('\n')).toContain('could not be stored yet'), { timeout: 30_000 })
      .finally(() => other.close())
    await rig.until([take], inPhase('ready'))
    expect(rig.fake.ledger().posts).toHaveLength(1)
  })
})

describe('a journal that knows more than the database', () => {
  const paths = () => ({ db: join(rig.library, 'library.db'), journal: join(rig.library, 'submissions.jsonl') })

  /** Runs one take that is accepted at its second attempt, then puts back the database of before it was sent. */
  async function withOldDatabase(keep: (line: string) => boolean): Promise<TakeId> {
    const { db, journal } = paths()
    await rig.engine.call('runner.pause', {})
    const take = await begin(2)
    await rig.reopen({ jobs: false })
    copyFileSync(db, `${db}.old`)
    await rig.fake.script({ hold: true, submit: [{ reply: 'status', status: 429, retryAfter: '1' }] })
    await rig.reopen()
    await rig.engine.call('runner.resume', {})
    await rig.until([take], inPhase('running'))
    await rig.engine.close()
    copyFileSync(`${db}.old`, db)
    for (const rest of ['-wal', '-shm']) rmSync(db + rest, { force: true })
    const lines = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, lines.filter((line) => line !== '' && keep(line)).join('\n'))
    await rig.fake.script({ hold: false, other: [{ route: 'history', reply: 'status', status: 503, times: 'always' }] })
    return take
  }

  it.each([
    ['whole', () => true],
    ['without the end of the first attempt', (line: string) => !line.includes('"void"')],
    ['without the first attempt', (line: string) => !line.includes('"attempt":1')],
  ])('puts the job back: %s', async (_, keep) => {
    const take = await withOldDatabase(keep)
    await rig.reopenClosed()
    expect(await rig.until([take], inPhase('ready'))).toMatchObject([{ charge: 'charged', recovered: true }])
    expect(rig.fake.ledger().jobs).toHaveLength(1)
  })
})
