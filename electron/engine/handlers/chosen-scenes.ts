import { TakeboardError } from '../../../shared/errors.ts'
import type { SceneId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import type { Scene, Storyboard } from '../../../shared/model.ts'
import { listScenes } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { the } from './context.ts'

/** Scenes an artist chose, with the board they are on. */
export interface Chosen {
  readonly board: Storyboard
  /** All of the board, in order. */
  readonly scenes: readonly Scene[]
  /** Those chosen, in board order, each once. */
  readonly chosen: readonly Scene[]
  readonly ids: ReadonlySet<SceneId>
}

/** Codes: not-found; bad-input for scenes of several storyboards. */
export function chosenScenes(db: ReadDb, sceneIds: readonly SceneId[]): Chosen {
  const first = the.scene(db, present(sceneIds[0], 'the contract asks for one'))
  const board = the.storyboard(db, first.storyboardId)
  const scenes = listScenes(db, board.id)
  const ids = new Set(sceneIds)
  const chosen = scenes.filter(({ id }) => ids.has(id))
  if (chosen.length < ids.size) {
    for (const id of ids) mustBeOf(board, the.scene(db, id))
  }
  return { board, scenes, chosen, ids }
}

/** Code: bad-input for a scene of another storyboard. */
export function mustBeOf(board: Pick<Storyboard, 'id'>, scene: Scene): void {
  if (scene.storyboardId !== board.id)
    throw new TakeboardError('bad-input', 'Choose scenes of one storyboard; several cannot be edited at once.')
}
