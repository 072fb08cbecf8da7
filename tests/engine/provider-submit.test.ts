import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SubmitFault } from '../support/fake-api/script.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

let rig: ProviderRig
beforeAll(async () => {
  rig = await startProviderRig()
})
afterEach(() => rig.api.clearScript())
afterAll(() => rig.stop())

/** Submits once and says what the service has to tell about it. */
async function submitUnder(fault: SubmitFault | null, provider = rig.provider) {
  await rig.api.script({ submit: fault ? [fault] : [] })
  const before = { ledger: rig.api.ledger(), seen: (await rig.api.seen()).length }
  const outcome = await provider.submit(rig.body(), '12A-3')
  const after = rig.api.ledger()
  const seen = (await rig.api.seen()).slice(before.seen)
  return {
    outcome,
    posts: after.posts.length - before.ledger.posts.length,
    jobs: after.jobs.slice(before.ledger.jobs.length),
    seen,
  }
}

test('an accepted submission gives the id of the one job that was made', async () => {
  const { outcome, jobs, posts, seen } = await submitUnder(null)
  expect(outcome).toEqual({ kind: 'accepted', predictionId: jobs[0]?.id })
  expect([jobs.length, posts]).toEqual([1, 1])
  expect(jobs[0]?.body).toEqual(rig.body())
  expect(seen[0]?.headers).toMatchObject({ connection: 'close', 'content-type': 'application/json' })
  expect(seen[0]?.headers).not.toHaveProperty('x-takeboard-label')
})

test('every submission has a connection of its own', async () => {
  const first = await submitUnder(null)
  const second = await submitUnder(null)
  expect(first.seen[0]?.connection).not.toBe(second.seen[0]?.connection)
})

test('the label is sent only when it was asked for, percent-encoded', async () => {
  const provider = rig.with({ sendLabel: true })
  await provider.submit(rig.body(), 'Prolog ä-1')
  expect(rig.api.ledger().posts.at(-1)?.label).toBe('Prolog ä-1')
})

const UNKNOWN: readonly (readonly [string, SubmitFault])[] = [
  ['a reset', { reply: 'reset' }],
  ['a truncated answer', { reply: 'truncated' }],
  ['a malformed answer', { reply: 'malformed' }],
  ['an oversized answer', { reply: 'oversized' }],
  ['a page under 200', { reply: 'html' }],
  ['a page under 502', { reply: 'html', status: 502 }],
  ['a page under 403', { reply: 'html', status: 403 }],
  ['500 in JSON', { reply: 'status', status: 500, message: 'internal error' }],
  ['503 with Retry-After', { reply: 'status', status: 503, retryAfter: '2' }],
  ['504', { reply: 'status', status: 504 }],
  ['307 to itself', { reply: 'redirect' }],
  ['302 to itself', { reply: 'redirect', status: 302 }],
  ['421', { reply: 'status', status: 421 }],
  ['408', { reply: 'status', status: 408 }],
  ['an envelope with 500 under 200', { reply: 'raw', status: 200, body: '{"code":500,"message":"oops"}' }],
  ['an envelope with 500 under 400', { reply: 'raw', status: 400, body: '{"code":503,"message":"oops"}' }],
  ['200 with nothing', { reply: 'raw', status: 200, body: '' }],
  ['200 with JSON that is no object', { reply: 'raw', status: 200, body: '[]' }],
  ['401 with plain text', { reply: 'raw', status: 401, body: 'Unauthorized' }],
  ['204', { reply: 'raw', status: 204, body: '' }],
]

test.each(UNKNOWN.flatMap(([name, fault]) => [[name, false, fault] as const, [name, true, fault] as const]))(
  '%s proves nothing (job made: %s)',
  async (_name, recorded, fault) => {
    const { outcome, posts, jobs, seen } = await submitUnder({ ...fault, recorded })
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'submission-unknown' } })
    expect([posts, jobs.length]).toEqual([1, recorded ? 1 : 0])
    expect(seen.map((request) => request.route)).toEqual(['submit'])
  },
)

test('an answer without an id proves nothing', async () => {
  const { outcome, posts, jobs } = await submitUnder({ reply: 'patch', data: { id: null } })
  expect(outcome.kind).toBe('unknown')
  expect([posts, jobs.length]).toEqual([1, 1])
})

test.each(['', '..', 'a/b', 'x'.repeat(81), 7, true])('an id like %j is not one', async (id) => {
  const { outcome } = await submitUnder({ reply: 'patch', data: { id } })
  expect(outcome.kind).toBe('unknown')
})

test('a reset before the body is read proves nothing', async () => {
  const { outcome, posts, seen } = await submitUnder({ reply: 'reset-before-reading' })
  expect(outcome.kind).toBe('unknown')
  expect([posts, seen.length]).toEqual([1, 1])
})

test('an answer that does not come in time proves nothing', async () => {
  const impatient = rig.with({ limits: { submitMs: 250 } })
  const { outcome, posts } = await submitUnder({ reply: 'hang', recorded: true }, impatient)
  expect(outcome).toMatchObject({ kind: 'unknown', error: { message: expect.stringContaining('in time') as string } })
  expect(posts).toBe(1)
})

test('a late answer is waited for', async () => {
  const { outcome, jobs } = await submitUnder({ reply: 'delay', ms: 300 })
  expect(outcome).toEqual({ kind: 'accepted', predictionId: jobs[0]?.id })
})

test.each([
  ['an error code in the envelope', { reply: 'patch', data: {}, code: 500 }],
  ['an error status', { reply: 'patch', data: {}, status: 500, code: 500 }],
  [
    'an error in the data',
    { reply: 'patch', data: { code: 5004, error: 'Sync mode timed out', status: 'processing' } },
  ],
] as const)('an id counts in spite of %s', async (_name, fault) => {
  const { outcome, jobs } = await submitUnder(fault)
  expect(outcome).toEqual({ kind: 'accepted', predictionId: jobs[0]?.id })
})

