/** When a job is likely to be done, in milliseconds from acceptance. */
export interface DoneWindow {
  readonly from: number
  readonly to: number
}

/** Jobs of one resolution and duration needed before their times are believed over the provider's prior. */
const ENOUGH_SAMPLES = 3
/** The longest gap between two looks, however long a job takes. */
const MAX_GAP_MS = 30_000
/** Gaps grow with the time already waited: a job that took 100 s may be noticed 10 s late. */
const GAP_SHARE = 0.1

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/** The window for a job: the middle of its predecessors' times, or the prior while there are too few. */
export function doneWindow(pastMs: readonly number[], prior: DoneWindow): DoneWindow {
  if (pastMs.length < ENOUGH_SAMPLES) return prior
  const sorted = [...pastMs].sort((a, b) => a - b)
  return { from: quantile(sorted, 0.1), to: Math.max(quantile(sorted, 0.9), quantile(sorted, 0.1)) }
}

/** Milliseconds from acceptance to the first poll: nothing is gained by asking before the job can be done. */
export const firstPollMs = (window: DoneWindow, floorMs: number): number => Math.max(floorMs, window.from)

/**
 * Milliseconds from one poll to the next, never under the floor.
 * @param elapsedMs since acceptance @param unit uniform in [0, 1), spreads polls of one batch apart
 */
export function pollGapMs(elapsedMs: number, floorMs: number, unit: number): number {
  const gap = Math.min(Math.max(floorMs, elapsedMs * GAP_SHARE), Math.max(MAX_GAP_MS, floorMs))
  return Math.round(gap * (1 + unit * 0.1))
}
