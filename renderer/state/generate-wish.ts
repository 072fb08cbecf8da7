import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'

/** Which resolution a batch is made at; `scenes` leaves each scene, or each take made again, its own. */
export const PASSES = ['720p', '1080p', 'scenes'] as const
export type Pass = (typeof PASSES)[number]

/** A scene under a seed; null draws one. */
export interface WishedCell {
  readonly sceneId: SceneId
  readonly seed: number | null
}

/** What the pre-flight is opened for. What is set there can still be changed before anything is sent. */
export type GenerateWish =
  /** Scenes as they stand; null for all of the storyboard. A draft pass leaves out those that have such a draft. */
  | { readonly kind: 'scenes'; readonly sceneIds: readonly SceneId[] | null; readonly draft?: boolean }
  /** Cells of the seed matrix. */
  | {
      readonly kind: 'cells'
      readonly cells: readonly WishedCell[]
      readonly resolution?: Resolution | null
      readonly duration?: number | null
    }
  /** Takes made again from their frozen requests. */
  | {
      readonly kind: 'takes'
      readonly takeIds: readonly TakeId[]
      readonly seeds?: 'same' | 'new'
      readonly resolution?: Resolution | null
    }
  /** The picks of the storyboard once more at the highest resolution. */
  | { readonly kind: 'final' }
  /** Scenes of the storyboard whose takes were rejected and that have no pick. */
  | { readonly kind: 'rerun' }
