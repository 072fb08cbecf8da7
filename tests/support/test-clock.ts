import type { Clock } from '../../electron/engine/ports.ts'
import { systemClock } from '../../electron/hosts/system.ts'

/** Waits up to this long are cut short by a hurried clock; longer ones, such as for refunds, are not reached. */
const HURRIED_MS = 15 * 60_000

/** The real clock, with a wall clock that can be put forward and back. */
export interface TestClock extends Clock {
  /** Moves the wall clock, as a person or a time server does. Durations go on undisturbed. */
  setBy(ms: number): void
  /** Whether what is to happen within minutes happens at once, of waits that begin from now on. */
  hurry: boolean
  /** Every wait asked for, oldest first (milliseconds). */
  readonly waits: number[]
}

export function createTestClock({ hurry = false }: { hurry?: boolean } = {}): TestClock {
  let offset = 0
  const waits: number[] = []
  const clock: TestClock = {
    hurry,
    now: () => systemClock.now() + offset,
    monotonic: systemClock.monotonic,
    setTimeout(run, ms) {
      waits.push(ms)
      return systemClock.setTimeout(run, clock.hurry && ms <= HURRIED_MS ? Math.min(ms, 2) : ms)
    },
    setBy: (ms) => void (offset += ms),
    waits,
  }
  return clock
}
