/** Fails at compile time when a switch over a union forgets a member, and at run time when data lies about its type. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}

/**
 * Narrows away `null` and `undefined`.
 * @param because why the caller knows the value is there; shown when it is not.
 */
export function present<T>(value: T | null | undefined, because: string): T {
  if (value === null || value === undefined) throw new Error(`Expected a value: ${because}`)
  return value
}
