import type { ScenePatch } from '../../../shared/calls/boards.ts'
import type { FitPlan } from '../../../shared/fit-plan.ts'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd, subtractUsd } from '../../../shared/money.ts'
import { plural } from '../../state/selectors.ts'

export type FitRow = FitPlan['rows'][number]

const KEPT: ReadonlySet<FitRow['action']> = new Set(['as-is', 'lower-resolution', 'shorter'])

/** True of a scene the plan makes. */
export const isKept = (row: FitRow): boolean => KEPT.has(row.action)

export const keptIds = (plan: FitPlan): readonly SceneId[] => plan.rows.filter(isKept).map(({ sceneId }) => sceneId)

/** The edits that bring the scenes to the plan; those that are so already have none. */
export function editsOf(
  plan: FitPlan,
  scenes: ReadonlyMap<SceneId, Scene>,
): { readonly sceneId: SceneId; readonly patch: ScenePatch }[] {
  return plan.rows.filter(isKept).flatMap(({ sceneId, resolution, duration }) => {
    const scene = scenes.get(sceneId)
    if (!scene) return []
    const patch: ScenePatch = {
      ...(resolution !== scene.resolution && { resolution }),
      ...(duration !== scene.duration && { duration }),
    }
    return Object.keys(patch).length > 0 ? [{ sceneId, patch }] : []
  })
}

/** What becomes of a scene, in a word or two. */
export const ACTION_WORDS: Readonly<Record<FitRow['action'], string>> = {
  'as-is': 'As it stands',
  'lower-resolution': 'Lower resolution',
  shorter: 'Shorter',
  'leave-out': 'Left out',
  done: 'Made already',
  cannot: 'Cannot be sent',
}

/** `10 of 12 scenes, $9.26 of $10.00`. */
export function planText(plan: FitPlan): string {
  const kept = keptIds(plan).length
  const wanted = plan.rows.filter(({ action }) => action !== 'done').length
  return `${kept} of ${plural(wanted, 'scene')}, ${formatUsd(plan.total)} of ${formatUsd(plan.amount)}`
}

/** What the plan saves against the board as it stands, and what it leaves of the amount. */
export const sparedText = (plan: FitPlan): string =>
  `${formatUsd(plan.before)} as it stands, ${formatUsd(subtractUsd(plan.amount, plan.total))} left over`

/** What changes in a scene: `6 s`, or `6 → 4 s`. */
export const changeText = (before: number | string, after: number | string, unit = ''): string =>
  before === after ? `${after}${unit}` : `${before} → ${after}${unit}`
