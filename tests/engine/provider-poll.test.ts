import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PredictionId } from '../../shared/ids.ts'
import type { JobPlan, PollFault } from '../support/fake-api/script.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

let rig: ProviderRig
beforeAll(async () => {
  rig = await startProviderRig()
})
afterEach(() => rig.api.clearScript())
afterAll(() => rig.stop())

async function makeJob(plan: JobPlan = {}): Promise<PredictionId> {
  await rig.api.script({ job: plan })
  const outcome = await rig.provider.submit(rig.body(), '1-1')
  if (outcome.kind !== 'accepted') throw new Error(`Not accepted: ${outcome.kind}`)
  return outcome.predictionId
}

async function pollUnder(fault: PollFault, provider = rig.provider) {
  const id = await makeJob()
  await rig.api.script({ poll: [fault] })
  return { id, outcome: await provider.poll(id) }
}

test('a job is pending under any status, then completed with its addresses', async () => {
  const id = await makeJob({ statuses: ['created', 'processing', 'warming up', 'created'] })
  const seen: string[] = []
  for (let n = 0; n < 4; n += 1) {
    const outcome = await rig.provider.poll(id)
    expect(outcome.kind).toBe('pending')
    if (outcome.kind === 'pending') seen.push(outcome.status)
  }
  expect(seen).toEqual(['created', 'processing', 'warming up', 'created'])
  expect(await rig.provider.poll(id)).toEqual({
    kind: 'completed',
    outputs: [expect.stringContaining(`${rig.api.baseUrl}/outputs/${id}.mp4`)],
    inferenceMs: 25_729,
  })
})

test('a held job stays pending until it is let go', async () => {
  const id = await makeJob()
  await rig.api.script({ hold: true })
  expect((await rig.provider.poll(id)).kind).toBe('pending')
  await rig.api.script({ hold: false })
  expect((await rig.provider.poll(id)).kind).toBe('completed')
})

test.each(['failed', 'cancelled', 'timeout', 'deleted'] as const)('a job that ends as %s says why', async (end) => {
  const id = await makeJob({ end, error: 'NSFW content detected\nin the prompt' })
  const outcome = await rig.provider.poll(id)
  expect(outcome).toMatchObject({ kind: 'ended', error: { code: `prediction-${end}` } })
  expect(JSON.stringify(outcome)).toContain('NSFW content detected in the prompt')
  expect(rig.api.ledger().refunds.some((refund) => refund.id === id)).toBe(true)
})

test.each([
  ['objects', [{ url: '$clip', duration: 5 }], expect.stringContaining('/outputs/')],
  ['a mixture', [7, null, '', { name: 'x' }, '$clip'], expect.stringContaining('/outputs/')],
  ['base64', ['AAAAIGZ0eXBpc29t'], 'AAAAIGZ0eXBpc29t'],
])('outputs as %s', async (_name, outputs, found) => {
  expect(await rig.provider.poll(await makeJob({ outputs }))).toMatchObject({ kind: 'completed', outputs: [found] })
})

test.each([
  ['none', []],
  ['no addresses', [{ file: 'x' }, 3]],
] as const)('completed with %s among its outputs is made all the same', async (_name, outputs) => {
  expect(await rig.provider.poll(await makeJob({ outputs }))).toMatchObject({ kind: 'completed', outputs: [] })
})

