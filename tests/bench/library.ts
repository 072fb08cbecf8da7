import { present } from '../../shared/assert.ts'
import { BatchId, TakeId, type ProjectId, type SceneId, type StoryboardId } from '../../shared/ids.ts'
import type { TakeRequest } from '../../shared/model.ts'
import { listPrice, MODEL_ID } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { plannedTake } from '../../electron/engine/domain/take-machine.ts'
import { openStore } from '../../electron/engine/store/open-store.ts'
import { insertBatch, insertTake } from '../../electron/engine/store/takes.ts'
import { startBench } from './rig.ts'

const TAKES = 5_000
const SCENES = 500

export interface LibraryFigures {
  readonly takes: number
  /** Heap of the engine with the library open and nothing asked, in MB, over the same with an empty library. */
  readonly idleHeapMb: number
  /** The same while a whole project snapshot is held. */
  readonly snapshotHeapMb: number
  readonly snapshotMs: number
}

const heapMb = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 ** 2
}

/** Writes takes straight into the database, as 5,000 finished rehearsals would have left them. */
function fill(library: string, projectId: ProjectId, storyboardId: StoryboardId, sceneIds: readonly SceneId[]): void {
  const store = openStore(library)
  const batchId = BatchId.parse('bench')
  const request: TakeRequest = {
    model: MODEL_ID,
    prompt: 'Mara ([Image 1]) leads Juniper through the mist, slow push in, soft dawn light.',
    references: [],
    resolution: '720p',
    aspectRatio: '16:9',
    duration: 5,
    seed: 1,
  }
  store.write((db) => {
    insertBatch(db, { id: batchId, projectId, storyboardId, provider: 'rehearsal', createdAt: 0, takes: TAKES })
    for (let n = 0; n < TAKES; n++) {
      const sceneId = present(sceneIds[n % SCENES], 'the remainder is in range')
      insertTake(db, {
        id: TakeId.parse(`take-${n}`),
        sceneId,
        storyboardId,
        projectId,
        batchId,
        number: Math.floor(n / SCENES) + 1,
        provider: 'rehearsal',
        request: { ...request, seed: n + 1 },
        price: ZERO_USD,
        livePrice: listPrice('720p', 5),
        createdAt: n,
        state: { ...plannedTake(ZERO_USD), phase: 'ready', finishedAt: n },
      })
    }
  })
  store.close()
}

/** What 5,000 takes in the library cost in memory. Run with --expose-gc. */
export async function measureLibrary(): Promise<LibraryFigures> {
  const rig = await startBench({ concurrency: 1, scale: 1 })
  try {
    const seeds = Array.from({ length: SCENES }, (_, index) => index + 1)
    const { projectId, storyboardId, sceneIds } = await rig.board(seeds, 5)
    await rig.between(() => {})
    const before = heapMb()
    await rig.between(() => fill(rig.library, projectId, storyboardId, sceneIds))
    const idle = heapMb()
    const begun = performance.now()
    const snapshot = await rig.engine.call('project.get', { projectId })
    const snapshotMs = performance.now() - begun
    const held = heapMb()
    if (snapshot.takes.length !== TAKES) throw new Error(`Expected ${TAKES} takes, found ${snapshot.takes.length}`)
    return { takes: TAKES, idleHeapMb: idle - before, snapshotHeapMb: held - before, snapshotMs }
  } finally {
    await rig.close()
  }
}
