import { TakeboardError } from '../../../shared/errors.ts'
import { formatBoardProblems } from '../../engine/interchange/board-problems.ts'
import { problemsOf } from './load-board.ts'
import { remedyText } from './remedies.ts'
import { helpOf } from './usage.ts'

/** Anything thrown as an error of ours; what is not becomes `internal`. */
export const asTakeboardError = (error: unknown): TakeboardError =>
  error instanceof TakeboardError
    ? error
    : new TakeboardError(
        'internal',
        `Something went wrong inside Takeboard: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      )

/**
 * A failure for a person: what happened, what it cost, what to do. The stack only when it is asked for.
 * @param cost a sentence about money, or nothing
 */
export function failureLines(error: TakeboardError, cost: string | null, debug: boolean): readonly string[] {
  const lines = [`takeboard: ${error.message}`]
  lines.push(...formatBoardProblems(problemsOf(error)).map((line) => `  ${line}`))
  // The engine's own sentences about money are as good as ours.
  if (cost !== null && !/\bnothing was sent\b/i.test(error.message)) lines.push(cost)
  const help = helpOf(error)
  const todo = help === null ? remedyText(error.code) : `See ${help}.`
  if (todo !== null) lines.push(todo)
  if (debug) lines.push(stackOf(error))
  return lines
}

/** The stacks of an error and of all that caused it. */
export function stackOf(error: unknown): string {
  const stacks: string[] = []
  for (let each = error; each instanceof Error; each = each.cause) stacks.push(each.stack ?? String(each))
  return stacks.join('\nCaused by: ')
}

/** The same for scripts. */
export const failureDocument = (error: TakeboardError) => {
  const problems = problemsOf(error)
  return {
    error: {
      code: error.code,
      message: error.message,
      remedy: error.remedy,
      ...(problems.length > 0 && {
        problems: problems.map(({ path, found, allowed, message }) => ({
          path,
          found: found ?? null,
          allowed,
          message,
        })),
      }),
    },
  }
}
