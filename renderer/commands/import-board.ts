import { TakeboardError } from '../../shared/errors.ts'
import type { Sha256 } from '../../shared/ids.ts'
import { media } from '../state/media.ts'
import { call } from '../state/requests.ts'
import { openProject } from '../state/session.ts'

/** A chosen file with its place, such as `pasture/cast/mara.png`; only the name when no folder was chosen. */
export interface PlacedFile {
  readonly path: string
  readonly file: File
}

export const placed = (file: File): PlacedFile => ({ path: file.webkitRelativePath || file.name, file })

const isBoard = ({ path }: PlacedFile) => path.toLowerCase().endsWith('.board.json')
const isBundle = ({ path }: PlacedFile) => path.toLowerCase().endsWith('.takeboard')
const depth = ({ path }: PlacedFile) => path.split('/').length
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** `a/./b/../c` becomes `a/c`. */
export function tidyPath(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** The board file among the chosen ones: the one nearest to the top. A lone .json counts too. */
export function findBoard(files: readonly PlacedFile[]): PlacedFile | null {
  const boards = files.filter(isBoard)
  const json = files.filter(({ path }) => path.toLowerCase().endsWith('.json'))
  return boards.toSorted((a, b) => depth(a) - depth(b))[0] ?? (json.length === 1 ? (json[0] ?? null) : null)
}

/** The image paths a board file names, each once, as written. Anything unexpected is left for the engine to report. */
export function imagePaths(text: string): readonly string[] {
  let board: unknown
  try {
    board = JSON.parse(text)
  } catch {
    return []
  }
  if (typeof board !== 'object' || board === null || !('cast' in board) || !Array.isArray(board.cast)) return []
  const paths = board.cast.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'image' in entry && typeof entry.image === 'string'
      ? [entry.image]
      : [],
  )
  return [...new Set(paths)]
}

/**
 * Which file is meant by each image path: by its place beside the board, else by its name when only one file has it.
 * @returns the matched files, and the paths nothing was found for
 */
export function matchImages(
  boardPath: string,
  paths: readonly string[],
  files: readonly PlacedFile[],
): { found: ReadonlyMap<string, PlacedFile>; missing: readonly string[] } {
  const found = new Map<string, PlacedFile>()
  const missing: string[] = []
  for (const path of paths) {
    const at = tidyPath(folderOf(boardPath) + path)
    const sameName = files.filter((file) => nameOf(file.path) === nameOf(tidyPath(path)))
    const match = files.find((file) => tidyPath(file.path) === at) ?? (sameName.length === 1 ? sameName[0] : undefined)
    if (match) found.set(path, match)
    else missing.push(path)
  }
  return { found, missing }
}

/** What is wrong before anything is sent, as one sentence; null when the files make a whole. */
export function missingText(missing: readonly string[]): string | null {
  if (missing.length === 0) return null
  const names = missing.slice(0, 4).join(', ') + (missing.length > 4 ? ` and ${missing.length - 4} more` : '')
  return `The board names images that were not chosen with it: ${names}. Choose the whole folder, or the board file together with its images.`
}

/** Adds a bundle as a project of its own, beside whatever has its title, and opens it. */
async function importBundle(bundle: File): Promise<void> {
  const { projectId } = await call('board.import', { ...(await media().uploadBundle(bundle)), fresh: true })
  await openProject(projectId)
}

/**
 * Adds a bundle, or a board file with its images, as a project, and opens it.
 * @throws TakeboardError board-unreadable, board-invalid (data: the list of mistakes), board-version, image-*
 */
export async function importBoard(files: readonly PlacedFile[]): Promise<void> {
  const board = findBoard(files)
  const bundle = files.find(isBundle)
  if (bundle && !board) return importBundle(bundle.file)
  if (!board)
    throw new TakeboardError('board-unreadable', 'There is no .board.json or .takeboard file among those you chose.')
  const text = await board.file.text()
  const { found, missing } = matchImages(board.path, imagePaths(text), files)
  const problem = missingText(missing)
  if (problem) throw new TakeboardError('board-unreadable', problem)
  const images: Record<string, Sha256> = {}
  for (const [path, { file }] of found) images[path] = (await media().uploadImage(file)).sha256
  const { projectId } = await call('board.import', { text, images })
  await openProject(projectId)
}
