import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'
import { createClient } from '../../shared/client.ts'
import { readHostRequest } from '../../shared/host-request.ts'
import type { Project } from '../../shared/model.ts'
import { socketProtocols } from '../../shared/session-token.ts'
import { createWebSocketTransport } from '../../shared/web-socket-transport.ts'
import type { CliDeps } from '../../electron/hosts/cli/context.ts'
import { runCli } from '../../electron/hosts/cli/main.ts'
import { serveStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { createFileSecrets } from '../../electron/hosts/loopback/secrets.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { signInAt } from '../support/loopback-client.ts'
import { SAMPLE } from './cli-kit.ts'

const RESOURCES = join(import.meta.dirname, '../../resources')

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-cli-serve-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }))

/** The command line in this process, with a studio page that is one line. */
function start(args: readonly string[], { built = true, library = 'library' } = {}) {
  const page = join(dir, 'out', 'renderer')
  mkdirSync(page, { recursive: true })
  if (built) writeFileSync(join(page, 'index.html'), '<!doctype html><title>Studio</title>')
  const interrupt = new AbortController()
  const opened: string[] = []
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const said = { stdout: '', stderr: '' }
  stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  const deps: CliDeps = {
    env: {},
    root: dir,
    version: '1.2.3',
    interrupted: interrupt.signal,
    secrets: () => createFileSecrets({ env: {}, dir: join(dir, 'config') }),
    openStudio: (options) => openStudio({ ...options, resourcesDir: RESOURCES }),
    serveStudio,
    openBrowser: (url) => opened.push(url) > 0,
    now: Date.now,
  }
  const streams = { stdin: new PassThrough(), stdout, stderr }
  const done = runCli([...args, '--library', join(dir, library)], streams, deps)
  const address = new Promise<string>((found, fail) => {
    stdout.once('data', (chunk: Buffer) => found(chunk.toString()))
    void done.then(() => fail(new Error(said.stderr)))
  })
  return { done, said, opened, address, interrupt: () => interrupt.abort() }
}

/** The projects of a library once its studio has ended. */
const projectsOf = async (library: string): Promise<readonly Project[]> => {
  const engine = await openStudio({
    library,
    secrets: createFileSecrets({ env: {}, dir: join(dir, 'config') }),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    resourcesDir: RESOURCES,
    paused: true,
  })
  const { projects } = await engine.call('studio.get', {})
  await engine.close()
  return projects
}
const titles = async (library: string) => (await projectsOf(library)).map(({ title }) => title)

/** The studio at a one-time address, as a page has it. */
async function clientAt(url: string) {
  const { cookie, token } = await signInAt(url)
  const { origin } = new URL(url)
  const socket = (address: string) =>
    new NodeWebSocket(address, socketProtocols(token), { origin, headers: { cookie } }) as unknown as WebSocket
  return createClient(createWebSocketTransport({ url: `${origin.replace('http', 'ws')}/socket`, open: socket }))
}

describe('takeboard serve', () => {
  it('prints a one-time address that opens the studio, until Ctrl-C', async () => {
    const studio = start(['serve'])
    const url = (await studio.address).trim()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+$/)
    const admitted = await fetch(url, { redirect: 'manual' })
    expect(admitted.status).toBe(200)
    const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await fetch(new URL('/', url), { headers: { cookie } })
    expect(await page.text()).toContain('<title>Studio</title>')
    expect(studio.opened).toHaveLength(1)
    studio.interrupt()
    expect(await studio.done).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    expect(await titles(join(dir, 'library'))).toEqual([])
  })

  it('opens a board, without a browser when asked, and answers in JSON', async () => {
    const studio = start(['serve', SAMPLE, '--no-open', '--json', '--project', 'Mine'])
    const document = JSON.parse(await studio.address) as Record<string, string>
    expect(Object.keys(document)).toEqual(['url', 'origin', 'library'])
    const landing = readHostRequest(new URL(document['url'] ?? '').hash)
    expect(studio.opened).toEqual([])
    studio.interrupt()
    expect(await studio.done).toBe(0)
    expect(await titles(join(dir, 'library'))).toEqual(['Mine'])
    expect(landing).toEqual({ kind: 'project', projectId: (await projectsOf(join(dir, 'library')))[0]?.id })
  })

  it('keeps a key entered in the studio only when that is asked for', async () => {
    const studio = start(['serve', '--no-open'])
    const url = (await studio.address).trim()
    const kept = join(dir, 'config', 'wavespeed-key')
    const client = await clientAt(url)
    expect(await client.call('key.set', { key: 'wsk_canary_session', persist: false })).toMatchObject({
      source: 'session',
    })
    expect(existsSync(kept)).toBe(false)
    expect(await client.call('key.set', { key: 'wsk_canary_kept', persist: true })).toMatchObject({ source: 'file' })
    expect([readFileSync(kept, 'utf8'), statSync(kept).mode & 0o777]).toEqual(['wsk_canary_kept\n', 0o600])
    client.close()
    studio.interrupt()
    expect(await studio.done).toBe(0)
  })

  it('says when the port is taken', async () => {
    const first = start(['serve', '--no-open'])
    const { port } = new URL(await first.address)
    const other = start(['serve', '--no-open', '--port', port], { library: 'other' })
    other.address.catch(() => {})
    expect(await other.done).toBe(2)
    expect(other.said.stderr).toContain(`Port ${port} is already in use on this machine.`)
    first.interrupt()
    expect(await first.done).toBe(0)
  })

  it('says when the studio is not built', async () => {
    const studio = start(['serve'], { built: false })
    studio.address.catch(() => {})
    expect(await studio.done).toBe(1)
    expect(studio.said.stderr).toContain('The studio is not built.')
  })
})

describe('takeboard open where no Electron can run', () => {
  it('says why in one line and serves the sample', async () => {
    const studio = start([])
    await studio.address
    expect(studio.said.stderr.split('\n')[0]).toBe(
      'The desktop app cannot run: the app is not built. Serving the studio to a browser instead.',
    )
    studio.interrupt()
    expect(await studio.done).toBe(0)
    expect(await titles(join(dir, 'library'))).toEqual(['The Long Pasture'])
  })
})

describe('takeboard serve --read-only', () => {
  it('opens beside the process that works, leaves its library alone, and takes no board', async () => {
    const working = start(['serve', SAMPLE, '--no-open'])
    await working.address
    const refused = start(['serve', '--no-open'])
    refused.address.catch(() => {})
    expect(await refused.done).toBe(1)
    expect(refused.said.stderr).toContain('takeboard serve --read-only')
    const looking = start(['serve', '--read-only', '--no-open'])
    const client = await clientAt((await looking.address).trim())
    const { projects, runner } = await client.call('studio.get', {})
    expect(projects.map(({ title }) => title)).toEqual(['The Long Pasture'])
    expect(runner.halted).toMatchObject({ code: 'library-read-only' })
    await expect(client.call('project.openSample', {})).rejects.toMatchObject({ code: 'library-read-only' })
    client.close()
    looking.interrupt()
    expect(await looking.done).toBe(0)
    const brought = start(['serve', SAMPLE, '--read-only', '--no-open'])
    brought.address.catch(() => {})
    expect(await brought.done).toBe(2)
    working.interrupt()
    await working.done
  })
})
