import { z } from 'zod'

/** What takes or answers nothing. */
export const nothing = z.strictObject({})
/** Position in the outbox; a snapshot carries the one it is true for. */
export const Seq = z.number().int().nonnegative()

/** A call that changes nothing. */
export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'query', input, output }) as const
/** A call that changes something. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'command', input, output }) as const
