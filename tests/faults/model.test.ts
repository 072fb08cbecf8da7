import fc from 'fast-check'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { newMemory, checkAll } from '../support/model/checks.ts'
import { commands, type Run } from '../support/model/commands.ts'
import { converge } from '../support/model/converge.ts'
import { realFs } from '../support/model/faulty-fs.ts'
import { makeTemplate, type Template } from '../support/model/template.ts'
import { createWorld } from '../support/model/world.ts'

// The journal's writes and the clip files are where an engine can die or a disk be full; everything else is untouched.
vi.mock('node:fs', async (original) => {
  const { faultyFs } = await import('../support/model/faulty-fs.ts')
  return faultyFs(await original())
})
vi.mock('node:fs/promises', async (original) => {
  const { faultyFsPromises } = await import('../support/model/faulty-fs.ts')
  return faultyFsPromises(await original())
})

const env = (name: string): string | undefined => process.env[`MODEL_${name}`]
const RUNS = Number(env('RUNS') ?? 2_000)
/** The suite makes the same runs every time; `npm run soak` throws its own dice. */
const DEFAULT_SEED = 20_260_101
/** A run that failed is repeated with what its report says: MODEL_SEED, MODEL_PATH, and MODEL_REPLAY for its commands. */
const REPEAT = {
  seed: Number(env('SEED') ?? DEFAULT_SEED),
  ...(env('PATH') === undefined ? {} : { path: env('PATH') ?? '' }),
  // Shrinking a failure takes a while; `no` shows it as it was found.
  endOnFailure: env('SHRINK') === 'no',
}
/** Every commit is synced; a file system in memory makes that cheap where there is one. */
const ROOT = realFs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let dir: string
let template: Template
beforeAll(async () => {
  dir = realFs.mkdtempSync(join(ROOT, 'takeboard-model-'))
  template = await makeTemplate(join(dir, 'template'))
})
afterAll(() => realFs.rmSync(dir, { recursive: true, force: true }))

let runs = 0
const settings = fc.record({
  seed: fc.nat(),
  echo: fc.nat(4).map((n) => n > 0),
  concurrency: fc.integer({ min: 1, max: 3 }),
})

it(`keeps every promise about money and takes in ${RUNS} runs of commands, faults and crashes`, async () => {
  await fc.assert(
    fc.asyncProperty(settings, commands(env('REPLAY')), async (given, script) => {
      const place = join(dir, `run-${(runs += 1)}`)
      const world = await createWorld({ dir: place, template, ...given })
      const run: Run = { world, memory: newMemory(), request: null, requests: 0 }
      try {
        await world.call('project.update', { projectId: world.projectId, patch: { cap: usdMicros(8_000_000) } })
        await fc.asyncModelRun(() => ({ model: {}, real: run }), script)
        await converge(world, run.memory)
        checkAll(world, run.memory)
      } finally {
        await world.close()
        realFs.rmSync(place, { recursive: true, force: true })
      }
    }),
    { numRuns: RUNS, ...REPEAT },
  )
  expect(runs).toBeGreaterThanOrEqual(env('PATH') === undefined ? RUNS : 1)
}, 3_600_000)
