import { readFile, stat } from 'node:fs/promises'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { BoardFile } from '../interchange/board-file.ts'
import type { BoardProblem } from '../interchange/board-problems.ts'
import { boardInvalid, boardVersion, locateImages, readBoardFile, type BoardImage } from '../interchange/read-board.ts'
import { readImageHeader } from '../media/image-header.ts'

const ALLOWED = `a JPEG, PNG or WebP of at most ${IMAGE_LIMITS.maxBytes / 1024 / 1024} MB whose short side is ${IMAGE_LIMITS.minShortSide} pixels or more`

async function imageProblem({ jsonPath, image, path }: BoardImage): Promise<BoardProblem | null> {
  const problem = (found: unknown, message: string): BoardProblem => ({
    path: jsonPath,
    found,
    allowed: ALLOWED,
    message,
  })
  try {
    const { size } = await stat(path)
    if (size > IMAGE_LIMITS.maxBytes) return problem(`${image}, ${size} bytes`, 'This image is too large.')
    const header = readImageHeader(await readFile(path))
    if (header === 'unknown') return problem(image, 'This is not a JPEG, PNG or WebP picture.')
    if (header === 'damaged') return problem(image, 'This image is damaged or cut short.')
    if (Math.min(header.width, header.height) < IMAGE_LIMITS.minShortSide) {
      return problem(`${image}, ${header.width} x ${header.height} pixels`, 'This image is too small.')
    }
    return null
  } catch {
    return problem(image, 'This image could not be read.')
  }
}

/**
 * Reads a board file with its images and reports every mistake in either at once. Writes nothing.
 * @param shown what errors call the file
 * @throws TakeboardError board-unreadable; board-invalid with `BoardProblem[]` as data; board-version
 */
export async function checkBoard(
  path: string,
  shown = path,
): Promise<{ board: BoardFile; images: readonly BoardImage[] }> {
  const { parsed, dir } = await readBoardFile(path, shown)
  if (!parsed.ok && parsed.newerVersion !== undefined) throw boardVersion(shown, parsed)
  const located = await locateImages(parsed.ok ? parsed.board.cast : parsed.cast, dir)
  const found = await Promise.all(located.images.map(imageProblem))
  const problems = [
    ...(parsed.ok ? [] : parsed.problems),
    ...located.problems,
    ...found.filter((problem) => problem !== null),
  ]
  if (!parsed.ok || problems.length > 0) throw boardInvalid(shown, problems)
  return { board: parsed.board, images: located.images }
}
