import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { copyText } from '../common/copy-text.ts'
import { saveFile } from '../common/save-file.ts'
import { clipUrl } from '../state/media.ts'
import { currentView, useProjection } from '../state/projection.ts'
import { attempt, call, run } from '../state/requests.ts'
import { takeSlate } from '../state/seed-sources.ts'
import { padNumber, plural } from '../state/selectors.ts'
import { toastWithUndo } from './undo.ts'

/** Locks the seed of a take on scenes, as one edit, with the way back. */
export async function lockSeedOf(take: Take, sceneIds: readonly SceneId[]): Promise<void> {
  const [first] = sceneIds
  if (first === undefined) return
  const done = await attempt(() => call('take.useSeed', { takeId: take.id, sceneIds: [...sceneIds] }))
  if (!done) return
  const number = sceneIds.length === 1 ? currentView()?.scenes.get(first)?.number : undefined
  const where = number === undefined ? plural(sceneIds.length, 'scene') : `scene ${padNumber(number)}`
  toastWithUndo(`Seed ${take.request.seed} locked on ${where}`)
}

/** Keeps a take that waits from being sent, or lets it go again. Its reservation stays. */
export const holdTake = (takeId: TakeId, hold: boolean): void =>
  run(hold ? 'queue.hold' : 'queue.release', { takeIds: [takeId] })

/** Saves a copy of a clip where the browser puts downloads. */
export async function downloadClip(take: Take): Promise<void> {
  const view = currentView()
  if (!view) return
  await attempt(async () => {
    const reply = await fetch(clipUrl(take.id))
    if (!reply.ok) throw new Error('The clip could not be read from the library.')
    saveFile(`${takeSlate(view, take)}.mp4`, await reply.blob())
    return true
  })
}

/** Where the clip lies on the disk of the studio, with the separators of its system; null without a clip. */
export function clipPath(libraryPath: string, take: Pick<Take, 'clip'>): string | null {
  if (!take.clip) return null
  const separator = libraryPath.includes('\\') ? '\\' : '/'
  const { sha256 } = take.clip
  return [libraryPath.replace(/[\\/]$/, ''), 'clips', sha256.slice(0, 2), `${sha256}.mp4`].join(separator)
}

/** Shows the clip in the file manager; where nobody would see that, copies its path. */
export async function revealClip(take: Take): Promise<void> {
  const found = await attempt(() => call('take.reveal', { takeId: take.id }))
  if (found && !found.shown) await copyText(found.path, 'Path copied')
}

/** Copies the place of the clip's file. */
export async function copyClipPath(take: Take): Promise<void> {
  const { studio } = useProjection.getState()
  const path = studio && clipPath(studio.libraryPath, take)
  if (path) await copyText(path, 'Path copied')
}
