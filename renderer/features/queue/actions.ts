import type { Take } from '../../../shared/model.ts'
import { selectOnly } from '../../state/selection.ts'
import { useUi } from '../../state/ui-store.ts'

/** Shows the scene of a take on its board. */
export const openOnBoard = (take: Take): void =>
  useUi.setState({ view: 'board', storyboardId: take.storyboardId, filter: 'all', ...selectOnly(take.sceneId) })

/** Opens the pre-flight for the scene of a take: another take is another decision about money. */
export const generateAgain = (take: Take): void =>
  useUi.setState({ storyboardId: take.storyboardId, generate: { kind: 'scenes', sceneIds: [take.sceneId] } })
