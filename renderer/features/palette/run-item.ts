import type { SceneId, StoryboardId } from '../../../shared/ids.ts'
import { openProject } from '../../state/session.ts'
import { chooseStoryboard, playTake, showView, useUi } from '../../state/ui-store.ts'
import type { ItemAction } from './items.ts'

function chooseScenes(storyboardId: StoryboardId, sceneIds: readonly SceneId[]): void {
  chooseStoryboard(storyboardId)
  showView('board')
  const first = sceneIds[0] ?? null
  useUi.setState({ selected: new Set(sceneIds), cursor: first, anchor: first })
}

/** Does what an entry says. Its condition was asked when it was listed, while the focus was still where it belongs. */
export function runItem(action: ItemAction): void {
  switch (action.kind) {
    case 'command':
      action.command.run()
      break
    case 'scenes':
      chooseScenes(action.storyboardId, action.sceneIds)
      break
    case 'cast':
      showView('cast')
      break
    case 'storyboard':
      chooseStoryboard(action.storyboardId)
      showView('board')
      break
    case 'project':
      void openProject(action.projectId)
      break
    case 'take':
      playTake(action.takeId)
      break
  }
}
