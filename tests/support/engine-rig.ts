import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineEvent } from '../../shared/contract.ts'
import { RequestId, type ProjectId, type StoryboardId, type TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import type { UsdMicros } from '../../shared/money.ts'
import type { BatchOrder, SceneOrder } from '../../shared/preview.ts'
import type { Engine } from '../../electron/engine/api.ts'
import { openEngine, type EngineOptions } from '../../electron/engine/engine.ts'
import type { Clock, FileManager, Logger, Secrets, Trash } from '../../electron/engine/ports.ts'
import type { Limits } from '../../electron/engine/provider/http.ts'
import { createWaveSpeedProvider } from '../../electron/engine/provider/wavespeed.ts'
import { systemClock, systemIds, systemRandom } from '../../electron/hosts/system.ts'
import { startFakeApi, type FakeApi } from './fake-api/client.ts'

const SAMPLE = join(import.meta.dirname, '../../resources/sample')

export const ORDER: SceneOrder = {
  kind: 'scenes',
  provider: 'wavespeed',
  sceneIds: null,
  takesPerScene: 1,
  mode: 'add',
  seeds: { kind: 'keep' },
  resolution: null,
  includeUnconfirmed: false,
}

/** A real engine over a real library folder, talking to the fake paid service in its own process. */
export interface Rig {
  readonly fake: FakeApi
  readonly library: string
  /** A copy of the sample board, free to be changed. */
  readonly boardPath: string
  /** What the engine logged, one line each. */
  readonly log: readonly string[]
  /** The key the engine uses; may be changed. */
  key: string | null
  engine: Engine
  projectId: ProjectId
  storyboardId: StoryboardId
  /** Closes the engine and opens the library again. @param between what happens to the folder meanwhile */
  reopen(options?: RigOptions, between?: () => void | Promise<void>): Promise<void>
  /** Opens the library again after the engine was closed by the test. */
  reopenClosed(): Promise<void>
  setCap(cap: UsdMicros | null): Promise<unknown>
  /** Starts an order of scenes, or any other that is given whole. */
  start(order?: Partial<SceneOrder> | BatchOrder): ReturnType<typeof startBatch>
  takes(): Promise<Take[]>
  take(id: TakeId): Promise<Take>
  budget(): Promise<{ cap: number | null; held: number; spent: number; refundPending: number }>
  /** Waits until every take named satisfies the condition. */
  until(ids: readonly TakeId[], condition: (take: Take) => boolean): Promise<Take[]>
  close(): Promise<void>
}

const startBatch = (engine: Engine, storyboardId: StoryboardId, order: BatchOrder, requestId = systemIds.next()) =>
  engine.call('batch.start', { requestId: RequestId.parse(requestId), storyboardId, order })

const isWhole = (order: Partial<SceneOrder> | BatchOrder): order is BatchOrder =>
  order.kind !== undefined && order.kind !== 'scenes'

/** Filled in before the rig is handed out. */
const NOT_YET = {} as Pick<Rig, 'engine' | 'projectId' | 'storyboardId'>

/** The engine's own options, the clock it goes by, limits of the network other than the real ones, and a bin. */
type RigOptions = Partial<EngineOptions> & {
  readonly clock?: Clock
  readonly limits?: Partial<Limits>
  readonly trash?: Trash
  readonly fileManager?: FileManager
}

/** A clock that runs `times` as fast, so that minutes of waiting pass in seconds. */
export function fastClock(times: number): Clock {
  const start = systemClock.now()
  return {
    now: () => Math.round(start + (systemClock.now() - start) * times),
    monotonic: () => systemClock.monotonic() * times,
    setTimeout: (run, ms) => systemClock.setTimeout(run, ms / times),
  }
}

/** Opens the sample board in a fresh library. Remember to `close`. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const fake = await startFakeApi()
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-engine-'))
  const library = join(dir, 'library')
  cpSync(SAMPLE, join(dir, 'board'), { recursive: true })
  const boardPath = join(dir, 'board', 'the-long-pasture.board.json')
  const log: string[] = []
  const line = (message: string, fields?: object) => void log.push(`${message} ${JSON.stringify(fields ?? {})}`)
  const logger: Logger = { info: line, warn: line, error: line }

  const open = async (more: RigOptions): Promise<Engine> => {
    const clock = more.clock ?? options.clock ?? systemClock
    const secrets: Secrets = {
      status: () => ({ present: rig.key !== null, source: rig.key === null ? null : 'session', caveat: null }),
      read: () => rig.key,
      write: (key) => void (rig.key = key),
      clear: () => void (rig.key = null),
    }
    const limits = more.limits ?? options.limits
    const trash = more.trash ?? options.trash
    const fileManager = more.fileManager ?? options.fileManager
    const common = {
      clock,
      ...(limits ? { limits } : {}),
      random: systemRandom,
      logger,
      baseUrl: fake.baseUrl,
      pollFloorMs: 20,
      prior: () => ({ from: 20, to: 200 }),
    }
    return openEngine({
      library,
      version: '0.0.0',
      samplePath: boardPath,
      draw: () => Promise.reject(new Error('no sketches in this rig')),
      concurrency: 12,
      ports: {
        clock,
        random: systemRandom,
        ids: systemIds,
        logger,
        secrets,
        ...(trash ? { trash } : {}),
        ...(fileManager ? { fileManager } : {}),
        providers: {
          wavespeed: createWaveSpeedProvider({ ...common, name: 'wavespeed', key: () => rig.key }),
          rehearsal: createWaveSpeedProvider({ ...common, name: 'rehearsal', key: () => fake.key, sendLabel: true }),
        },
      },
      ...options,
      ...more,
    })
  }

  const rig: Rig = {
    fake,
    library,
    boardPath,
    log,
    key: fake.key,
    ...NOT_YET,
    async reopenClosed() {
      rig.engine = await open({})
    },
    async reopen(more = {}, between = () => {}) {
      await rig.engine.close()
      await between()
      rig.engine = await open(more)
    },
    setCap: (cap) => rig.engine.call('project.update', { projectId: rig.projectId, patch: { cap } }),
    start: (order = {}) => startBatch(rig.engine, rig.storyboardId, isWhole(order) ? order : { ...ORDER, ...order }),
    async takes() {
      return (await rig.engine.call('project.get', { projectId: rig.projectId })).takes
    },
    async take(id) {
      const found = (await rig.takes()).find((take) => take.id === id)
      if (!found) throw new Error(`There is no take ${id}`)
      return found
    },
    async budget() {
      return (await rig.engine.call('project.get', { projectId: rig.projectId })).budget
    },
    async until(ids, condition) {
      const settled = async () => {
        const takes = (await rig.takes()).filter(({ id }) => ids.includes(id))
        return takes.length === ids.length && takes.every(condition) ? takes : null
      }
      for (;;) {
        const event = nextTake(rig.engine)
        const done = await settled()
        if (done) return done
        await event
      }
    },
    async close() {
      await rig.engine.close()
      await fake.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }

  rig.engine = await open({})
  const opened = await rig.engine.openBoard(boardPath)
  rig.projectId = opened.projectId
  rig.storyboardId = opened.storyboardId
  return rig
}

/** The next change of any take. */
function nextTake(engine: Engine): Promise<EngineEvent> {
  return new Promise((resolve) => {
    const off = engine.onEvent((event) => {
      if (event.name !== 'take.put') return
      off()
      resolve(event)
    })
  })
}
