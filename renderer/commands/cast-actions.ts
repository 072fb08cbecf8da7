import type { CastId, ReferenceId, Sha256 } from '../../shared/ids.ts'
import type { Cast, Reference, Storyboard } from '../../shared/model.ts'
import { IMAGES } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { announce } from '../common/announcer.ts'
import type { ProjectView } from '../state/apply-event.ts'
import { media } from '../state/media.ts'
import { unknownMentions } from '../state/mentions.ts'
import { attempt, call } from '../state/requests.ts'
import { capital, castNames, plural, scenesOf } from '../state/selectors.ts'
import { textsSaved } from '../state/texts-saved.ts'
import { showToast } from '../ui/toast.tsx'
import { toastWithUndo } from './undo.ts'

/** What a reference is called until the artist says otherwise: the file's name without its ending, in capitals at the start. */
export function nameFromFile(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]+$/, '')
    .split(/[-_\s.@]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  const first = words[0] ?? 'Reference'
  return capital(first).slice(0, 60)
}

/** Uploads pictures and adds them at the end of the cast, as many as it has room for. */
export async function addReferences(cast: Cast, files: readonly File[]): Promise<void> {
  const room = IMAGES.max - cast.references.length
  for (const file of files.slice(0, room)) {
    const added = await attempt(async () => {
      const image = await media().uploadImage(file)
      return call('reference.add', { castId: cast.id, name: nameFromFile(file.name), sha256: image.sha256 })
    })
    if (!added) return
  }
  if (files.length > room)
    showToast({
      kind: 'attention',
      title: `A cast holds ${IMAGES.max} images`,
      text: `${plural(files.length - room, 'image')} ${files.length - room === 1 ? 'was' : 'were'} left out.`,
    })
}

/** Moves a reference to a place in its cast, from 0. */
export async function moveReference(cast: Cast, referenceId: ReferenceId, to: number): Promise<void> {
  if (to < 0 || to >= cast.references.length) return
  const done = await attempt(() => call('reference.move', { referenceId, to }))
  if (done) announce(`Now image ${to + 1} of ${cast.references.length}.`)
}

/** Takes a reference out of its cast; a toast leads back. @param text what that means for scenes */
export async function removeReference(reference: Reference, number: number, text: string): Promise<boolean> {
  const done = await attempt(() => call('reference.remove', { referenceId: reference.id }))
  if (done) toastWithUndo(`Image ${number}, ${reference.name}, removed`, text)
  return done !== null
}

/** Puts another picture in the place of a reference; a toast leads back. @param takes that were made with the old one */
export async function replaceImage(reference: Reference, sha256: Sha256, takes: number): Promise<void> {
  const done = await attempt(() => call('reference.update', { referenceId: reference.id, patch: { sha256 } }))
  if (!done) return
  const marked = `${plural(takes, 'take')} ${takes === 1 ? 'is' : 'are'} marked as changed since.`
  toastWithUndo(`Image of ${reference.name} replaced`, takes > 0 ? marked : undefined)
}

/** Lets one reference show somebody else. */
export async function setCharacter(reference: Reference, name: string): Promise<void> {
  if (reference.name === name) return
  const done = await attempt(() => call('reference.update', { referenceId: reference.id, patch: { name } }))
  if (done) toastWithUndo(`This image now shows ${name}`)
}

/** Adds the picture of a reference to another cast, under the same name. */
export async function copyReference(reference: Reference, target: Cast): Promise<void> {
  const { name, image } = reference
  const done = await attempt(() => call('reference.add', { castId: target.id, name, sha256: image.sha256 }))
  if (done)
    toastWithUndo(`${name} added to ${target.title}`, `It has ${target.references.length + 1} of ${IMAGES.max}.`)
}

/** Gives every image of a character another name. @param mentions true to change the prompts as well */
export async function renameCharacter(cast: Cast, from: string, to: string, mentions: boolean): Promise<boolean> {
  if (mentions && !(await textsSaved())) return false
  const done = await attempt(() => call('cast.renameCharacter', { castId: cast.id, from, to, mentions }))
  if (!done) return false
  const parts = [plural(done.images, 'image'), ...(done.scenes > 0 ? [plural(done.scenes, 'prompt')] : [])]
  toastWithUndo(`${from} is now ${to}`, `In ${parts.join(' and ')}.`)
  return true
}

function freeTitle(view: ProjectView): string {
  const taken = new Set([...view.casts.values()].map(({ title }) => title))
  let number = view.casts.size + 1
  while (taken.has(`Cast ${number}`)) number += 1
  return `Cast ${number}`
}

/** Adds an empty cast. */
export async function createCast(view: ProjectView): Promise<CastId | null> {
  const made = await attempt(() => call('cast.create', { projectId: view.project.id, title: freeTitle(view) }))
  return made?.castId ?? null
}

/** Adds a copy with the same images. */
export async function duplicateCast(cast: Cast): Promise<CastId | null> {
  const made = await attempt(() => call('cast.duplicate', { castId: cast.id }))
  if (made) toastWithUndo(`${cast.title} duplicated`)
  return made?.castId ?? null
}

/** Removes a cast that no storyboard uses; a toast leads back. */
export async function removeCast(cast: Cast): Promise<void> {
  const done = await attempt(() => call('cast.remove', { castId: cast.id }))
  if (done) toastWithUndo(`${cast.title} removed`)
}

/** Lets a storyboard send another cast; a toast leads back, and says which scenes mention somebody who is not in it. */
export async function giveCast(view: ProjectView, storyboard: Storyboard, cast: Cast): Promise<void> {
  const done = await attempt(() =>
    call('storyboard.update', { storyboardId: storyboard.id, patch: { castId: cast.id } }),
  )
  if (!done) return
  const names = castNames(cast)
  const lost = scenesOf(view, storyboard.id).filter(({ prompt }) => unknownMentions(prompt, names).length > 0).length
  toastWithUndo(
    `${storyboard.title} now uses ${cast.title}`,
    lost > 0 ? `${plural(lost, 'scene')} ${lost === 1 ? 'mentions' : 'mention'} somebody who is not in it.` : undefined,
  )
}
