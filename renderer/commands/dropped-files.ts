import type { PlacedFile } from './import-board.ts'

/** Enough for a board with its images; a folder with more was not meant. */
const MOST_FILES = 500

/** What of a drag tells kinds before it is let go: names are not known until then. */
interface DragKinds {
  readonly items: ArrayLike<{ readonly kind: string; readonly type: string }>
}

/**
 * True of a drag that may hold a board file, a bundle or a folder: files among which some are no picture, sound or text.
 * Pictures alone belong to the cast and to the scenes.
 */
export function mayHoldBoard({ items }: DragKinds): boolean {
  return Array.from(items).some(({ kind, type }) => kind === 'file' && !/^(image|video|audio|text)\//.test(type))
}

/** True of a file that brings in a board. */
export const isBoardName = (name: string): boolean => /\.(board\.json|takeboard)$/i.test(name)

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, (error) => reject(error)))
const entriesOf = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, (error) => reject(error)))

async function filesIn(entry: FileSystemEntry, found: PlacedFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return
  if (entry instanceof FileSystemFileEntry) {
    found.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) })
    return
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return
  const reader = entry.createReader()
  // A folder is handed over in parts, until an empty one.
  for (let part = await entriesOf(reader); part.length > 0; part = await entriesOf(reader)) {
    for (const child of part) await filesIn(child, found)
  }
}

/** Every file that was dropped, those in folders with their place. Ask at once: the drop forgets them afterwards. */
export async function droppedFiles(drop: DataTransfer): Promise<readonly PlacedFile[]> {
  const items = Array.from(drop.items).filter(({ kind }) => kind === 'file')
  const asked = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: PlacedFile[] = []
  for (const { entry, file } of asked) {
    if (entry) await filesIn(entry, found)
    else if (file) found.push({ path: file.name, file })
  }
  return found
}
