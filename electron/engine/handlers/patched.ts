/** Keeps what the patch does not name; `undefined` never overwrites. */
export function patched<T extends object>(before: T, patch: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...before, ...(Object.fromEntries(given) as Partial<T>) }
}

/** The names a patch gives a value to. */
export const namedIn = (patch: object): string[] =>
  Object.entries(patch).flatMap(([name, value]) => (value === undefined ? [] : [name]))
