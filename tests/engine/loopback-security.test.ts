import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import { serveStudio, type LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { countingStudio, headerLines, rendererFolder, UPGRADE } from '../support/counting-studio.ts'
import { signIn } from '../support/loopback-client.ts'
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

describe('where it listens (H1)', () => {
  it('is on 127.0.0.1 only', async () => {
    const { port } = new URL(studio.origin)
    expect(studio.origin).toBe(`http://127.0.0.1:${port}`)
    const others = [
      '::1',
      ...Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal }) => !internal)
        .map(({ address }) => address),
    ]
    for (const host of others) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect({ port: Number(port), host })
        socket.on('connect', () => (socket.destroy(), resolve('connected')))
        socket.on('error', (error) => resolve(error.name))
      })
      expect(outcome, `over ${host}`).not.toBe('connected')
    }
  })

  it('says which port is in use and what to do', async () => {
    const port = Number(new URL(studio.origin).port)
    const engine = { connect: () => {}, media: async () => new Response() }
    const error = await serveStudio({ engine, rendererDir, port, logger: served.logger }).then(
      () => expect.fail('should not listen twice'),
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(TakeboardError)
    expect(error).toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(`Port ${port} is already in use`),
    })
  })

  it.each([
    ['another name', ['Host: evil.example']],
    ['a rebound name with the port', ['Host: evil.example:PORT']],
    ['localhost', ['Host: localhost:PORT']],
    ['no port', ['Host: 127.0.0.1']],
    ['another port', ['Host: 127.0.0.1:1']],
    ['a trailing dot', ['Host: 127.0.0.1.:PORT']],
    ['a decimal address', ['Host: 2130706433:PORT']],
    ['two hosts', ['Host: 127.0.0.1:PORT', 'Host: evil.example']],
    ['an empty host', ['Host:']],
  ])('refuses %s', async (_name, hosts) => {
    const { cookie, token, protocols } = await signIn(studio)
    const headers = [
      ...hosts.map((host) => host.replace('PORT', new URL(studio.origin).port)),
      ...lines({ cookie, 'x-takeboard-token': token }),
    ]
    for (const target of ['/', '/session', '/media/clips/t1', new URL(studio.newUrl()).pathname]) {
      const reply = await rawRequest(studio.origin, target, { headers })
      expect(reply.status).toBeOneOf([400, 403])
      expect(reply.body).not.toContain('token')
    }
    const upgraded = await rawRequest(studio.origin, '/socket', {
      headers: [...headers, ...lines({ ...UPGRADE, origin: studio.origin, 'sec-websocket-protocol': protocols })],
    })
    expect(upgraded.status).toBeOneOf([400, 403])
    expect([served.calls, served.connections()]).toEqual([[], 0])
  })

  it.each(['http://evil.example/', 'http://127.0.0.1:1/', '//evil.example/', '*', 'evil.example:80'])(
    'refuses the target %s',
    async (target) => {
      const { cookie } = await signIn(studio)
      const reply = await rawRequest(studio.origin, target, { headers: [`Cookie: ${cookie}`] })
      expect(reply.status).toBeOneOf([400, 403])
      expect(reply.headers['location']).toBeUndefined()
    },
  )
})

