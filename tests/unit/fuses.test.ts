import { flipFuses, FuseState, FuseV1Options, getCurrentFuseWire, pathToFuseFile } from '@electron/fuses'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import afterPack, { type PackContext } from '../../electron/installer/after-pack.ts'
import { fuseConfig, fusesFor, type Platform } from '../../electron/installer/fuses.ts'
import { electronBinary } from '../support/electron-binary.ts'

/** What @electron/fuses looks for in a binary; then come the version, the number of fuses, and one character each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron ships it: runs as Node, takes NODE_OPTIONS and --inspect, privileged files, WebAssembly traps. */
const SHIPPED = '101100011'
/** Decided here, in the order of the wire. */
const WANTED: Readonly<Record<Platform, string>> = { linux: '010001001', darwin: '010011001', win32: '010011001' }
/** @electron/fuses reads this much at a time; a sentinel across the border is the hard case. */
const CHUNK = 4 * 1024 * 1024

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-fuses-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const wireOf = (fuses: string, version = 1) =>
  Buffer.concat([Buffer.from(SENTINEL), Buffer.from([version, fuses.length]), Buffer.from(fuses)])

/** A stand-in for Electron's binary with these wires. @returns its bytes */
function binary(wires: readonly Buffer[]): Buffer {
  const bytes = Buffer.alloc(CHUNK * 2 + 4096, 0x5a)
  wires.forEach((wire, index) => wire.copy(bytes, index === 0 ? CHUNK - 11 : CHUNK + 9000))
  return bytes
}

function pack(platform: string, bytes: Buffer): { context: PackContext; path: string } {
  const names: Readonly<Record<string, string>> = {
    darwin: 'Takeboard.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
    win32: 'Takeboard.exe',
  }
  const path = join(dir, names[platform] ?? 'takeboard')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  const packager = {
    appInfo: { productFilename: 'Takeboard' },
    platformSpecificBuildOptions: platform === 'linux' ? { executableName: 'takeboard' } : {},
  }
  return { context: { appOutDir: dir, electronPlatformName: platform, arch: 1, packager }, path }
}

const PLATFORMS = ['linux', 'darwin', 'win32'] as const

describe('fuses (E2)', () => {
  it.each(PLATFORMS)('are decided for %s, every one by name', (platform) => {
    const named = Object.entries(fusesFor(platform)).map(([option, on]) => [FuseV1Options[Number(option)], on])
    expect(Object.fromEntries(named)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: platform !== 'linux',
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    })
  })

  it.each(PLATFORMS)('are set in the packed binary for %s, and nothing else in it changes', async (platform) => {
    const { context, path } = pack(platform, binary([wireOf(SHIPPED)]))
    await afterPack(context)
    expect(readFileSync(path).equals(binary([wireOf(WANTED[platform])]))).toBe(true)
  })

  it('are set in both halves of a universal binary', async () => {
    const { context, path } = pack('darwin', binary([wireOf(SHIPPED), wireOf(SHIPPED)]))
    await afterPack(context)
    expect(readFileSync(path).equals(binary([wireOf(WANTED.darwin), wireOf(WANTED.darwin)]))).toBe(true)
  })

  it.each([
    ['without fuses', 'linux', binary([]), /Could not find sentinel/],
    ['with a fuse nobody has decided', 'linux', binary([wireOf(`${SHIPPED}1`)]), /strictlyRequireAllFuses/],
    ['with fewer fuses than are decided', 'linux', binary([wireOf(SHIPPED.slice(0, 8))]), /not long enough/],
    ['with fuses of another kind', 'linux', binary([wireOf(SHIPPED, 2)]), /fuse wire version/],
    ['of another system', 'freebsd', binary([wireOf(SHIPPED)]), /No fuses are decided for freebsd/],
  ])('stop the packing of a binary %s, and leave it alone', async (_what, platform, bytes, why) => {
    const { context, path } = pack(platform, bytes)
    await expect(afterPack(context)).rejects.toThrow(why)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  const real = electronBinary()
  const platform = PLATFORMS.find((name) => name === process.platform)

  it.runIf(real === null || platform === undefined)('say that no real binary was tried', () => {
    console.log('fuses: not tried on a real binary, there is no Electron binary on this machine')
    expect(real === null || platform === undefined).toBe(true)
  })

  it.runIf(real !== null && platform !== undefined)('are set in a copy of the real binary', async () => {
    const copy = join(dir, basename(real ?? ''))
    cpSync(pathToFuseFile(real ?? ''), copy)
    const on = platform ?? 'linux'
    await flipFuses(copy, fuseConfig(on))
    const wire: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(copy)) }
    const read = Object.keys(fusesFor(on)).map((option) => (wire[option] === FuseState.ENABLE ? '1' : '0'))
    expect(read.join('')).toBe(WANTED[on])
  })
})
