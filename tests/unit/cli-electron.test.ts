import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findElectron } from '../../electron/hosts/cli/electron-binary.ts'

let root: string
let notes: string[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'takeboard-electron-'))
  notes = []
  writeFileSync(join(root, 'package.json'), '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const dir = () => join(root, 'node_modules', 'electron')
/** An electron package whose install script is this. */
function install(script: string) {
  mkdirSync(dir(), { recursive: true })
  writeFileSync(join(dir(), 'package.json'), '{ "name": "electron" }')
  writeFileSync(join(dir(), 'install.js'), script)
}
const DOWNLOADS = `
const { mkdirSync, writeFileSync } = require('node:fs')
mkdirSync(__dirname + '/dist', { recursive: true })
writeFileSync(__dirname + '/dist/electron', '')
writeFileSync(__dirname + '/path.txt', 'electron')
`

const find = (env: NodeJS.ProcessEnv = { DISPLAY: ':0' }, platform: NodeJS.Platform = 'linux', uid = 1000) =>
  findElectron(root, {
    env,
    platform,
    uid,
    signal: new AbortController().signal,
    note: (line) => notes.push(line),
  })

describe('findElectron', () => {
  it.each([
    [{}, 'linux', 1000, 'there is no display here'],
    [{ DISPLAY: ':0' }, 'linux', 0, 'Electron does not run as root'],
    [{ DISPLAY: ':0' }, 'linux', 1000, 'Electron is not installed'],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, 'Electron is not installed'],
    [{}, 'darwin', 501, 'Electron is not installed'],
    [{}, 'win32', 0, 'Electron is not installed'],
  ] as const)('%j on %s as %s: %s', async (env, platform, uid, why) => {
    expect(await find(env, platform, uid)).toEqual({ why })
  })

  it('downloads once and then finds it', async () => {
    install(DOWNLOADS)
    const path = join(dir(), 'dist', 'electron')
    expect(await find()).toEqual({ path })
    expect(notes).toEqual(['Downloading Electron, once...'])
    expect(await find()).toEqual({ path })
    expect(notes).toHaveLength(1)
  })

  it.each([
    [`console.error('RequestError: getaddrinfo ENOTFOUND host'); process.exit(1)`, 'ENOTFOUND'],
    [`throw new Error('checksum mismatch')`, 'checksum mismatch'],
    [`process.exit(1)`, 'no reason was given'],
  ])('says why a download failed: %s', async (script, reason) => {
    install(script)
    expect(await find()).toEqual({ why: `Electron could not be downloaded (${reason})` })
  })

  it('does not trust a download that left nothing', async () => {
    install('')
    expect(await find()).toEqual({ why: 'the download of Electron is incomplete' })
  })

  it('leaves the download alone when told to', async () => {
    install(DOWNLOADS)
    const env = { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
    expect(await find(env)).toEqual({ why: 'Electron is not downloaded' })
    expect(notes).toEqual([])
  })
})
