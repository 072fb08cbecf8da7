import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ProjectId } from '../../shared/ids.ts'
import { hostRequestHash, readHostRequest } from '../../shared/host-request.ts'
import { createFileManager } from '../../electron/hosts/file-manager.ts'
import { openBrowser } from '../../electron/hosts/loopback/open-browser.ts'

const URL_ = 'http://127.0.0.1:4700/open?code=abc#project=p1'

describe('the file manager', () => {
  const reveal = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) => {
    const ran: (readonly string[])[] = []
    const run = (command: string, args: readonly string[]) => void ran.push([command, ...args])
    return [createFileManager({ platform, env, run }).reveal('/library/clips/a b.mp4'), ran] as const
  }

  it('shows a file, or its folder on Linux, and says where nobody would see it', () => {
    expect(reveal('darwin', {})).toEqual([true, [['open', '-R', '/library/clips/a b.mp4']]])
    expect(reveal('win32', {})).toEqual([true, [['explorer.exe', '/select,/library/clips/a b.mp4']]])
    expect(reveal('linux', { DISPLAY: ':0' })).toEqual([true, [['xdg-open', '/library/clips']]])
    expect(reveal('linux', {})).toEqual([false, []])
    expect(reveal('darwin', { CI: 'true' })).toEqual([false, []])
  })
})

describe('openBrowser', () => {
  const attempt = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, url = URL_) => {
    const ran: (readonly string[])[] = []
    const opened = openBrowser(url, { platform, env, run: (command, args) => void ran.push([command, ...args]) })
    return { opened, ran }
  }

  it.each([
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['darwin', {}, 'open'],
    ['win32', {}, 'rundll32'],
  ] as const)('uses the opener of %s', (platform, env, command) => {
    const { opened, ran } = attempt(platform, env)
    expect([opened, ran.length, ran[0]?.[0], ran[0]?.at(-1)]).toEqual([true, 1, command, URL_])
  })

  it.each([
    ['linux', {}],
    ['linux', { DISPLAY: '' }],
    ['linux', { DISPLAY: ':0', CI: '1' }],
    ['darwin', { CI: 'true' }],
  ] as const)('opens nothing on %s with %j', (platform, env) => {
    expect(attempt(platform, env)).toEqual({ opened: false, ran: [] })
  })

  it.each(['https://127.0.0.1/', 'http://evil.example/', 'file:///etc/passwd', '--help', ''])(
    'opens no other address: %s',
    (url) => {
      expect(attempt('darwin', {}, url)).toEqual({ opened: false, ran: [] })
    },
  )

  it('never throws', () => {
    const run = () => {
      throw new Error('no such program')
    }
    expect(openBrowser(URL_, { platform: 'darwin', env: {}, run })).toBe(false)
    expect(openBrowser(URL_, { platform: 'linux', env: { DISPLAY: ':0', PATH: '/nowhere' } })).toBe(true)
  })
})

describe.runIf(process.platform === 'linux')('the browser that is started', () => {
  it('is given the environment, but not the API key', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'takeboard-browser-'))
    const out = join(dir, 'environment')
    // A move at the end, so that the file is whole once it is there.
    const script = `#!/bin/sh\nenv > '${out}.part'\nprintf '%s' "$1" >> '${out}.part'\nmv '${out}.part' '${out}'\n`
    writeFileSync(join(dir, 'xdg-open'), script, { mode: 0o755 })
    vi.stubEnv('PATH', `${dir}:${process.env['PATH']}`)
    vi.stubEnv('WAVESPEED_API_KEY', 'wsk_canary')
    vi.stubEnv('TAKEBOARD_OTHER', 'kept')
    try {
      expect(openBrowser(URL_, { env: { DISPLAY: ':0' }, platform: 'linux' })).toBe(true)
      await expect.poll(() => existsSync(out)).toBe(true)
      const seen = readFileSync(out, 'utf8')
      expect(seen).toContain('TAKEBOARD_OTHER=kept')
      expect(seen).toContain(URL_)
      expect(seen).not.toContain('wsk_canary')
    } finally {
      vi.unstubAllEnvs()
      rmSync(dir, { recursive: true, force: true })
    }
  })
})

describe('host requests', () => {
  it('reads what it writes', () => {
    const project = { kind: 'project', projectId: ProjectId.parse('p 1/&#') } as const
    const command = { kind: 'command', command: 'studio.settings' } as const
    expect(readHostRequest(hostRequestHash(project, 3))).toEqual(project)
    expect(readHostRequest(hostRequestHash(command))).toEqual(command)
  })

  it.each(['', '#', '#project=', '#command=<script>', '#other=1', `#project=${'x'.repeat(81)}`])(
    'finds nothing in %j',
    (hash) => {
      expect(readHostRequest(hash)).toBeNull()
    },
  )
})
