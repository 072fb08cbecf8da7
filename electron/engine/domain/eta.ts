/** How long a take still keeps its slot, at the least and at the most (milliseconds). */
export interface Remaining {
  readonly from: number
  readonly to: number
}

/** When the last of `durations` ends if `machines` take them in order, those in `busy` first. */
function makespan(busy: readonly number[], waiting: readonly number[], machines: number): number {
  // Free times of the slots in use or to be used, smallest first; a sorted array is enough for tens of slots.
  const free = [...busy].sort((a, b) => a - b)
  while (free.length < Math.min(machines, busy.length + waiting.length)) free.unshift(0)
  let last = free.at(-1) ?? 0
  for (const duration of waiting) {
    const end = (free.shift() ?? 0) + duration
    last = Math.max(last, end)
    const index = free.findIndex((time) => time > end)
    if (index < 0) free.push(end)
    else free.splice(index, 0, end)
  }
  return last
}

/**
 * Milliseconds until everything in flight and waiting is done, as a range: each take at its earliest, and each at its
 * latest. Null when there is nothing to wait for.
 */
export function batchEta(
  inFlight: readonly Remaining[],
  waiting: readonly Remaining[],
  slots: number,
): Remaining | null {
  if (inFlight.length + waiting.length === 0) return null
  const machines = Math.max(1, slots)
  const of = (end: 'from' | 'to') =>
    makespan(
      inFlight.map((take) => Math.max(0, take[end])),
      waiting.map((take) => take[end]),
      machines,
    )
  return { from: of('from'), to: of('to') }
}
