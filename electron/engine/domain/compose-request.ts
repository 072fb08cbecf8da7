import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Reference, Scene, TakeRequest } from '../../../shared/model.ts'
import { IMAGES, MODEL_ID, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { parseMentions } from './mentions.ts'

/** Why a scene cannot be sent, as one sentence. */
export interface ComposeProblem {
  readonly kind: 'no-references' | 'empty-prompt' | 'mention'
  readonly message: string
}

/** A take request in all but the seed, which is drawn when a batch starts. */
export type SeedlessRequest = Omit<TakeRequest, 'seed'>

export type Composed =
  | { readonly ok: true; readonly request: SeedlessRequest }
  | {
      readonly ok: false
      readonly problem: ComposeProblem
      readonly prompt: string
      readonly references: readonly Reference[]
    }

export interface ComposeOptions {
  readonly scene: Pick<Scene, 'prompt' | 'references' | 'resolution' | 'aspectRatio' | 'duration'>
  readonly cast: Pick<Cast, 'references'>
  /** Appended to the prompt after a blank line; may be empty. */
  readonly style: string
  /** Stands for reference n; `{n}` is its position in the request, from 1. */
  readonly placeholder: string
  /** Overrides the scene's own. */
  readonly resolution?: Resolution | null
}

/** The references a scene sends, in cast order: its own choice, else those it mentions, else the whole cast. */
export function chosenReferences(
  scene: Pick<Scene, 'prompt' | 'references'>,
  cast: readonly Reference[],
): readonly Reference[] {
  if (scene.references !== null) {
    const chosen = new Set<ReferenceId>(scene.references)
    return cast.filter((reference) => chosen.has(reference.id))
  }
  const names = [...new Set(cast.map((reference) => reference.name))]
  const mentioned = new Set<string>()
  for (const part of parseMentions(scene.prompt, names).parts) if (part.kind === 'mention') mentioned.add(part.name)
  return mentioned.size === 0 ? cast : cast.filter((reference) => mentioned.has(reference.name))
}

/** Replaces each mention by the name and the numbers of its images: `Mara ([Image 1], [Image 2])`. */
function promptAsSent(options: ComposeOptions, references: readonly Reference[]): string | ComposeProblem {
  const names = [...new Set(options.cast.references.map((reference) => reference.name))]
  let text = ''
  for (const part of parseMentions(options.scene.prompt, names).parts) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'unknown') {
      const hint = part.nearest === null ? '' : ` Did you mean @${part.nearest}?`
      return { kind: 'mention', message: `Nobody in the cast is called ${part.text}.${hint}` }
    } else {
      const numbers = references.flatMap((reference, index) => (reference.name === part.name ? [index + 1] : []))
      const images = numbers.map((n) => options.placeholder.replaceAll('{n}', String(n)))
      text += images.length === 0 ? part.name : `${part.name} (${images.join(', ')})`
    }
  }
  const style = options.style.trim()
  return style === '' ? text.trim() : `${text.trim()}\n\n${style}`
}

/** Turns a scene and its cast into what the service is sent. Pure: the same scene always composes the same request. */
export function composeRequest(options: ComposeOptions): Composed {
  const references = chosenReferences(options.scene, options.cast.references)
  const prompt = promptAsSent(options, references)
  if (typeof prompt !== 'string') return { ok: false, problem: prompt, prompt: options.scene.prompt, references }
  const refuse = (kind: ComposeProblem['kind'], message: string): Composed => ({
    ok: false,
    problem: { kind, message },
    prompt,
    references,
  })
  if (options.scene.prompt.trim() === '') return refuse('empty-prompt', 'The scene has no prompt yet.')
  if (references.length === 0)
    return refuse('no-references', 'The scene needs at least one reference image in its cast.')
  if (references.length > IMAGES.max)
    return refuse('no-references', `The scene uses ${references.length} references; the model takes ${IMAGES.max}.`)
  return {
    ok: true,
    request: {
      model: MODEL_ID,
      prompt,
      references: references.map(({ id, name, image }) => ({ referenceId: id, name, sha256: image.sha256 })),
      resolution: options.resolution ?? options.scene.resolution,
      aspectRatio: options.scene.aspectRatio,
      duration: options.scene.duration,
    },
  }
}
