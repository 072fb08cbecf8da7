import type { BatchId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { attempt, call } from '../../state/requests.ts'
import { selectOnly } from '../../state/selection.ts'
import { chooseStoryboard, openPreflight, showView, useUi } from '../../state/ui-store.ts'

/** Takes of a batch that can be made again. */
export const takesOfBatch = (view: ProjectView, batchId: BatchId): readonly TakeId[] =>
  [...view.takes.values()].filter((take) => take.batchId === batchId).map(({ id }) => id)

/** Opens the pre-flight for takes made again from their frozen requests: prices first, nothing is sent. */
export function repeatTakes(storyboardId: StoryboardId, takeIds: readonly TakeId[]): void {
  useUi.setState({ storyboardId })
  openPreflight({ kind: 'takes', takeIds, seeds: 'same' })
}

/** Shows the scene of a take on its board. */
export const showOnBoard = (take: Take): void =>
  useUi.setState({ view: 'board', storyboardId: take.storyboardId, filter: 'all', ...selectOnly(take.sceneId) })

/** Puts the board of a batch beside the others and shows it. @returns whether it was done */
export async function restoreBoard(batchId: BatchId, title: string): Promise<boolean> {
  const made = await attempt(() => call('history.restore', { batchId }))
  if (made === null) return false
  chooseStoryboard(made.storyboardId)
  showView('board')
  toastWithUndo('Restored as a new storyboard', `“${title}” as it was. The present one is unchanged.`)
  return true
}
