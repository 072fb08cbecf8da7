import { randomInt, randomUUID } from 'node:crypto'
import type { Clock, Ids, Random } from '../engine/ports.ts'

/** The real clock, dice and names; tests hand in their own. */

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout(run, ms) {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}

/** Whole numbers come from the system's cryptographic source; fractions only spread timers. */
export const systemRandom: Random = {
  unit: Math.random,
  integer: (min, max) => randomInt(min, max + 1),
}

export const systemIds: Ids = { next: randomUUID }
