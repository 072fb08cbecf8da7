import { shell } from 'electron'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Trash } from '../../engine/ports.ts'

/** The bin as the desktop of the system has it. */
export const desktopTrash: Trash = {
  async move(path) {
    try {
      await shell.trashItem(path)
    } catch (cause) {
      throw new TakeboardError(
        'bin-unavailable',
        'The system did not take the clip into its bin. Nothing was removed.',
        {
          cause,
        },
      )
    }
  },
}
