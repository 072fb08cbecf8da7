import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
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

const ready = async (...indexes: number[]): Promise<TakeId[]> => {
  const sceneIds = indexes.map((index) => present(scenes[index], 'the sample has twelve'))
  const { takeIds } = await rig.start({ sceneIds })
  await rig.until(takeIds, ({ phase }) => phase === 'ready')
  return takeIds
}
const charged = () =>
  rig.fake.ledger().entries.reduce((sum, entry) => sum + (entry.kind === 'charge' ? entry.micros : 0), 0)
const halted = async () => (await rig.engine.call('studio.get', {})).runner.halted
const doctor = async (name: string) => (await rig.engine.doctor()).find((check) => check.name === name)

/** Rewrites the journal as a version wrote it that kept nothing but the submission. */
function forgetOrigins(library: string): void {
  const file = join(library, 'submissions.jsonl')
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { origin: _, ...record } = JSON.parse(line.slice(9)) as { origin?: unknown }
      const body = JSON.stringify(record)
      return `${crc32(body).toString(16).padStart(8, '0')} ${body}\n`
    })
  writeFileSync(file, lines.join(''))
}

describe('submissions that nothing but the journal remembers', () => {
  it('are listed and keep everything off until the artist has been told', async () => {
    await ready(0, 1)
    const jobs = rig.fake.ledger().jobs.map(({ id }) => id)
    const lose = () => {
      leaveBackups(rig.library, [])
      forgetOrigins(rig.library)
      present(DAMAGES['deleted'], 'it is a key')(rig.library)
    }
    await rig.reopen({}, () => {
      lose()
      // Without passports nothing says what was sent.
      removePassports(rig.library)
    })
    expect(await halted()).toMatchObject({
      code: 'library-recovered',
      message: expect.stringContaining('2 submissions') as string,
    })
    const check = await doctor('journal')
    expect(check?.state).toBe('problem')
    for (const id of jobs) expect(check?.message).toContain(id)
    expect(await doctor('orphans')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('2 clips') as string,
    })

    await rig.reopen({ jobs: false })
    expect(await halted()).toMatchObject({ code: 'library-recovered' })
    await rig.engine.repair()
    expect(await halted()).toBeNull()
    await rig.reopen()
    expect(await halted()).toBeNull()
    // Told is not forgotten.
    expect(await doctor('journal')).toMatchObject({ state: 'warning' })
  })

  it('come back from their passports where there are any', async () => {
    const ids = await ready(0, 1)
    await rig.reopen({}, () => {
      leaveBackups(rig.library, [])
      forgetOrigins(rig.library)
      present(DAMAGES['deleted'], 'it is a key')(rig.library)
    })
    expect(await halted()).toBeNull()
    expect((await rig.takes()).map(({ id, phase, charge }) => [id, phase, charge])).toEqual(
      expect.arrayContaining(ids.map((id) => [id, 'ready', 'charged'])),
    )
    expect(await doctor('journal')).toMatchObject({ state: 'ok' })
    expect((await rig.budget()).spent).toBe(charged())
  })
})

describe('the caps', () => {
  it('are not raised by an older database', async () => {
    let yesterday: ReturnType<typeof keepCopy> = () => {}
    await rig.reopen({}, () => void (yesterday = keepCopy(rig.library)))
    await rig.engine.call('library.setCap', { cap: usdMicros(9_000_000) })
    await rig.setCap(usdMicros(3_000_000))
    await ready(0)
    await rig.reopen({}, () => yesterday(rig.library))
    expect(await rig.budget()).toMatchObject({ cap: 3_000_000, spent: charged() })
    expect((await rig.engine.call('studio.get', {})).money).toMatchObject({ cap: 9_000_000, spent: charged() })
  })

  it('count what was spent before they were lowered', async () => {
    let yesterday: ReturnType<typeof keepCopy> = () => {}
    await rig.setCap(usdMicros(0))
    await rig.reopen({}, () => void (yesterday = keepCopy(rig.library)))
    await rig.setCap(usdMicros(20_000_000))
    await ready(0, 1)
    await rig.reopen({}, () => yesterday(rig.library))
    // Only the artist raises a cap; the money is counted all the same.
    expect(await rig.budget()).toMatchObject({ cap: 0, spent: charged() })
    const { takeIds, heldBack } = await rig.start({ sceneIds: [present(scenes[2], 'it is there')] })
    expect([takeIds, heldBack.map(({ reason }) => reason)]).toEqual([[], ['cap']])
  })
})
