import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

/** The fake service is what other tests trust; these hold it to what they rely on. */
let rig: ProviderRig
beforeAll(async () => {
  rig = await startProviderRig()
})
afterEach(() => rig.api.clearScript())
afterAll(() => rig.stop())

test('what was recorded before a reset is in the ledger, over a kill and a torn line', async () => {
  await rig.api.script({ submit: [{ reply: 'reset', recorded: true }] })
  await rig.provider.submit(rig.body({ seed: 11 }), '1-1')
  await rig.api.kill()
  appendFileSync(join(rig.api.dir, 'ledger.jsonl'), '{"kind":"jo')
  expect(rig.api.ledger().jobs.map((job) => job.body.seed)).toEqual([11])
  expect(rig.api.ledger().netMicros).toBe(700_000)

  await rig.api.restart()
  expect((await rig.provider.history(0, Date.now())).map((item) => item.input?.['seed'])).toEqual([11])
  await rig.provider.submit(rig.body({ seed: 12 }), '1-2')
  expect(rig.api.ledger().jobs.map((job) => job.body.seed)).toEqual([11, 12])
})

test('a restart keeps address, key and script', async () => {
  const { baseUrl, key, pid } = rig.api
  await rig.api.script({ hold: true })
  await rig.api.restart()
  expect([rig.api.baseUrl, rig.api.key]).toEqual([baseUrl, key])
  expect(rig.api.pid).not.toBe(pid)
  expect((await rig.api.scriptLeft()).hold).toBe(true)
})

test('faults are taken in order, counted down, and meant for whom they name', async () => {
  await rig.api.script({
    submit: [
      { reply: 'status', status: 429, when: { seed: 2 } },
      { reply: 'status', status: 500, when: { prompt: 'Juniper' }, times: 2 },
    ],
  })
  const kind = async (seed: number, prompt: string) =>
    (await rig.provider.submit(rig.body({ seed, prompt }), '1-1')).kind
  expect(await kind(1, 'Mara')).toBe('accepted')
  expect(await kind(2, 'Juniper')).toBe('rate-limited')
  expect(await kind(2, 'Juniper')).toBe('unknown')
  expect(await kind(3, 'Juniper')).toBe('unknown')
  expect(await kind(3, 'Juniper')).toBe('accepted')
  expect((await rig.api.scriptLeft()).submit).toEqual([])
})

test('jobs go as the first rule that fits says', async () => {
  await rig.api.script({ job: { end: 'failed' }, jobs: [{ when: { seed: 5 }, plan: { end: 'completed' } }] })
  const end = async (seed: number) => {
    const outcome = await rig.provider.submit(rig.body({ seed }), '1-1')
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind)
    return (await rig.provider.poll(outcome.predictionId)).kind
  }
  expect([await end(5), await end(6)]).toEqual(['completed', 'ended'])
})

test.each([
  ['no prompt', { prompt: '' }],
  ['no images', { images: [] }],
  ['too many images', { images: Array.from({ length: 10 }, (_, n) => `https://x.example/${n}`) }],
  ['an image that is no address', { images: ['data:image/png;base64,AAAA'] }],
  ['a duration out of range', { duration: 16 }],
  ['a fraction of a second', { duration: 3.5 }],
  ['the seed 0', { seed: 0 }],
  ['a stray parameter', { label: '1-1' }],
])('a submission with %s is refused', async (_name, patch) => {
  const jobs = rig.api.ledger().jobs.length
  expect(await rig.provider.submit({ ...rig.body(), ...patch }, '1-1')).toMatchObject({ kind: 'rejected' })
  expect(rig.api.ledger().jobs.length).toBe(jobs)
})

test('an image of its own that was never uploaded is refused', async () => {
  const images = [`${rig.api.baseUrl}/media/never`]
  expect(await rig.provider.submit(rig.body({ images }), '1-1')).toMatchObject({
    kind: 'rejected',
    error: { message: expect.stringContaining('not reachable') as string },
  })
})

test('it ends with the process that started it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-fake-api-'))
  const main = fileURLToPath(new URL('../support/fake-api/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--dir', dir, '--with-parent'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.stdin.end()
  expect(await once(child, 'exit')).toEqual([0, null])
  rmSync(dir, { recursive: true })
})
