import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { present } from '../../shared/assert.ts'
import { cliKit, shortBoard, type Finished, type RunDocument, type Running } from '../engine/cli-kit.ts'
import { startFakeApi, type FakeApi } from './fake-api/client.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Processes the test killed, for the reliability report. */
    kills?: number
  }
}

/** What one scene of `shortBoard` costs: three seconds at 720p. */
const SCENE_MICROS = 420_000
const CAP_USD = 9

/** One board with a library of its own and seeds that no other job has, so that one fake service can serve many. */
export interface PaidJob {
  readonly board: string
  readonly library: string
  readonly seeds: ReadonlySet<number>
}

/** The real command line against the fake paid service, with the checks that must hold after any fault. */
export interface PaidCli {
  readonly kit: ReturnType<typeof cliKit>
  readonly fake: FakeApi
  env(): { readonly WAVESPEED_BASE_URL: string; readonly WAVESPEED_API_KEY: string }
  /** @param base of the seeds; thousands apart @param library default: a folder of its own */
  job(base: number, scenes: number, library?: string): PaidJob
  start(job: PaidJob, wrap?: readonly string[]): Running
  /** Runs the job again and again, settling by hand what the service never had, until every scene is ready. */
  converge(job: PaidJob): Promise<RunDocument>
  /** Runs to the end, then checks: one job per scene, nothing paid twice, the cap kept, every clip whole on disk. */
  convergeAndCheck(job: PaidJob): Promise<void>
  stop(): Promise<void>
}

export async function startPaidCli(): Promise<PaidCli> {
  const fake = await startFakeApi()
  const kit = cliKit()
  const env = () => ({ WAVESPEED_BASE_URL: fake.baseUrl, WAVESPEED_API_KEY: fake.key })
  const jobsOf = ({ seeds }: PaidJob) => fake.ledger().jobs.filter(({ body }) => seeds.has(body.seed))
  const start = ({ board, library }: PaidJob, wrap: readonly string[] = []) =>
    kit.start(
      ['run', board, '--provider', 'wavespeed', '--cap', String(CAP_USD), '--library', library, '--json'],
      env(),
      wrap,
    )

  async function converge(job: PaidJob): Promise<RunDocument> {
    const ends: Finished[] = []
    for (let round = 0; round < 6; round++) {
      const done = await start(job).done
      ends.push(done)
      if (done.code === 0) return done.json()
      // An error document has no scenes.
      if (!done.stdout.includes('"scenes"')) continue
      for (const take of done.json().scenes.flatMap(({ takes }) => takes)) {
        // The artist looks at the account; only what it does not have is released.
        const created = jobsOf(job).some(({ body }) => body.seed === take.seed)
        if (take.state !== 'unconfirmed' || created) continue
        await kit.run(['resolve', take.slate, '--not-charged', '--library', job.library, '--project', 'Short'], env())
      }
    }
    throw new Error(`It did not converge:\n${ends.map(({ code, stderr }) => `${String(code)}: ${stderr}`).join('\n')}`)
  }

  return {
    kit,
    fake,
    env,
    job(base, scenes, library = join(kit.dir, `library-${base}`)) {
      const content = shortBoard(scenes)
      const seeded = content.scenes.map((scene, index) => ({ ...scene, seed: base + index }))
      return {
        board: kit.board({ ...content, scenes: seeded }, `job-${base}.board.json`),
        library,
        seeds: new Set(seeded.map(({ seed }) => seed)),
      }
    },
    start,
    converge,
    async convergeAndCheck(job) {
      const document = await converge(job)
      const jobs = jobsOf(job)
      expect(jobs.map(({ body }) => body.seed).sort((a, b) => a - b)).toEqual([...job.seeds])
      const paid = fake.ledger().charges.filter(({ id }) => jobs.some((each) => each.id === id))
      const micros = paid.reduce((sum, charge) => sum + charge.micros, 0)
      expect(micros).toBe(job.seeds.size * SCENE_MICROS)
      expect(micros).toBeLessThanOrEqual(CAP_USD * 1_000_000)
      expect([document.spent_usd, document.held_usd]).toEqual([(micros / 1_000_000).toFixed(2), '0.00'])
      const ready = document.scenes.flatMap(({ takes }) => takes.filter(({ state }) => state === 'ready'))
      expect(ready).toHaveLength(jobs.length)
      expect(new Set(ready.map(({ prediction_id: id }) => id))).toEqual(new Set(jobs.map(({ id }) => id)))
      for (const take of ready) {
        const bytes = readFileSync(present(take.clip, 'a ready take has one'))
        expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([take.bytes, take.sha256])
      }
      const doctor = await kit.run(['doctor', '--library', job.library], env())
      expect(doctor.stdout).not.toContain('problem')
    },
    async stop() {
      await kit.close()
      await fake.stop()
    },
  }
}
