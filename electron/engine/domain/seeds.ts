import type { SceneId } from '../../../shared/ids.ts'
import type { SeedPolicy } from '../../../shared/model.ts'
import type { BatchSeeds } from '../../../shared/preview.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'

/** What the seed of a scene depends on. */
export interface SeedScene {
  readonly id: SceneId
  readonly number: string
  readonly policy: SeedPolicy
  /** Of the pick, else of the latest take; null before the first take. */
  readonly madeSeed: number | null
  /** Of the pick alone. */
  readonly pickSeed: number | null
  /** Takes the scene has had so far, whatever became of them: how far a walk has come. */
  readonly made: number
}

export type ResolvedSeed =
  | { readonly kind: 'value'; readonly value: number }
  /** One more step for every take of the row. */
  | { readonly kind: 'walk'; readonly start: number; readonly step: number; readonly made: number }
  /** Drawn when the batch starts. */
  | { readonly kind: 'draw' }
  /** The seed drawn in this batch for another of its scenes. */
  | { readonly kind: 'with'; readonly sceneId: SceneId }
  | { readonly kind: 'problem'; readonly message: string }

function fromPolicy(
  scene: SeedScene,
  scenes: ReadonlyMap<SceneId, SeedScene>,
  inBatch: ReadonlySet<SceneId>,
): ResolvedSeed {
  const seen = new Set<SceneId>()
  let current = scene
  for (;;) {
    const { policy } = current
    if (policy.kind === 'locked') return { kind: 'value', value: policy.value }
    if (policy.kind === 'walk') {
      const { start, step } = policy
      if (current === scene) return { kind: 'walk', start, step, made: scene.made }
      return { kind: 'value', value: walkedSeed(policy, current.made) }
    }
    if (policy.kind === 'random') {
      return current === scene ? { kind: 'draw' } : { kind: 'with', sceneId: current.id }
    }
    seen.add(current.id)
    const source = scenes.get(policy.sceneId)
    if (!source)
      return { kind: 'problem', message: `Scene ${current.number} takes its seed from a scene that is gone.` }
    if (source.madeSeed !== null) return { kind: 'value', value: source.madeSeed }
    if (seen.has(source.id))
      return { kind: 'problem', message: `Scene ${scene.number} takes its seed from itself in a circle.` }
    if (source.policy.kind === 'random' && !inBatch.has(source.id)) {
      return { kind: 'problem', message: `Scene ${source.number} has no take to lend scene ${scene.number} its seed.` }
    }
    current = source
  }
}

/** Decides where each scene of a batch gets its seed, without drawing anything. */
export function resolveSeed(
  scene: SeedScene,
  choice: BatchSeeds,
  scenes: ReadonlyMap<SceneId, SeedScene>,
  inBatch: ReadonlySet<SceneId>,
): ResolvedSeed {
  switch (choice.kind) {
    case 'one':
      return { kind: 'value', value: choice.value }
    case 'random':
      return { kind: 'draw' }
    case 'pick':
      if (scene.pickSeed !== null) return { kind: 'value', value: scene.pickSeed }
      return fromPolicy(scene, scenes, inBatch)
    case 'keep':
      return fromPolicy(scene, scenes, inBatch)
  }
}
