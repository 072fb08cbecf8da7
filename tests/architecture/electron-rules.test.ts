import { globSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../electron/hosts/web/security-headers.ts'
import { checkDesktop, checkPages, type Source } from '../support/electron-rules.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (patterns: string[]): Source[] =>
  globSync(patterns, { cwd: root }).map((path) => ({
    path: path.split(sep).join('/'),
    text: readFileSync(join(root, path), 'utf8'),
  }))

const desktop = read(['electron/hosts/desktop/**/*.ts', 'electron/main.ts', 'electron/preload.ts'])
const pages = read(['renderer/**/*.{ts,tsx,html}'])

/** The sources with one mistake planted. @throws Error when what it replaces is no longer there */
function plant(file: string, before: string | RegExp, after: string): readonly Source[] {
  const path = `electron/${file}`
  return desktop.map((source) => {
    if (source.path !== path) return source
    const text = source.text.replace(before, after)
    if (text === source.text) throw new Error(`There is no ${before} in ${path} to spoil.`)
    return { path, text }
  })
}

const WINDOW = 'hosts/desktop/window.ts'
const LOCK = 'hosts/desktop/lock.ts'
const APP = 'hosts/desktop/app.ts'
const without = (name: string) => new RegExp(`^.*\\.${name}.*$`, 'm')
const unheard = (event: string) => new RegExp(`^.*contents\\.on\\('${event}'`, 'm')

describe('the rules of Electron (E9)', () => {
  it('hold for the main process and the preload', () => {
    expect(desktop.length).toBeGreaterThan(10)
    expect(checkDesktop(desktop)).toEqual([])
  })

  it('hold for the pages', () => {
    expect(pages.length).toBeGreaterThan(50)
    expect(checkPages(pages)).toEqual([])
  })

  it('hold for the policy of every reply', () => {
    for (const policy of [contentSecurityPolicy(), contentSecurityPolicy(['ws://127.0.0.1:1'])]) {
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
      expect(rules.get('default-src')).toEqual(["'none'"])
      for (const name of ['script-src', 'style-src']) expect(rules.get(name)).toEqual(["'self'"])
      for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
        expect(rules.get(name)).toEqual(["'none'"])
      expect(policy).not.toMatch(/unsafe|\*|https?:|file:/)
    }
  })

  it.each([
    ['preferences', WINDOW, 'sandbox: true', 'sandbox: false'],
    ['preferences', WINDOW, 'contextIsolation: true,', ''],
    ['preferences', WINDOW, 'webSecurity: true', 'webSecurity: !process.env["DEV"]'],
    ['preferences', WINDOW, 'nodeIntegration: false', 'nodeIntegration: true'],
    ['preferences', WINDOW, 'nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true'],
    ['preferences', WINDOW, 'nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true'],
    ['preferences', WINDOW, 'webviewTag: false', 'webviewTag: true'],
    ['preferences', WINDOW, 'allowRunningInsecureContent: false', 'allowRunningInsecureContent: true'],
    ['preferences', WINDOW, 'webviewTag: false', 'webviewTag: false, experimentalFeatures: true'],
    ['preferences', WINDOW, 'webviewTag: false', 'webviewTag: false, ...more'],
    ['preferences', APP, without('enableSandbox'), ''],
    ['load-url', WINDOW, 'loadURL(STUDIO_URL + hash)', 'loadURL(hash)'],
    ['permissions', LOCK, 'decide(mayUse(permission, requestingUrl))', 'decide(true)'],
    ['permissions', LOCK, 'decide(mayUse(', 'decide(!mayUse('],
    ['permissions', LOCK, '=> mayUse(permission, origin)', '=> origin !== ""'],
    ['permissions', LOCK, 'setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
    ['permissions', LOCK, "['notifications',", "['media',"],
    ['permissions', LOCK, 'includes(permission) && url', 'includes(permission) || url'],
    ['permissions', LOCK, '&& isStudioUrl(url)', ''],
    ['permissions', LOCK, /setPermissionRequestHandler/, 'setSpellCheckerLanguages'],
    ['permissions', LOCK, without('setPermissionCheckHandler'), ''],
    ['permissions', LOCK, without('setDevicePermissionHandler'), ''],
    ['protocol', LOCK, 'standard: true', 'standard: true, bypassCSP: true'],
    ['protocol', APP, without('registerSchemesAsPrivileged'), ''],
    ['navigation', LOCK, unheard('will-navigate'), "contents.on('did-navigate'"],
    ['navigation', LOCK, unheard('will-frame-navigate'), "contents.on('did-frame-navigate'"],
    ['navigation', LOCK, unheard('will-redirect'), "contents.on('did-redirect'"],
    ['navigation', LOCK, unheard('will-attach-webview'), "contents.on('did-attach-webview'"],
    ['navigation', LOCK, "'will-redirect', (event) => event.preventDefault()", "'will-redirect', () => {}"],
    ['navigation', LOCK, "action: 'deny'", "action: 'allow'"],
    ['navigation', APP, 'lockContents(contents, openOutside)', 'void contents'],
    ['open-external', APP, 'if (mayOpenOutside(url)) ', ''],
    ['open-external', APP, 'shell.openExternal(url)', 'shell.openExternal(other)'],
    ['open-external', APP, 'if (mayOpenOutside(url)) void', 'if (!mayOpenOutside(url)) void'],
    ['bridge', 'preload.ts', 'createIpcTransport(ipcRenderer)', 'ipcRenderer'],
    ['bridge', 'preload.ts', 'createIpcTransport(ipcRenderer)', '{ send: ipcRenderer.send }'],
    ['forbidden', APP, 'app.enableSandbox()', 'app.enableSandbox(); app.commandLine.appendSwitch("no-sandbox")'],
    ['forbidden', APP, 'app.enableSandbox()', 'app.enableSandbox(); app.on("certificate-error", () => {})'],
    ['forbidden', WINDOW, 'window.show()', 'window.webContents.executeJavaScript(title)'],
    ['forbidden', WINDOW, 'window.show()', 'window.webContents.openDevTools()'],
    ['forbidden', APP, 'import { app,', 'import { ipcMain, app,'],
    ['parse', APP, 'import { app,', 'import { app,,'],
  ])('find a planted mistake: %s in %s, %s to %s', (rule, file, before, after) => {
    const found = checkDesktop(plant(file, before, after)).map((finding) => finding.rule)
    expect(new Set(found)).toContain(rule)
  })

  it.each([
    ['renderer/x.tsx', '<iframe src={url} />'],
    ['renderer/x.tsx', '<div dangerouslySetInnerHTML={{ __html: prompt }} />'],
    ['renderer/x.ts', 'element.innerHTML = title'],
    ['renderer/x.tsx', '<a href="javascript:go()">'],
    ['renderer/index.html', '<script>start()</script>'],
    ['renderer/index.html', '<body onload="start()">'],
    ['renderer/index.html', '<script src="https://example.com/a.js"></script>'],
  ])('find a planted mistake in %s: %s', (path, text) => {
    expect(checkPages([{ path, text }])).not.toEqual([])
  })
})
