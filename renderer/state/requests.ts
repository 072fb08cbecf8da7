import type { Client } from '../../shared/client.ts'
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts'
import { ERRORS, TakeboardError } from '../../shared/errors.ts'
import type { RequestId } from '../../shared/ids.ts'
import { followEdit, isEdit } from './saving.ts'

let client: Client | null = null

/** Done once at start. */
export const provideClient = (next: Client): void => {
  client = next
}

let onCall: (name: CallName) => void = () => {}

/** Told of every call just before it is made, while what the artist pressed still counts as such. */
export const watchCalls = (listener: (name: CallName) => void): void => {
  onCall = listener
}

/** Asks the engine. @throws TakeboardError */
export function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  if (client === null) return Promise.reject(new TakeboardError('disconnected', 'The studio is not connected yet.'))
  onCall(name)
  const answer = client.call(name, input)
  if (isEdit(name)) followEdit(answer, () => run(name, input))
  return answer
}

/** A fresh id for a paid command. Keep it while the same wish is repeated: the engine then buys once. */
export const newRequestId = (): RequestId => `r-${crypto.randomUUID()}` as RequestId

/** How an error reads: the title of its code, and its own sentence. */
export function errorText(error: unknown): { title: string; text: string; code: string } {
  if (error instanceof TakeboardError) return { title: ERRORS[error.code].title, text: error.message, code: error.code }
  return {
    title: ERRORS.internal.title,
    text: error instanceof Error ? error.message : String(error),
    code: 'internal',
  }
}

type FailureListener = (error: unknown, again: () => void) => void
let onFailure: FailureListener = () => {}

/** Where `attempt` reports to; the app shows a toast. */
export const reportFailuresTo = (listener: FailureListener): void => {
  onFailure = listener
}

/**
 * Runs something that asks the engine, and reports a failure instead of throwing it.
 * @returns what it returned, or null after a failure
 */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    onFailure(error, () => void attempt(work))
    return null
  }
}

/** `attempt` for the common case of one command whose answer nobody waits for. @param onRefused told of a failure */
export function run<N extends CallName>(name: N, input: CallInput<N>, onRefused: () => void = () => {}): void {
  void attempt(() => call(name, input)).then((done) => done === null && onRefused())
}
