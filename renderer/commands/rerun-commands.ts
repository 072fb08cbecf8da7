import type { Scene } from '../../shared/model.ts'
import { obstacleNow } from '../state/obstacle.ts'
import { meantScenes, rejectedScenes } from '../state/rerun.ts'
import { plural, totalPrice } from '../state/selectors.ts'
import { openPreflight, useUi } from '../state/ui-store.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'

/** The scenes that wait for another try and have nothing that speaks against one. */
function waiting(): readonly Scene[] {
  const board = boardNow()
  return board ? meantScenes(board.view, board.scenes) : []
}

function reason(): string | null {
  const board = boardNow()
  if (!board) return 'Open a project first'
  return rejectedScenes(board.view, board.scenes).length === 0 ? 'Reject takes of a scene first' : obstacleNow()
}

/** Opens the pre-flight of everything that was rejected. */
export const openRerun = (): void => openPreflight({ kind: 'rerun' })

/** Another try of what was rejected. */
export const rerunCommands = (): readonly Command[] => [
  {
    id: 'generate.rerun',
    title: 'Re-run rejected scenes',
    label() {
      const { length } = waiting()
      return length === 0 ? 'Re-run rejected scenes' : `Re-run ${plural(length, 'rejected scene')}`
    },
    words: 'again retry redo reject generate notes',
    group: 'Everywhere',
    price() {
      const rehearsing = boardNow()?.view.project.provider === 'rehearsal'
      return rehearsing ? null : totalPrice(waiting())
    },
    when: () => reason() === null && useUi.getState().generate === null,
    reason,
    run: openRerun,
  },
]