const REJECTED: readonly (readonly [string, SubmitFault, string, string])[] = [
  [
    '400',
    { reply: 'status', status: 400, message: 'duration must be between 3 and 15', errorCode: 'BAD_PARAM' },
    'request-rejected',
    'duration must be between 3 and 15 [BAD_PARAM]',
  ],
  [
    '422 with detail',
    { reply: 'raw', status: 422, body: '{"detail":[{"msg":"seed is odd"}]}' },
    'request-rejected',
    'seed is odd',
  ],
  ['400 with error', { reply: 'raw', status: 400, body: '{"error":"no base64"}' }, 'request-rejected', 'no base64'],
  ['400 with errors', { reply: 'raw', status: 400, body: '{"errors":["a","b"]}' }, 'request-rejected', 'a; b'],
  ['404', { reply: 'status', status: 404, message: 'model not found' }, 'request-rejected', 'model not found'],
  [
    '401',
    { reply: 'status', status: 401, message: 'invalid authentication' },
    'key-rejected',
    'invalid authentication',
  ],
  ['403', { reply: 'status', status: 403, message: 'role viewer may not run models' }, 'key-rejected', 'role viewer'],
  ['401 in a 200', { reply: 'status', status: 200, code: 401, message: 'bad key' }, 'key-rejected', 'bad key'],
  ['400 in a 200', { reply: 'status', status: 200, code: 400, message: 'bad seed' }, 'request-rejected', 'bad seed'],
  ['402', { reply: 'status', status: 402, message: 'pay first' }, 'balance-too-low', 'pay first'],
  [
    '400 about money',
    { reply: 'status', status: 400, message: 'Insufficient credits' },
    'balance-too-low',
    'Insufficient credits',
  ],
  [
    '403 about money',
    { reply: 'status', status: 403, message: 'Your balance is too low' },
    'balance-too-low',
    'Your balance',
  ],
]

test.each(REJECTED)('%s is a refusal in the words of the service', async (_name, fault, code, text) => {
  const { outcome, posts, jobs } = await submitUnder(fault)
  expect(outcome).toMatchObject({ kind: 'rejected', error: { code, message: expect.stringContaining(text) as string } })
  expect([posts, jobs.length]).toEqual([1, 0])
})

test('an account that does not cover the take is named', async () => {
  await rig.api.script({ balanceUsd: 0 })
  expect(await rig.provider.submit(rig.body(), '1-1')).toMatchObject({
    kind: 'rejected',
    error: { code: 'balance-too-low' },
  })
})

test.each([
  ['7', 7_000],
  ['0', 1_000],
  ['100000', 600_000],
  [new Date(0).toUTCString(), 1_000],
  ['soon', null],
] as const)('429 with Retry-After %s', async (retryAfter, ms) => {
  const { outcome, posts } = await submitUnder({
    reply: 'status',
    status: 429,
    retryAfter,
    message: 'Too Many Requests',
  })
  expect(outcome).toMatchObject({ kind: 'rate-limited', retryAfterMs: ms, error: { code: 'rate-limited' } })
  expect(posts).toBe(1)
})

test('a refused connection means that nothing was sent', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const outcome = await rig.with({ baseUrl: `http://127.0.0.1:${port}` }).submit(rig.body(), '1-1')
  expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'provider-unreachable' } })
})

test('a connection that breaks before it is secure means that nothing was sent', async () => {
  let accepted = 0
  const server = createServer((socket) => {
    accepted += 1
    socket.resetAndDestroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const outcome = await rig.with({ baseUrl: `https://127.0.0.1:${port}` }).submit(rig.body(), '1-1')
  server.close()
  expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'provider-unreachable' } })
  expect(accepted).toBe(1)
})

test('a connection reset on accept is never made a second time', async () => {
  const posts = rig.api.ledger().posts.length
  await rig.api.script({ resetConnections: 5 })
  const outcome = await rig.provider.submit(rig.body(), '1-1')
  // Which of the two it is depends on whether the bytes were written before the reset arrived.
  expect(['not-sent', 'unknown']).toContain(outcome.kind)
  expect((await rig.api.scriptLeft()).resetConnections).toBe(4)
  expect(rig.api.ledger().posts.length).toBe(posts)
})

test('without a key nothing is sent', async () => {
  const keyless = rig.with({ key: () => '  ' })
  expect(keyless.ready()).toBe(false)
  const { outcome, seen } = await submitUnder(null, keyless)
  expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'key-missing' } })
  expect(seen).toEqual([])
})

test('a key that cannot be put into a header is refused before anything is sent', async () => {
  const { outcome, seen } = await submitUnder(null, rig.with({ key: () => 'wsk_one\ntwo' }))
  expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'key-rejected' } })
  expect(seen).toEqual([])
})

test('blanks around the key are dropped', async () => {
  const { outcome } = await submitUnder(null, rig.with({ key: () => ` ${rig.api.key}\n` }))
  expect(outcome.kind).toBe('accepted')
})

test('a key the service repeats is not passed on', async () => {
  const message = `invalid key ${rig.api.key}, see https://help.example/?token=${rig.api.key}`
  const { outcome } = await submitUnder({ reply: 'status', status: 401, message })
  expect(JSON.stringify(outcome)).toContain('invalid key (key), see https://help.example/')
  expect(JSON.stringify(outcome)).not.toContain('token')
})

test('the key is in no log line', () => {
  expect(rig.logged.length).toBeGreaterThan(20)
  expect(rig.logged.filter((line) => line.includes(rig.api.key))).toEqual([])
})
