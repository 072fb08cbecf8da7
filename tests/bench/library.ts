import { fillLibrary } from './fill-library.ts'
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

/** What 5,000 takes in the library cost in memory. Run with --expose-gc. */
export async function measureLibrary(): Promise<LibraryFigures> {
  const rig = await startBench({ concurrency: 1, scale: 1 })
  try {
    const seeds = Array.from({ length: SCENES }, (_, index) => index + 1)
    const { projectId, storyboardId, sceneIds } = await rig.board(seeds, 5)
    await rig.between(() => {})
    const before = heapMb()
    await rig.between(() => fillLibrary(rig.library, { projectId, storyboardId, sceneIds }, TAKES))
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
