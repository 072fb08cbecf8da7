import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import type { ClipResponse, VideoProvider } from '../../electron/engine/ports.ts'
import type { DownloadFault, JobPlan } from '../support/fake-api/script.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

const FIXTURE = readFileSync(new URL('../fixtures/clip-1s.mp4', import.meta.url))
const SIZE = FIXTURE.length + 40

let rig: ProviderRig
beforeAll(async () => {
  rig = await startProviderRig()
})
afterEach(() => rig.api.clearScript())
afterAll(() => rig.stop())

interface Made {
  readonly id: string
  readonly url: string
}

async function makeClip(plan: JobPlan = {}): Promise<Made> {
  await rig.api.script({ job: plan })
  const submitted = await rig.provider.submit(rig.body(), '1-1')
  if (submitted.kind !== 'accepted') throw new Error(submitted.kind)
  return { id: submitted.predictionId, url: await addressOf(submitted.predictionId) }
}

async function addressOf(id: string): Promise<string> {
  const polled = await rig.provider.poll(id as never)
  if (polled.kind !== 'completed' || !polled.outputs[0]) throw new Error(polled.kind)
  return polled.outputs[0]
}

interface Options {
  readonly from?: number
  readonly etag?: string | null
  readonly signal?: AbortSignal
  readonly provider?: VideoProvider
}

const open = (url: string, { from = 0, etag = null, signal, provider = rig.provider }: Options = {}) =>
  provider.openClip(url, { from, etag, signal: signal ?? new AbortController().signal })

async function read(response: ClipResponse): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof TakeboardError)) throw new Error(`Not a TakeboardError: ${String(error)}`)
  expect(error.message).not.toContain('signature=')
  expect(error.message).not.toContain(rig.api.key)
  return error.code
}

/** Opens and reads a fresh clip under one fault. */
async function readUnder(fault: DownloadFault, options: Options = {}): Promise<Buffer> {
  const { url } = await makeClip()
  await rig.api.script({ download: [fault] })
  return read(await open(url, options))
}

test('a whole clip arrives byte for byte, without the key', async () => {
  const { id, url } = await makeClip()
  const response = await open(url)
  expect(response).toMatchObject({ status: 200, start: 0, total: SIZE, etag: `"${id}-1"`, contentType: 'video/mp4' })
  const bytes = await read(response)
  expect(bytes.subarray(0, FIXTURE.length).equals(FIXTURE)).toBe(true)
  expect(bytes.length).toBe(SIZE)
  const request = (await rig.api.seen()).at(-1)
  expect(request).toMatchObject({ route: 'download', authorization: false })
  expect(request?.headers).not.toHaveProperty('range')
})

test('a large clip streams through, each clip with bytes of its own', async () => {
  const hashes = new Set<string>()
  for (let n = 0; n < 2; n += 1) {
    const { url } = await makeClip({ clipBytes: 5_000_000 })
    const bytes = await read(await open(url))
    expect(bytes.length).toBe(5_000_000)
    hashes.add(createHash('sha256').update(bytes).digest('hex'))
  }
  expect(hashes.size).toBe(2)
})

test('a download goes on where it stopped', async () => {
  const { url } = await makeClip()
  const whole = await open(url)
  const bytes = await read(whole)
  const rest = await open(url, { from: 1_000, etag: whole.etag })
  expect(rest).toMatchObject({ status: 206, start: 1_000, total: SIZE, etag: whole.etag })
  expect((await read(rest)).equals(bytes.subarray(1_000))).toBe(true)
})

test('without an ETag the whole clip is asked for', async () => {
  const { url } = await makeClip()
  expect(await open(url, { from: 1_000 })).toMatchObject({ status: 200, start: 0 })
  expect((await rig.api.seen()).at(-1)?.headers).not.toHaveProperty('range')
})

test.each([
  ['a range that is ignored', { reply: 'ignore-range' }],
  ['a clip that changed', { reply: 'change' }],
  ['a range that cannot be had', { reply: 'unsatisfiable' }],
] as const)('%s starts again from the first byte', async (_name, fault) => {
  const { id, url } = await makeClip()
  await rig.api.script({ download: [fault] })
  const response = await open(url, { from: 1_000, etag: `"${id}-1"` })
  expect(response).toMatchObject({ status: 200, start: 0, total: SIZE })
  expect((await read(response)).length).toBe(SIZE)
})

