import { fileNameOf, saveFile } from '../common/save-file.ts'
import { media } from '../state/media.ts'
import { attempt, call } from '../state/requests.ts'
import { showToast } from '../ui/toast.tsx'
import { boardNow } from './scene-actions.ts'

/** Saves the storyboard that is shown, with its cast images, as one file to hand to someone else. */
export async function exportBundle(): Promise<void> {
  const storyboard = boardNow()?.storyboard
  if (!storyboard) return
  await attempt(async () => {
    const { losses } = await call('board.export', { storyboardId: storyboard.id })
    const name = `${fileNameOf(storyboard.title)}.takeboard`
    saveFile(name, await media().fetchBundle(storyboard.id))
    showToast({ kind: 'info', title: `${name} saved`, text: losses.slice(0, 3).join(' ') })
  })
}
