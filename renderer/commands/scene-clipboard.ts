import { TakeboardError } from '../../shared/errors.ts'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { SceneId } from '../../shared/ids.ts'
import { IMAGES } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { media } from '../state/media.ts'
import { attempt, call } from '../state/requests.ts'
import { castOf, plural } from '../state/selectors.ts'
import { copiedScenes, copyText, scenesOfText } from '../state/scene-text.ts'
import { showToast } from '../ui/toast.tsx'
import { type BoardNow, boardNow } from './board-now.ts'
import { nameFromFile } from './cast-actions.ts'
import { chooseScenes, nextOfSelection } from './scene-actions.ts'
import { toastWithUndo } from './undo.ts'

/** As many as one call takes; more go in further steps. */
const AT_ONCE = 500
/** More than this at once is a mistake rather than a shot list. */
const MOST = 2000

/** What was copied last here, for where the clipboard of the system may not be read. */
let copied: string | null = null

const boardOf = (board: BoardNow) => ({ scenes: board.scenes, cast: castOf(board.view, board.storyboard) })

/** The chosen scenes as text for the clipboard; null when none is chosen. */
export function textOfSelection(): string | null {
  const board = boardNow()
  if (!board || board.selected.length === 0) return null
  copied = copyText(board.selected, boardOf(board))
  showToast({ kind: 'info', title: `${plural(board.selected.length, 'scene')} copied` })
  return copied
}

/** Puts the chosen scenes on the clipboard. */
export async function copySelection(): Promise<void> {
  const text = textOfSelection()
  if (text === null) return
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Pasting here still works, from what this window remembers.
  }
}

/** Adds scenes before one or last, in as few steps as there can be, and chooses them. @returns the new scenes */
async function addScenes(
  board: BoardNow,
  scenes: readonly ScenePatch[],
  before: SceneId | null,
): Promise<readonly SceneId[]> {
  const made: SceneId[] = []
  for (let from = 0; from < scenes.length; from += AT_ONCE) {
    const answer = await attempt(() =>
      call('scene.createMany', {
        storyboardId: board.storyboard.id,
        before,
        scenes: scenes.slice(from, from + AT_ONCE),
      }),
    )
    if (!answer) break
    made.push(...answer.sceneIds)
  }
  if (made.length > 0) chooseScenes(made)
  return made
}

/**
 * Makes scenes of a text: copied ones as they were, else one of every paragraph.
 * @param before where they go, null for the end; without it after the chosen ones
 * @returns false when there is nothing in the text
 */
export async function addScenesFromText(text: string, before?: SceneId | null): Promise<boolean> {
  const board = boardNow()
  if (!board) return false
  const scenes = copiedScenes(text, boardOf(board)) ?? scenesOfText(text)
  if (scenes.length === 0) return false
  if (scenes.length > MOST) {
    showToast({ kind: 'attention', title: `That would be ${scenes.length} scenes`, text: `At most ${MOST} at a time.` })
    return true
  }
  const made = await addScenes(board, scenes, before === undefined ? nextOfSelection(board) : before)
  if (made.length > 0) toastWithUndo(`${plural(made.length, 'scene')} added`)
  return true
}

/** Pastes what is on the clipboard, else what was copied here last. */
export async function pasteScenes(): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => '')
  const done = await addScenesFromText(text || (copied ?? ''))
  if (!done) showToast({ kind: 'info', title: 'There is nothing to paste' })
}

/** How many more images the cast of the board takes. */
export function castRoom(): number {
  const board = boardNow()
  const cast = board && castOf(board.view, board.storyboard)
  return cast ? IMAGES.max - cast.references.length : 0
}

/**
 * Makes a scene of every picture: it becomes a reference of the cast, and the one its scene sends.
 * @param before null for the end
 */
export async function addScenesFromImages(files: readonly File[], before: SceneId | null): Promise<void> {
  const board = boardNow()
  const cast = board && castOf(board.view, board.storyboard)
  if (!board || !cast) return
  const scenes = await attempt(async () => {
    const room = IMAGES.max - cast.references.length
    if (files.length > room)
      throw new TakeboardError('conflict', `A cast holds ${IMAGES.max} images; there is room for ${room} more.`)
    const added: ScenePatch[] = []
    for (const file of files) {
      const image = await media().uploadImage(file)
      const name = nameFromFile(file.name)
      const { referenceId } = await call('reference.add', { castId: cast.id, name, sha256: image.sha256 })
      added.push({ title: name, references: [referenceId] })
    }
    return added
  })
  if (!scenes) return
  const made = await addScenes(board, scenes, before)
  if (made.length > 0) toastWithUndo(`${plural(made.length, 'scene')} added`, 'Their pictures are in the cast.')
}
