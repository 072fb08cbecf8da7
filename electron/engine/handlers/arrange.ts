import { TakeboardError } from '../../../shared/errors.ts'
import type { SceneId } from '../../../shared/ids.ts'
import { isOpen, type Scene, type Storyboard } from '../../../shared/model.ts'
import type { Emit } from '../outbox.ts'
import { freeNumbers, isNumberTaken, putScene, removeScene, retireScene } from '../store/boards.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { listSceneTakes } from '../store/takes.ts'
import { freeSeeds } from './free-seeds.ts'
import { refreshStale } from './stale.ts'

/** What a take is made from. */
const SENT = ['prompt', 'resolution', 'aspectRatio', 'duration', 'seed', 'references'] as const

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/**
 * Writes changed scenes of one storyboard, tells of those that differ, and refreshes what depends on them.
 * Code: conflict for a label that another scene has.
 */
export function writeScenes(
  db: WriteDb,
  emit: Emit,
  board: Storyboard['id'],
  before: ReadonlyMap<SceneId, Scene>,
  scenes: readonly Scene[],
): void {
  const changed = scenes.filter((scene) => !isSame(before.get(scene.id), scene))
  const relabelled = changed.filter((scene) => {
    const old = before.get(scene.id)
    return old !== undefined && old.number !== scene.number
  })
  freeNumbers(
    db,
    relabelled.map(({ id }) => id),
  )
  for (const scene of changed) {
    if (before.get(scene.id)?.number !== scene.number && isNumberTaken(db, scene))
      throw new TakeboardError('conflict', `Scene number ${scene.number} is taken. Choose another label.`)
    putScene(db, scene)
    emit('scene.put', scene)
  }
  const resent = changed.filter((scene) => {
    const old = before.get(scene.id)
    return old !== undefined && SENT.some((field) => !isSame(old[field], scene[field]))
  })
  refreshStale(
    db,
    emit,
    board,
    resent.map(({ id }) => id),
  )
}

/** Refuses to take scenes off the board whose takes or money are under way. Code: conflict. */
function mayLeave(db: ReadDb, scene: Scene): boolean {
  const takes = listSceneTakes(db, scene.id)
  if (takes.some(({ take }) => isOpen(take.phase)))
    throw new TakeboardError(
      'conflict',
      `A take of scene ${scene.number} is still under way. Remove the scene when it is done, or cancel the take first.`,
    )
  if (takes.some(({ state }) => state.refundDueAt !== null))
    throw new TakeboardError(
      'conflict',
      `A take of scene ${scene.number} waits for its refund, so its scene stays until the money is settled.`,
    )
  return takes.length === 0
}

/**
 * Makes the board what `after` says: places dense from 0, labels 1, 2, 3 where the storyboard renumbers, scenes that are
 * missing removed (kept for their takes where they have any). Only what differs is written and told.
 * @param before every scene of the board, as stored
 * @param after in the new order; places need not be right
 * @returns the scenes of `after` as they are now. Code: conflict.
 */
export function arrange(
  db: WriteDb,
  emit: Emit,
  board: Storyboard,
  before: readonly Scene[],
  after: readonly Scene[],
): Scene[] {
  const staying = new Set(after.map(({ id }) => id))
  const leaving = before.filter(({ id }) => !staying.has(id))
  for (const scene of leaving) {
    if (mayLeave(db, scene)) removeScene(db, scene.id)
    else retireScene(db, scene.id)
    emit('scene.removed', { storyboardId: board.id, sceneId: scene.id })
  }
  const placed = after.map((scene, position): Scene => {
    const number = board.numbering === 'renumber' ? String(position + 1) : scene.number
    return scene.position === position && scene.number === number ? scene : { ...scene, position, number }
  })
  writeScenes(db, emit, board.id, new Map(before.map((scene) => [scene.id, scene])), placed)
  if (leaving.length > 0) freeSeeds(db, emit, board.id)
  return placed
}
