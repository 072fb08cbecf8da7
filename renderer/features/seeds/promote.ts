import type { Cast, Scene, Take } from '../../../shared/model.ts'
import { sentReferences } from '../../state/selectors.ts'

/** Scenes a seed may be taken over to. */
export interface Reach {
  readonly key: string
  readonly label: string
  readonly scenes: readonly Scene[]
}

/**
 * Where the seed of a take may be locked: its scene, the scenes of each character that is in it, and what is chosen on
 * the board. Reaches that are no more than the scene itself are left out.
 */
export function reachesOf(
  take: Take,
  scene: Scene,
  scenes: readonly Scene[],
  cast: Cast | null,
  chosen: readonly Scene[],
): readonly Reach[] {
  const names = [...new Set(take.request.references.map(({ name }) => name))]
  const shows = (name: string) => (each: Scene) =>
    sentReferences(each, cast).some((reference) => reference.name === name)
  const characters = names.map((name) => ({
    key: `with ${name}`,
    label: `Every scene with ${name}`,
    scenes: scenes.filter(shows(name)),
  }))
  const more = (reach: Reach) => reach.scenes.some(({ id }) => id !== scene.id)
  return [
    { key: 'scene', label: `Scene ${scene.number} alone`, scenes: [scene] },
    ...characters.filter(more),
    ...[{ key: 'chosen', label: 'The scenes chosen on the board', scenes: chosen }].filter(more),
  ]
}

/** In what a take was made differs from how the scene would be made now; null when in nothing of weight. */
export function settingsDiffer(take: Take, scene: Scene): string | null {
  const { resolution, duration } = take.request
  if (resolution === scene.resolution && duration === scene.duration) return null
  return `It was tried at ${resolution}, ${duration} s; the scene is ${scene.resolution}, ${scene.duration} s. The seed may give something else there.`
}
