import { useUi } from '../state/ui-store.ts'
import { boardNow } from './board-now.ts'

/** Conditions that commands of the board share. */
export const onBoard = (): boolean => useUi.getState().view === 'board' && boardNow() !== null

/**
 * Arrow keys belong to whatever has the focus, so the board takes them only when a card has it, or nothing has. The
 * palette asks on behalf of the board: it runs a command once it is gone.
 */
export const boardHasKeys = (): boolean => {
  const active = document.activeElement
  return (
    onBoard() &&
    (useUi.getState().paletteOpen || !active || active === document.body || active.closest('[data-board]') !== null)
  )
}
export const someSelected = (): boolean => onBoard() && (boardNow()?.selected.length ?? 0) > 0
export const oneSelected = (): boolean => onBoard() && boardNow()?.selected.length === 1