const RETRY: readonly (readonly [string, PollFault, string, number | null])[] = [
  ['429', { reply: 'status', status: 429, retryAfter: '12' }, 'rate-limited', 12_000],
  ['429 in a 200', { reply: 'status', status: 200, code: 429 }, 'rate-limited', null],
  ['500', { reply: 'status', status: 500 }, 'provider-fault', null],
  ['503 with Retry-After', { reply: 'status', status: 503, retryAfter: '3' }, 'provider-fault', 3_000],
  ['500 in a 200', { reply: 'status', status: 200, code: 500 }, 'provider-fault', null],
  ['a page', { reply: 'html' }, 'provider-fault', null],
  ['a page under 502', { reply: 'html', status: 502 }, 'provider-fault', null],
  ['malformed JSON', { reply: 'malformed' }, 'provider-fault', null],
  ['a truncated answer', { reply: 'truncated' }, 'provider-unreachable', null],
  ['an oversized answer', { reply: 'oversized' }, 'provider-fault', null],
  ['a reset', { reply: 'reset' }, 'provider-unreachable', null],
  ['a redirect', { reply: 'redirect' }, 'provider-fault', null],
  ['no status', { reply: 'patch', data: { status: null } }, 'provider-fault', null],
  ['400', { reply: 'status', status: 400 }, 'provider-fault', null],
]

test.each(RETRY)('%s means: look again', async (_name, fault, code, retryAfterMs) => {
  const { id, outcome } = await pollUnder(fault)
  expect(outcome).toMatchObject({ kind: 'retry', retryAfterMs, error: { code } })
  expect((await rig.provider.poll(id)).kind).toBe('completed')
})

test('an answer that does not come in time means: look again', async () => {
  const { outcome } = await pollUnder({ reply: 'hang' }, rig.with({ limits: { readMs: 250 } }))
  expect(outcome).toMatchObject({ kind: 'retry', error: { code: 'provider-unreachable' } })
})

test('a burst of fifty faults changes nothing', async () => {
  const id = await makeJob()
  await rig.api.script({ poll: [{ reply: 'status', status: 503, times: 50 }] })
  for (let n = 0; n < 50; n += 1) expect((await rig.provider.poll(id)).kind).toBe('retry')
  expect((await rig.provider.poll(id)).kind).toBe('completed')
})

test.each([401, 403])('%i stops polls until the key is seen to', async (status) => {
  const { outcome } = await pollUnder({ reply: 'status', status, message: 'wrong role' })
  expect(outcome).toMatchObject({ kind: 'key-rejected', error: { code: 'key-rejected' } })
})

test('no key and a wrong key are told apart', async () => {
  const id = await makeJob()
  expect(await rig.with({ key: () => null }).poll(id)).toMatchObject({
    kind: 'key-rejected',
    error: { code: 'key-missing' },
  })
  expect(await rig.with({ key: () => 'wrong' }).poll(id)).toMatchObject({ error: { code: 'key-rejected' } })
})

test('404 means that the service does not know the job', async () => {
  const outcome = await rig.provider.poll(PredictionId.parse('nothing-like-it'))
  expect(outcome).toMatchObject({ kind: 'missing', error: { code: 'prediction-missing' } })
})

test('an answer about another job is ignored and reported', async () => {
  const { outcome } = await pollUnder({
    reply: 'patch',
    data: { id: 'another', status: 'completed', outputs: ['https://x/y'] },
  })
  expect(outcome).toMatchObject({ kind: 'retry', error: { code: 'provider-fault' } })
  expect(rig.logged.some((line) => line.includes('another job'))).toBe(true)
})

test('an id is one part of the path, whatever it holds', async () => {
  const before = (await rig.api.seen()).length
  await rig.provider.poll(PredictionId.parse('../balance?x=#y'))
  const [request] = (await rig.api.seen()).slice(before)
  expect(request?.path).toBe('/api/v3/predictions/..%2Fbalance%3Fx%3D%23y/result')
})

test('a service started again still knows its jobs', async () => {
  const id = await makeJob({ statuses: ['processing'] })
  await rig.api.restart()
  expect((await rig.provider.poll(id)).kind).toBe('pending')
  expect((await rig.provider.poll(id)).kind).toBe('completed')
})

test('a service that is down means: look again', async () => {
  const id = await makeJob()
  await rig.api.kill()
  expect(await rig.provider.poll(id)).toMatchObject({ kind: 'retry', error: { code: 'provider-unreachable' } })
  await rig.api.restart()
  expect((await rig.provider.poll(id)).kind).toBe('completed')
})
