/** Least and most that a server's Retry-After is believed (milliseconds). */
const RETRY_AFTER = { min: 1_000, max: 600_000 } as const

/**
 * Milliseconds to wait before try `failures + 1`: doubling from `base` to `cap`, with the lower half random, so that
 * many clients do not return at once. A Retry-After wins over it, within bounds.
 * @param unit uniform in [0, 1)
 */
export function backoffMs(
  failures: number,
  options: { base: number; cap: number; unit: number; retryAfterMs?: number | null },
): number {
  if (options.retryAfterMs !== undefined && options.retryAfterMs !== null) {
    return Math.min(RETRY_AFTER.max, Math.max(RETRY_AFTER.min, options.retryAfterMs))
  }
  const full = Math.min(options.cap, options.base * 2 ** Math.min(failures, 30))
  return Math.round(full / 2 + (full / 2) * options.unit)
}
