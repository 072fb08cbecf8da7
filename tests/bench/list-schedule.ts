/**
 * Makespan of jobs taken in order by `machines` workers, each job by whoever is free first: what a scheduler that
 * noticed every end at once and submitted in no time would need.
 */
export function listScheduleMs(latencies: readonly number[], machines: number): number {
  const free = Array.from({ length: machines }, () => 0)
  for (const latency of latencies) {
    const first = free.indexOf(Math.min(...free))
    free[first] = (free[first] ?? 0) + latency
  }
  return Math.max(...free)
}
