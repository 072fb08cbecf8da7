import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import { startDesktop } from '../../electron/hosts/desktop/app.ts'
import { desktopApp } from '../support/desktop-app.ts'
import { app, fake, resetElectron } from '../support/fake-electron.ts'

vi.mock('electron', () => import('../support/fake-electron.ts'))

let desktop: ReturnType<typeof desktopApp>
beforeEach(() => {
  desktop = desktopApp()
})
afterEach(() => desktop.remove())

describe('window', () => {
  it('is sandboxed and isolated, under a scheme registered before the app is ready (E1)', async () => {
    await desktop.start()
    expect(fake.log.slice(0, 3)).toEqual(['sandbox', 'schemes', 'ready'])
    expect(fake.schemes).toEqual([
      { scheme: 'takeboard', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ])
    expect(desktop.window().options).toMatchObject({
      width: 1440,
      height: 900,
      minWidth: 1100,
      minHeight: 700,
      show: false,
      webPreferences: {
        preload: '/app/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        webSecurity: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        allowRunningInsecureContent: false,
      },
    })
    expect(desktop.window().pages).toEqual(['takeboard://studio/'])
  })

  it('appears once drawn and comes back where it was', async () => {
    await desktop.start()
    expect(desktop.window().shown).toBe(false)
    desktop.window().emit('ready-to-show')
    expect(desktop.window().shown).toBe(true)
    desktop.window().maximized = true
    desktop.window().emit('close')
    const { userData } = fake
    resetElectron()
    fake.userData = userData
    await desktop.start()
    expect(desktop.window().options).toMatchObject({ x: 40, y: 50, width: 1200, height: 800 })
    expect(desktop.window().maximized).toBe(true)
  })

  it.each(['{"position":{"x":9000,"y":0},"width":1200,"height":800,"maximized":false}', 'rubbish', '{"width":5}'])(
    'opens on a screen whatever was remembered: %s',
    async (text) => {
      mkdirSync(fake.userData)
      writeFileSync(join(fake.userData, 'window.json'), text)
      await desktop.start()
      expect(desktop.window().options).not.toHaveProperty('x')
      expect(desktop.window().options['width']).toBeOneOf([1200, 1440])
    },
  )
})

describe('starting and ending', () => {
  it('hands its board to the first instance and ends', async () => {
    fake.primary = false
    await desktop.start('a.board.json')
    expect(fake.log).toEqual(['quit'])
    expect([desktop.seen.secrets, fake.windows]).toEqual([null, []])
  })

  it('opens the board of a second start in its own folder, and comes to the front', async () => {
    await desktop.start()
    desktop.window().minimized = true
    app.emit('second-instance', {}, ['takeboard', '--flag', 'film.board.json'], '/boards')
    await expect.poll(() => desktop.window().pages.length).toBe(2)
    expect(desktop.seen.opened).toEqual(['/boards/film.board.json'])
    expect(desktop.window().pages[1]).toMatch(/^takeboard:\/\/studio\/#project=p1/)
    expect([desktop.window().minimized, fake.focused]).toEqual([false, true])
    app.emit('second-instance', {}, ['takeboard'], '/boards')
    expect(desktop.seen.opened).toHaveLength(1)
  })

  it('opens a board that was asked for before it was ready', async () => {
    const ready = Promise.withResolvers<void>()
    fake.ready = ready.promise
    const starting = desktop.start()
    let prevented = false
    app.emit('open-file', { preventDefault: () => (prevented = true) }, '/boards/early.board.json')
    ready.resolve()
    await starting
    await expect.poll(() => desktop.seen.opened).toEqual(['/boards/early.board.json'])
    expect(prevented).toBe(true)
  })

  it('says what is wrong with a board', async () => {
    await desktop.start('broken.board.json')
    expect(fake.messages).toMatchObject([
      { message: 'The board file has mistakes', detail: 'scenes[0].prompt is missing.' },
    ])
    expect(desktop.window().pages).toEqual(['takeboard://studio/'])
  })

  it('says why the library did not open, and ends', async () => {
    await startDesktop({
      argv: [],
      rendererDir: '/nowhere',
      preload: '',
      logger: desktop.logger,
      openEngine: () => Promise.reject(new TakeboardError('library-locked', 'Close the other one first.')),
    })
    expect(fake.messages).toMatchObject([{ detail: 'Close the other one first.' }])
    expect([fake.exitCodes, fake.windows]).toEqual([[1], []])
  })

  it('closes the library before it ends', async () => {
    await desktop.start()
    app.emit('window-all-closed')
    expect(fake.exitCodes).toEqual([])
    await expect.poll(() => fake.exitCodes).toEqual([0])
    expect(desktop.seen.closed).toBe(1)
  })

  it('opens a chosen board and runs commands of the page from the menu', async () => {
    await desktop.start()
    const items = fake.menu.flatMap(
      ({ submenu }) => (Array.isArray(submenu) ? submenu : []) as { label?: string; click?: () => void }[],
    )
    const click = (label: string) => items.find((item) => item.label === label)?.click?.()
    fake.openDialog = ['/boards/chosen.board.json']
    click('Open board…')
    await expect.poll(() => desktop.window().pages.length).toBe(2)
    click('Settings…')
    click('Settings…')
    await expect.poll(() => desktop.window().pages.length).toBe(4)
    const [, , one, two] = desktop.window().pages
    expect(one).toContain('#command=studio.settings')
    expect(two).not.toBe(one)
    expect(desktop.seen.opened).toEqual(['/boards/chosen.board.json'])
    click('WaveSpeed documentation')
    expect(fake.opened).toEqual(['https://wavespeed.ai/docs'])
  })
})

it('shows files in the file manager of the desktop', async () => {
  const { desktopFileManager } = await import('../../electron/hosts/desktop/file-manager.ts')
  expect(desktopFileManager.reveal('/library/clips/a.mp4')).toBe(true)
  expect(fake.opened).toEqual(['/library/clips/a.mp4'])
})
