import type { ReferenceId } from '../../shared/ids.ts'
import type { Cast, Reference, Scene } from '../../shared/model.ts'
import { mentionedNames } from './mentions.ts'
import { castNames, sentReferences } from './selectors.ts'

/** A scene's own choice with one image more or less, in cast order. */
export function chosenWith(scene: Scene, cast: Cast, id: ReferenceId, on: boolean): ReferenceId[] {
  const sent = new Set(sentReferences(scene, cast).map((reference) => reference.id))
  return cast.references.map((reference) => reference.id).filter((each) => (each === id ? on : sent.has(each)))
}

/** The names a prompt mentions of whom no image is sent. Only a choice of the scene's own can leave somebody out. */
export function leftOutMentions(scene: Scene, cast: Cast): readonly string[] {
  if (scene.references === null) return []
  const sent = new Set(sentReferences(scene, cast).map(({ name }) => name))
  return mentionedNames(scene.prompt, castNames(cast)).filter((name) => !sent.has(name))
}

/** The choice with every image of a name added, in cast order. */
export function chosenWithName(scene: Scene, cast: Cast, name: string): ReferenceId[] {
  const sent = new Set(sentReferences(scene, cast).map(({ id }) => id))
  return cast.references.filter((each) => sent.has(each.id) || each.name === name).map(({ id }) => id)
}

/** How several scenes choose their references, in words. */
export function referencesText(scenes: readonly Scene[], cast: Cast): string {
  const [first] = scenes
  if (!first) return ''
  const key = (scene: Scene) => (scene.references === null ? 'auto' : scene.references.join())
  if (scenes.some((scene) => key(scene) !== key(first))) return 'Mixed'
  return first.references === null ? 'As mentioned' : choiceText(first.references, cast.references)
}

/** A choice of references in words: `Whole cast`, `Only Mara`, `3 of 7`. */
export function choiceText(chosen: readonly ReferenceId[], cast: readonly Reference[]): string {
  const ids = new Set(chosen)
  const sent = cast.filter(({ id }) => ids.has(id))
  if (sent.length === cast.length) return 'Whole cast'
  const name = sent[0]?.name
  const all = cast.filter((each) => each.name === name)
  if (sent.length === all.length && sent.every((each) => each.name === name)) return `Only ${name}`
  return `${sent.length} of ${cast.length}`
}
