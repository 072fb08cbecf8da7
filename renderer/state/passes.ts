import { isOpen, type Scene, type Take } from '../../shared/model.ts'
import { listPrice, type Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { sumUsd, type UsdMicros } from '../../shared/money.ts'
import type { ProjectView } from './apply-event.ts'
import { takesOf } from './selectors.ts'

/** The two passes over a board: everything cheap first, then what was approved as it shall be shown. */
export const DRAFT: Resolution = '720p'
export const FINAL: Resolution = '1080p'

/** Where a scene stands in the final pass. `unseen`: its pick is a rehearsal, so nobody has seen what its seed gives. */
export type FinalState = 'make' | 'unseen' | 'no-pick' | 'under-way' | 'done'

export interface FinalScene {
  readonly scene: Scene
  readonly pick: Take | null
  readonly state: FinalState
  /** The final take, once there is one. */
  readonly final: Take | null
}

/** True of takes that would look the same at the same resolution: everything else that was sent is alike. */
export function sameButResolution(a: Take, b: Take): boolean {
  const [one, two] = [a.request, b.request]
  const images = (take: Take) => take.request.references.map(({ sha256 }) => sha256).join()
  return (
    one.seed === two.seed &&
    one.prompt === two.prompt &&
    one.model === two.model &&
    one.aspectRatio === two.aspectRatio &&
    one.duration === two.duration &&
    images(a) === images(b)
  )
}

const alive = (take: Take) => (take.phase === 'ready' && !take.rejected) || isOpen(take.phase)

function finalOf(view: ProjectView, scene: Scene): FinalScene {
  const takes = takesOf(view, scene.id)
  const { provider } = view.project
  const pick = takes.find((take) => take.id === scene.pickTakeId) ?? null
  if (!pick) return { scene, pick, state: 'no-pick', final: null }
  const counts = (take: Take) => take.provider === provider && take.request.resolution === FINAL && alive(take)
  const final = counts(pick) ? pick : (takes.findLast((take) => counts(take) && sameButResolution(take, pick)) ?? null)
  if (final) return { scene, pick, state: final.phase === 'ready' ? 'done' : 'under-way', final }
  return { scene, pick, state: pick.provider === provider ? 'make' : 'unseen', final: null }
}

/** What a final pass would do with each scene: its pick once more, with the same seed, references and prompt. */
export const finalPass = (view: ProjectView, scenes: readonly Scene[]): readonly FinalScene[] =>
  scenes.map((scene) => finalOf(view, scene))

/** The scenes a draft pass still has to make: those without a draft that is as the scene would be sent. */
export function draftPass(view: ProjectView, scenes: readonly Scene[]): readonly Scene[] {
  const { provider } = view.project
  // The seed is what a take is tried again with, and the pass has its own resolution.
  const current = (take: Take) => take.stale.every((field) => field === 'seed' || field === 'resolution')
  const isDraft = (take: Take) =>
    take.provider === provider &&
    (take.phase === 'ready' || isOpen(take.phase)) &&
    take.request.resolution === DRAFT &&
    current(take)
  return scenes.filter((scene) => !takesOf(view, scene.id).some(isDraft))
}

/** One take of each scene at a resolution, by the price table. */
export const passPrice = (scenes: readonly Pick<Scene, 'duration'>[], resolution: Resolution): UsdMicros =>
  sumUsd(scenes.map(({ duration }) => listPrice(resolution, duration)))

/** The picks that a final pass makes once more, and what that costs by the price table. */
export function finalCost(
  view: ProjectView,
  scenes: readonly Scene[],
): { readonly scenes: number; readonly price: UsdMicros } {
  const made = finalPass(view, scenes).flatMap(({ state, pick }) => (state === 'make' && pick ? [pick.request] : []))
  return { scenes: made.length, price: passPrice(made, FINAL) }
}
