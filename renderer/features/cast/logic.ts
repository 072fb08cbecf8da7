import { TakeboardError } from '../../../shared/errors.ts'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, ImageFile, Reference, Scene, Take } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { listText } from '../../state/seeds.ts'
import { padNumber, plural, scenesOf, sentReferences, storyboardsOf } from '../../state/selectors.ts'

/** `640 px wide. 720 px or more works better.` for a picture below the advised size; null for a good one. */
export function sizeHint({ width, height }: Pick<ImageFile, 'width' | 'height'>): string | null {
  const short = Math.min(width, height)
  if (short >= IMAGE_LIMITS.adviseShortSide) return null
  return `${short} px ${width <= height ? 'wide' : 'high'}. ${IMAGE_LIMITS.adviseShortSide} px or more works better.`
}

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

/** Finished or open takes that were made with a reference. */
export const takesWith = (view: ProjectView, referenceId: ReferenceId): readonly Take[] =>
  [...view.takes.values()].filter(
    (take) =>
      take.phase !== 'failed' &&
      take.phase !== 'cancelled' &&
      take.request.references.some((reference) => reference.referenceId === referenceId),
  )

/** `scenes 01, 02 and 03`, shortened when there are many. */
export function sceneList(scenes: readonly Scene[]): string {
  const numbers = scenes.map((scene) => padNumber(scene.number))
  const shown = numbers.length > 6 ? [...numbers.slice(0, 5), `${numbers.length - 5} more`] : numbers
  return `${numbers.length === 1 ? 'scene' : 'scenes'} ${listText(shown)}`
}

/** What replacing a reference does to takes already made; null when there are none. */
export function staleWarning(view: ProjectView, referenceId: ReferenceId): string | null {
  const takes = takesWith(view, referenceId)
  if (takes.length === 0) return null
  const ids = new Set(takes.map((take) => take.sceneId))
  const scenes = [...view.scenes.values()].filter((scene) => ids.has(scene.id)).sort((a, b) => a.position - b.position)
  return `${plural(takes.length, 'take')} of ${sceneList(scenes)} will read as changed since. Their clips stay.`
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