test('a part of a changed clip, sent all the same, starts again from the first byte', async () => {
  const { url } = await makeClip()
  const headers = { 'content-type': 'video/mp4', 'content-range': 'bytes 5-9/10', etag: '"new"' }
  await rig.api.script({ download: [{ reply: 'raw', status: 206, headers, body: 'fghij' }] })
  expect(await open(url, { from: 5, etag: '"old"' })).toMatchObject({ status: 200, start: 0, total: SIZE })
})

test.each([
  ['another start', { 'content-range': 'bytes 4-9/10' }, 'fghijk'],
  ['no range', {}, 'fghij'],
  ['sizes that disagree', { 'content-range': 'bytes 5-9/8' }, 'fghij'],
  ['a range turned round', { 'content-range': 'bytes 5-4/10' }, 'fghij'],
  ['several ranges', { 'content-type': 'multipart/byteranges; boundary=x' }, 'fghij'],
] as const)('a part with %s is not taken', async (_name, headers, body) => {
  const { url } = await makeClip()
  const sent = { 'content-type': 'video/mp4', etag: '"e"', ...headers }
  await rig.api.script({ download: [{ reply: 'raw', status: 206, headers: sent, body }] })
  expect(await codeOf(open(url, { from: 5, etag: '"e"' }))).toBe('download-failed')
})

test('a part that starts elsewhere is not taken', async () => {
  const { id, url } = await makeClip()
  await rig.api.script({ download: [{ reply: 'wrong-range', shift: 10 }] })
  expect(await codeOf(open(url, { from: 100, etag: `"${id}-1"` }))).toBe('download-failed')
})

test('a weak ETag is none', async () => {
  const { url } = await makeClip()
  const headers = { 'content-type': 'video/mp4', etag: 'W/"e"' }
  await rig.api.script({ download: [{ reply: 'raw', status: 200, headers, body: 'x' }] })
  expect((await open(url)).etag).toBeNull()
})

test('an answer without sizes is read to its end', async () => {
  const { url } = await makeClip()
  await rig.api.script({ download: [{ reply: 'plain' }] })
  const response = await open(url)
  expect(response).toMatchObject({ status: 200, start: 0, total: null, etag: null, contentType: null })
  expect((await read(response)).length).toBe(SIZE)
})

const BROKEN: readonly (readonly [string, DownloadFault])[] = [
  ['cut short', { reply: 'cut', at: 5_000 }],
  ['cut at once', { reply: 'cut', at: 0 }],
  ['of another length than stated', { reply: 'wrong-length', declared: SIZE + 10 }],
  ['never sent', { reply: 'reset' }],
  ['answered with 500', { reply: 'status', status: 500 }],
  ['answered with 429', { reply: 'status', status: 429, retryAfter: '4' }],
  ['compressed', { reply: 'raw', status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }],
  ['answered with 204', { reply: 'raw', status: 204, body: '' }],
]

test.each(BROKEN)('a clip that is %s is a download that failed', async (_name, fault) => {
  expect(await codeOf(readUnder(fault))).toBe('download-failed')
})

test('silence is a download that failed', async () => {
  const provider = rig.with({ limits: { idleMs: 250 } })
  expect(await codeOf(readUnder({ reply: 'stall', at: 100 }, { provider }))).toBe('download-failed')
  expect(await codeOf(readUnder({ reply: 'hang' }, { provider }))).toBe('download-failed')
})

test('a slow but steady clip arrives', async () => {
  const provider = rig.with({ limits: { idleMs: 2_000 } })
  expect((await readUnder({ reply: 'drip', chunk: 4_000, everyMs: 20 }, { provider })).length).toBe(SIZE)
})

test('an empty clip is told as one of no bytes', async () => {
  const { url } = await makeClip()
  await rig.api.script({ download: [{ reply: 'empty' }] })
  const response = await open(url)
  expect(response.total).toBe(0)
  expect((await read(response)).length).toBe(0)
})

test.each(['text/html; charset=utf-8', 'application/json', 'application/problem+json'])(
  '%s is no clip',
  async (type) => {
    expect(await codeOf(readUnder({ reply: 'type', contentType: type }))).toBe('clip-invalid')
  },
)

test.each(['application/octet-stream', 'binary/octet-stream', 'video/quicktime'])('%s may be a clip', async (type) => {
  expect((await readUnder({ reply: 'type', contentType: type })).length).toBe(SIZE)
})

test.each([403, 404, 410])('%i means that the clip is no longer there', async (status) => {
  expect(await codeOf(readUnder({ reply: 'html', status }))).toBe('result-unavailable')
})

