/** How far apart the takes were while they played. */
export interface SyncCount {
  /** Pictures of the screen at which all takes were compared. */
  readonly compared: number
  /** Of those, how many had a take that was so many frames off: 0, 1, 2, or more. */
  readonly apart: readonly number[]
  readonly worst: number
  /** Frames of the leading take that were never presented. */
  readonly dropped: number
}

export interface SyncCounter {
  /** Playing begins anew: what was skipped to get there is no loss. */
  begin(): void
  /** The leading take presented a frame. */
  presented(frame: number): void
  /** @param offs how many frames each of the others is from where it should be; empty without others */
  compare(offs: readonly number[]): void
}

/** @param tell hears of every comparison */
export function createSyncCounter(tell: (count: SyncCount) => void): SyncCounter {
  let count: SyncCount = { compared: 0, apart: [0, 0, 0, 0], worst: 0, dropped: 0 }
  let last: number | null = null
  return {
    begin() {
      last = null
    },
    presented(frame) {
      if (last !== null && frame > last + 1) count = { ...count, dropped: count.dropped + frame - last - 1 }
      last = frame
    },
    compare(offs) {
      if (offs.length === 0) return
      const off = Math.max(...offs)
      const apart = count.apart.map((times, at) => (at === Math.min(off, count.apart.length - 1) ? times + 1 : times))
      count = { ...count, compared: count.compared + 1, apart, worst: Math.max(count.worst, off) }
      tell(count)
    },
  }
}
