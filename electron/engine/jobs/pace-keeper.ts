import type { Pace } from '../domain/account-level.ts'

const MINUTE_MS = 60_000
/** The slowest account there is may submit twice a minute (wavespeed.ai/docs/account-levels). */
const LEAST = 2
/** A learnt pace is tried a little faster after so long without a refusal. */
const PATIENCE_MS = 10 * MINUTE_MS

/** Keeps submissions to a service within its rate, told or learnt from its refusals. Times are monotonic milliseconds. */
export interface PaceKeeper {
  /** Milliseconds until another submission is welcome; 0 when it is now. */
  wait(pace: Pace, now: number): number
  sent(now: number): void
  /** The service answered 429: what was sent in the last minute was one too many. */
  refused(now: number): void
  /** Submissions a minute as learnt; infinite until the service has refused one. */
  learnt(): number
}

export function createPaceKeeper(): PaceKeeper {
  let recent: number[] = []
  let learnt = Number.POSITIVE_INFINITY
  let lastRefusal = Number.NEGATIVE_INFINITY

  const inLastMinute = (now: number) => (recent = recent.filter((at) => at > now - MINUTE_MS))

  return {
    wait(pace, now) {
      if (Number.isFinite(learnt) && now - lastRefusal > PATIENCE_MS) {
        learnt *= 2
        lastRefusal = now
      }
      const perMinute = Math.min(pace.perMinute, learnt)
      const sent = inLastMinute(now)
      const oldest = sent[Math.max(0, sent.length - perMinute)]
      return sent.length < perMinute || oldest === undefined ? 0 : oldest + MINUTE_MS - now
    },
    sent(now) {
      inLastMinute(now).push(now)
    },
    refused(now) {
      learnt = Math.max(LEAST, Math.min(learnt, inLastMinute(now).length - 1))
      lastRefusal = now
    },
    learnt: () => learnt,
  }
}
