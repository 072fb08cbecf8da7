import { RequestId, type SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { listScheduleMs } from './list-schedule.ts'
import { startBench } from './rig.ts'

/** Real seconds are divided by this, in the service's latencies and in the engine's pacing alike. */
export const SCALE = 10
const SCENES = 60
const CONCURRENCY = 12
const DURATION = 5

/** Repeatable latencies between 60 and 150 real seconds: what is said of the model, for 5 s at 720p. */
function latencies(): number[] {
  let state = 7
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: SCENES }, () => Math.round((60_000 + 90_000 * next()) / SCALE))
}

export interface BatchFigures {
  readonly makespanMs: number
  readonly idealMs: number
  /** Makespan over the ideal list schedule of the same latencies. Target: 1.05. */
  readonly ratio: number
  readonly requestsPerClip: number
  readonly pollsPerClip: number
  /** From the end at the service to the file on disk, in scaled milliseconds. */
  readonly noticeMedianMs: number
  readonly noticeWorstMs: number
}

/** 60 scenes at concurrency 12 over the fake service, after a first batch has taught the engine the model's times. */
export async function measureBatch(): Promise<BatchFigures> {
  const rig = await startBench({ concurrency: CONCURRENCY, scale: SCALE })
  try {
    const plan = latencies()
    const seeds = plan.map((_, index) => index + 1)
    await rig.fake.script({
      jobs: plan.map((latencyMs, index) => ({ when: { seed: index + 1 }, plan: { latencyMs } })),
    })
    const { projectId, storyboardId, sceneIds } = await rig.board(seeds, DURATION)
    await rig.engine.call('project.update', { projectId, patch: { cap: usdMicros(500_000_000) } })
    const start = (ids: readonly SceneId[]) =>
      rig.engine.call('batch.start', {
        requestId: RequestId.parse(crypto.randomUUID()),
        storyboardId,
        order: {
          kind: 'scenes',
          provider: 'wavespeed',
          sceneIds: [...ids],
          takesPerScene: 1,
          mode: 'add',
          seeds: { kind: 'keep' },
          resolution: null,
          includeUnconfirmed: false,
        },
      })
    const run = async (ids: readonly SceneId[]) => {
      const begun = performance.now()
      const { takeIds } = await start(ids)
      await rig.ready(takeIds)
      return { ms: performance.now() - begun, takeIds }
    }

    await run(sceneIds.slice(0, CONCURRENCY))
    const before = await rig.fake.requests()
    const { ms, takeIds } = await run(sceneIds)
    const after = await rig.fake.requests()
    const idealMs = listScheduleMs(plan, CONCURRENCY)
    const total = (counts: typeof after) => Object.values(counts).reduce((sum, n) => sum + n, 0)

    const { takes } = await rig.engine.call('project.get', { projectId })
    const jobs = new Map(rig.fake.ledger().jobs.map((job) => [job.id, job]))
    const late = takes
      .filter(({ id }) => takeIds.includes(id))
      .map((take) => {
        const job = jobs.get(take.predictionId ?? '')
        return (take.finishedAt ?? 0) - ((job?.at ?? 0) + (plan[take.request.seed - 1] ?? 0))
      })
      .sort((a, b) => a - b)
    return {
      makespanMs: Math.round(ms),
      idealMs,
      ratio: ms / idealMs,
      requestsPerClip: (total(after) - total(before)) / SCENES,
      pollsPerClip: (after.poll - before.poll) / SCENES,
      noticeMedianMs: late[Math.floor(late.length / 2)] ?? 0,
      noticeWorstMs: late.at(-1) ?? 0,
    }
  } finally {
    await rig.close()
  }
}
