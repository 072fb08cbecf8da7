import type { CastId, ReferenceId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import type { Cast, Scene, SeedPolicy, Storyboard } from '../../../shared/model.ts'

/** A storyboard with everything its takes are made from. */
export interface WholeBoard {
  readonly storyboard: Storyboard
  /** In board order. */
  readonly scenes: readonly Scene[]
  readonly cast: Cast
}

/** Ids for what a copy is made of. */
export interface NewIds {
  readonly storyboard: () => StoryboardId
  readonly scene: () => SceneId
  readonly cast: () => CastId
  readonly reference: () => ReferenceId
}

const LONGEST_TITLE = 200

/** `The Long Pasture, as of 2026-11-22`, by UTC, within the length a title may have. @param at epoch milliseconds */
export function titleAsOf(title: string, at: number): string {
  const ending = `, as of ${new Date(at).toISOString().slice(0, 10)}`
  return title.slice(0, LONGEST_TITLE - ending.length) + ending
}

/** Whether a cast still sends the same images under the same names. */
export const isSameCast = (now: Cast | null, then: Cast): boolean =>
  now !== null && now.projectId === then.projectId && JSON.stringify(now.references) === JSON.stringify(then.references)

/**
 * A board of the past as a new storyboard beside the others: new scenes with the labels and words they had, without the
 * picks, whose takes belong to the scenes of then. Seeds shared between scenes are shared between the new ones.
 * @param keepCast whether the cast of then is the cast of now; else the copy has one of its own
 * @param position of the new storyboard
 */
export function copyOfBoard(
  then: WholeBoard,
  title: string,
  keepCast: boolean,
  position: number,
  ids: NewIds,
): WholeBoard {
  const cast: Cast = keepCast
    ? then.cast
    : {
        ...then.cast,
        id: ids.cast(),
        title,
        references: then.cast.references.map((reference) => ({ ...reference, id: ids.reference() })),
      }
  const referenceOf = new Map(then.cast.references.map(({ id }, index) => [id, cast.references[index]?.id ?? id]))
  const sceneOf = new Map(then.scenes.map(({ id }) => [id, ids.scene()]))
  const storyboardId = ids.storyboard()
  const seedOf = (seed: SeedPolicy): SeedPolicy => {
    if (seed.kind !== 'scene') return seed
    const sceneId = sceneOf.get(seed.sceneId)
    return sceneId === undefined ? { kind: 'random' } : { kind: 'scene', sceneId }
  }
  return {
    cast,
    storyboard: {
      ...then.storyboard,
      id: storyboardId,
      castId: cast.id,
      title,
      defaults: { ...then.storyboard.defaults, seed: seedOf(then.storyboard.defaults.seed) },
      position,
    },
    scenes: then.scenes.map((scene, index) => ({
      ...scene,
      id: sceneOf.get(scene.id) ?? scene.id,
      storyboardId,
      position: index,
      seed: seedOf(scene.seed),
      references: scene.references?.flatMap((id) => referenceOf.get(id) ?? []) ?? null,
      pickTakeId: null,
    })),
  }
}
