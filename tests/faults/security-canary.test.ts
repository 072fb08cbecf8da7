import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RequestId } from '../../shared/ids.ts'
import { createFileSecrets } from '../../electron/hosts/loopback/secrets.ts'
import { openLog } from '../../electron/hosts/logger.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { cliKit, shortBoard, type Finished } from '../engine/cli-kit.ts'
import { CANARY, filesBelow, filesWithCanary, holdsCanary, startCanaryApi } from '../support/canary.ts'
import type { FakeApi } from '../support/fake-api/client.ts'
import type { Script } from '../support/fake-api/script.ts'
import { ORDER } from '../support/engine-rig.ts'

/** What a service says that quotes the request it got: the key in every spelling, in the middle of a sentence. */
const ECHO = `refused Bearer ${CANARY} (${encodeURIComponent(CANARY)}, ${Buffer.from(CANARY).toString('base64')}, ${Buffer.from(CANARY).toString('base64url')})`
const page = { reply: 'raw', status: 502, headers: { 'content-type': 'text/html' }, body: `<h1>${ECHO}</h1>` } as const

let kit: ReturnType<typeof cliKit>
let api: FakeApi
beforeEach(async () => {
  kit = cliKit()
  api = await startCanaryApi()
})
afterEach(async () => {
  await kit.close()
  await api.stop()
})

const env = (debug: boolean) => ({
  WAVESPEED_API_KEY: CANARY,
  WAVESPEED_BASE_URL: api.baseUrl,
  ...(debug ? { TAKEBOARD_DEBUG: '1' } : {}),
})
const runArgs = (board: string) => [
  'run',
  board,
  '--library',
  kit.library,
  '--provider',
  'wavespeed',
  '--cap',
  '5',
  '--json',
]

/** Looks back at what a process left behind: its own words and every file of its home, library included. */
function expectNoCanary(...ended: readonly Finished[]): void {
  for (const { stdout, stderr } of ended) expect(holdsCanary(stdout + stderr), `${stdout}${stderr}`).toBe(false)
  expect(existsSync(join(kit.library, 'library.db'))).toBe(true)
  expect(filesWithCanary(kit.dir)).toEqual([])
}

/** The key left in the one header it belongs to, and was not sent where no key is due. */
async function expectKeyOnlyWhereDue(): Promise<void> {
  for (const { route, path, headers } of await api.seen()) {
    const { authorization, ...rest } = headers
    expect(holdsCanary(path + JSON.stringify(rest)), `${route} ${path}`).toBe(false)
    expect(authorization, `${route}`).toBe(
      route === 'download' || route === 'upload-put' ? undefined : `Bearer ${CANARY}`,
    )
  }
}

/** What the service does, and how a run may end: a take nobody knows the outcome of is waited for a few seconds only. */
const SCENARIOS: readonly (readonly [string, Partial<Script>, readonly number[]])[] = [
  ['success', {}, [0]],
  ['401 that quotes the key', { submit: [{ reply: 'status', status: 401, message: ECHO, times: 'always' }] }, [4]],
  ['400 that quotes the key', { submit: [{ reply: 'status', status: 400, message: ECHO, errorCode: ECHO }] }, [4]],
  ['500 that quotes the key', { submit: [{ reply: 'status', status: 500, message: ECHO }] }, [5, 6]],
  ["a gateway's page that quotes the key", { submit: [page] }, [5, 6]],
  ['a lost reply', { submit: [{ reply: 'reset', recorded: true }] }, [0, 5, 6]],
  ['a job that fails and quotes the key', { job: { end: 'failed', error: ECHO } }, [4]],
  ['a status that quotes the key', { job: { statuses: [ECHO] } }, [0]],
  ['polls that quote the key', { poll: [{ reply: 'status', status: 500, message: ECHO }, page] }, [0]],
  ['a poll that refuses the key', { poll: [{ reply: 'status', status: 401, message: ECHO, times: 'always' }] }, [2]],
  ['a clip page that quotes the key', { download: [{ ...page, status: 200, times: 'always' }] }, [4, 6]],
  [
    'lists, prices and uploads that quote the key',
    {
      submit: [{ reply: 'reset', recorded: false }],
      other: (['history', 'billings', 'price', 'balance', 'upload-ticket'] as const).map((route) => ({
        route,
        reply: 'status',
        status: 500,
        message: ECHO,
        times: 3,
      })),
    },
    [5, 6],
  ],
]

