import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPaidCli, type PaidCli } from '../support/paid-cli.ts'
import { announceSkip, canTrace, straceLogging } from '../support/strace.ts'

const SCENES = 4
const WRITES = 'write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync,rename'

announceSkip('power loss', canTrace, 'strace is not available on this machine')

/** One system call of the main thread: its name, the file or socket it works on, and the start of its data. */
interface Call {
  readonly name: string
  readonly target: string
  readonly data: string
}

function readTrace(file: string): Call[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^\d+ +(\w+)\((?:\d+<(.*?)>)?(.*)$/.exec(line)
      return match ? [{ name: match[1] ?? '', target: match[2] ?? '', data: match[3] ?? '' }] : []
    })
}

const isSync = ({ name }: Call) => name === 'fsync' || name === 'fdatasync'
/** True when what was last done to the file made everything in it durable. */
const durable = (calls: readonly Call[], path: string) => {
  const last = calls.findLast(({ target }) => target === path)
  return last !== undefined && isSync(last)
}

let paid: PaidCli
beforeAll(async () => {
  paid = await startPaidCli()
})
afterAll(() => paid.stop())

describe.skipIf(!canTrace)('a power cut', () => {
  it('finds every intent on disk before its request leaves, every id and clip before it is counted', async () => {
    const job = paid.job(1_000, SCENES)
    const file = join(paid.kit.dir, 'trace.txt')
    expect((await paid.start(job, straceLogging(WRITES, file)).done).code).toBe(0)
    const calls = readTrace(file)
    const [wal, journal] = ['library.db-wal', 'submissions.jsonl'].map((name) => join(job.library, name))
    const before = (index: number) => calls.slice(0, index)

    const sends = calls.flatMap(({ target, data }, index) =>
      target.startsWith('TCP') && data.includes('POST /api/v3/alibaba/') ? [index] : [],
    )
    expect(sends).toHaveLength(SCENES)
    for (const [nth, send] of sends.entries()) {
      expect(durable(before(send), journal ?? '')).toBe(true)
      expect(durable(before(send), wal ?? '')).toBe(true)
      const intents = before(send).filter(({ target, data }) => target === journal && data.includes('intent'))
      expect(intents.length).toBeGreaterThan(nth)
    }

    // An id is in the journal, synced, before the database hears of it.
    const ids = calls.flatMap(({ target, data }, index) =>
      target === journal && data.includes('accepted') ? [index] : [],
    )
    expect(ids).toHaveLength(SCENES)
    for (const id of ids)
      expect(calls.slice(id + 1).find(({ target }) => target === journal || target === wal)).toSatisfy(isSync)

    // A clip gets its name only when its bytes are down, and its folder is synced after.
    const named = calls.flatMap(({ name, data }, index) =>
      name === 'rename' && data.includes('/parts/') ? [index] : [],
    )
    expect(named).toHaveLength(SCENES)
    for (const rename of named) {
      const part = /"([^"]+\.part)"/.exec(calls[rename]?.data ?? '')?.[1]
      const folder = /\/clips\/[0-9a-f]{2}/.exec(calls[rename]?.data ?? '')?.[0] ?? '?'
      expect(calls.slice(0, rename).some((call) => isSync(call) && call.target === part)).toBe(true)
      expect(calls.slice(rename).some((call) => isSync(call) && call.target.endsWith(folder))).toBe(true)
    }
  })
})
