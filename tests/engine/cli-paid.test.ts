import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeApi, type FakeApi } from '../support/fake-api/client.ts'
import { cliKit, shortBoard } from './cli-kit.ts'

let kit: ReturnType<typeof cliKit>
let api: FakeApi
beforeEach(async () => {
  kit = cliKit()
  api = await startFakeApi()
})
afterEach(async () => {
  await kit.close()
  await api.stop()
})

const env = () => ({ WAVESPEED_API_KEY: api.key, WAVESPEED_BASE_URL: api.baseUrl })
const paid = (board: string, ...more: string[]) =>
  kit.run(['run', board, '--library', kit.library, '--provider', 'wavespeed', '--json', ...more], env())
const command = (...args: string[]) => kit.run([...args, '--library', kit.library], env())

describe('a paid run', () => {
  it('needs a cap, and says so before anything is written', async () => {
    const { code, stderr } = await paid(kit.board(shortBoard(1)))
    expect(code).toBe(2)
    expect(stderr).toContain('The project Short has no spending cap, and a paid run needs one.')
    expect(stderr).toContain('Nothing was sent and nothing was spent.')
    expect(stderr).toContain('Give a spending cap with --cap USD')
    expect(api.ledger().jobs).toHaveLength(0)
  })

  it('spends what it says and nothing on the second run', async () => {
    const board = kit.board(shortBoard(3))
    const first = await paid(board, '--cap', '5')
    expect(first.code).toBe(0)
    expect(first.json()).toMatchObject({ provider: 'wavespeed', cap_usd: '5.00', held_usd: '0.00', spent_usd: '1.26' })
    expect(first.json().scenes[0]?.takes).toMatchObject([
      { slate: '1-1', state: 'ready', seed: 1000, price_usd: '0.42', error: null },
    ])
    const second = await paid(board)
    expect(second.code).toBe(0)
    expect(second.json()).toEqual(first.json())
    expect(api.ledger().jobs).toHaveLength(3)
  })

  it('holds scenes back past the cap with exit code 3, and makes them once the cap is raised', async () => {
    const board = kit.board(shortBoard(3))
    const first = await paid(board, '--cap', '0.90')
    expect(first.code).toBe(3)
    expect(first.json().held_back).toEqual([{ number: '3', reason: 'cap', price_usd: '0.42' }])
    expect(first.stderr).toContain('The cap held back 1 scene (3) worth $0.42.')
    const none = await paid(board, '--cap', '0')
    expect(none.code).toBe(3)
    expect(none.stderr).toContain(
      'The cap of $0.00 is below the $0.00 held and $0.84 spent already: nothing new is sent.',
    )
    const raised = await paid(board, '--cap', '2')
    expect(raised.code).toBe(0)
    expect(api.ledger().jobs).toHaveLength(3)
  })

  it('reports failed takes with exit code 4', async () => {
    await api.script({ jobs: [{ when: { seed: 1001 }, plan: { end: 'failed', error: 'too dark' } }] })
    const { code, json, stderr } = await paid(kit.board(shortBoard(2)), '--cap', '5')
    expect(code).toBe(4)
    expect(json().scenes[1]?.takes).toMatchObject([
      { state: 'failed', error: { code: 'prediction-failed', remedy: 'retry' } },
    ])
    expect(stderr).toContain('2-1 failed: ')
    expect(stderr).toContain('$0.42 stays held until the service refunds it.')
  })

  it('stops after failures in a row, says so, and goes on when it is asked again', async () => {
    const refuse = { reply: 'status', status: 400, message: 'no' } as const
    await api.script({ submit: [{ ...refuse, times: 3 }] })
    const board = kit.board(shortBoard(5))
    const first = await paid(board, '--cap', '5', '--concurrency', '1')
    expect(first.code).toBe(4)
    expect(first.stderr).toContain('2 takes were not sent; their $0.84 stays held.')
    expect(first.stderr).toContain('3 paid takes in a row failed, so the takes not sent yet were put on hold.')
    expect(api.ledger().jobs).toHaveLength(0)
    const second = await paid(board)
    expect(second.code).toBe(0)
    expect(api.ledger().jobs).toHaveLength(5)
  })

  it('follows a job whose reply was lost and does not pay twice', async () => {
    await api.script({ submit: [{ reply: 'reset', recorded: true }] })
    const { code, json } = await paid(kit.board(shortBoard(1)), '--cap', '5')
    expect(code).toBe(0)
    expect(json().scenes[0]?.takes).toMatchObject([{ slate: '1-1', state: 'ready' }])
    expect(api.ledger().jobs).toHaveLength(1)
  })

  it('asks for help with exit code 5 when the outcome stays unknown, until it is resolved', async () => {
    await api.script({ submit: [{ reply: 'reset', recorded: false }] })
    const board = kit.board(shortBoard(1))
    const first = await paid(board, '--cap', '5')
    expect(first.code).toBe(5)
    expect(first.json()).toMatchObject({ held_usd: '0.42', spent_usd: '0.00' })
    expect(first.json().scenes[0]?.takes).toMatchObject([
      { state: 'unconfirmed', error: { code: 'submission-unknown' } },
    ])
    expect(first.stderr).toContain('takeboard resolve 1-1 --charged, --not-charged or --prediction ID')

    const again = await paid(board)
    expect(again.code).toBe(5)
    expect(again.json().held_back).toMatchObject([{ number: '1', reason: 'unconfirmed' }])

    const status = await command('status')
    expect(status.stdout).toContain('1-1 needs you: ')
    expect((await command('doctor')).code).toBe(5)

    expect(await command('resolve', '1-2', '--charged')).toMatchObject({ code: 2 })
    expect(await command('resolve', '1-1')).toMatchObject({ code: 2 })
    const resolved = await command('resolve', '1-1', '--not-charged')
    expect(resolved.code).toBe(0)
    expect(resolved.stdout).toContain('1-1 counts as not charged: $0.42 is no longer held.')
    expect(resolved.stdout).toContain('The project now has $0.00 held and $0.00 spent.')
    const repeated = await command('resolve', '1-1', '--not-charged')
    expect(repeated.code).toBe(2)
    expect(repeated.stderr).toContain('1-1 is cancelled; there is nothing to settle.')

    const last = await paid(board)
    expect(last.code).toBe(0)
    expect(last.json().scenes[0]?.takes.map(({ slate, state }) => `${slate} ${state}`)).toEqual([
      '1-1 cancelled',
      '1-2 ready',
    ])
    expect(api.ledger().jobs).toHaveLength(1)
  })

  it('downloads a paid clip again rather than buying another', async () => {
    await api.script({ download: [{ reply: 'html', times: 'always' }] })
    const board = kit.board(shortBoard(1))
    const first = await paid(board, '--cap', '5')
    expect(first.code).toBe(4)
    expect(first.json()).toMatchObject({ held_usd: '0.00', spent_usd: '0.42' })
    expect(first.stderr).toContain('$0.42 was charged.')
    expect((await command('status')).stdout).toContain('1-1 needs you: It was charged but its clip is not here')
    await api.clearScript()
    const second = await paid(board)
    expect(second.code).toBe(0)
    expect(second.json().scenes[0]?.takes).toMatchObject([{ slate: '1-1', state: 'ready' }])
    expect(second.json().spent_usd).toBe('0.42')
    expect(api.ledger().jobs).toHaveLength(1)
  })

  it('leaves jobs at the service when it stops waiting, and picks them up', async () => {
    await api.script({ hold: true })
    const board = kit.board(shortBoard(2))
    const running = kit.start(['run', board, '--library', kit.library, '--provider', 'wavespeed', '--cap', '5'], env())
    await running.shows('1-1  running at the service')
    await running.shows('2-1  running at the service')
    running.child.kill('SIGINT')
    const stopped = await running.done
    expect(stopped.code).toBe(6)
    expect(stopped.stderr).toContain('2 jobs go on at the service and will be picked up.')
    expect(stopped.stderr).toContain('held $0.84, spent $0.00 of the cap of $5.00')
    await api.script({ hold: false })
    const { code, json } = await paid(board)
    expect(code).toBe(0)
    expect(json()).toMatchObject({ held_usd: '0.00', spent_usd: '0.84' })
    expect(api.ledger().jobs).toHaveLength(2)
  })

  it('refuses a wrong key with exit code 2 and nothing spent', async () => {
    const { code, json, stderr } = await kit.run(
      ['run', kit.board(shortBoard(1)), '--library', kit.library, '--provider', 'wavespeed', '--cap', '5', '--json'],
      { ...env(), WAVESPEED_API_KEY: 'wrong-key-0000' },
    )
    expect(code).toBe(2)
    expect(json()).toMatchObject({ spent_usd: '0.00' })
    expect(stderr).toContain('Stopped sending: ')
    expect(stderr).toContain('Check WAVESPEED_API_KEY')
    expect(stderr).not.toContain('wrong-key-0000')
    expect(api.ledger().jobs).toHaveLength(0)
  })

  it('refuses an unsafe service address', async () => {
    const { code, stderr } = await kit.run(
      ['run', kit.board(shortBoard(1)), '--library', kit.library, '--provider', 'wavespeed', '--cap', '5'],
      { ...env(), WAVESPEED_BASE_URL: 'http://example.com' },
    )
    expect(code).toBe(2)
    expect(stderr).toContain('http on this machine')
  })
})

describe('takeboard export', () => {
  it('writes the ledger as CSV, of one project or of all', async () => {
    await paid(kit.board(shortBoard(2)), '--cap', '5')
    const out = join(kit.dir, 'ledger.csv')
    const done = await command('export', '--format', 'ledger', '--out', out, '--project', 'Short')
    expect([done.code, done.stdout]).toEqual([0, `4 ledger entries written to ${out}.\n`])
    const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[4]).toMatch(/,settle,spent,reserved,0\.42,0\.00,0\.84,/)
    expect((await command('export', '--format', 'ledger')).code).toBe(2)
    expect((await command('export', '--format', 'ledger', '--out', join(kit.dir, 'absent', 'x.csv'))).code).toBe(2)
  })
})
