import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliKit, shortBoard } from '../engine/cli-kit.ts'
import { startFakeApi, type FakeApi } from '../support/fake-api/client.ts'

const STRACE = ['/usr/bin/strace', '/bin/strace'].find((path) => existsSync(path))
/** Whether this machine lets one process trace another; some containers do not. */
const canTrace = STRACE !== undefined && spawnSync(STRACE, ['-o', '/dev/null', '/bin/true']).status === 0
const SCENES = 3
/** The run is killed at its n-th write that must be durable: first the library's own, then submissions, polls, clips. */
const POINTS = [2, 5, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 27, 30, 34]

if (!canTrace) process.stdout.write('kill sweep: not run, strace is not available on this machine\n')

let fake: FakeApi
let kit: ReturnType<typeof cliKit>
beforeAll(async () => {
  fake = await startFakeApi()
  kit = cliKit()
})
afterAll(async () => {
  await fake.stop()
  await kit.close()
})

const env = () => ({ WAVESPEED_BASE_URL: fake.baseUrl, WAVESPEED_API_KEY: fake.key })

/** Runs the board again and again, settling by hand what no look can prove, until every scene is ready. */
async function converge(board: string, library: string, seeds: ReadonlySet<number>) {
  const codes: (number | null)[] = []
  for (let round = 0; round < 6; round++) {
    const done = await kit.run(
      ['run', board, '--provider', 'wavespeed', '--cap', '9', '--library', library, '--json'],
      env(),
    )
    codes.push(done.code)
    if (done.code === 0) return { codes, document: done.json() }
    for (const take of done.json().scenes.flatMap(({ takes }) => takes)) {
      const created = fake.ledger().jobs.some((job) => job.body.seed === take.seed && seeds.has(take.seed))
      if (take.state !== 'unconfirmed' || created) continue
      await kit.run(['resolve', take.slate, '--not-charged', '--library', library, '--project', 'Short'], env())
    }
  }
  throw new Error(`It did not converge: exit codes ${codes.join(', ')}`)
}

describe.skipIf(!canTrace)('killed at any durable write', () => {
  it.each(POINTS)('pays once and loses nothing, killed at write %i', async (point) => {
    const base = point * 1_000
    const seeds = new Set(Array.from({ length: SCENES }, (_, index) => base + index))
    const content = shortBoard(SCENES)
    const scenes = content.scenes.map((scene, index) => ({ ...scene, seed: base + index }))
    const board = kit.board({ ...content, scenes }, `kill-${point}.board.json`)
    const library = join(kit.dir, `library-${point}`)
    const cli = [process.execPath, join(import.meta.dirname, '../../electron/cli.ts')]
    const args = ['run', board, '--provider', 'wavespeed', '--cap', '9', '--library', library, '--json']
    const inject = `inject=fsync,fdatasync:signal=KILL:when=${point}`
    spawnSync(
      STRACE ?? '',
      ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', inject, ...cli, ...args],
      {
        env: { PATH: process.env['PATH'], HOME: kit.dir, CI: '1', ...env() },
        timeout: 60_000,
      },
    )

    const { document } = await converge(board, library, seeds)
    const jobs = fake.ledger().jobs.filter((job) => seeds.has(job.body.seed))
    expect(jobs.map(({ body }) => body.seed).sort((a, b) => a - b)).toEqual([...seeds])
    expect([document.spent_usd, document.held_usd]).toEqual(['1.26', '0.00'])
    expect(document.scenes.flatMap(({ takes }) => takes.filter(({ state }) => state === 'ready'))).toHaveLength(SCENES)
    const doctor = await kit.run(['doctor', '--library', library], env())
    expect(doctor.stdout).not.toContain('problem')
  })
})
