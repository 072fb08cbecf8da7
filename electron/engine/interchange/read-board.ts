import { open, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import { parseBoardFile, type BoardFile, type BrokenBoard, type ParsedBoard } from './board-file.ts'
import type { BoardProblem } from './board-problems.ts'

/** Bytes. The largest board of 5,000 scenes stays far below it. */
export const MAX_BOARD_BYTES = 4 * 1024 * 1024

const whyUnreadable = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'reading it is not permitted'
  if (code === 'EISDIR') return 'it is a folder'
  return typeof code === 'string' ? code : 'the disk gave no reason'
}

async function readText(path: string, shown: string): Promise<string> {
  const unreadable = (why: string, cause?: unknown) =>
    new TakeboardError('board-unreadable', `${shown} could not be read: ${why}.`, { cause })
  try {
    await using file = await open(path, 'r')
    const stat = await file.stat()
    if (!stat.isFile()) throw unreadable(stat.isDirectory() ? 'it is a folder' : 'it is not a file')
    if (stat.size > MAX_BOARD_BYTES) throw unreadable(`it is larger than ${MAX_BOARD_BYTES / 1024 / 1024} MB`)
    const bytes = await file.readFile()
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch (cause) {
      throw unreadable('it is not UTF-8 text', cause)
    }
  } catch (error) {
    if (error instanceof TakeboardError) throw error
    throw unreadable(whyUnreadable(error), error)
  }
}

/** The one error that carries every problem of a board file as its data. */
export function boardInvalid(path: string, problems: readonly BoardProblem[]): TakeboardError {
  const count = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`
  return new TakeboardError('board-invalid', `${path} has ${count}.`, { data: problems })
}

/** A file of a later format. */
export const boardVersion = (path: string, { newerVersion, problems }: BrokenBoard): TakeboardError =>
  new TakeboardError(
    'board-version',
    `${path} is of format ${newerVersion}; this Takeboard reads format 1. A newer Takeboard can open it.`,
    { data: problems },
  )

/**
 * Reads and parses a board file, whatever is in it. `dir` is its folder. Code: board-unreadable.
 * @param shown what errors call the file
 */
export async function readBoardFile(path: string, shown = path): Promise<{ parsed: ParsedBoard; dir: string }> {
  return { parsed: parseBoardFile(await readText(path, shown)), dir: dirname(resolve(path)) }
}

/**
 * Reads a board file from disk. `dir` is its folder, which image paths are relative to.
 * Codes: board-unreadable; board-invalid with `BoardProblem[]` as data; board-version.
 */
export async function readBoard(path: string): Promise<{ board: BoardFile; dir: string }> {
  const { parsed, dir } = await readBoardFile(path)
  if (parsed.ok) return { board: parsed.board, dir }
  throw parsed.newerVersion === undefined ? boardInvalid(path, parsed.problems) : boardVersion(path, parsed)
}

/** An image of a board, located. */
export interface BoardImage {
  /** `cast[2].image` */
  readonly jsonPath: string
  /** As the board file writes it. */
  readonly image: string
  /** Absolute, symbolic links resolved, inside the folder of the board. */
  readonly path: string
}

export interface LocatedImages {
  readonly images: readonly BoardImage[]
  readonly problems: readonly BoardProblem[]
}

/**
 * Locates the images of a board without reading them. Files that are missing, or that a symbolic link puts outside the
 * folder of the board, are reported all together.
 */
export const boardImagePaths = (board: BoardFile, dir: string): Promise<LocatedImages> => locateImages(board.cast, dir)

/** The same for the cast of a board that has other mistakes; entries without a usable path are passed over. */
export async function locateImages(cast: BoardFile['cast'], dir: string): Promise<LocatedImages> {
  const root = await realpath(dir)
  const images: BoardImage[] = []
  const problems: BoardProblem[] = []
  for (const [index, { image }] of cast.entries()) {
    if (image === '') continue
    const jsonPath = `cast[${index}].image`
    const problem = (allowed: string, message: string) =>
      problems.push({ path: jsonPath, found: image, allowed, message })
    try {
      const path = await realpath(resolve(root, ...image.split('/')))
      const inside = relative(root, path)
      const leaves = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)
      if (leaves)
        problem('an image in the folder of the board file', 'This link leads out of the folder of the board file.')
      else images.push({ jsonPath, image, path })
    } catch (error) {
      problem(
        'the path of an image, relative to the board file',
        `The image could not be read: ${whyUnreadable(error)}.`,
      )
    }
  }
  return { images, problems }
}
