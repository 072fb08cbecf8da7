import type { SceneId, StoryboardId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import type { Cast, Scene } from '../../../shared/model.ts'
import { composeRequest, type Composed } from '../domain/compose-request.ts'
import { staleFields } from '../domain/staleness.ts'
import type { Emit } from '../outbox.ts'
import { findBoardScene, findStoryboard, listScenes, listStoryboards } from '../store/boards.ts'
import { findCast } from '../store/casts.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { readSettings } from '../store/records.ts'
import { findTake, listBoardTakes, listSceneTakes, writeStale } from '../store/takes.ts'

/** Composes scenes of one storyboard as they would be sent now. */
export function boardComposer(db: ReadDb, id: StoryboardId): (scene: Scene) => Composed {
  const board = present(findStoryboard(db, id), 'the scene belongs to it')
  const cast = present(findCast(db, board.castId), 'every storyboard has a cast')
  const { imagePlaceholder } = readSettings(db)
  return (scene) => composeRequest({ scene, cast, style: board.style, placeholder: imagePlaceholder })
}

/**
 * Marks takes with what changed since they were made. Call after every edit.
 * @param only the scenes that changed; null for all of the storyboard, when its style or cast did
 */
export function refreshStale(
  db: WriteDb,
  emit: Emit,
  board: StoryboardId,
  only: readonly SceneId[] | null = null,
): void {
  if (only?.length === 0) return
  const compose = boardComposer(db, board)
  const scenes = only === null ? listScenes(db, board) : only.flatMap((id) => findBoardScene(db, id) ?? [])
  const composed = new Map(scenes.map((scene) => [scene.id, { scene, now: compose(scene) }]))
  const takes = only === null ? listBoardTakes(db, board) : only.flatMap((id) => listSceneTakes(db, id))
  for (const { take } of takes) {
    const current = composed.get(take.sceneId)
    // Nothing is compared with the takes of a removed scene.
    if (current === undefined) continue
    const { scene, now } = current
    const fields = now.ok ? staleFields(take.request, now.request, scene.seed) : (['prompt'] as const)
    if (fields.join() === take.stale.join()) continue
    writeStale(db, take.id, fields)
    emit('take.put', present(findTake(db, take.id), 'it was just written').take)
  }
}

/** The same for every storyboard that uses a cast. */
export function refreshCast(db: WriteDb, emit: Emit, cast: Pick<Cast, 'id' | 'projectId'>): void {
  for (const board of listStoryboards(db, cast.projectId))
    if (board.castId === cast.id) refreshStale(db, emit, board.id)
}
