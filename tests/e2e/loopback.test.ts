import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMediaHandler } from '../../electron/engine/media/serve-media.ts'
import { serveStudio, type LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { ensureChromium } from '../support/chromium.ts'
import { memoryLogger, runnerEvent, settingsEvent, STUDIO, stubEngine } from '../support/stub-engine.ts'

const root = resolve(import.meta.dirname, '../..')
const CLIP = join(root, 'tests/fixtures/clip-1s.mp4')
const CLIP_SHA = createHash('sha256').update(readFileSync(CLIP)).digest('hex')

/** A page of a few lines over the real client, transport and media client, bundled as the studio is. */
const PAGE = `
import { createClient } from ${JSON.stringify(join(root, 'shared/client.ts'))}
import { createMediaClient, fetchSessionToken } from ${JSON.stringify(join(root, 'shared/media-client.ts'))}
import { createWebSocketTransport } from ${JSON.stringify(join(root, 'shared/web-socket-transport.ts'))}
import { z } from 'zod'
z.config({ jitless: true })
const violations = []
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
const client = createClient(createWebSocketTransport({ url: 'ws://' + location.host + '/socket' }))
const events = []
client.onEvent((event) => events.push(event.seq))
const states = []
client.onState((state) => states.push(state))
const media = createMediaClient({ base: '', token: await fetchSessionToken() })
// Here, because code that a debugger evaluates may use eval whatever the policy says.
let evaluated = true
try {
  ;(0, eval)('1')
} catch {
  evaluated = false
}
window.studio = { client, media, events, states, violations, evaluated }
`

let dir: string
let browser: Browser
let context: BrowserContext
let page: Page
let studio: LoopbackStudio
let stub: ReturnType<typeof stubEngine>
let kept: Map<string, Uint8Array>

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-browser-'))
  mkdirSync(join(dir, 'source'))
  writeFileSync(join(dir, 'source', 'main.js'), PAGE)
  writeFileSync(
    join(dir, 'source', 'index.html'),
    '<!doctype html><title>Page</title><div id="host"></div><script type="module" src="./main.js"></script>',
  )
  await build({
    configFile: false,
    root: join(dir, 'source'),
    logLevel: 'error',
    resolve: { alias: { zod: join(root, 'node_modules/zod') } },
    build: { outDir: join(dir, 'out'), target: 'esnext' },
  })
  browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  rmSync(dir, { recursive: true, force: true })
})

const serve = (port = 0) =>
  serveStudio({
    engine: {
      connect: stub.connect,
      media: createMediaHandler({
        clip: async (id) =>
          id === 'take-1' ? { path: CLIP, bytes: statSync(CLIP).size, mime: 'video/mp4', etag: 'e' } : null,
        image: () => null,
        addImage: () => Promise.reject(new Error('not asked for')),
        drawnPoster: async () => null,
        derived: {
          knows: (sha256) => sha256 === CLIP_SHA,
          read: async (sha256, kind) => kept.get(sha256 + kind) ?? null,
          write: async (sha256, kind, bytes) => void kept.set(sha256 + kind, bytes),
        },
        sketch: async () => null,
      }),
    },
    rendererDir: join(dir, 'out'),
    port,
    logger: memoryLogger(),
  })

beforeEach(async () => {
  kept = new Map()
  stub = stubEngine({ 'studio.get': () => STUDIO })
  studio = await serve()
  context = await browser.newContext()
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
  await studio.close()
})

/** What the page put on its window. */
const inPage = <T>(script: string): Promise<T> =>
  page.evaluate(`(async () => { const s = window.studio; ${script} })()`)
/** Waits for a condition in the page. Not waitForFunction: it evaluates inside the page, which the page's policy forbids. */
const holds = async (where: Page, condition: string): Promise<void> => {
  await expect.poll(() => where.evaluate(condition), { timeout: 20_000 }).toBe(true)
}
const open = async (url = studio.url) => {
  await page.goto(url)
  await holds(page, 'window.studio !== undefined')
}

