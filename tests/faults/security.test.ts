import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMediaHandler, type MediaSources } from '../../electron/engine/media/serve-media.ts'
import { MAX_RANGE_BYTES } from '../../electron/engine/media/byte-range.ts'
import { serveStudio, type LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { rendererFolder, SECRET } from '../support/counting-studio.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'
import { signIn } from '../support/loopback-client.ts'
import { PATH_ATTACKS } from '../support/path-attacks.ts'
import { rawRequest } from '../support/raw-http.ts'
import { memoryLogger } from '../support/stub-engine.ts'
import { noPictures } from '../support/no-pictures.ts'

const TEN_GB = 10 * 1024 ** 3

describe('a clip of ten gigabytes over loopback (E4)', () => {
  let dir: string
  let studio: LoopbackStudio
  let cookie: string
  const folder = rendererFolder()
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'takeboard-range-'))
    const path = join(dir, 'huge.mp4')
    const file = openSync(path, 'w')
    ftruncateSync(file, TEN_GB)
    closeSync(file)
    const sources: MediaSources = {
      clip: async (id) => (id === 'huge' ? { path, bytes: TEN_GB, mime: 'video/mp4', etag: 'e' } : null),
      image: () => null,
      addImage: () => Promise.reject(new Error('not asked for')),
      ...noPictures,
      sketch: async () => null,
    }
    studio = await serveStudio({
      engine: { connect: () => {}, media: createMediaHandler(sources) },
      rendererDir: folder.rendererDir,
      logger: memoryLogger(),
    })
    cookie = (await signIn(studio)).cookie
  })
  afterAll(async () => {
    await studio.close()
    rmSync(dir, { recursive: true, force: true })
    folder.remove()
  })
  const get = (range: string) => fetch(`${studio.origin}/media/clips/huge`, { headers: { cookie, range } })

  it.each([
    `bytes=0-${TEN_GB - 1}`,
    'bytes=0-',
    `bytes=-${TEN_GB}`,
    'bytes=-999999999999999',
    `bytes=1-${'9'.repeat(15)}`,
  ])('is sent four megabytes at a time when asked for %s', async (range) => {
    const reply = await get(range)
    expect([reply.status, reply.headers.get('content-length')]).toEqual([206, String(MAX_RANGE_BYTES)])
    expect((await reply.arrayBuffer()).byteLength).toBe(MAX_RANGE_BYTES)
  })

  it.each([`bytes=${TEN_GB}-`, `bytes=${'9'.repeat(15)}-`])('answers %s with 416', async (range) => {
    const reply = await get(range)
    expect([reply.status, reply.headers.get('content-range')]).toEqual([416, `bytes */${TEN_GB}`])
    await reply.body?.cancel()
  })

  it('reads no further than a client that asked for all of it does', async () => {
    const before = process.memoryUsage.rss()
    const stop = new AbortController()
    const reply = await fetch(`${studio.origin}/media/clips/huge`, { headers: { cookie }, signal: stop.signal })
    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, String(TEN_GB)])
    await reply.body?.getReader().read()
    stop.abort()
    expect(process.memoryUsage.rss() - before).toBeLessThan(512 * 1024 ** 2)
  })

  it.each(PATH_ATTACKS)('serves nothing at /media%s', async (path) => {
    const reply = await rawRequest(studio.origin, `/media${path}`, { headers: [`Cookie: ${cookie}`] })
    expect(reply.status).toBeOneOf([400, 403, 404])
    expect(reply.body).not.toContain(SECRET)
  })

  it('follows no link out of the page, wherever it is put later', async () => {
    const secret = join(dir, 'later.txt')
    writeFileSync(secret, SECRET)
    symlinkSync(secret, join(folder.rendererDir, 'assets', 'later.txt'))
    symlinkSync('/etc', join(folder.rendererDir, 'assets', 'etc'))
    for (const path of ['/assets/later.txt', '/assets/etc/os-release.txt', '/assets/etc/passwd'])
      expect((await rawRequest(studio.origin, path, { headers: [`Cookie: ${cookie}`] })).status).toBe(404)
  })
})

/** What a service, or somebody in its place, may say about where to go next. */
describe('addresses in the answers of the service (N1)', () => {
  let rig: ProviderRig
  beforeEach(async () => {
    rig = await startProviderRig()
  })
  afterEach(() => rig.stop())

  it('are not where the key is sent: jobs are looked at by their id, not by urls.get', async () => {
    const evil = `${rig.api.baseUrl}/evil`
    await rig.api.script({ submit: [{ reply: 'patch', data: { urls: { get: evil } } }] })
    const outcome = await rig.provider.submit(rig.body(), '1-1')
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind)
    await rig.provider.poll(outcome.predictionId)
    const paths = (await rig.api.seen()).map(({ path }) => path)
    expect(paths.at(-1)).toBe(`/api/v3/predictions/${outcome.predictionId}/result`)
    expect(paths).not.toContain('/evil')
  })

  it.each(['../../balance', '..%2f..%2fbalance', 'a/b', 'a?b=c', 'a#b', '.', '..', 'x'.repeat(81), 'a\r\nhost: evil'])(
    'an id like %j names no job and is never put into a path',
    async (id) => {
      await rig.api.script({ submit: [{ reply: 'patch', data: { id } }] })
      expect((await rig.provider.submit(rig.body(), '1-1')).kind).toBe('unknown')
      expect((await rig.api.seen()).map(({ route }) => route)).toEqual(['submit'])
    },
  )

  it.each(['submit', 'poll', 'balance'] as const)('a redirect of %s is not followed', async (route) => {
    const fault = { reply: 'redirect', status: 307, location: 'http://169.254.169.254/latest/meta-data/' } as const
    const made = await rig.provider.submit(rig.body(), '1-1')
    const id = made.kind === 'accepted' ? made.predictionId : ('none' as never)
    const before = (await rig.api.seen()).length
    await rig.api.script({ submit: [fault], poll: [fault], other: [{ ...fault, route: 'balance' }] })
    const ask = {
      submit: async () => (await rig.provider.submit(rig.body(), '1-1')).kind,
      poll: async () => (await rig.provider.poll(id)).kind,
      balance: async () => rig.provider.balance().catch((error: { code: string }) => error.code),
    }
    expect(await ask[route]()).toBe({ submit: 'unknown', poll: 'retry', balance: 'provider-fault' }[route])
    expect(await rig.api.seen()).toHaveLength(before + 1)
  })

  it.each(['file:///etc/passwd', 'http://169.254.169.254/put', 'https://10.0.0.1/put', 'https://[::1]/put'])(
    'an image is not uploaded to %s',
    async (url) => {
      const dir = mkdtempSync(join(tmpdir(), 'takeboard-upload-'))
      const path = join(dir, 'a.png')
      writeFileSync(path, 'a picture')
      const image = { sha256: 'a'.repeat(64) as never, path, mime: 'image/png', bytes: 9 }
      const upload = { method: 'PUT', url, headers: {} }
      await rig.api.script({ other: [{ route: 'upload-ticket', reply: 'patch', data: { upload } }] })
      try {
        // It falls back on the older route of the service itself.
        expect((await rig.provider.upload(image)).url.startsWith(rig.api.baseUrl)).toBe(true)
        expect(await rig.api.requests()).toMatchObject({ 'upload-put': 0, 'upload-binary': 1 })
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    },
  )
})
