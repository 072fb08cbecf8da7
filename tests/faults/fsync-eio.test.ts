import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPaidCli, type PaidCli } from '../support/paid-cli.ts'
import { announceSkip, canTrace, straceInjecting } from '../support/strace.ts'

const SCENES = 3
const full = process.env['FAULTS'] === 'full'
const every = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
/** The n-th sync of a thread: of the library while it opens, of references, reservations, intents, ids, settlements. */
const ONCE = full ? every(36) : [2, 3, 11, 13, 14, 16, 19, 20, 25]
/** From the n-th on, as of a disk that has died; a whole run has a few more than these. */
const FOREVER = full ? every(32) : [8, 10, 13, 14, 20, 26]

announceSkip('fsync EIO', canTrace, 'strace is not available on this machine')

let paid: PaidCli
beforeAll(async () => {
  paid = await startPaidCli()
})
afterAll(() => paid.stop())

const failing = (when: string) => straceInjecting({ calls: 'fsync,fdatasync', what: 'error=EIO', when })

describe.skipIf(!canTrace)('a disk that cannot sync', () => {
  it.each(ONCE)('pays once and loses nothing when sync %i fails', async (when) => {
    const job = paid.job(when * 1_000, SCENES)
    const { code, stderr } = await paid.start(job, failing(String(when))).done
    // Either nothing depended on it, or the run says that the disk is failing and sends nothing more.
    expect(code === 0 || /disk is full or failing|journal could not be written/.test(stderr)).toBe(true)
    await paid.convergeAndCheck(job)
  })

  it.for(FOREVER)('stops and says so when every sync from %i on fails', async (when, { task }) => {
    const job = paid.job(1_000_000 + when * 1_000, SCENES)
    const running = paid.start(job, failing(`${when}+`))
    await Promise.race([running.shows('disk is full or failing'), running.shows('journal could not be written')])
    const sent = paid.fake.ledger().posts.filter(({ seed }) => seed !== null && job.seeds.has(seed)).length
    // Ids that cannot be stored are held on to without end, so the process is killed in the middle of that.
    running.child.kill('SIGKILL')
    await running.done
    task.meta.kills = 1
    expect(sent).toBeLessThanOrEqual(SCENES)
    await paid.convergeAndCheck(job)
  })
})