describe('the canary key', () => {
  it('would be found in every spelling', () => {
    expect(filesWithCanary(api.dir)).toEqual(['key'])
    expect(ECHO.split(/[ (),]+/).filter((word) => holdsCanary(word))).toHaveLength(4)
    for (const text of [`x${CANARY}y`, Buffer.from(`Bearer ${CANARY}`).toString('base64'), `{"k":"${CANARY}"}`])
      expect(holdsCanary(text)).toBe(true)
    expect(holdsCanary(CANARY.slice(1))).toBe(false)
  })

  // The same lines go to the log of the library or, with debug output, to stderr.
  it.each(SCENARIOS.map((scenario, index) => [...scenario, index % 2 === 0] as const))(
    'is nowhere after %s',
    async (_name, script, codes, debug) => {
      await api.script(script)
      const patience = codes.includes(6) ? '3' : '60'
      const done = await kit.run([...runArgs(kit.board(shortBoard(1))), '--timeout', patience], env(debug))
      expect(codes, `${done.stderr}`).toContain(done.code)
      const doctor = await kit.run(['doctor', '--live', '--library', kit.library], env(!debug))
      expectNoCanary(done, doctor)
      await expectKeyOnlyWhereDue()
    },
  )

  it('is nowhere after a crash, nor in the report of one', async () => {
    await api.script({ hold: true })
    const reports = join(kit.dir, 'reports')
    mkdirSync(reports)
    const board = kit.board(shortBoard(2))
    const running = kit.start(runArgs(board), {
      ...env(true),
      NODE_OPTIONS: `--report-on-signal --report-uncaught-exception --report-directory=${reports}`,
    })
    await running.shows('running at the service')
    running.child.kill('SIGUSR2')
    await expect
      .poll(() => readdirSync(reports).some((name) => complete(join(reports, name))), { timeout: 20_000 })
      .toBe(true)
    running.child.kill('SIGKILL')
    const killed = await running.done
    expect(killed.code).toBeNull()
    expectNoCanary(killed)

    await api.clearScript()
    const status = await kit.run(['status', '--library', kit.library], env(true))
    const after = await kit.run(runArgs(board), env(true))
    expect(after.code, `${after.stderr}`).toBe(0)
    expectNoCanary(status, after)
  })

  it('is nowhere but in its private file when it was entered to be kept', async () => {
    const config = join(kit.dir, 'config')
    const logger = openLog(kit.library)
    const secrets = createFileSecrets({ env: {}, dir: config })
    const open = () =>
      openStudio({
        library: kit.library,
        secrets,
        logger,
        resourcesDir: join(import.meta.dirname, '../../resources'),
        baseUrl: api.baseUrl,
      })
    let engine = await open()
    await engine.call('key.set', { key: CANARY, persist: true })
    await engine.call('key.set', { key: ['no', CANARY] as never, persist: true }).catch(() => {})
    await engine.call('key.set', { key: CANARY, persist: CANARY as never }).catch(() => {})
    const { projectId, storyboardId } = await engine.openBoard(kit.board(shortBoard(1)))
    await engine.call('project.update', { projectId, patch: { cap: 5_000_000 as never } })
    await api.script({ submit: [{ reply: 'status', status: 401, message: ECHO }] })
    const started = await engine.call('batch.start', {
      requestId: RequestId.parse('11111111-1111-4111-8111-111111111111'),
      storyboardId,
      order: ORDER,
    })
    expect(started.takeIds).toHaveLength(1)
    await expect.poll(async () => (await engine.call('studio.get', {})).runner.halted?.code).toBe('key-rejected')
    // What the fields of the log refuse, should any code ever hand it over.
    logger.error('A line with secrets', { key: CANARY, headers: { authorization: CANARY }, request: { token: CANARY } })
    await engine.close()
    engine = await open()
    await engine.close()
    logger.close()
    expect(filesWithCanary(kit.dir)).toEqual([join('config', 'wavespeed-key')])
    expect(filesBelow(kit.library).map((path) => path.slice(kit.library.length + 1))).toEqual(
      expect.arrayContaining(['library.db', 'submissions.jsonl', join('logs', 'takeboard.log')]),
    )
  })
})

/** A report is written in pieces. */
const complete = (path: string): boolean => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) !== null
  } catch {
    return false
  }
}
