import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CANARY, filesWithCanary, holdsCanary, startCanaryApi } from '../support/canary.ts'
import type { FakeApi } from '../support/fake-api/client.ts'

const SMOKE = join(import.meta.dirname, '../live/smoke.ts')

let dir: string
let out: string
let api: FakeApi
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-smoke-test-'))
  out = join(dir, 'record')
  api = await startCanaryApi()
})
afterEach(async () => {
  await api.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The script as a process; no terminal, and a temp folder of its own. */
function smoke(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; said: string }>((done) => {
    const child = spawn(process.execPath, [SMOKE, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: dir,
        TMPDIR: dir,
        WAVESPEED_API_KEY: CANARY,
        WAVESPEED_BASE_URL: api.baseUrl,
        ...env,
      },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void (said += chunk.toString()))
    child.on('close', (code) => done({ code, said }))
  })
}
const dry = (...more: string[]) => smoke(['--dry', '--out', out, '--spend', '0.42', '--yes', ...more])
const record = (name: string): unknown => JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8'))
const libraries = () => readdirSync(dir).filter((name) => name.startsWith('takeboard-smoke-'))

describe('the live smoke run, against a stand-in', () => {
  it('makes one take for exactly its price and records what the service said', async () => {
    const { code, said } = await dry()
    expect([code, said]).toEqual([0, expect.stringContaining('Spent $0.42; the balance fell by 0.42.')])
    const { jobs, posts, netMicros } = api.ledger()
    expect([jobs.length, netMicros]).toEqual([1, 420_000])
    // The other one is the empty request that cannot make a job.
    expect(posts.map(({ prompt }) => prompt)).toEqual([null, expect.stringContaining('Mara')])
    expect(jobs[0]?.body).toMatchObject({ duration: 3, resolution: '720p' })
    expect(libraries()).toEqual([])

    expect(readdirSync(out).toSorted()).toEqual(
      [
        'balance',
        'billings',
        'clip',
        'history',
        'invalid-request',
        'network',
        'poll',
        'price',
        'submit',
        'unauthorized',
        'upload-ticket',
      ].map((name) => `${name}.json`),
    )
    expect(record('unauthorized')).toMatchObject({ request: 'GET /api/v3/balance', status: 401, body: { code: 401 } })
    expect(record('invalid-request')).toMatchObject({
      status: 400,
      body: { code: 400, message: expect.stringContaining('prompt is required') },
    })
    expect(record('submit')).toMatchObject({ status: 200, body: { data: { id: '<id 1>', status: 'created' } } })
    expect(record('history')).toMatchObject({
      body: { data: { items: [{ id: '<id 1>', input: { duration: 3, resolution: '720p' } }] } },
    })
    expect(record('billings')).toMatchObject({
      body: {
        data: {
          items: [{ billing_type: 'deduct', price: 0.42, access_key_name: '<text>', prediction: { uuid: '<id 1>' } }],
        },
      },
    })
    expect(record('balance')).toMatchObject({ body: { data: { balance: 0 } } })
    const polls = record('poll') as { body: { data: { status: string; outputs: string[] } } }[]
    expect(polls.at(-1)?.body.data).toMatchObject({
      status: 'completed',
      outputs: ['http://<host>/<path>.mp4?signature=<>'],
    })
    expect(record('network')).toMatchObject([
      { asked: 'HEAD' },
      { status: 206, headers: { 'accept-ranges': 'bytes', etag: '"<strong>"' } },
      { status: 416 },
      { asked: 'Origin: https://example.com' },
    ])
    expect(record('clip')).toMatchObject({ video: { codec: 'avc', width: expect.any(Number) } })
  })

  it('leaves no key, id, address, folder or name of this machine in the record', async () => {
    expect((await dry()).code).toBe(0)
    expect(filesWithCanary(out)).toEqual([])
    const [job] = api.ledger().jobs
    const uploads = api.ledger().uploads
    const { host } = new URL(api.baseUrl)
    const texts = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'))
    const forbidden = [
      job?.id ?? '',
      host,
      host.split(':')[1] ?? '',
      dir,
      basename(dir),
      ...uploads.map(({ id }) => id),
    ]
    for (const text of texts) {
      expect(forbidden.filter((word) => text.includes(word))).toEqual([])
      expect(text).not.toMatch(/[0-9a-f]{24}|\/outputs\/|upload-target/)
    }
  })

  it('keeps the library when asked to', async () => {
    const { code, said } = await dry('--keep')
    const [kept] = libraries()
    expect([code, said]).toEqual([0, expect.stringContaining(`The library is in ${join(dir, kept ?? '')}`)])
    expect(existsSync(join(dir, kept ?? '', 'library', 'library.db'))).toBe(true)
    expect(filesWithCanary(join(dir, kept ?? ''))).toEqual([])
  })

  it('keeps the library and records nothing when the take did not come', async () => {
    await api.script({ job: { end: 'failed', error: `no, ${CANARY}` } })
    const { code, said } = await dry()
    expect(code).toBe(1)
    expect(said).toContain('The take is failed')
    expect(holdsCanary(said)).toBe(false)
    expect([libraries().length, existsSync(out)]).toEqual([1, false])
    expect(api.ledger().jobs).toHaveLength(1)
  })

  it('sends no take when the empty request is not refused', async () => {
    await api.script({ submit: [{ reply: 'status', status: 500 }] })
    const { code, said } = await dry()
    expect([code, said]).toEqual([1, expect.stringContaining('No take was sent.')])
    expect(api.ledger().posts).toHaveLength(1)
  })

  it('stops before it sends anything when the price or the balance is another', async () => {
    await api.script({ price: { price: 0.45 } })
    expect(await dry()).toMatchObject({ code: 2, said: expect.stringContaining('The service asks $0.45, not $0.42.') })
    await api.script({ price: null, balanceUsd: 0.41 })
    expect(await dry()).toMatchObject({ code: 2, said: expect.stringContaining('does not cover the take') })
    expect(api.ledger().posts).toEqual([])
  })
})

describe('the live smoke run refuses', () => {
  const live = { WAVESPEED_BASE_URL: undefined }
  it.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['to run in CI', ['--spend', '0.42', '--yes'], { ...live, CI: 'true' }, 'does not run in CI'],
    [
      'to run in CI with a stand-in that nobody named so',
      ['--spend', '0.42', '--yes'],
      { CI: '1' },
      'does not run in CI',
    ],
    ['without an amount', ['--yes'], live, 'Say what it costs, exactly: --spend 0.42'],
    ['another amount', ['--spend', '0.43', '--yes'], live, 'Say what it costs, exactly'],
    ['a larger amount', ['--spend', '5', '--yes'], live, 'Say what it costs, exactly'],
    ['without a key', ['--spend', '0.42', '--yes'], { ...live, WAVESPEED_API_KEY: '' }, 'Set WAVESPEED_API_KEY'],
    ['a dry run at the real service', ['--dry', '--spend', '0.42', '--yes'], live, '--dry needs WAVESPEED_BASE_URL'],
    ['to record a stand-in as the service', ['--dry', '--spend', '0.42', '--yes'], {}, '--dry needs --out'],
  ])('%s', async (_name, args, env, why) => {
    expect(await smoke(args, env)).toMatchObject({ code: 2, said: expect.stringContaining(why) })
    expect(await api.seen()).toEqual([])
  })

  it('to spend when nobody is there to say yes', async () => {
    const { code, said } = await smoke(['--dry', '--out', out, '--spend', '0.42'])
    expect([code, said]).toEqual([2, expect.stringContaining('Nothing was sent and nothing was spent.')])
    expect(api.ledger().posts).toEqual([])
  })
})
