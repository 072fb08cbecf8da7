import { createCanvas } from '@napi-rs/canvas'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Sha256 } from '../../shared/ids.ts'
import { ImageFile } from '../../shared/model.ts'
import { createImageStore } from '../../electron/engine/media/image-store.ts'
import { createMediaHandler, IMAGE_BODY_BYTES } from '../../electron/engine/media/serve-media.ts'
import { memoryLogger } from '../support/stub-engine.ts'

const dir = mkdtempSync(join(tmpdir(), 'takeboard-media-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const sha = (bytes: Uint8Array) => Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
const picture = (width: number, height: number) => {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').fillRect(0, 0, width / 2, height / 2)
  return canvas
}

describe('media handler', () => {
  const clipBytes = randomBytes(9 * 1024 * 1024)
  const clipPath = join(dir, 'clip.mp4')
  const store = createImageStore({ dir: join(dir, 'served') })
  const kept = new Map<string, Uint8Array>()
  const clipSha = sha(clipBytes)
  const asked: string[] = []
  const logger = memoryLogger()
  let image: ImageFile
  const png = picture(480, 480).toBuffer('image/png')

  const handle = createMediaHandler({
    async clip(takeId) {
      asked.push(takeId)
      if (takeId === 'broken') throw new Error('database is locked at /secret/path')
      if (takeId === 'gone') return { path: join(dir, 'nothing.mp4'), bytes: 1, mime: 'video/mp4', etag: 'x' }
      if (takeId === 'page') return { path: clipPath, bytes: 1, mime: 'text/html', etag: 'page' }
      return takeId === 'take-1' ? { path: clipPath, bytes: clipBytes.length, mime: 'video/mp4', etag: 'abc' } : null
    },
    image: (sha256) => (sha256 === image.sha256 ? { path: store.path(sha256, image.mime), mime: image.mime } : null),
    addImage: (bytes) => store.add(bytes),
    drawnPoster: async (takeId) => (takeId === 'rehearsed' ? { bytes: png, mime: 'image/png', etag: 'drawn' } : null),
    derived: {
      knows: (sha256) => sha256 === clipSha,
      read: async (sha256, kind) => kept.get(`${sha256} ${kind}`) ?? null,
      write: async (sha256, kind, bytes) => void kept.set(`${sha256} ${kind}`, bytes),
    },
    sketch: async (sceneId) => (sceneId === 'scene-1' ? { bytes: png, mime: 'image/png', etag: 'v1' } : null),
    logger,
  })

  const ask = (path: string, init: RequestInit = {}) => handle(new Request(`http://127.0.0.1:9${path}`, init))
  const bytesOf = async (reply: Response) => Buffer.from(await reply.arrayBuffer())
  const errorOf = async (reply: Response) => ({ status: reply.status, ...((await reply.json()) as object) })

  beforeAll(async () => {
    writeFileSync(clipPath, clipBytes)
    image = await store.add(png)
  })

  it('sends a whole clip as a stream', async () => {
    const reply = await ask('/media/clips/take-1')
    expect(reply.status).toBe(200)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(clipBytes.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      etag: '"abc"',
    })
    expect((await bytesOf(reply)).equals(clipBytes)).toBe(true)
  })

  it('sends parts of at most 4 MiB, which together are the clip', async () => {
    const parts: Buffer[] = []
    for (let at = 0; at < clipBytes.length;) {
      const reply = await ask('/media/clips/take-1', { headers: { range: `bytes=${at}-` } })
      const part = await bytesOf(reply)
      expect(reply.status).toBe(206)
      expect(reply.headers.get('content-range')).toBe(`bytes ${at}-${at + part.length - 1}/${clipBytes.length}`)
      expect(reply.headers.get('content-length')).toBe(String(part.length))
      expect(part.length).toBeLessThanOrEqual(4 * 1024 * 1024)
      parts.push(part)
      at += part.length
    }
    expect(parts).toHaveLength(3)
    expect(Buffer.concat(parts).equals(clipBytes)).toBe(true)
  })

  it('answers several ranges at once with the right bytes', async () => {
    const starts = [5_000_000, 0, 8_999_990, 123_456, 5_000_001]
    const parts = await Promise.all(
      starts.map(async (start) =>
        bytesOf(await ask('/media/clips/take-1', { headers: { range: `bytes=${start}-${start + 999}` } })),
      ),
    )
    starts.forEach((start, index) => expect(parts[index]?.equals(clipBytes.subarray(start, start + 1000))).toBe(true))
  })

  it('refuses a range past the end, and knows what the client has', async () => {
    const past = await ask('/media/clips/take-1', { headers: { range: `bytes=${clipBytes.length}-` } })
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${clipBytes.length}`])
    expect((await ask('/media/clips/take-1', { headers: { 'if-none-match': 'W/"x", "abc"' } })).status).toBe(304)
    const stale = await ask('/media/clips/take-1', { headers: { range: 'bytes=0-9', 'if-range': '"old"' } })
    expect(stale.status).toBe(200)
    await stale.body?.cancel()
    const fresh = await ask('/media/clips/take-1', { headers: { range: 'bytes=0-9', 'if-range': '"abc"' } })
    expect((await bytesOf(fresh)).equals(clipBytes.subarray(0, 10))).toBe(true)
  })

  it('answers HEAD without a body', async () => {
    const reply = await ask('/media/clips/take-1', { method: 'HEAD' })
    expect([reply.status, reply.headers.get('content-length'), reply.body]).toEqual([
      200,
      String(clipBytes.length),
      null,
    ])
  })

  it.runIf(existsSync('/proc/self/fd'))('closes the file when a reply is dropped half way', async () => {
    const handles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return statSync(`/proc/self/fd/${fd}`).ino === statSync(clipPath).ino
        } catch {
          return false
        }
      }).length
    const reply = await ask('/media/clips/take-1')
    const reader = reply.body?.getReader()
    await reader?.read()
    expect(handles()).toBe(1)
    await reader?.cancel()
    await expect.poll(handles).toBe(0)
  })

  it('never sends a stored file as a page', async () => {
    const reply = await ask('/media/clips/page', { method: 'HEAD' })
    expect(reply.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('answers nothing for a poster that is not made yet', async () => {
    const reply = await ask(`/media/derived/${clipSha}/poster`)
    expect(reply.status).toBe(204)
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  it.each(['/media/clips/nobody', '/media/clips/gone', '/media/posters/none'])(
    'answers %s with 404 and an error in words',
    async (path) => {
      expect(await errorOf(await ask(path))).toMatchObject({ status: 404, code: 'not-found' })
    },
  )

  it('answers an unexpected failure without its detail', async () => {
    const reply = await ask('/media/clips/broken')
    const text = await reply.text()
    expect([reply.status, JSON.parse(text)]).toMatchObject([500, { code: 'internal' }])
    expect(text).not.toContain('secret')
    expect(JSON.stringify(logger.lines)).toContain('/secret/path')
  })

  it.each([
    '/media/clips/..%2f..%2fetc%2fpasswd',
    '/media/clips/%2e%2e',
    '/media/clips/..%5c..%5cwindows',
    '/media/clips/a%00b',
    '/media/clips/a%252fb',
    '/media/clips/take-1%2f',
    '/media/clips/take-1/more',
    '/media/clips/%E0%A4%A',
    '/media/clips/',
    '/media//clips/take-1',
    '/media/clips',
    '/media',
    '/media/other/take-1',
    `/media/clips/${'a'.repeat(81)}`,
    '/media/images/ABCDEF',
    `/media/images/${'0'.repeat(64)}`,
    `/media/derived/${'0'.repeat(64)}/poster`,
    `/media/derived/${clipSha}`,
    `/media/derived/${clipSha}/page`,
    `/media/derived/${clipSha}/poster/more`,
    `/media/derived/${clipSha}/..%2fposter`,
    `/media/derived/${clipSha.toUpperCase()}/poster`,
    '/media/derived/take-1/poster',
  ])('finds nothing at %s and asks nobody', async (path) => {
    asked.length = 0
    expect((await ask(path)).status).toBe(404)
    expect(asked).toEqual([])
  })

  it.each([
    ['DELETE', '/media/clips/take-1', 'GET, HEAD'],
    ['PUT', '/media/posters/take-1', 'GET, HEAD'],
    ['POST', `/media/derived/${'0'.repeat(64)}/poster`, 'GET, HEAD, PUT'],
    ['GET', '/media/images', 'POST'],
    ['PUT', `/media/images/${'0'.repeat(64)}`, 'GET, HEAD'],
    ['PUT', '/media/sketches/scene-1', 'GET, HEAD'],
  ])('does not know %s %s', async (method, path, allowed) => {
    const reply = await ask(path, { method })
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, allowed])
  })

  it('sends references for good and sketches with a question', async () => {
    const reference = await ask(`/media/images/${image.sha256}`)
    expect(reference.headers.get('cache-control')).toContain('immutable')
    expect((await bytesOf(reference)).equals(png)).toBe(true)
    const sketch = await ask('/media/sketches/scene-1?v=3')
    expect([sketch.headers.get('content-type'), sketch.headers.get('etag')]).toEqual(['image/png', '"v1"'])
    expect((await ask('/media/sketches/scene-1', { headers: { 'if-none-match': '"v1"' } })).status).toBe(304)
    // Of a scene that was deleted a moment ago there is nothing, and nothing to report.
    expect((await ask('/media/sketches/none')).status).toBe(204)
  })

  it('takes a reference and answers what it is', async () => {
    const jpeg = picture(700, 500).toBuffer('image/jpeg')
    const reply = await ask('/media/images', { method: 'POST', body: new Uint8Array(jpeg) })
    expect(reply.status).toBe(201)
    expect(ImageFile.parse(await reply.json())).toMatchObject({ sha256: sha(jpeg), mime: 'image/jpeg', width: 700 })
  })

  it('refuses pictures the model would refuse, with the code that says why', async () => {
    const send = async (body: Uint8Array<ArrayBuffer>) => errorOf(await ask('/media/images', { method: 'POST', body }))
    expect(await send(new Uint8Array(10))).toMatchObject({ status: 415, code: 'image-type' })
    expect(await send(new Uint8Array())).toMatchObject({ status: 415, code: 'image-type' })
    expect(await send(new Uint8Array(png.subarray(0, 50)))).toMatchObject({ status: 422, code: 'image-unreadable' })
    expect(await send(new Uint8Array(picture(500, 300).toBuffer('image/png')))).toMatchObject({
      status: 422,
      code: 'image-too-small',
    })
    expect(await send(new Uint8Array(IMAGE_BODY_BYTES))).toMatchObject({ status: 413, code: 'image-too-large' })
  })

  it('stops reading a body that has no end', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024 * 1024
        controller.enqueue(new Uint8Array(1024 * 1024))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' }
    expect(await errorOf(await ask('/media/images', init))).toMatchObject({ status: 413, code: 'image-too-large' })
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  it('sends the drawn poster of a rehearsal', async () => {
    const reply = await ask('/media/posters/rehearsed')
    expect([reply.headers.get('content-type'), reply.headers.get('etag')]).toEqual(['image/png', '"drawn"'])
    expect((await bytesOf(reply)).equals(png)).toBe(true)
  })

  const put = (path: string, body: Uint8Array | string) =>
    ask(`/media/derived/${path}`, { method: 'PUT', body: typeof body === 'string' ? body : new Uint8Array(body) })

  it.each(['poster', 'strip'])('keeps a %s that is JPEG or WebP and small, for the clips it has', async (kind) => {
    const webp = picture(320, 180).toBuffer('image/webp')
    expect((await put(`${clipSha}/${kind}`, webp)).status).toBe(204)
    const reply = await ask(`/media/derived/${clipSha}/${kind}`)
    expect(reply.headers.get('content-type')).toBe('image/webp')
    expect(reply.headers.get('cache-control')).toContain('immutable')
    expect((await bytesOf(reply)).equals(webp)).toBe(true)
    const etag = reply.headers.get('etag') ?? ''
    const again = () => ask(`/media/derived/${clipSha}/${kind}`, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    expect((await put(`${clipSha}/${kind}`, picture(320, 180).toBuffer('image/jpeg'))).status).toBe(204)
    expect((await again()).status).toBe(200)
    expect(await errorOf(await put(`${clipSha}/${kind}`, png))).toMatchObject({ status: 415, code: 'bad-input' })
    const large = new Uint8Array(512 * 1024 + 1)
    expect(await errorOf(await put(`${clipSha}/${kind}`, large))).toMatchObject({ status: 413 })
    const other = `${'1'.repeat(64)}/${kind}`
    expect(await errorOf(await put(other, webp))).toMatchObject({ status: 404, code: 'not-found' })
    expect([...kept.keys()].every((key) => key.startsWith(clipSha))).toBe(true)
  })

  it('keeps facts of a clip that are facts, and nothing else', async () => {
    const facts = { ok: false, problem: 'no-video', by: 'Chrome/1' }
    expect((await put(`${clipSha}/probe`, JSON.stringify(facts))).status).toBe(204)
    const reply = await ask(`/media/derived/${clipSha}/probe`)
    expect(reply.headers.get('content-type')).toBe('application/json')
    expect(await reply.json()).toEqual(facts)
    for (const wrong of ['', '{', '<html></html>', '{"ok":true}', JSON.stringify({ ...facts, more: 1 })])
      expect(await errorOf(await put(`${clipSha}/probe`, wrong))).toMatchObject({ status: 415, code: 'bad-input' })
    expect(await errorOf(await put(`${clipSha}/probe`, 'x'.repeat(9000)))).toMatchObject({ status: 413 })
  })
})
