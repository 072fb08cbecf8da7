import type { Scene, Take } from '../../shared/model.ts'
import type { ProjectView } from '../state/apply-event.ts'
import { currentView } from '../state/projection.ts'
import { type Review, useReview } from '../state/review.ts'
import { activeStoryboard, scenesOf, stateOf, takesOf } from '../state/selectors.ts'
import { type UiState, useUi } from '../state/ui-store.ts'

/** What is in sight in the review room. */
export interface ReviewNow {
  readonly view: ProjectView
  /** Scenes of the storyboard, in order. */
  readonly scenes: readonly Scene[]
  /** That of take A, or the one that was opened while it has no take to show. */
  readonly scene: Scene
  /** A to D. */
  readonly takes: readonly Take[]
}

/** A take that had its clip stays in sight while that is downloaded again. */
const ready = (take: Take | undefined): take is Take =>
  take?.phase === 'ready' || (take?.phase === 'downloading' && take.clip !== null)

/** The takes of a scene that can be looked at, in order of their number. */
export const playableTakes = (view: ProjectView, scene: Scene): readonly Take[] => takesOf(view, scene.id).filter(ready)

/** Takes that were chosen and are still there; else the one that stands for the scene. Null without scenes. */
export function readReview(
  view: ProjectView | null,
  ui: Pick<UiState, 'storyboardId' | 'selected'>,
  { sceneId, takeIds }: Pick<Review, 'sceneId' | 'takeIds'>,
): ReviewNow | null {
  const chosen = view ? takeIds.map((id) => view.takes.get(id)).filter(ready) : []
  const first = chosen[0] && view?.scenes.get(chosen[0].sceneId)
  const opened = first ?? (sceneId === null ? undefined : view?.scenes.get(sceneId))
  const storyboard = view && activeStoryboard(view, opened?.storyboardId ?? ui.storyboardId)
  if (!view || !storyboard) return null
  const scenes = scenesOf(view, storyboard.id)
  const scene =
    opened ??
    scenes.find(({ id }) => ui.selected.has(id)) ??
    scenes.find((each) => stateOf(view, each).poster !== null) ??
    scenes[0]
  if (!scene) return null
  const own = stateOf(view, scene).poster
  return { view, scenes, scene, takes: first ? chosen : own ? [own] : [] }
}

export const reviewNow = (): ReviewNow | null => readReview(currentView(), useUi.getState(), useReview.getState())
