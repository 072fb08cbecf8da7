import type { Runner } from '../../shared/studio-model.ts'
import type { ProjectView } from './apply-event.ts'
import { useProjection } from './projection.ts'

/** Why nothing can be made in a library that is only looked at, as a few words; null when something can. */
export const lookingOnly = (runner: Runner | null | undefined): string | null =>
  runner?.halted?.code === 'library-read-only' ? 'Open for looking only' : null

/** Why the project's takes cannot be made now, as a few words; null when they can. */
export const obstacleTo = (view: ProjectView, runner: Runner | null | undefined): string | null =>
  lookingOnly(runner) ?? (view.project.provider !== 'rehearsal' && view.budget.left === 0 ? 'The cap is reached' : null)

/** `obstacleTo` for a command. */
export function obstacleNow(): string | null {
  const { view, studio } = useProjection.getState()
  return view && obstacleTo(view, studio?.runner)
}

/** `lookingOnly` for a command. */
export const lookingOnlyNow = (): string | null => lookingOnly(useProjection.getState().studio?.runner)
