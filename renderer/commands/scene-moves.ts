import type { SceneId, StoryboardId } from '../../shared/ids.ts'
import { announce } from '../common/announcer.ts'
import { useProjection } from '../state/projection.ts'
import { beforeAfterMove, beforeForDrop, moveText, orderAfter } from '../state/reorder.ts'
import { attempt, call } from '../state/requests.ts'
import { padNumber } from '../state/selectors.ts'
import { type BoardNow, boardNow } from './board-now.ts'

/** The order that moves under way lead to, so that keys pressed faster than the engine answers add up. */
let coming: { readonly storyboardId: StoryboardId; readonly order: readonly SceneId[] } | null = null
let moving = 0

/** Forgets the coming order once the board shows it, or shows anything newer. */
function arrived(): void {
  moving -= 1
  if (moving > 0 || coming === null) return
  const shown = boardNow()?.scenes.map((scene) => scene.id) ?? []
  if (shown.join() === coming.order.join()) coming = null
  else {
    const off = useProjection.subscribe(() => {
      off()
      if (moving === 0) coming = null
    })
  }
}

function orderOf(board: BoardNow): readonly SceneId[] {
  const shown = board.scenes.map((scene) => scene.id)
  const there = new Set(shown)
  const known =
    coming?.storyboardId === board.storyboard.id &&
    coming.order.length === shown.length &&
    coming.order.every((id) => there.has(id))
  return known && coming ? coming.order : shown
}

/** Asks the engine, and says aloud where the scenes are once it has answered. */
async function finish(
  board: BoardNow,
  next: readonly SceneId[],
  moved: ReadonlySet<SceneId>,
  before: SceneId | null,
): Promise<void> {
  const sceneIds = next.filter((id) => moved.has(id))
  const done = await attempt(() => call('scene.moveMany', { sceneIds, before }))
  if (done === null) coming = null
  else announce(moveText(next, moved, (id) => `Scene ${padNumber(board.view.scenes.get(id)?.number ?? '')}`))
  arrived()
}

function send(board: BoardNow, order: readonly SceneId[], moved: ReadonlySet<SceneId>, before: SceneId | null): void {
  const next = orderAfter(order, moved, before)
  coming = { storyboardId: board.storyboard.id, order: next }
  moving += 1
  void finish(board, next, moved, before)
}

/** Moves scenes some places among those shown. @param by negative is earlier; infinite goes to an end */
export function moveScenes(ids: readonly SceneId[], by: number): void {
  const board = boardNow()
  if (!board) return
  const order = orderOf(board)
  const seen = new Set(board.open.map((scene) => scene.id))
  const moved = new Set(ids)
  const shown = order.filter((id) => seen.has(id) || moved.has(id))
  const before = beforeAfterMove(order, shown, moved, by)
  if (before !== undefined) send(board, order, moved, before)
}

/** Moves scenes beside another one. */
export function dropScenes(ids: readonly SceneId[], target: SceneId, side: 'before' | 'after'): void {
  const board = boardNow()
  if (!board) return
  const order = orderOf(board)
  const moved = new Set(ids)
  const before = beforeForDrop(order, moved, target, side)
  if (before !== undefined) send(board, order, moved, before)
}
