import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RouteName } from '../support/fake-api/script.ts'
import { startPaidCli, type PaidCli, type PaidJob } from '../support/paid-cli.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { announceSkip, canTrace, straceInjecting } from '../support/strace.ts'

/** Room for the 256 MB that must be free before anything is sent, and little more. */
const DISK_MB = 320
const SCENES = 2
const full = process.env['FAULTS'] === 'full'

const disk = mountSmallDisk(DISK_MB)
announceSkip('disk full', disk !== null, 'a small disk can only be mounted by root on Linux')
announceSkip('disk full at one write', canTrace, 'strace is not available on this machine')

let paid: PaidCli
beforeAll(async () => {
  paid = await startPaidCli()
})
afterEach(async () => {
  disk?.free()
  await paid.fake.clearScript()
})
afterAll(async () => {
  await paid.stop()
  disk?.unmount()
})

let base = 0
const newJob = (): PaidJob => {
  base += 1_000
  return paid.job(base, SCENES, disk === null ? undefined : join(disk.dir, `library-${base}`))
}
const sent = ({ seeds }: PaidJob) => paid.fake.ledger().posts.filter(({ seed }) => seed !== null && seeds.has(seed))
const clipsOf = ({ library }: PaidJob) =>
  readdirSync(join(library, 'clips'), { recursive: true }).filter((name) => String(name).endsWith('.mp4'))

/** Resolves when the service has had so many requests of a kind since `before`. */
async function requested(route: RouteName, before: number, count = 1): Promise<void> {
  while ((await paid.fake.requests())[route] < before + count);
}
const requestsOf = async (route: RouteName) => (await paid.fake.requests())[route]

describe.skipIf(disk === null)('a full disk', () => {
  it('sends nothing when it is full before the start', async () => {
    const job = newJob()
    disk?.fill()
    const { code, stderr } = await paid.start(job).done
    expect([code, sent(job).length]).toEqual([1, 0])
    expect(stderr).toContain('full')
    disk?.free()
    await paid.convergeAndCheck(job)
  })

  it('sends nothing when it fills between reservation and submission', async () => {
    const job = newJob()
    await paid.fake.script({ other: [{ route: 'upload-ticket', reply: 'delay', ms: 1_000 }] })
    const before = await requestsOf('upload-ticket')
    const running = paid.start(job)
    await requested('upload-ticket', before)
    disk?.fill()
    const { code, stderr } = await running.done
    expect([code, sent(job).length]).toEqual([1, 0])
    expect(stderr).toContain('Stopped sending: ')
    disk?.free()
    await paid.convergeAndCheck(job)
  })

  it('keeps ids that come back while it is full, and stores them by itself when there is room', async () => {
    const job = newJob()
    await paid.fake.script({ submit: [{ reply: 'delay', ms: 1_000, times: SCENES }] })
    const before = await requestsOf('submit')
    const running = paid.start(job)
    await requested('submit', before, SCENES)
    disk?.fill()
    await running.shows('Stopped sending: ')
    disk?.free()
    const document = (await running.done).json()
    const ids = document.scenes.flatMap(({ takes }) => takes.map(({ prediction_id: id }) => id))
    expect(ids).not.toContain(null)
    await paid.convergeAndCheck(job)
    expect(sent(job)).toHaveLength(SCENES)
  })

  it('finds paid jobs again when it is killed before their ids could be stored', async ({ task }) => {
    const job = newJob()
    await paid.fake.script({ submit: [{ reply: 'delay', ms: 1_000, times: SCENES }] })
    const before = await requestsOf('submit')
    const running = paid.start(job)
    await requested('submit', before, SCENES)
    disk?.fill()
    await running.shows('Stopped sending: ')
    running.child.kill('SIGKILL')
    await running.done
    task.meta.kills = 1
    disk?.free()
    await paid.convergeAndCheck(job)
    expect(sent(job)).toHaveLength(SCENES)
  })

  it('never publishes part of a clip, and continues it when there is room', async () => {
    const job = newJob()
    await paid.fake.script({
      job: { clipBytes: 4_000_000 },
      download: [{ reply: 'drip', chunk: 65_536, everyMs: 40, times: SCENES }],
    })
    const running = paid.start(job)
    const parts = join(job.library, 'parts')
    const begun = () =>
      existsSync(parts) &&
      readdirSync(parts).some((name) => name.endsWith('.part') && statSync(join(parts, name)).size > 0)
    while (!begun()) await requestsOf('download')
    disk?.fill()
    await running.shows('The clip could not be saved: the disk is full or failing.')
    expect(clipsOf(job)).toEqual([])
    disk?.free()
    expect(await running.done).toMatchObject({ code: 0 })
    await paid.convergeAndCheck(job)
  })
})

/** What of the journal is synced, in order: the intents of both takes, then their ids. With how many may be sent by then. */
const SYNCED = [
  ['the first intent', 1, 0],
  ['the second intent', 2, 1],
  ['the first id', SCENES + 1, SCENES],
  ['the second id', SCENES + 2, SCENES],
] as const

describe.skipIf(!canTrace)('no room for one line of the journal', () => {
  const withoutRoom = (job: PaidJob, calls: string, nth: number) => {
    const path = join(job.library, 'submissions.jsonl')
    return paid.start(job, straceInjecting({ calls, what: 'error=ENOSPC', when: String(nth), path })).done
  }

  it.each(SYNCED)('%s: nothing is sent without its intent, and no id is lost', async (_name, nth, most) => {
    const job = newJob()
    const { stderr } = await withoutRoom(job, 'fsync', nth)
    expect(stderr).toContain('Stopped sending: The submission journal could not be written')
    expect(sent(job).length).toBeLessThanOrEqual(most)
    await paid.convergeAndCheck(job)
    expect(sent(job)).toHaveLength(SCENES)
  })

  it.each(full ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [3, 5])(
    'pays once and loses nothing when write %i finds none',
    async (nth) => {
      const job = newJob()
      await withoutRoom(job, 'write', nth)
      await paid.convergeAndCheck(job)
      expect(sent(job)).toHaveLength(SCENES)
    },
  )
})