describe('the studio in a browser', () => {
  it('opens from the one-time address, keeps its fragment and survives a reload', async () => {
    await open(`${studio.newUrl()}#project=p1`)
    expect(page.url()).toBe(`${studio.origin}/#project=p1`)
    await page.reload()
    await holds(page, 'window.studio !== undefined')
    expect(await inPage('return (await s.client.call("studio.get", {})).version')).toBe(STUDIO.version)
    const cookies = await context.cookies()
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1' }])
  })

  it('opens in a further tab by its plain address, and keeps no code or token in any address', async () => {
    await open()
    const second = await context.newPage()
    await second.goto(studio.origin)
    await holds(second, 'window.studio !== undefined')
    expect(await second.evaluate('window.studio.client.call("studio.get", {}).then((s) => s.version)')).toBe(
      STUDIO.version,
    )
    expect([page.url(), second.url()]).toEqual([`${studio.origin}/`, `${studio.origin}/`])
    await page.goto('about:blank')
    await page.goBack()
    await holds(page, 'window.studio !== undefined')
    expect(page.url()).toBe(`${studio.origin}/`)
  })

  it('shows a stranger how to get in', async () => {
    await page.goto(studio.origin)
    expect(await page.locator('h1').textContent()).toBe('This address needs a fresh start')
    expect(
      await page.evaluate(() => getComputedStyle(document.querySelector('main') ?? document.body).maxWidth),
    ).not.toBe('none')
  })

  it('carries events, and finds its way back after the connection broke', async () => {
    await open()
    await inPage('await s.client.call("studio.get", {})')
    stub.events.publish(settingsEvent(1))
    stub.events.publish(runnerEvent(1))
    await expect.poll(() => inPage('return s.events')).toEqual([1, null])
    const port = Number(new URL(studio.origin).port)
    await studio.close()
    await holds(page, 'window.studio.states.includes("closed")')
    studio = await serve(port)
    // The new start knows nothing of the old session, so the page needs the new address.
    await open()
    expect(await inPage('return (await s.client.call("studio.get", {})).version')).toBe(STUDIO.version)
  })

  it('plays and seeks a clip', async () => {
    await open()
    const seen = await inPage<{ duration: number; seekable: number; at: number[] }>(`
      const video = document.createElement('video')
      video.muted = true
      video.src = s.media.clipUrl('take-1')
      const once = (name) => new Promise((done, fail) => { video.addEventListener(name, done, { once: true }); video.addEventListener('error', () => fail(new Error(video.error.message)), { once: true }) })
      document.body.append(video)
      await once('loadeddata')
      const at = []
      for (const time of [0.5, 0.9, 0.1]) { const moved = once('seeked'); video.currentTime = time; await moved; at.push(video.currentTime) }
      return { duration: video.duration, seekable: video.seekable.end(0), at }`)
    expect(seen.duration).toBeGreaterThan(0.8)
    expect(seen.seekable).toBeCloseTo(seen.duration, 3)
    expect(seen.at).toEqual([0.5, 0.9, 0.1])
  })

  it('saves a poster made from a frame', async () => {
    await open()
    await inPage(`
      const canvas = document.createElement('canvas'); canvas.width = 64; canvas.height = 36
      canvas.getContext('2d').fillRect(0, 0, 9, 9)
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/webp'))
      await s.media.saveDerived('${CLIP_SHA}', 'poster', blob)
      const image = new Image(); image.src = s.media.derivedUrl('${CLIP_SHA}', 'poster'); await image.decode()
      if (image.naturalWidth !== 64) throw new Error('not the poster')`)
    expect(kept.size).toBe(1)
    const code = await inPage(
      `return await s.media.saveDerived('${CLIP_SHA}', 'poster', new Blob(['x'])).catch((error) => error.code)`,
    )
    expect(code).toBe('bad-input')
  })

  it('refuses planted scripts, styles, frames and forms; styles set by script work (E3)', async () => {
    await open()
    const seen = await inPage<{ ran: boolean; width: string; colour: string; blocked: string[] }>(`
      const host = document.getElementById('host')
      host.innerHTML = '<img src="x:" onerror="window.planted = 1"><b style="color: rgb(1, 2, 3)">b</b><iframe src="data:text/html,x"></iframe>'
      const script = document.createElement('script'); script.textContent = 'window.planted = 2'; host.append(script)
      const style = document.createElement('style'); style.textContent = '#host { color: rgb(9, 9, 9) }'; host.append(style)
      await fetch('http://127.0.0.1:9/').catch(() => {})
      host.style.width = '123px'
      const wait = () => new Promise((done) => requestAnimationFrame(done))
      for (let frame = 0; frame < 300 && !s.violations.includes('frame-src'); frame++) await wait()
      return { ran: s.evaluated || 'planted' in window, width: getComputedStyle(host).width, colour: getComputedStyle(host.querySelector('b')).color, blocked: [...new Set(s.violations)].toSorted() }`)
    expect(seen.ran).toBe(false)
    expect(seen.width).toBe('123px')
    expect(seen.colour).not.toBe('rgb(1, 2, 3)')
    expect(seen.blocked).toEqual(
      expect.arrayContaining([
        'connect-src',
        'frame-src',
        'img-src',
        'script-src',
        'script-src-elem',
        'style-src-attr',
        'style-src-elem',
      ]),
    )
  })
})

