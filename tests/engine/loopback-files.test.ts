import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FRAME_LIMIT } from '../../shared/frames.ts'
import { socketProtocols, TOKEN_HEADER } from '../../shared/session-token.ts'
import { BUNDLE_LIMITS } from '../../electron/engine/interchange/bundle-limits.ts'
import { serveStudio, type LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { readStatic } from '../../electron/hosts/web/static-files.ts'
import { createWebHandler } from '../../electron/hosts/web/web-handler.ts'
import { countingStudio, headerLines, rendererFolder, SECRET } from '../support/counting-studio.ts'
import { signIn } from '../support/loopback-client.ts'
import { PATH_ATTACKS } from '../support/path-attacks.ts'
import { rawRequest } from '../support/raw-http.ts'

const folder = rendererFolder()
afterAll(() => folder.remove())
const { rendererDir } = folder

let served: Awaited<ReturnType<typeof countingStudio>>
let studio: LoopbackStudio
beforeEach(async () => {
  served = await countingStudio(rendererDir)
  studio = served.studio
})
afterEach(() => studio.close())

const lines = headerLines

describe('what it sends (H4)', () => {
  it('puts the same strict headers on every reply', async () => {
    const { cookie } = await signIn(studio)
    for (const path of ['/', '/nothing.js', '/media/clips/t1', '/session', '/open?code=x', '//x'])
      for (const sent of [[], [`Cookie: ${cookie}`]])
        expect((await rawRequest(studio.origin, path, { headers: sent })).headers, `at ${path}`).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-resource-policy': 'same-origin',
        })
    const page = await fetch(studio.origin, { headers: { cookie } })
    expect(page.headers.get('cache-control')).toBe('no-store')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain(`connect-src 'self' ${studio.origin.replace('http', 'ws')};`)
    const asset = await fetch(`${studio.origin}/assets/app-1a2b.js`, { headers: { cookie } })
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it('refuses a body over the limit, said or unsaid, without reading it all', async () => {
    const headers = lines(await served.ownWrite())
    const said = await rawRequest(studio.origin, '/media/images', {
      method: 'POST',
      headers: [...headers, 'Content-Length: 11534337'],
    })
    expect(said.status).toBe(413)
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`
    const unsaid = await rawRequest(studio.origin, '/media/images', {
      method: 'POST',
      headers: [...headers, 'Transfer-Encoding: chunked'],
      body: chunk.repeat(12),
    }).catch(() => ({ status: 413 }))
    expect(unsaid.status).toBe(413)
    const bundle = await rawRequest(studio.origin, '/media/bundles', {
      method: 'POST',
      headers: [...headers, `Content-Length: ${BUNDLE_LIMITS.fileBytes + 64 * 1024 + 1}`],
    })
    expect(bundle.status).toBe(413)
    const { [TOKEN_HEADER]: _token, ...tokenless } = await served.ownWrite()
    const foreign = await rawRequest(studio.origin, '/media/bundles', { method: 'POST', headers: lines(tokenless) })
    expect(foreign.status).toBe(403)
    expect(served.calls).toEqual([])
  })

  it('cuts off a WebSocket that announces too much, before it has come', async () => {
    const { cookie, token } = await signIn(studio)
    const socket = new WebSocket(`${studio.origin.replace('http', 'ws')}/socket`, socketProtocols(token), {
      origin: studio.origin,
      headers: { cookie },
    })
    socket.on('error', () => {})
    const closed = new Promise<number>((resolve) => void socket.on('close', resolve))
    await new Promise((resolve) => void socket.on('open', resolve))
    socket.send('x'.repeat(FRAME_LIMIT + 1))
    expect(await closed).toBe(1009)
  })

  it('ends the reply of a page that goes away', async () => {
    const gone = Promise.withResolvers<string>()
    await studio.close()
    studio = await serveStudio({
      engine: {
        connect: () => {},
        media: async () =>
          new Response(
            new ReadableStream({
              pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
              cancel: () => gone.resolve('cancelled'),
            }),
          ),
      },
      rendererDir,
      logger: served.logger,
    })
    const { cookie } = await signIn(studio)
    const abort = new AbortController()
    const reply = await fetch(`${studio.origin}/media/clips/t1`, { headers: { cookie }, signal: abort.signal })
    await reply.body?.getReader().read()
    abort.abort()
    expect(await gone.promise).toBe('cancelled')
  })
})

describe('files of the page (E4)', () => {
  it.each(PATH_ATTACKS)('finds nothing at %s', async (target) => {
    const { cookie } = await signIn(studio)
    const reply = await rawRequest(studio.origin, target, { headers: [`Cookie: ${cookie}`] })
    expect(reply.status).toBeOneOf([400, 403, 404])
    expect(reply.body).not.toContain(SECRET)
  })

  it('finds the page and its files', async () => {
    const { cookie } = await signIn(studio)
    const get = (target: string) => rawRequest(studio.origin, target, { headers: [`Cookie: ${cookie}`] })
    expect((await get('/')).body).toContain('<title>Takeboard</title>')
    expect((await get('/index.html?x=1')).status).toBe(200)
    expect((await get('/assets/app-1a2b.js')).body).toBe('export {}')
    const head = await rawRequest(studio.origin, '/', { method: 'HEAD', headers: [`Cookie: ${cookie}`] })
    expect([head.status, head.body]).toEqual([200, ''])
  })

  it('writes nothing there', async () => {
    const headers = await served.ownWrite()
    const reply = await fetch(`${studio.origin}/index.html`, { method: 'PUT', body: 'x', headers })
    expect(reply.status).toBe(405)
  })
})

/** Without a server and without the address being tidied first, as a custom scheme leaves it. */
describe('files of the page by themselves (E4)', () => {
  it.each(PATH_ATTACKS)('reads nothing at %s', async (target) => {
    expect(await readStatic(rendererDir, target)).toBeNull()
    const handle = createWebHandler({ rendererDir, media: async () => new Response(null, { status: 404 }) })
    const reply = await handle(new Request(`takeboard://studio${target}`))
    expect(reply.status).toBe(404)
    expect(await reply.text()).not.toContain(SECRET)
  })

  it('sends only media requests to the engine', async () => {
    const asked: string[] = []
    const handle = createWebHandler({
      rendererDir,
      media: async (request) => {
        asked.push(request.url)
        return new Response('clip')
      },
    })
    const reply = await handle(new Request('takeboard://studio/media/clips/t1'))
    expect([reply.headers.get('x-content-type-options'), await reply.text()]).toEqual(['nosniff', 'clip'])
    await handle(new Request('takeboard://studio/mediaclips/t1'))
    expect((await handle(new Request('takeboard://studio/'))).status).toBe(200)
    expect(asked).toEqual(['takeboard://studio/media/clips/t1'])
  })
})
