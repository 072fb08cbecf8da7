/**
 * Where a run of the engine can be made to stop dead. `write` and `written` are the two sides of a database commit, the
 * `journal` points lie around its write and its fsync, `send` and `recorded` around the moment a submission reaches the
 * service, `polled`, `chunk`, `file` and `renamed` in what follows it.
 */
export const POINTS = [
  'write',
  'written',
  'journal',
  'journal-torn',
  'journal-written',
  'journal-synced',
  'send',
  'recorded',
  'polled',
  'chunk',
  'file',
  'renamed',
] as const
export type Point = (typeof POINTS)[number]

/** One life of the engine: while it is down, nothing it does reaches the disk or the service any more. */
export interface Gate {
  readonly down: boolean
  /** Stops the engine the `nth` time it comes to the point. */
  arm(point: Point, nth: number): void
  disarm(): void
  /** True when this arrival is the one to stop at; the engine is down from then on. */
  trips(point: Point): boolean
  /** @throws Error when the engine is down, or is stopped here */
  pass(point: Point): void
  crash(): void
}

const DEAD = 'This engine was killed'

export function createGate(): Gate {
  let down = false
  let armed: { point: Point; left: number } | null = null
  const trips = (point: Point): boolean => {
    if (down) return true
    if (armed?.point !== point) return false
    armed.left -= 1
    if (armed.left > 0) return false
    armed = null
    down = true
    return true
  }
  return {
    get down() {
      return down
    },
    arm: (point, nth) => void (armed = { point, left: nth }),
    disarm: () => void (armed = null),
    trips,
    pass(point) {
      if (trips(point)) throw new Error(DEAD)
    },
    crash: () => void (down = true),
  }
}
