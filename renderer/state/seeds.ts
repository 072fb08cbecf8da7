import type { SceneId } from '../../shared/ids.ts'
import type { Scene, SeedPolicy } from '../../shared/model.ts'
import { SEED } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { walkedSeed } from '../../shared/seed-walk.ts'
import type { ProjectView } from './apply-event.ts'

export type SeedInput = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string }

/** The range as a sentence, for a wrong value. */
export const SEED_RANGE_TEXT = `Whole number from ${SEED.min} to ${SEED.max}.`

/** Reads what was typed as a seed. */
export function parseSeed(text: string): SeedInput {
  const trimmed = text.trim()
  const value = /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : Number.NaN
  return value >= SEED.min && value <= SEED.max ? { ok: true, value } : { ok: false, message: SEED_RANGE_TEXT }
}

/** A seed by chance. @param random bits of 32-bit width; the browser's own by default */
export function rollSeed(random: () => number = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1): number {
  return (random() % SEED.max) + SEED.min
}

/** The seed a scene's pick was made with, else its latest take that has one. */
export function madeSeed(view: ProjectView, scene: Scene): number | null {
  const takes = view.takesByScene.get(scene.id) ?? []
  const pick = takes.find((take) => take.id === scene.pickTakeId)
  return (pick ?? takes.findLast((take) => take.phase !== 'cancelled'))?.request.seed ?? null
}

export interface SeedLabel {
  readonly kind: 'locked' | 'drawn' | 'random' | 'walk' | 'scene'
  readonly text: string
}

/** How a scene's seed reads on a chip. A random one shows the number its last take got. */
export function seedLabel(view: ProjectView, scene: Scene): SeedLabel {
  const { seed } = scene
  switch (seed.kind) {
    case 'locked':
      return { kind: 'locked', text: String(seed.value) }
    case 'walk':
      return { kind: 'walk', text: String(walkedSeed(seed, view.takesByScene.get(scene.id)?.length ?? 0)) }
    case 'scene': {
      const source = view.scenes.get(seed.sceneId)
      return { kind: 'scene', text: source ? `As scene ${source.number}` : 'Scene is gone' }
    }
    case 'random': {
      const made = madeSeed(view, scene)
      return made === null ? { kind: 'random', text: 'Random' } : { kind: 'drawn', text: String(made) }
    }
  }
}

/** The number a policy stands for now, as far as that is known before a batch. */
export function seedValue(view: ProjectView, policy: SeedPolicy): number | null {
  if (policy.kind === 'locked') return policy.value
  if (policy.kind === 'random' || policy.kind === 'walk') return null
  const source = view.scenes.get(policy.sceneId)
  return source ? madeSeed(view, source) : null
}

/** `01, 02 and 03`. */
export function listText(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

/** The other scenes of the storyboard locked to the same seed, in board order. */
export function scenesSharingSeed(scenes: readonly Scene[], sceneId: SceneId): readonly Scene[] {
  const own = scenes.find((scene) => scene.id === sceneId)?.seed
  if (own?.kind !== 'locked') return []
  return scenes.filter(
    (scene) => scene.id !== sceneId && scene.seed.kind === 'locked' && scene.seed.value === own.value,
  )
}
