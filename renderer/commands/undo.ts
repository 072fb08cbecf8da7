import { announce } from '../common/announcer.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call } from '../state/requests.ts'
import { showToast } from '../ui/toast.tsx'
import { isTextField } from './keymap.ts'
import type { Command } from './registry.ts'

/** One toast for edits at a time: an older Undo would take back something else. */
const EDIT_TOAST = 'edit'

const DONE = { undo: 'Undone', redo: 'Done again' } as const
const BACK = { undo: 'Redo', redo: 'Undo' } as const
const OTHER = { undo: 'redo', redo: 'undo' } as const

async function step(what: 'undo' | 'redo'): Promise<void> {
  const view = currentView()
  if (!view) return
  const done = await attempt(() => call(`edit.${what}`, { projectId: view.project.id }))
  if (done === null) return
  if (done.label === null) {
    showToast({ kind: 'info', id: EDIT_TOAST, title: `There is nothing to ${what}` })
    return
  }
  const title = `${DONE[what]}: ${done.label}`
  announce(title)
  showToast({
    kind: 'info',
    id: EDIT_TOAST,
    title,
    action: { label: BACK[what], run: () => void step(OTHER[what]) },
  })
}

/** Takes back the latest edit of the open project. Money, takes and clips are never touched. */
const undo = (): Promise<void> => step('undo')

/** Says that something was removed or replaced, with the way back. Call it once the engine has answered. */
export function toastWithUndo(title: string, text?: string): void {
  announce(text ? `${title}. ${text}` : title)
  showToast({ kind: 'info', id: EDIT_TOAST, title, text, action: { label: 'Undo', run: () => void undo() } })
}

/**
 * The menu of the system asks without a key press: a field that is being written in has its own undo.
 * @returns whether the field took the command
 */
export function undoInField(command: string): boolean {
  const field = document.activeElement
  if (!/^edit\.(undo|redo)$/.test(command) || !(field instanceof HTMLElement) || !isTextField(field)) return false
  document.execCommand(command.replace('edit.', ''))
  return true
}

const nextOf = (what: 'undo' | 'redo') => currentView()?.edits[what] ?? null

const entry = (what: 'undo' | 'redo', title: string, keys: readonly string[]): Command => ({
  id: `edit.${what}`,
  title,
  group: 'Everywhere',
  keys,
  label: () => (nextOf(what) === null ? title : `${title}: ${nextOf(what)}`),
  // The engine knows best: an edit made a moment ago may not be known here yet.
  when: () => currentView() !== null,
  reason: () => (nextOf(what) === null ? `Nothing to ${what}` : null),
  run: () => void step(what),
})

/** Undo and redo of edits. */
export const undoCommands = (): readonly Command[] => [
  entry('undo', 'Undo', ['$mod+z']),
  entry('redo', 'Redo', ['$mod+Shift+z', '$mod+y']),
]
