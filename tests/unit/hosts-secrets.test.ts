import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeychain } from '../../electron/hosts/desktop/keychain.ts'
import { createKeyHolder } from '../../electron/hosts/key-holder.ts'
import { createFileSecrets } from '../../electron/hosts/loopback/secrets.ts'
import { fake, resetElectron } from '../support/fake-electron.ts'

vi.mock('electron', () => import('../support/fake-electron.ts'))

const KEY = 'wsk_canary_0123456789'
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-secrets-'))
  resetElectron()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true, force: true })
})

describe('without a keychain', () => {
  const config = () => join(dir, 'config')
  const path = () => join(config(), 'wavespeed-key')
  const secrets = (env: NodeJS.ProcessEnv = {}) => createFileSecrets({ env, dir: config() })

  it('has no key at first, and says where one would be kept', () => {
    expect(secrets().read()).toBeNull()
    expect(secrets().status()).toEqual({ present: false, source: null, caveat: expect.stringContaining(path()) })
  })

  it('keeps a key in memory unless asked otherwise', () => {
    const one = secrets()
    one.write(` ${KEY}\n`, false)
    expect(one.read()).toBe(KEY)
    expect(one.status()).toMatchObject({ source: 'session', caveat: expect.stringContaining('forgotten when') })
    expect(existsSync(path())).toBe(false)
    expect(secrets().read()).toBeNull()
  })

  it('keeps a key in a private file when asked, and says plainly what that is', () => {
    const one = secrets()
    one.write(KEY, true)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(statSync(config()).mode & 0o777).toBe(0o700)
    const later = secrets()
    expect(later.read()).toBe(KEY)
    expect(later.status()).toMatchObject({
      present: true,
      source: 'file',
      caveat: expect.stringContaining('plain text'),
    })
    expect(JSON.stringify(later.status())).not.toContain(KEY)
  })

  it('replaces a file that others could read', () => {
    mkdirSync(config())
    writeFileSync(path(), 'older')
    chmodSync(path(), 0o644)
    secrets().write(KEY, true)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })

  it('forgets the kept key when the next is not to be kept, and when cleared', () => {
    const one = secrets()
    one.write(KEY, true)
    one.write('wsk_other_9876543210', false)
    expect(existsSync(path())).toBe(false)
    one.write(KEY, true)
    one.clear()
    expect([one.read(), existsSync(path()), one.status().present]).toEqual([null, false, false])
    one.clear()
    expect(one.read()).toBeNull()
  })

  it('uses the environment before all else', () => {
    const one = secrets({ WAVESPEED_API_KEY: ` ${KEY} ` })
    expect(one.read()).toBe(KEY)
    expect(one.status()).toEqual({ present: true, source: 'environment', caveat: null })
    one.write('wsk_other_9876543210', false)
    expect(one.read()).toBe(KEY)
    expect(one.status().caveat).toContain('WAVESPEED_API_KEY is set')
    one.clear()
    expect(one.read()).toBe(KEY)
    expect(secrets({ WAVESPEED_API_KEY: '  ' }).read()).toBeNull()
  })

  it('goes on without a file it cannot read or write', () => {
    mkdirSync(path(), { recursive: true })
    const one = secrets()
    expect(one.status()).toMatchObject({ present: false, caveat: expect.stringContaining('Enter it again') })
    one.write(KEY, true)
    expect(one.read()).toBe(KEY)
    expect(one.status()).toMatchObject({ source: 'session', caveat: expect.stringContaining('could not be kept') })
  })
})

describe('with a keychain (E8)', () => {
  const path = () => join(dir, 'wavespeed-key.json')
  const holder = () => createKeyHolder({ env: {}, vault: createKeychain(path()) })
  const onLinux = () => vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')

  it('keeps the key encrypted, with the name of what encrypted it', () => {
    onLinux()
    holder().write(KEY, true)
    const text = readFileSync(path(), 'utf8')
    expect(text).not.toContain(KEY)
    expect(JSON.parse(text)).toMatchObject({ version: 1, backend: 'gnome_libsecret' })
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(holder().read()).toBe(KEY)
    expect(holder().status()).toEqual({ present: true, source: 'keychain', caveat: null })
  })

  it.each([
    ['another keyring', () => (fake.backend = 'kwallet6')],
    ['a keyring that is gone', () => (fake.keyring = false)],
    ['a damaged file', () => writeFileSync(path(), '{"version":1,"backend":"gnome_libsecret","cipher":"AAAA"}')],
    ['an empty file', () => writeFileSync(path(), '')],
  ])('asks for the key again after %s, and starts all the same', (_name, change) => {
    onLinux()
    holder().write(KEY, true)
    change()
    expect(holder().read()).toBeNull()
    expect(holder().status()).toMatchObject({ present: false, caveat: expect.stringContaining('Enter it again') })
  })

  it('writes nothing without a keyring unless the person asks for it, having been told', () => {
    onLinux()
    fake.backend = 'basic_text'
    const one = holder()
    expect(one.status()).toMatchObject({ present: false, caveat: expect.stringContaining('no keyring') })
    one.write(KEY, false)
    expect([existsSync(path()), fake.plainAllowed, one.status().source]).toEqual([false, false, 'session'])
    one.write(KEY, true)
    expect([existsSync(path()), fake.plainAllowed]).toEqual([true, true])
    fake.plainAllowed = false
    expect(holder().read()).toBe(KEY)
    expect(holder().status()).toMatchObject({ source: 'keychain', caveat: expect.stringContaining('no keyring') })
  })

  it('keeps the key in memory where the keychain is shut', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    fake.keyring = false
    const one = holder()
    one.write(KEY, true)
    expect([one.read(), existsSync(path())]).toEqual([KEY, false])
    expect(one.status()).toMatchObject({ source: 'session', caveat: expect.stringContaining('not available') })
  })
})
