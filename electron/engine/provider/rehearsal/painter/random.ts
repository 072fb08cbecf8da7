/** A repeatable stream of numbers in [0, 1), and the few draws the painters need from it. */
export interface Rng {
  (): number
  /** Uniform between the two values. */
  between(from: number, to: number): number
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly [T, ...T[]]): T
}

/** Mulberry32: small, fast, and the same everywhere. @param seed any integer; only its low 32 bits count */
export function createRng(seed: number): Rng {
  let state = seed >>> 0 || 1
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return Object.assign(next, {
    between: (from: number, to: number) => from + next() * (to - from),
    pick: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0],
  })
}

/** FNV-1a of a text, for streams that depend on words. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Calls `make` for 0 .. count-1 and collects what it returns. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))