test('an address that expired is replaced by the next poll', async () => {
  const { id } = await makeClip()
  await rig.api.script({ urlUses: 1 })
  const url = await addressOf(id)
  await read(await open(url))
  expect(await codeOf(open(url))).toBe('result-unavailable')
  expect((await read(await open(await addressOf(id)))).length).toBe(SIZE)
})

test('a clip too large to be one is not read', async () => {
  const provider = rig.with({ limits: { clipBytes: 10_000 } })
  expect(await codeOf(readUnder({ reply: 'ignore-range' }, { provider }))).toBe('clip-invalid')
  expect(await codeOf(readUnder({ reply: 'plain' }, { provider }))).toBe('clip-invalid')
})

test('a redirect within the service is followed, and its range with it', async () => {
  const [first, second] = [await makeClip(), await makeClip()]
  await rig.api.script({
    download: [
      { reply: 'redirect', status: 302, location: new URL(second.url).pathname, when: { predictionId: first.id } },
    ],
  })
  const response = await open(first.url, { from: 10, etag: `"${second.id}-1"` })
  expect(response).toMatchObject({ status: 206, start: 10, etag: `"${second.id}-1"` })
  await read(response)
})

test('redirects without end are given up', async () => {
  const { url } = await makeClip()
  await rig.api.script({ download: [{ reply: 'redirect', status: 302, times: 'always' }] })
  const before = (await rig.api.requests()).download
  expect(await codeOf(open(url))).toBe('download-failed')
  expect((await rig.api.requests()).download - before).toBe(6)
})

const UNSAFE = [
  'http://169.254.169.254/latest/meta-data/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.1.2.3/x.mp4',
  'https://192.168.0.1/x.mp4',
  'https://127.0.0.1/x.mp4',
  'https://0x7f.1/x.mp4',
  'https://2130706433/x.mp4',
  'https://[::1]/x.mp4',
  'https://[::ffff:10.0.0.1]/x.mp4',
  'https://[fd00::1]/x.mp4',
  'https://0.0.0.0/x.mp4',
  'https://localhost/x.mp4',
  'http://cdn.example/x.mp4',
  'https://cdn.example:8443/x.mp4',
  'https://user:secret@cdn.example/x.mp4',
  'file:///etc/passwd',
  'ftp://cdn.example/x.mp4',
  'data:video/mp4;base64,AAAA',
  'AAAAIGZ0eXBpc29tAAACAGlzb20=',
  '/outputs/x.mp4',
  '',
]

test.each(UNSAFE)('the address %s is not opened', async (url) => {
  const before = (await rig.api.seen()).length
  expect(await codeOf(open(url))).toBe('url-refused')
  expect((await rig.api.seen()).length).toBe(before)
})

test.each(UNSAFE.filter((url) => url.includes(':')))('a redirect to %s is not followed', async (location) => {
  expect(await codeOf(readUnder({ reply: 'redirect', status: 302, location }))).toBe('url-refused')
})

test('another port on the same host is another origin', async () => {
  const { url } = await makeClip()
  const other = new URL(url)
  other.port = String(Number(other.port) - 1)
  expect(await codeOf(open(other.href))).toBe('url-refused')
})

test('a download can be stopped before and while it is read', async () => {
  const { url } = await makeClip({ clipBytes: 2_000_000 })
  expect(await codeOf(open(url, { signal: AbortSignal.abort() }))).toBe('download-failed')

  await rig.api.script({ download: [{ reply: 'stall', at: 1_000 }] })
  const stopper = new AbortController()
  const response = await open(url, { signal: stopper.signal })
  const reading = async () => {
    for await (const _chunk of response.body) stopper.abort()
  }
  expect(await codeOf(reading())).toBe('download-failed')
})

test('one signal stops any number of downloads', async () => {
  const { url } = await makeClip()
  await rig.api.script({ download: [{ reply: 'stall', at: 100, times: 'always' }] })
  const stopper = new AbortController()
  const responses = await Promise.all(Array.from({ length: 20 }, () => open(url, { signal: stopper.signal })))
  const codes = responses.map((response) => codeOf(read(response)))
  stopper.abort()
  expect(new Set(await Promise.all(codes))).toEqual(new Set(['download-failed']))
})

test('closing the provider breaks off what nobody reads', async () => {
  const provider = rig.with({})
  const { url } = await makeClip({ clipBytes: 2_000_000 })
  const response = await open(url, { provider })
  await provider.close()
  expect(await codeOf(read(response))).toBe('download-failed')
})
