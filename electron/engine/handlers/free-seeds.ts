import type { StoryboardId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import type { SeedPolicy } from '../../../shared/model.ts'
import type { Emit } from '../outbox.ts'
import { findStoryboard, listScenes, putScene, putStoryboard } from '../store/boards.ts'
import type { WriteDb } from '../store/open-store.ts'

const RANDOM: SeedPolicy = { kind: 'random' }

/** Makes random what takes its seed from a scene that is gone. Call after scenes were removed. */
export function freeSeeds(db: WriteDb, emit: Emit, id: StoryboardId): void {
  const scenes = listScenes(db, id)
  const known = new Set(scenes.map((scene) => scene.id))
  const isLost = (seed: SeedPolicy) => seed.kind === 'scene' && !known.has(seed.sceneId)
  for (const scene of scenes) {
    if (!isLost(scene.seed)) continue
    const freed = { ...scene, seed: RANDOM }
    putScene(db, freed)
    emit('scene.put', freed)
  }
  const board = present(findStoryboard(db, id), 'its scenes were removed')
  if (!isLost(board.defaults.seed)) return
  const freed = { ...board, defaults: { ...board.defaults, seed: RANDOM } }
  putStoryboard(db, freed)
  emit('storyboard.put', freed)
}
