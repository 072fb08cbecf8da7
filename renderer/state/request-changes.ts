import type { CallOutput } from '../../shared/contract.ts'
import type { Scene, StaleField, Take } from '../../shared/model.ts'
import { type DiffPart, wordDiff } from './word-diff.ts'

/** A setting that is not what it was. */
export interface Changed {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What a take was made with beside what its scene would send now. */
export interface RequestChanges {
  /** Null while the prompt is the same. */
  readonly prompt: readonly DiffPart[] | null
  readonly settings: readonly Changed[]
}

/** `Mara 1, Mara 2, Juniper`: images of one name are counted. */
function imagesText(references: readonly { readonly name: string }[]): string {
  const many = new Map<string, number>()
  for (const { name } of references) many.set(name, (many.get(name) ?? 0) + 1)
  return [...many].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`)).join(', ') || 'None'
}

/** Puts the frozen request of a take beside the present one. @param stale the fields the engine says differ */
export function requestChanges(
  take: Pick<Take, 'request' | 'stale'>,
  scene: Pick<Scene, 'resolution' | 'aspectRatio' | 'duration' | 'seed'>,
  now: Pick<CallOutput<'scene.asSent'>, 'prompt' | 'references'>,
): RequestChanges {
  const { request } = take
  const differs = (field: StaleField) => take.stale.includes(field)
  const settings = (
    [
      ['references', 'References', imagesText(request.references), imagesText(now.references)],
      ['resolution', 'Resolution', request.resolution, scene.resolution],
      ['aspect_ratio', 'Aspect', request.aspectRatio, scene.aspectRatio],
      ['duration', 'Duration', `${request.duration} s`, `${scene.duration} s`],
      ['seed', 'Seed', String(request.seed), scene.seed.kind === 'locked' ? String(scene.seed.value) : 'Not locked'],
    ] as const
  )
    .filter(([field]) => differs(field))
    .map(([field, label, before, after]) => ({
      label,
      before,
      // The same people in other pictures, or in another order.
      after: field === 'references' && before === after ? 'Other images or another order' : after,
    }))
  return { prompt: differs('prompt') ? wordDiff(request.prompt, now.prompt) : null, settings }
}
