import type { TakeboardError } from '../../../shared/errors.ts'
import { checkBoard } from '../../engine/handlers/check-board.ts'
import type { BoardFile } from '../../engine/interchange/board-file.ts'
import type { BoardProblem } from '../../engine/interchange/board-problems.ts'

/**
 * Reads a board file with its images and reports every mistake in either at once, before anything is written.
 * Codes: board-unreadable; board-invalid with `BoardProblem[]` as data; board-version.
 * @param shown what errors call the file
 */
export const loadBoard = async (path: string, shown = path): Promise<BoardFile> => (await checkBoard(path, shown)).board

/** The problems an error carries, or none. */
export const problemsOf = (error: TakeboardError): readonly BoardProblem[] =>
  error.code === 'board-invalid' && Array.isArray(error.data) ? (error.data as readonly BoardProblem[]) : []
