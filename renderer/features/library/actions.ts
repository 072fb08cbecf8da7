import type { LibraryTake } from '../../../shared/contract.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { Judgement, Take } from '../../../shared/model.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { openProject } from '../../state/session.ts'
import { chooseStoryboard, playTake, showView, useUi } from '../../state/ui-store.ts'
import { showToast } from '../../ui/toast.tsx'
import { lookAgain } from './search.ts'

async function openProjectOf(take: Take): Promise<void> {
  if (useProjection.getState().view?.project.id !== take.projectId) await openProject(take.projectId)
}

/** Shows a take large. */
export async function openTake({ take }: LibraryTake): Promise<void> {
  if (take.clipGone) return
  await openProjectOf(take)
  playTake(take.id)
}

/** Shows the scene of a take on its board. */
export async function showOnBoard({ take }: LibraryTake): Promise<void> {
  await openProjectOf(take)
  chooseStoryboard(take.storyboardId)
  const here = useProjection.getState().view?.scenes.has(take.sceneId) ?? false
  if (here) useUi.setState({ selected: new Set([take.sceneId]), cursor: take.sceneId, anchor: take.sceneId })
  else showToast({ kind: 'info', title: 'The scene of this take was removed from its board' })
  showView('board')
}

/** Judges takes alike: one step of undo in each project. */
export async function judgeAll(takes: readonly Take[], patch: Partial<Judgement>): Promise<void> {
  const projects = Map.groupBy(takes, ({ projectId }) => projectId)
  for (const those of projects.values()) {
    const takeIds = those.map(({ id }) => id)
    if ((await attempt(() => call('take.judge', { takeIds, patch }))) === null) break
  }
  lookAgain()
}

/** Fetches clips from the service again. */
export async function downloadAgain(takeIds: readonly TakeId[]): Promise<void> {
  let asked = 0
  for (const takeId of takeIds) {
    if ((await attempt(() => call('take.download', { takeId }))) === null) break
    asked += 1
  }
  if (asked > 0)
    showToast({ kind: 'info', title: `Downloading ${plural(asked, 'clip')} again`, text: 'A download costs nothing.' })
  lookAgain()
}
