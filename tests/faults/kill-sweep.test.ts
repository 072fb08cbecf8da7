import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPaidCli, type PaidCli } from '../support/paid-cli.ts'
import { announceSkip, canTrace, straceInjecting } from '../support/strace.ts'

const SCENES = 3

/** Every n-th from one to `last`. */
const every = (n: number, last: number) => Array.from({ length: Math.ceil(last / n) }, (_, index) => 1 + index * n)

/**
 * The run is killed as it enters its n-th call of a kind. `all` goes through a whole run; `some` are the points around
 * which the most depends: intents, the moment of sending, ids, settlements, clips.
 */
const SWEEPS: readonly { calls: string; some: readonly number[]; all: readonly number[] }[] = [
  // What must be durable: the library's writes, then the submission journal and clips.
  { calls: 'fsync,fdatasync', some: [4, 8, 12, 13, 14, 16, 18, 20, 22, 24, 27], all: every(1, 50) },
  // Writes of the database and its log, torn between two pages.
  { calls: 'pwrite64', some: [110, 205, 228, 243, 252, 285, 330, 380, 430], all: every(4, 500) },
  // Publishing a reference or a clip.
  { calls: 'rename', some: [1], all: [1, 2] },
  // Before and as a request leaves; the last three of both are the submissions.
  { calls: 'connect', some: [4, 6], all: every(1, 9) },
  { calls: 'writev', some: [4, 6], all: every(1, 6) },
  // The journal's own lines, and answers as they come in.
  { calls: 'write', some: [40, 60], all: every(4, 64) },
]

const full = process.env['FAULTS'] === 'full'
const points = SWEEPS.flatMap(({ calls, some, all }) => (full ? all : some).map((when) => ({ calls, when })))

announceSkip('kill sweep', canTrace, 'strace is not available on this machine')

let paid: PaidCli
beforeAll(async () => {
  paid = await startPaidCli()
})
afterAll(() => paid.stop())

describe.skipIf(!canTrace)('killed at any write, rename or send', () => {
  it.for(points)('pays once and loses nothing, killed at $calls $when', async ({ calls, when }, { task }) => {
    const job = paid.job(
      (points.findIndex((point) => point.calls === calls && point.when === when) + 1) * 1_000,
      SCENES,
    )
    const strace = straceInjecting({ calls, what: 'signal=KILL', when: String(when) })
    const killed = await paid.start(job, strace).done
    // A killed process has no exit code; a run with fewer calls of that kind simply ends.
    expect([null, 0]).toContain(killed.code)
    task.meta.kills = killed.code === null ? 1 : 0
    await paid.convergeAndCheck(job)
  })
})
