import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IPC } from '../../electron/hosts/desktop/ipc-channels.ts'
import { desktopApp } from '../support/desktop-app.ts'
import { fake, session } from '../support/fake-electron.ts'
import { STUDIO } from '../support/stub-engine.ts'

vi.mock('electron', () => import('../support/fake-electron.ts'))

let desktop: ReturnType<typeof desktopApp>
beforeEach(() => {
  desktop = desktopApp()
})
afterEach(() => desktop.remove())

describe('locks', () => {
  const AWAY = [
    'https://evil.example/',
    'takeboard://evil/',
    'takeboard://studio.evil/',
    'takeboard://user@studio/',
    'takeboard://studio/media/clips/t1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
  ]

  it.each(AWAY)('goes nowhere, not even to %s (E6)', async (url) => {
    await desktop.start()
    const { webContents } = desktop.window()
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])
      expect(webContents.attempt(event, url), `${event}`).toBe(true)
    expect(webContents.windowOpen({ url })).toEqual({ action: 'deny' })
    expect(fake.opened).toEqual([])
  })

  it('lets the page reload itself, and redirects nothing', async () => {
    await desktop.start()
    const { webContents } = desktop.window()
    expect(webContents.attempt('will-navigate', 'takeboard://studio/')).toBe(false)
    expect(webContents.attempt('will-navigate', 'takeboard://studio/#project=p1')).toBe(false)
    expect(webContents.attempt('will-redirect', 'takeboard://studio/')).toBe(true)
  })

  it('opens listed sites outside, and never a window', async () => {
    await desktop.start()
    const { webContents } = desktop.window()
    expect(webContents.windowOpen({ url: 'https://wavespeed.ai/accesskey' })).toEqual({ action: 'deny' })
    expect(webContents.attempt('will-navigate', 'https://wavespeed.ai/docs')).toBe(true)
    expect(fake.opened).toEqual(['https://wavespeed.ai/accesskey', 'https://wavespeed.ai/docs'])
    for (const url of [
      'http://wavespeed.ai/',
      'https://wavespeed.ai.evil.example/',
      'https://evil.example/wavespeed.ai',
      'https://user:pass@wavespeed.ai/',
      'https://wavespeed.ai:8443/',
      'wavespeed.ai',
      'file:///wavespeed.ai',
    ])
      webContents.windowOpen({ url })
    expect(fake.opened).toHaveLength(2)
  })

  it('denies every permission but notifications and the full screen of its own page: asked for, checked and for devices (E7)', async () => {
    await desktop.start()
    const asked = (permission: string, requestingUrl: string) => {
      let granted: boolean | null = null
      session.defaultSession.permissionRequest?.({}, permission, (decision) => (granted = decision), { requestingUrl })
      return granted
    }
    const page = 'takeboard://studio/'
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'pointerLock', 'openExternal']) {
      expect(asked(permission, page)).toBe(false)
      expect(session.defaultSession.permissionCheck?.(null, permission, page)).toBe(false)
    }
    for (const permission of ['notifications', 'fullscreen']) {
      expect(asked(permission, page)).toBe(true)
      expect(session.defaultSession.permissionCheck?.(null, permission, page)).toBe(true)
      for (const other of ['https://evil.example/', 'takeboard://evil/', 'takeboard://user@studio/', '']) {
        expect(asked(permission, other)).toBe(false)
        expect(session.defaultSession.permissionCheck?.(null, permission, other)).toBe(false)
      }
    }
    expect(session.defaultSession.devicePermission?.()).toBe(false)
  })
})