describe('who may ask (H2)', () => {
  const bad = [
    'null',
    'http://evil.example',
    'http://localhost:PORT',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:1',
    '',
  ]

  it.each(bad)('refuses a write from the origin %j', async (origin) => {
    const headers = { ...(await served.ownWrite()), origin: origin.replace('PORT', new URL(studio.origin).port) }
    const reply = await rawRequest(studio.origin, '/media/images', {
      method: 'POST',
      headers: [...lines(headers), 'Content-Length: 2'],
      body: 'ab',
    })
    expect(reply.status).toBe(403)
    expect(reply.body).toContain('"code":"forbidden"')
    expect(served.calls).toEqual([])
  })

  it.each([...bad, 'absent'])('refuses a WebSocket from the origin %j', async (origin) => {
    const { cookie, protocols } = await signIn(studio)
    const headers = lines({ ...UPGRADE, cookie, 'sec-websocket-protocol': protocols })
    if (origin !== 'absent') headers.push(`Origin: ${origin.replace('PORT', new URL(studio.origin).port)}`)
    expect((await rawRequest(studio.origin, '/socket', { headers })).status).toBe(403)
    expect(served.connections()).toBe(0)
  })

  it('refuses a write without an origin, or with two', async () => {
    const { origin: _dropped, ...headers } = await served.ownWrite()
    const write = async (more: string[]) =>
      rawRequest(studio.origin, '/media/images', {
        method: 'POST',
        headers: [...lines(headers), ...more, 'Content-Length: 0'],
      })
    expect((await write([])).status).toBe(403)
    expect((await write([`Origin: ${studio.origin}`, 'Origin: http://evil.example'])).status).toBe(403)
    expect((await write([`Origin: ${studio.origin}`])).status).toBe(200)
    expect(served.calls).toHaveLength(1)
  })

  it.each(['cross-site', 'same-site', 'rubbish'])('refuses what a browser calls %s', async (site) => {
    const { cookie, token, protocols } = await signIn(studio)
    const headers = lines({ cookie, 'sec-fetch-site': site, 'x-takeboard-token': token })
    for (const target of ['/', '/session', '/media/clips/t1'])
      expect((await rawRequest(studio.origin, target, { headers })).status).toBe(403)
    const upgrade = [...headers, ...lines({ ...UPGRADE, origin: studio.origin, 'sec-websocket-protocol': protocols })]
    expect((await rawRequest(studio.origin, '/socket', { headers: upgrade })).status).toBe(403)
    const url = new URL(studio.newUrl())
    expect((await rawRequest(studio.origin, url.pathname + url.search, { headers })).status).toBe(403)
    expect([served.calls, served.connections()]).toEqual([[], 0])
  })

  it('refuses reading under a foreign origin and never sends CORS headers', async () => {
    const headers = await served.ownWrite()
    const read = await rawRequest(studio.origin, '/session', { headers: lines({ ...headers, origin: 'null' }) })
    expect(read.status).toBe(403)
    const preflight = await rawRequest(studio.origin, '/media/images', {
      method: 'OPTIONS',
      headers: lines({ origin: 'http://evil.example', 'access-control-request-method': 'POST' }),
    })
    const own = await rawRequest(studio.origin, '/', { headers: lines(headers) })
    for (const reply of [read, preflight, own])
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('opens a WebSocket on its own path only', async () => {
    const { cookie, token, protocols } = await signIn(studio)
    const headers = lines({ ...UPGRADE, cookie, origin: studio.origin, 'sec-websocket-protocol': protocols })
    const opened = await rawRequest(studio.origin, '/socket', { headers })
    expect([opened.status, opened.headers['sec-websocket-protocol']]).toEqual([101, 'takeboard'])
    expect(JSON.stringify(opened)).not.toContain(token)
    expect((await rawRequest(studio.origin, '/media/clips/t1', { headers })).status).toBe(403)
    expect((await rawRequest(studio.origin, '//socket', { headers })).status).toBe(403)
    expect(served.connections()).toBe(1)
  })
})

describe('how a browser gets in (H3)', () => {
  const follow = (url: string) => fetch(url, { redirect: 'manual' })

  it('trades a code for a cookie, once', async () => {
    const reply = await follow(studio.url)
    expect([reply.status, reply.headers.get('location')]).toEqual([200, null])
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-[^']+';/)
    expect(await reply.text()).toMatch(/data-token="[\w-]{43}"/)
    expect(reply.headers.get('set-cookie')).toMatch(/^takeboard-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const second = await follow(studio.url)
    expect([second.status, second.headers.get('set-cookie'), second.headers.get('location')]).toEqual([401, null, null])
    expect(await second.text()).toContain('takeboard serve')
  })

  it('forgets a code after 30 seconds', async () => {
    served.clock.now = 29_999
    expect((await follow(studio.url)).status).toBe(200)
    const late = studio.newUrl()
    served.clock.now += 30_000
    expect((await follow(late)).status).toBe(401)
  })

  it('takes no other code', async () => {
    for (const code of ['', 'x', 'A'.repeat(43)])
      expect((await follow(`${studio.origin}/open?code=${code}`)).status).toBe(401)
    expect((await follow(`${studio.origin}/open`)).status).toBe(401)
    const wrongMethod = await fetch(studio.newUrl(), { method: 'HEAD', redirect: 'manual' })
    expect(wrongMethod.status).toBe(401)
  })

  it('redirects nowhere else', async () => {
    const url = studio.newUrl()
    const reply = await follow(`${url}&next=http://evil.example/&location=//evil.example`)
    expect([reply.status, reply.headers.get('location')]).toEqual([200, null])
    expect(await reply.text()).not.toContain('evil')
    const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
    const used = `${url}&next=http://evil.example/`
    const again = await fetch(used, { redirect: 'manual', headers: { cookie } })
    expect([again.status, again.headers.get('location'), await again.text()]).toEqual([302, '/', ''])
  })

  it('gives a stranger a page that helps and nothing else', async () => {
    const page = await fetch(`${studio.origin}/`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(401)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('Run <code>takeboard serve</code> again for a new address')
    for (const path of ['/session', '/media/clips/t1', '/assets/app-1a2b.js'])
      expect((await fetch(studio.origin + path)).status).toBe(401)
    expect(
      (await rawRequest(studio.origin, '/socket', { headers: lines({ ...UPGRADE, origin: studio.origin }) })).status,
    ).toBe(401)
    expect([served.calls, served.connections()]).toEqual([[], 0])
  })

  it('refuses a wrong cookie, and one of another studio', async () => {
    const { cookie } = await signIn(studio)
    const engine = { connect: () => {}, media: async () => new Response() }
    const other = await serveStudio({ engine, rendererDir, logger: served.logger })
    try {
      const foreign = (await signIn(other)).cookie
      const [, value] = foreign.split('=')
      const name = cookie.split('=')[0]
      for (const wrong of [foreign, `${name}=${value}`, `${name}=`, `${cookie}x`, `x${cookie}`])
        expect((await fetch(studio.origin, { headers: { cookie: wrong } })).status, `cookie ${wrong}`).toBe(401)
      expect((await fetch(studio.origin, { headers: { cookie: `${foreign}; ${cookie}` } })).status).toBe(200)
    } finally {
      await other.close()
    }
  })

  it('wants the token with every write', async () => {
    const headers = await served.ownWrite()
    const write = (token: string | null) => {
      const { 'x-takeboard-token': _dropped, ...rest } = headers
      return fetch(`${studio.origin}/media/images`, {
        method: 'POST',
        body: 'ab',
        headers: token === null ? rest : { ...rest, 'x-takeboard-token': token },
      })
    }
    expect((await write(null)).status).toBe(403)
    expect((await write('x')).status).toBe(403)
    expect((await write(headers['cookie']?.split('=')[1] ?? '')).status).toBe(403)
    expect((await write(headers['x-takeboard-token'] ?? '')).status).toBe(200)
    expect(served.calls).toEqual([{ url: `${studio.origin}/media/images`, method: 'POST' }])
  })

  it('gives whoever holds the cookie alone no token, no session, no write and no socket', async () => {
    const { cookie, token } = await signIn(studio)
    const own = lines({ cookie, origin: studio.origin, 'sec-fetch-site': 'same-origin' })
    const guesses = ['', 'x', 'A'.repeat(43), token.slice(0, -1), `${token}x`, cookie.split('=')[1] ?? '']
    for (const guess of guesses) {
      const said = lines({ 'x-takeboard-token': guess })
      const session = await rawRequest(studio.origin, '/session', { headers: [...own, ...said] })
      const write = await rawRequest(studio.origin, '/media/images', {
        method: 'POST',
        headers: [...own, ...said, 'Content-Length: 2'],
        body: 'ab',
      })
      const socket = await rawRequest(studio.origin, '/socket', {
        headers: [...own, ...lines({ ...UPGRADE, 'sec-websocket-protocol': `takeboard, ${guess}` })],
      })
      expect([session.status, write.status, socket.status], `with ${guess}`).toEqual([403, 403, 403])
      expect(session.body + write.body + socket.body).not.toContain(token)
    }
    for (const target of ['/', '/session', '/open', `/open?code=x`])
      expect((await rawRequest(studio.origin, target, { headers: [`Cookie: ${cookie}`] })).body).not.toContain(token)
    expect([served.calls, served.connections()]).toEqual([[], 0])
    const known = await rawRequest(studio.origin, '/session', { headers: [...own, `x-takeboard-token: ${token}`] })
    expect([known.status, known.body]).toEqual([204, ''])
  })

  it('leaves no code, cookie or token in the log', async () => {
    const { cookie, token } = await signIn(studio)
    const code = new URL(studio.newUrl()).searchParams.get('code') ?? ''
    await fetch(`${studio.origin}/?code=${code}`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    await fetch(`${studio.origin}/media/x?code=${code}`, {
      method: 'POST',
      headers: { cookie, 'x-takeboard-token': token },
    })
    const log = JSON.stringify(served.logger.lines)
    expect(served.logger.lines.length).toBeGreaterThan(1)
    for (const secret of [code, cookie.split('=')[1] ?? '-', token]) expect(log).not.toContain(secret)
  })
})
