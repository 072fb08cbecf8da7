import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startFakeApi, type FakeApi } from '../support/fake-api/client.ts'
import type { RouteName, Script } from '../support/fake-api/script.ts'
import { startPaidCli, type PaidCli, type PaidJob } from '../support/paid-cli.ts'

/** A stopped process can only be waited for in real time. */
const ASLEEP_MS = 2_000

let paid: PaidCli
/** The service of the second instance, which must never hear of it. */
let elsewhere: FakeApi
beforeAll(async () => {
  paid = await startPaidCli()
  elsewhere = await startFakeApi()
})
afterEach(() => paid.fake.clearScript())
afterAll(async () => {
  await paid.stop()
  await elsewhere.stop()
})

/** A second Takeboard on the same library: refused, and not one byte on the network. */
async function secondIsRefused({ board, library }: PaidJob): Promise<void> {
  const args = ['run', board, '--provider', 'wavespeed', '--cap', '9', '--library', library]
  const env = { WAVESPEED_BASE_URL: elsewhere.baseUrl, WAVESPEED_API_KEY: elsewhere.key }
  const { code, stderr } = await paid.kit.run(args, env)
  expect(code).toBe(1)
  expect(stderr).toContain('Another Takeboard has the library')
  expect(await elsewhere.seen()).toEqual([])
}

const STATES: readonly (readonly [string, Partial<Script>, RouteName])[] = [
  ['submitting', { submit: [{ reply: 'delay', ms: 1_500 }] }, 'submit'],
  ['running', { hold: true }, 'poll'],
  [
    'downloading',
    { job: { clipBytes: 2_000_000 }, download: [{ reply: 'drip', chunk: 65_536, everyMs: 60 }] },
    'download',
  ],
]

describe('a computer that sleeps', () => {
  it.each(STATES)('wakes %s with its library, its take and its money', async (state, script, route) => {
    const job = paid.job((STATES.findIndex(([name]) => name === state) + 1) * 1_000, 1)
    await paid.fake.script(script)
    const before = (await paid.fake.requests())[route]
    const running = paid.start(job)
    while ((await paid.fake.requests())[route] === before);
    running.child.kill('SIGSTOP')
    const asleep = await paid.fake.requests()
    await Promise.all([secondIsRefused(job), pause(ASLEEP_MS)])
    expect(await paid.fake.requests()).toEqual(asleep)
    await paid.fake.script({ hold: false })
    running.child.kill('SIGCONT')
    expect(await running.done).toMatchObject({ code: 0 })
    await paid.convergeAndCheck(job)
    expect(paid.fake.ledger().posts.filter(({ seed }) => seed !== null && job.seeds.has(seed))).toHaveLength(1)
  })
})

describe('a second Takeboard', () => {
  it('is refused before any request while the first works, and owns the library when the first is killed', async ({
    task,
  }) => {
    const job = paid.job(9_000, 1)
    await paid.fake.script({ hold: true })
    const first = paid.start(job)
    await first.shows('running at the service')
    await secondIsRefused(job)
    first.child.kill('SIGKILL')
    await first.done
    task.meta.kills = 1
    await paid.fake.script({ hold: false })
    await paid.convergeAndCheck(job)
    expect(await elsewhere.seen()).toEqual([])
  })
})
