import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronBinary } from '../support/electron-binary.ts'

const root = resolve(import.meta.dirname, '../..')
const binary = electronBinary(root)

describe.runIf(binary === null)('desktop', () => {
  it('says that it did not run', () => {
    console.log('desktop: not run, no Electron binary on this machine')
    expect(electronBinary(root)).toBeNull()
  })
})

describe.runIf(binary !== null)('desktop', () => {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-electron-'))
  let studio: ElectronApplication
  let page: Page

  beforeAll(async () => {
    if (!existsSync(join(root, 'out/main/main.js'))) throw new Error('The studio is not built: npm run build')
    // Containers often lack what Chromium's own sandbox needs of the kernel; the renderer's stays on everywhere else.
    const flags = process.env['CI'] && process.platform === 'linux' ? ['--no-sandbox'] : []
    studio = await _electron.launch({
      executablePath: binary ?? '',
      args: [root, `--user-data-dir=${join(dir, 'user-data')}`, `--library=${join(dir, 'library')}`, ...flags],
    })
    page = await studio.firstWindow()
    await page.waitForLoadState('domcontentloaded')
  })
  afterAll(async () => {
    await studio?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('shows the studio under its own scheme, with one transport and nothing else', async () => {
    const found = await page.evaluate(() => ({
      href: location.href,
      require: typeof Reflect.get(globalThis, 'require'),
      process: typeof Reflect.get(globalThis, 'process'),
      bridge: Object.keys(Reflect.get(globalThis, 'takeboard') as object).toSorted(),
    }))
    expect(found).toEqual({
      href: expect.stringMatching(/^takeboard:\/\/studio\//),
      require: 'undefined',
      process: 'undefined',
      bridge: ['close', 'onFrame', 'onState', 'send'],
    })
  })

  it('answers a call over the bridge', async () => {
    const reply = await page.evaluate(
      () =>
        new Promise((answer) => {
          const bridge = Reflect.get(globalThis, 'takeboard') as {
            onFrame(listener: (frame: { id?: number }) => void): void
            send(frame: object): void
          }
          bridge.onFrame((frame) => frame.id === 987_654 && answer(frame))
          bridge.send({ type: 'req', id: 987_654, name: 'studio.get', input: {} })
        }),
    )
    expect(reply).toMatchObject({ type: 'ok', output: { libraryPath: join(dir, 'library') } })
  })

  it('goes nowhere and opens nothing', async () => {
    await page.evaluate(() => {
      open('https://example.com/')
      location.href = 'https://example.com/'
    })
    await expect.poll(() => studio.windows().length).toBe(1)
    expect(page.url()).toMatch(/^takeboard:\/\/studio\//)
  })

  it('refuses code that is not its own', async () => {
    const refused = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.planted = true'
      document.body.append(script)
      return !('planted' in globalThis)
    })
    expect(refused).toBe(true)
  })
})
