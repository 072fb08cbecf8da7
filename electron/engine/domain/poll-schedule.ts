/** When a job is likely to be done, in milliseconds from acceptance. */
export interface DoneWindow {
  readonly from: number
  readonly to: number
  /** True when it comes from past jobs rather than from the provider's prior. */
  readonly known: boolean
}

/** Jobs of one resolution and duration needed before their times are believed over the provider's prior. */
const ENOUGH_SAMPLES = 3
/** The longest gap between two looks, however long a job takes. */
const MAX_GAP_MS = 30_000
/** Where little is known, gaps grow with the time already waited: a job that took 100 s may be noticed 7 s late. */
const GAP_SHARE = 0.07
/** Where the window is known, it is walked through in at most so many looks. */
const LOOKS_IN_WINDOW = 12

/** Of many predecessors, so many of the quickest and of the slowest are no guide; of a few, each is. */
const OUTLIERS = 0.05

/** The window for a job: from the quickest to the slowest of its predecessors, or the prior while there are too few. */
export function doneWindow(
  pastMs: readonly number[],
  prior: { readonly from: number; readonly to: number },
): DoneWindow {
  if (pastMs.length < ENOUGH_SAMPLES) return { ...prior, known: false }
  const sorted = [...pastMs].sort((a, b) => a - b)
  const left = Math.floor(sorted.length * OUTLIERS)
  return { from: sorted[left] ?? prior.from, to: sorted[sorted.length - 1 - left] ?? prior.to, known: true }
}

/** Milliseconds from acceptance to the first poll: nothing is gained by asking before the job can be done. */
export const firstPollMs = (window: DoneWindow, floorMs: number): number => Math.max(floorMs, window.from)

/**
 * Milliseconds from one poll to the next, never under the floor: close together while the end is likely, further apart
 * the longer a job outlasts its predecessors.
 * @param elapsedMs since acceptance @param unit uniform in [0, 1), spreads polls of one batch apart
 */
export function pollGapMs(elapsedMs: number, window: DoneWindow, floorMs: number, unit: number): number {
  const likely = window.known && elapsedMs <= window.to
  const wanted = likely ? (window.to - window.from) / LOOKS_IN_WINDOW : elapsedMs * GAP_SHARE
  const gap = Math.min(Math.max(floorMs, wanted), Math.max(MAX_GAP_MS, floorMs))
  return Math.round(gap * (1 + unit * 0.1))
}
