import { z } from 'zod'

/** What takes or answers nothing. */
export const nothing = z.strictObject({})
/** Position in the outbox; a snapshot carries the one it is true for. */
export const Seq = z.number().int().nonnegative()

/**
 * A call that changes nothing.
 * @param large its answers are megabytes, which a page has no time to read twice: they are checked where they are made only
 */
export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, { large = false } = {}) =>
  ({ kind: 'query', input, output, large }) as const
/** A call that changes something. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'command', input, output, large: false }) as const
