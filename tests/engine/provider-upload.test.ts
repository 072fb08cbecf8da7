import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import { Sha256 } from '../../shared/ids.ts'
import type { OtherFault } from '../support/fake-api/script.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

let rig: ProviderRig
let dir: string
let start = 0
beforeAll(async () => {
  rig = await startProviderRig()
  dir = mkdtempSync(join(tmpdir(), 'takeboard-upload-'))
})
beforeEach(async () => {
  start = (await rig.api.seen()).length
})
afterEach(() => rig.api.clearScript())
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true })
  await rig.stop()
})

/** A file as the library keeps references; what it holds does not matter here. */
function image(size = 300_001) {
  const bytes = randomBytes(size)
  const sha256 = Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
  const path = join(dir, 'Mara.png')
  writeFileSync(path, bytes)
  return { sha256, path, mime: 'image/png', bytes: size }
}

const seen = async () => (await rig.api.seen()).slice(start)
const routes = async () => (await seen()).map((request) => request.route)

async function codeOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof TakeboardError)) throw new Error(`Not a TakeboardError: ${String(error)}`)
  expect(JSON.stringify(error.toWire())).not.toContain(rig.api.key)
  return error.code
}

test('an image goes straight into storage, without the key', async () => {
  const reference = image()
  const { url } = await rig.provider.upload(reference)
  expect(await routes()).toEqual(['upload-ticket', 'upload-put'])
  const upload = rig.api.ledger().uploads.at(-1)
  expect(upload).toMatchObject({ sha256: reference.sha256, size: reference.bytes, filename: `${reference.sha256}.png` })
  expect(url).toBe(`${rig.api.baseUrl}/media/${upload?.id}`)
  const put = (await seen())[1]
  expect(put?.authorization).toBe(false)
  expect(put?.headers).toMatchObject({ 'content-type': 'image/png', 'if-none-match': '*', 'content-length': '300001' })
  expect((await rig.provider.submit(rig.body({ images: [url] }), '1-1')).kind).toBe('accepted')
})

const FALL_BACK: readonly (readonly [string, OtherFault])[] = [
  ['404', { route: 'upload-ticket', reply: 'status', status: 404 }],
  ['405', { route: 'upload-ticket', reply: 'status', status: 405 }],
  ['501', { route: 'upload-ticket', reply: 'status', status: 501 }],
  ['404 with a page', { route: 'upload-ticket', reply: 'html', status: 404 }],
  ['a page', { route: 'upload-ticket', reply: 'html' }],
  ['malformed JSON', { route: 'upload-ticket', reply: 'malformed' }],
  ['no target', { route: 'upload-ticket', reply: 'patch', data: { upload: null } }],
  [
    'a target on http',
    { route: 'upload-ticket', reply: 'patch', data: { upload: { url: 'http://storage.example/x' } } },
  ],
  ['a target in a file', { route: 'upload-ticket', reply: 'patch', data: { upload: { url: 'file:///etc/passwd' } } }],
  ['a private target', { route: 'upload-ticket', reply: 'patch', data: { upload: { url: 'https://10.0.0.1/x' } } }],
  ['a private address', { route: 'upload-ticket', reply: 'patch', data: { download_url: 'http://10.0.0.1/x' } }],
]

test.each(FALL_BACK)('%s leads to the multipart route', async (_name, fault) => {
  await rig.api.script({ other: [fault] })
  const reference = image()
  const { url } = await rig.provider.upload(reference)
  expect(await routes()).toEqual(['upload-ticket', 'upload-binary'])
  const upload = rig.api.ledger().uploads.at(-1)
  expect(upload).toMatchObject({ sha256: reference.sha256, size: reference.bytes, filename: `${reference.sha256}.png` })
  expect(url).toBe(`${rig.api.baseUrl}/media/${upload?.id}`)
})

test('storage that refuses leads to the multipart route', async () => {
  await rig.api.script({ other: [{ route: 'upload-put', reply: 'status', status: 403 }] })
  await rig.provider.upload(image())
  expect(await routes()).toEqual(['upload-ticket', 'upload-put', 'upload-binary'])
})

const FAILS: readonly (readonly [string, OtherFault, string])[] = [
  ['401', { route: 'upload-ticket', reply: 'status', status: 401 }, 'key-rejected'],
  ['403', { route: 'upload-ticket', reply: 'status', status: 403 }, 'key-rejected'],
  ['413', { route: 'upload-ticket', reply: 'status', status: 413, message: 'file too large' }, 'request-rejected'],
  ['429', { route: 'upload-ticket', reply: 'status', status: 429, retryAfter: '5' }, 'rate-limited'],
  ['500', { route: 'upload-ticket', reply: 'status', status: 500 }, 'provider-fault'],
  ['a reset', { route: 'upload-ticket', reply: 'reset' }, 'provider-unreachable'],
  ['503 from storage', { route: 'upload-put', reply: 'html', status: 503 }, 'provider-fault'],
  ['a reset by storage', { route: 'upload-put', reply: 'reset' }, 'provider-unreachable'],
  ['a redirect by storage', { route: 'upload-put', reply: 'redirect' }, 'provider-fault'],
]

test.each(FAILS)('%s is an error', async (_name, fault, code) => {
  await rig.api.script({ other: [fault] })
  const uploads = rig.api.ledger().uploads.length
  expect(await codeOf(rig.provider.upload(image()))).toBe(code)
  expect(rig.api.ledger().uploads.length).toBe(uploads)
})

test.each([
  ['400', { reply: 'status', status: 400, message: 'invalid file' }, 'request-rejected'],
  ['no address', { reply: 'patch', data: { download_url: null } }, 'upload-failed'],
  ['an unsafe address', { reply: 'patch', data: { download_url: 'file:///etc/passwd' } }, 'upload-failed'],
  ['a page', { reply: 'html' }, 'provider-fault'],
] as const)('the multipart route answering with %s is an error', async (_name, fault, code) => {
  await rig.api.script({
    other: [
      { route: 'upload-ticket', reply: 'status', status: 404 },
      { route: 'upload-binary', ...fault },
    ],
  })
  expect(await codeOf(rig.provider.upload(image()))).toBe(code)
})

test('a file that is gone or has another size is unreadable', async () => {
  const reference = image()
  expect(await codeOf(rig.provider.upload({ ...reference, path: join(dir, 'gone.png') }))).toBe('image-unreadable')
  expect(await codeOf(rig.provider.upload({ ...reference, bytes: reference.bytes + 1 }))).toBe('image-unreadable')
  expect(await codeOf(rig.provider.upload({ ...reference, bytes: reference.bytes - 1 }))).toBe('image-unreadable')
})

test('without a key nothing is sent', async () => {
  expect(await codeOf(rig.with({ key: () => null }).upload(image()))).toBe('key-missing')
  expect(await seen()).toEqual([])
})
