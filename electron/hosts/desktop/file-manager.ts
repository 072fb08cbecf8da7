import { shell } from 'electron'
import type { FileManager } from '../../engine/ports.ts'

/** The file manager as the desktop of the system has it. */
export const desktopFileManager: FileManager = {
  reveal(path) {
    shell.showItemInFolder(path)
    return true
  },
}
