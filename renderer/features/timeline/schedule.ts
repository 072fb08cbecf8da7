import { type FrameRate, framesIn } from '../../../shared/frame-rate.ts'
import type { Scene, Take } from '../../../shared/model.ts'
import type { Schedule, Slot } from '../../media/sequence-slots.ts'
import type { Source } from '../../state/animatic.ts'

/** A scene in time. */
export interface SceneSlot extends Slot {
  readonly scene: Scene
}
export type SceneSchedule = Schedule<SceneSlot>

/**
 * The take that stands for a scene. `picks`: the pick, else the newest paid take, else the newest rehearsal, as on its
 * card. `latest`: the newest take. Rejected ones are passed over where there is another.
 * @param takes of the scene, in order of their number
 * @param poster the take on the card of the scene
 */
export function takeFor(source: Source, takes: readonly Take[], poster: Take | null): Take | null {
  if (source === 'picks') return poster
  const fits = (take: Take) => take.phase === 'ready' && (source === 'latest' || take.provider === 'rehearsal')
  return takes.findLast((take) => fits(take) && !take.rejected) ?? takes.findLast(fits) ?? null
}

/** Puts scenes one after the other, each as long as it is meant to be, in whole frames. */
export function scheduleOf(
  scenes: readonly Scene[],
  takeOf: (scene: Scene) => Take | null,
  rate: FrameRate,
): SceneSchedule {
  let start = 0
  const slots = scenes.map((scene, index): SceneSlot => {
    const take = takeOf(scene)
    const frames = Math.max(1, framesIn(scene.duration, rate))
    const slot = { index, scene, take, key: `${scene.id} ${take?.id ?? 'sketch'}`, start, frames }
    start += frames
    return slot
  })
  return { rate, slots, frames: start }
}
