import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Scene } from '../../shared/model.ts'
import { sectionAround } from './sections.ts'

/** What can be taken over from one scene to others, as menus call it. */
export const COPY_FIELDS = ['resolution', 'aspectRatio', 'duration', 'seed', 'references', 'prompt'] as const
export type CopyField = (typeof COPY_FIELDS)[number]

export const COPY_WORDS: Readonly<Record<CopyField, string>> = {
  resolution: 'Resolution',
  aspectRatio: 'Aspect',
  duration: 'Duration',
  seed: 'Seed',
  references: 'References',
  prompt: 'Prompt',
}

/** Everything that makes the shot, but not what it is about. */
export const USUAL_FIELDS: readonly CopyField[] = ['resolution', 'aspectRatio', 'duration', 'seed']

function patchFrom(source: Scene, target: Scene, fields: ReadonlySet<CopyField>): ScenePatch {
  const patch = Object.fromEntries(
    COPY_FIELDS.filter(
      (field) => fields.has(field) && JSON.stringify(source[field]) !== JSON.stringify(target[field]),
    ).map((field) => [field, source[field]]),
  ) as ScenePatch
  // A scene cannot take its seed from itself.
  if (patch.seed?.kind === 'scene' && patch.seed.sceneId === target.id) delete patch.seed
  return patch
}

/** The edits that give other scenes what one has; scenes that already have it have none. The source is left as it is. */
export function copyEdits(
  source: Scene,
  targets: readonly Scene[],
  fields: ReadonlySet<CopyField>,
): readonly { readonly sceneId: SceneId; readonly patch: ScenePatch }[] {
  return targets.flatMap((target) => {
    if (target.id === source.id) return []
    const patch = patchFrom(source, target, fields)
    return Object.keys(patch).length > 0 ? [{ sceneId: target.id, patch }] : []
  })
}

/** Scenes that settings can be given to, as one choice. */
export interface CopyTarget {
  readonly key: 'section' | 'later' | 'all' | 'selection'
  readonly label: string
  readonly scenes: readonly Scene[]
}

/** Whom one scene can give its settings to: its section, those after it, or all others. Each choice is another one. */
export function otherTargets(scenes: readonly Scene[], source: Scene): readonly CopyTarget[] {
  const others = (list: readonly Scene[]) => list.filter(({ id }) => id !== source.id)
  const all: readonly CopyTarget[] = [
    { key: 'section', label: 'The rest of its section', scenes: others(sectionAround(scenes, source)) },
    { key: 'later', label: 'The scenes after it', scenes: scenes.filter(({ position }) => position > source.position) },
    { key: 'all', label: 'All other scenes', scenes: others(scenes) },
  ]
  const sizes = new Set<number>()
  return all
    .toReversed()
    .filter(({ scenes: found }) => found.length > 0 && !sizes.has(found.length) && sizes.add(found.length))
    .toReversed()
}
