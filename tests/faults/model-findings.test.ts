import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../shared/assert.ts'
import { RequestId, type TakeId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { listTakes, newMemory, type TakeRow } from '../support/model/checks.ts'
import { converge } from '../support/model/converge.ts'
import { realFs } from '../support/model/faulty-fs.ts'
import type { SubmitPlan } from '../support/model/fake-service.ts'
import { makeTemplate, type Template } from '../support/model/template.ts'
import { createWorld, type World } from '../support/model/world.ts'

/** What the model found, each as the few steps that led there. */
vi.mock('node:fs', async (original) => {
  const { faultyFs } = await import('../support/model/faulty-fs.ts')
  return faultyFs(await original())
})
vi.mock('node:fs/promises', async (original) => {
  const { faultyFsPromises } = await import('../support/model/faulty-fs.ts')
  return faultyFsPromises(await original())
})

const HOUR = 3_600_000
const DAY = 24 * HOUR

let dir: string
let template: Template
let world: World
let runs = 0
beforeAll(async () => {
  dir = realFs.mkdtempSync(join(tmpdir(), 'takeboard-findings-'))
  template = await makeTemplate(join(dir, 'template'))
})
afterAll(() => realFs.rmSync(dir, { recursive: true, force: true }))
beforeEach(() => open(true))
afterEach(() => world.close())

async function open(echo: boolean): Promise<void> {
  world = await createWorld({ dir: join(dir, `run-${(runs += 1)}`), template, seed: 1, echo, concurrency: 3 })
  await world.call('project.update', { projectId: world.projectId, patch: { cap: usdMicros(8_000_000) } })
}

const plan = (given: Partial<SubmitPlan>): SubmitPlan => ({
  kind: 'accepted',
  held: false,
  ends: 'completed',
  seconds: 30,
  ...given,
})

/** Starts one take of the given scenes, each submission going as planned. */
async function start(scenes: readonly number[], plans: readonly SubmitPlan[]): Promise<readonly TakeId[]> {
  world.service.plans.submit.push(...plans)
  const answer = await world.call('batch.start', {
    requestId: RequestId.parse(`request-${scenes.join('-')}`),
    storyboardId: world.storyboardId,
    order: {
      kind: 'scenes',
      provider: 'wavespeed',
      sceneIds: scenes.flatMap((index) => world.sceneIds[index] ?? []),
      takesPerScene: 1,
      mode: 'add',
      seeds: { kind: 'keep' },
      resolution: null,
      includeUnconfirmed: true,
    },
  })
  if (answer.kind !== 'ok') throw new Error(`It did not start: ${JSON.stringify(answer)}`)
  return answer.value.takeIds
}

const row = (id: TakeId | undefined): TakeRow =>
  present(
    listTakes(world).find((take) => take.id === id),
    'it was started',
  )
const job = (index: number) => present(world.service.jobs[index], 'the service made it').id

describe('a clock that was wrong', () => {
  it('does not keep a running job waiting once it is put back', async () => {
    world.time.skew = 10 * DAY
    const [take] = await start([0], [plan({})])
    world.time.skew = 0
    await world.restart()
    await world.pass(HOUR)
    expect(row(take).phase).toBe('ready')
  })

  it('does not hide the job of an unanswered submission', async () => {
    world.time.skew = 5 * HOUR
    const [take] = await start([0], [plan({ kind: 'unknown-recorded' })])
    world.time.skew = 0
    await world.pass(HOUR)
    expect(row(take)).toMatchObject({ phase: 'ready', prediction: job(0) })
  })
})

describe('a job that two takes could claim', () => {
  it('is not taken from a take that still waits for its answer', async () => {
    await world.close()
    await open(false)
    const [lost, waiting] = await start([0, 3], [plan({ kind: 'unknown-lost' }), plan({ held: true, seconds: 600 })])
    await world.pass(HOUR / 4)
    expect([row(lost).phase, row(waiting).phase]).toEqual(['unconfirmed', 'submitting'])
    world.service.release()
    await world.pass(HOUR)
    expect(row(waiting)).toMatchObject({ phase: 'ready', prediction: job(0) })
  })

  it('named by hand for the wrong take leaves the right one unconfirmed, not stuck', async () => {
    const [lost, waiting] = await start([0, 3], [plan({ kind: 'unknown-lost' }), plan({ held: true })])
    await world.call('take.resolve', {
      takeId: present(lost, 'two were started'),
      as: { kind: 'prediction', predictionId: job(0) },
    })
    world.service.release()
    await world.pass(1_000)
    expect(row(waiting)).toMatchObject({ phase: 'unconfirmed', charge: 'held' })
    await world.restart()
    expect(row(lost).prediction).toBe(job(0))
  })

  it('named a second time is refused and does not keep the library from opening', async () => {
    const [first, second] = await start([0, 3], [plan({}), plan({ kind: 'unknown-lost' })])
    const answer = await world.call('take.resolve', {
      takeId: present(second, 'two were started'),
      as: { kind: 'prediction', predictionId: job(0) },
    })
    expect(answer).toEqual({ kind: 'failed', code: 'conflict' })
    await world.restart()
    expect([row(first).prediction, row(second).phase]).toEqual([job(0), 'unconfirmed'])
    await converge(world, newMemory())
  })
})

describe('a disk that fills up while something is being written', () => {
  it('leaves no take for ever being sent that never was', async () => {
    world.setDisk('none', 3)
    const [take] = await start([0], [])
    expect(row(take).phase).toBe('submitting')
    world.setDisk('none', null)
    await world.pass(60_000)
    await world.call('runner.resume', {})
    await world.pass(HOUR)
    expect(row(take).phase).toBe('ready')
    expect(world.service.submissions).toHaveLength(1)
  })

  it('does not hold up quitting, and the job is found at the next start', async () => {
    const [take] = await start([0], [plan({ held: true })])
    world.setDisk('full', null)
    world.service.release()
    await world.pass(60_000)
    await world.restart()
    await world.pass(HOUR)
    expect(row(take)).toMatchObject({ phase: 'ready', prediction: job(0) })
  })

  it('does not bring the engine down when a refund cannot be written', async () => {
    const [take] = await start([0], [plan({ ends: 'failed' })])
    await world.pass(HOUR)
    world.setDisk('full', null)
    await world.pass(3 * HOUR)
    world.setDisk('none', null)
    await world.pass(60_000)
    expect(row(take)).toMatchObject({ phase: 'failed', charge: 'released' })
  })
})
