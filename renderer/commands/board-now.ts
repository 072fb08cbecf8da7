import type { Scene, Storyboard } from '../../shared/model.ts'
import type { ProjectView } from '../state/apply-event.ts'
import { currentView } from '../state/projection.ts'
import { openScenes, type Section, sectionsOf } from '../state/sections.ts'
import { activeStoryboard, scenesOf, shownScenes } from '../state/selectors.ts'
import { type UiState, useUi } from '../state/ui-store.ts'

/** The board as it stands: what every action on scenes starts from. */
export interface BoardNow {
  readonly view: ProjectView
  readonly storyboard: Storyboard
  /** All scenes in board order. */
  readonly scenes: readonly Scene[]
  /** Those the filter and the search leave. */
  readonly shown: readonly Scene[]
  readonly sections: readonly Section[]
  /** Those shown whose section is not folded. */
  readonly open: readonly Scene[]
  /** The chosen ones, in board order. */
  readonly selected: readonly Scene[]
}

function readBoard(view: ProjectView, ui: UiState): BoardNow | null {
  const storyboard = activeStoryboard(view, ui.storyboardId)
  if (!storyboard) return null
  const scenes = scenesOf(view, storyboard.id)
  const shown = shownScenes(view, scenes, ui.filter, ui.search)
  // What is looked for shows, wherever it is.
  const sections = sectionsOf(scenes, shown, ui.search === '' ? ui.folded : new Set())
  return {
    view,
    storyboard,
    scenes,
    shown,
    sections,
    open: openScenes(sections),
    selected: scenes.filter((scene) => ui.selected.has(scene.id)),
  }
}

let known: { readonly view: ProjectView; readonly ui: UiState; readonly board: BoardNow | null } | null = null

/** Null while no board is open. */
export function boardNow(): BoardNow | null {
  const view = currentView()
  const ui = useUi.getState()
  if (!view) return null
  if (known?.view !== view || known.ui !== ui) known = { view, ui, board: readBoard(view, ui) }
  return known.board
}