describe('studio scheme (E3, E4)', () => {
  it('serves the page under a strict policy', async () => {
    await desktop.start()
    const page = await desktop.get('takeboard://studio/')
    expect(await page.text()).toContain('<title>Takeboard</title>')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })

  it('serves parts of clips from memory, at most 4 MiB each', async () => {
    await desktop.start()
    const first = await desktop.get('takeboard://studio/media/clips/t1', { range: 'bytes=0-' })
    const rest = await desktop.get('takeboard://studio/media/clips/t1', { range: `bytes=${4 * 1024 * 1024}-` })
    expect([first.status, rest.status]).toEqual([206, 206])
    expect(rest.headers.get('content-range')).toBe('bytes 4194304-4999999/5000000')
    const bytes = Buffer.concat([Buffer.from(await first.arrayBuffer()), Buffer.from(await rest.arrayBuffer())])
    expect(bytes.equals(desktop.clip)).toBe(true)
    expect((await desktop.get('takeboard://studio/media/clips/t1', { range: 'bytes=5000000-' })).status).toBe(416)
  })

  it.each(['takeboard://other/', 'takeboard://studio:1/', 'takeboard://studio/../main.js'])(
    'serves nothing at %s',
    async (url) => {
      await desktop.start()
      expect((await desktop.get(url)).status).toBe(404)
    },
  )
})

describe('messages (E5)', () => {
  const studioGet = JSON.stringify({ type: 'req', id: 1, name: 'studio.get', input: {} })

  it('serves the main frame of the studio', async () => {
    await desktop.start()
    const { webContents } = desktop.window()
    webContents.ipc.emit(IPC.connect, { senderFrame: webContents.mainFrame })
    webContents.ipc.emit(IPC.toEngine, { senderFrame: webContents.mainFrame }, studioGet)
    await expect.poll(() => webContents.sent.length).toBe(1)
    expect(webContents.sent[0]?.channel).toBe(IPC.fromEngine)
    expect(JSON.parse(String(webContents.sent[0]?.args[0]))).toEqual({ type: 'ok', id: 1, output: STUDIO })
  })

  it.each(Object.values(IPC).filter((channel) => channel !== IPC.fromEngine))(
    'drops what a foreign frame sends on %s',
    async (channel) => {
      await desktop.start()
      const { webContents } = desktop.window()
      const { mainFrame, ipc } = webContents
      ipc.emit(IPC.connect, { senderFrame: mainFrame })
      const before = desktop.stub.events.listeners
      const foreign = [
        null,
        { url: 'https://evil.example/', parent: mainFrame },
        { url: 'takeboard://studio/', parent: mainFrame },
        { url: 'takeboard://studio/', parent: null },
      ]
      for (const senderFrame of foreign) ipc.emit(channel, { senderFrame }, studioGet)
      for (const url of ['https://evil.example/', 'takeboard://evil/', 'takeboard://studio.evil/', 'file:///x', '']) {
        mainFrame.url = url
        ipc.emit(channel, { senderFrame: mainFrame }, studioGet)
      }
      mainFrame.url = 'takeboard://studio/'
      mainFrame.parent = { url: 'takeboard://studio/', parent: null }
      ipc.emit(channel, { senderFrame: mainFrame }, studioGet)
      mainFrame.parent = null
      ipc.emit(IPC.toEngine, { senderFrame: mainFrame }, studioGet)
      await expect.poll(() => webContents.sent.length).toBe(1)
      expect(desktop.stub.events.listeners).toBe(before)
      expect(desktop.logger.lines.filter(({ message }) => message.includes('not the studio'))).toHaveLength(10)
    },
  )

  it('ends a connection with its page and with its window', async () => {
    await desktop.start()
    const { webContents } = desktop.window()
    const begin = () => webContents.ipc.emit(IPC.connect, { senderFrame: webContents.mainFrame })
    const idle = desktop.stub.events.listeners
    begin()
    begin()
    expect(desktop.stub.events.listeners).toBe(idle + 1)
    webContents.emit('render-process-gone')
    expect(desktop.stub.events.listeners).toBe(idle)
    begin()
    webContents.destroyed = true
    webContents.emit('destroyed')
    expect(desktop.stub.events.listeners).toBe(idle)
  })
})
