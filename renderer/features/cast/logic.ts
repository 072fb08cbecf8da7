import { TakeboardError } from '../../../shared/errors.ts'
import type { ReferenceId, Sha256 } from '../../../shared/ids.ts'
import type { Cast, Reference, Scene, Take } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { mentionedNames } from '../../state/mentions.ts'
import { listText } from '../../state/seeds.ts'
import { castNames, padNumber, plural, scenesOf, sentReferences, storyboardsOf } from '../../state/selectors.ts'

/** `4.2 MB`, `812 KB`. */
export const sizeText = (bytes: number): string =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} KB`

/** What is wrong with a file before it is read; null when it may be tried. */
export function fileProblem(file: { readonly size: number; readonly type: string }): TakeboardError | null {
  if (!(IMAGE_LIMITS.types as readonly string[]).includes(file.type))
    return new TakeboardError('image-type', 'Save it as a JPEG, PNG or WebP and add it again.')
  if (file.size > IMAGE_LIMITS.maxBytes)
    return new TakeboardError(
      'image-too-large',
      `It has ${sizeText(file.size)}; the model takes ${IMAGE_LIMITS.maxBytes / 1024 / 1024} MB at most. Save a smaller copy and add that.`,
    )
  return null
}

/** Storyboards that send this cast. */
export const boardsOf = (view: ProjectView, cast: Cast) =>
  storyboardsOf(view).filter((storyboard) => storyboard.castId === cast.id)

/** The scenes whose next take would send a reference, in board order. */
export function scenesUsing(view: ProjectView, cast: Cast, referenceId: ReferenceId): readonly Scene[] {
  return boardsOf(view, cast)
    .flatMap((storyboard) => scenesOf(view, storyboard.id))
    .filter((scene) => sentReferences(scene, cast).some(({ id }) => id === referenceId))
}

/** Why a scene sends a reference: it was chosen for it, its prompt mentions the name, or nobody is mentioned. */
export type Reason = 'choice' | 'mention' | 'all'

export function reasonOf(scene: Scene, cast: Cast): Reason {
  if (scene.references !== null) return 'choice'
  return mentionedNames(scene.prompt, castNames(cast)).length > 0 ? 'mention' : 'all'
}

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  choice: 'chosen',
  mention: 'by mention',
  all: 'mentions nobody',
}

/** `8 by mention, 2 chosen`; null when there is one reason, or none. */
export function reasonsText(scenes: readonly Scene[], cast: Cast): string | null {
  const counts = new Map<Reason, number>()
  for (const scene of scenes) counts.set(reasonOf(scene, cast), (counts.get(reasonOf(scene, cast)) ?? 0) + 1)
  const parts = (['mention', 'choice', 'all'] as const).flatMap((reason) => {
    const count = counts.get(reason)
    return count === undefined ? [] : `${count === scenes.length ? 'all' : count} ${REASON_WORDS[reason]}`
  })
  return parts.length === 0 ? null : parts.join(', ')
}

/** The scenes of the whole cast whose prompts mention a name, in board order. */
export const scenesMentioning = (view: ProjectView, cast: Cast, name: string): readonly Scene[] =>
  boardsOf(view, cast)
    .flatMap((storyboard) => scenesOf(view, storyboard.id))
    .filter((scene) => mentionedNames(scene.prompt, castNames(cast)).includes(name))

/** Takes made with a reference, the open ones among them, by the picture it had; the present one first if there is one. */
export function takesByImage(view: ProjectView, reference: Reference): ReadonlyMap<Sha256, readonly Take[]> {
  const found = new Map<Sha256, Take[]>([[reference.image.sha256, []]])
  for (const take of view.takes.values()) {
    if (take.phase === 'failed' || take.phase === 'cancelled') continue
    const sent = take.request.references.find(({ referenceId }) => referenceId === reference.id)
    if (!sent) continue
    const takes = found.get(sent.sha256)
    if (takes) takes.push(take)
    else found.set(sent.sha256, [take])
  }
  return found
}

/** Takes that a new picture outdates: made with the present one, for scenes that are still there. */
export const takesWith = (view: ProjectView, reference: Reference): readonly Take[] =>
  (takesByImage(view, reference).get(reference.image.sha256) ?? []).filter(({ sceneId }) => view.scenes.has(sceneId))

/** `scenes 01, 02 and 03`, shortened when there are many. */
export function sceneList(scenes: readonly Scene[]): string {
  const numbers = scenes.map((scene) => padNumber(scene.number))
  const shown = numbers.length > 6 ? [...numbers.slice(0, 5), `${numbers.length - 5} more`] : numbers
  return `${numbers.length === 1 ? 'scene' : 'scenes'} ${listText(shown)}`
}

/** What replacing a reference does to takes already made; null when there are none. */
export function staleWarning(view: ProjectView, reference: Reference): string | null {
  const takes = takesWith(view, reference)
  if (takes.length === 0) return null
  const ids = new Set(takes.map((take) => take.sceneId))
  const scenes = [...view.scenes.values()].filter((scene) => ids.has(scene.id)).sort((a, b) => a.position - b.position)
  const were = takes.length === 1 ? 'was' : 'were'
  return `${plural(takes.length, 'take')} of ${sceneList(scenes)} ${were} made with the old image and will be marked as changed since. Their clips stay.`
}

/** What removing a reference means for prompts. */
export function removalText(view: ProjectView, cast: Cast, reference: Reference): string {
  const others = cast.references.filter(({ id, name }) => id !== reference.id && name === reference.name).length
  const scenes = scenesUsing(view, cast, reference.id)
  if (others > 0)
    return `${plural(others, 'other image')} of ${reference.name} ${others === 1 ? 'stays' : 'stay'}. Images after it move up by one.`
  if (scenes.length === 0) return 'No scene sends it. Images after it move up by one.'
  return `It is the only image of ${reference.name}. A prompt that mentions @${reference.name} cannot be sent until somebody in the cast has that name again.`
}

/** Why a name cannot be used; null when it can. */
export function nameProblem(name: string): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return 'A name is needed, so that prompts can mention it.'
  return trimmed.includes('@') ? 'A name has no @ in it.' : null
}

/** Where a card goes when it is let go on a half of another; null when it stays. */
export function dropIndex(from: number, target: number, side: 'left' | 'right'): number | null {
  const before = side === 'left' ? target : target + 1
  const to = from < before ? before - 1 : before
  return to === from ? null : to
}

/** Images of one character, in the order they are sent. */
export interface CharacterGroup {
  readonly name: string
  readonly references: readonly Reference[]
}

/** The cast by character, in the order of their first images. */
export const byCharacter = (cast: Cast): readonly CharacterGroup[] =>
  castNames(cast).map((name) => ({ name, references: cast.references.filter((each) => each.name === name) }))

/**
 * Which card an arrow key leads to.
 * @param at place of the card among all, group after group
 * @param sizes how many cards each group has
 * @returns null at an end
 */
export function arrowTarget(key: string, at: number, sizes: readonly number[], columns: number): number | null {
  const count = sizes.reduce((sum, size) => sum + size, 0)
  const sideways = key === 'ArrowLeft' ? at - 1 : key === 'ArrowRight' ? at + 1 : null
  if (sideways !== null) return sideways < 0 || sideways >= count ? null : sideways
  const rows: { readonly from: number; readonly length: number; readonly group: number }[] = []
  let from = 0
  sizes.forEach((size, group) => {
    for (let done = 0; done < size; done += columns)
      rows.push({ from: from + done, length: Math.min(columns, size - done), group })
    from += size
  })
  const here = rows.findIndex((row) => at >= row.from && at < row.from + row.length)
  const row = rows[here]
  const target = key === 'ArrowUp' ? rows[here - 1] : key === 'ArrowDown' ? rows[here + 1] : undefined
  if (!row || !target) return null
  const column = at - row.from
  if (column >= target.length && target.group === row.group) return null
  return target.from + Math.min(column, target.length - 1)
}