/** Another site in the same browser, which holds the studio's cookie. */
describe('another site in the same browser (H2)', () => {
  let site: Server
  let origin: string
  let received: string[]
  beforeEach(async () => {
    received = []
    site = createServer((request, reply) => {
      received.push(request.headers.cookie ?? '')
      reply.setHeader('content-type', 'text/html')
      reply.end('<!doctype html><title>Other</title>')
    })
    await new Promise<void>((done) => void site.listen(0, '127.0.0.1', done))
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    await open()
  })
  afterEach(() => new Promise((done) => (site.closeAllConnections(), site.close(done))))

  // localhost is another site; another port of 127.0.0.1 is the same site, so cookies are sent along.
  it.each(['http://localhost', 'http://127.0.0.1'])('%s can neither read, write nor connect', async (base) => {
    await page.goto(`${base}:${new URL(origin).port}/`)
    const before = kept.size
    const outcome = await page.evaluate(
      async ({ target, clip }) => {
        const attempt = (work: Promise<unknown>) =>
          work.then(
            () => 'done',
            () => 'refused',
          )
        const load = (element: HTMLImageElement | HTMLVideoElement, url: string) =>
          new Promise((done, fail) => {
            element.addEventListener('loadeddata', done)
            element.addEventListener('load', done)
            element.addEventListener('error', fail)
            element.src = url
          })
        return {
          session: await attempt(fetch(`${target}/session`, { credentials: 'include' })),
          write: await attempt(
            fetch(`${target}/media/derived/${clip}/poster`, {
              method: 'PUT',
              credentials: 'include',
              headers: { 'x-takeboard-token': 'x' },
              body: 'x',
            }),
          ),
          clip: await attempt(load(document.createElement('video'), `${target}/media/clips/take-1`)),
          socket: await attempt(
            new Promise((done, fail) => {
              const socket = new globalThis.WebSocket(`${target.replace('http', 'ws')}/socket`)
              socket.addEventListener('open', done)
              socket.addEventListener('error', fail)
            }),
          ),
        }
      },
      { target: studio.origin, clip: CLIP_SHA },
    )
    expect(outcome).toEqual({ session: 'refused', write: 'refused', clip: 'refused', socket: 'refused' })
    expect(kept.size).toBe(before)
  })

  // A cookie goes to every port of its host; whoever listens there may be another account of this machine.
  it('gets the cookie when the browser is led to it, and can do nothing with it', async () => {
    await page.goto(origin)
    const cookie = received.find((sent) => sent !== '') ?? ''
    expect(cookie).toMatch(/^takeboard-\d+=[\w-]{43}$/)
    const headers = { cookie, origin: studio.origin, 'sec-fetch-site': 'same-origin' }
    expect((await fetch(`${studio.origin}/session`, { headers })).status).toBe(403)
    const before = kept.size
    const write = { method: 'PUT', headers: { ...headers, 'x-takeboard-token': 'x' }, body: 'x' }
    expect((await fetch(`${studio.origin}/media/derived/${CLIP_SHA}/poster`, write)).status).toBe(403)
    expect(kept.size).toBe(before)
    const socket = new WebSocket(`${studio.origin.replace('http', 'ws')}/socket`, ['takeboard'], {
      origin: studio.origin,
      headers: { cookie },
    })
    const outcome = await new Promise((done) => {
      socket.on('open', () => done('open'))
      socket.on('error', (error) => done(error.message))
    })
    expect(outcome).toBe('Unexpected server response: 403')
    // The token is in the storage of the studio's origin, which no other port can read.
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await page.goto(studio.origin)
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1)
  })
})
