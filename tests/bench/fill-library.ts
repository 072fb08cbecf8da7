import { present } from '../../shared/assert.ts'
import { BatchId, type ProjectId, type SceneId, type StoryboardId, TakeId } from '../../shared/ids.ts'
import type { TakeRequest } from '../../shared/model.ts'
import { listPrice, MODEL_ID } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { plannedTake } from '../../electron/engine/domain/take-machine.ts'
import { openStore } from '../../electron/engine/store/open-store.ts'
import { insertBatch, insertTake } from '../../electron/engine/store/takes.ts'

const REQUEST: TakeRequest = {
  model: MODEL_ID,
  prompt: 'Mara ([Image 1]) leads Juniper through the mist, slow push in, soft dawn light.',
  references: [],
  resolution: '720p',
  aspectRatio: '16:9',
  duration: 5,
  seed: 1,
}

/** Writes takes straight into a closed library, spread over the scenes, as that many finished rehearsals would have left them. */
export function fillLibrary(
  library: string,
  board: { projectId: ProjectId; storyboardId: StoryboardId; sceneIds: readonly SceneId[] },
  takes: number,
): void {
  const { projectId, storyboardId, sceneIds } = board
  const store = openStore(library)
  const batchId = BatchId.parse('bench')
  store.write((db) => {
    insertBatch(db, { id: batchId, projectId, storyboardId, provider: 'rehearsal', createdAt: 0, takes })
    for (let n = 0; n < takes; n++) {
      insertTake(db, {
        id: TakeId.parse(`take-${n}`),
        sceneId: present(sceneIds[n % sceneIds.length], 'the remainder is in range'),
        storyboardId,
        projectId,
        batchId,
        number: Math.floor(n / sceneIds.length) + 1,
        provider: 'rehearsal',
        request: { ...REQUEST, seed: n + 1 },
        price: ZERO_USD,
        livePrice: listPrice('720p', 5),
        createdAt: n,
        state: { ...plannedTake(ZERO_USD), phase: 'ready', finishedAt: n },
      })
    }
  })
  store.close()
}
