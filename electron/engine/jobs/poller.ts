import type { TakeId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import type { Take } from '../../../shared/model.ts'
import { backoffMs } from '../domain/backoff.ts'
import { doneWindow, pollGapMs, type DoneWindow } from '../domain/poll-schedule.ts'
import { pastTimes, putTime } from '../store/records.ts'
import { findTake, type StoredTake } from '../store/takes.ts'
import type { JobContext } from './job.ts'

/** "Refunded automatically within 3 hours" (wavespeed.ai refund policy). */
export const REFUND_MS = 3 * 60 * 60 * 1000
/** A job the service does not know, or a key it refuses, is asked for again this much later. */
const BLOCKED_MS = 60_000
const MAX_DEFER_MS = 60_000

/** When a job of this kind is likely to be done, from its predecessors or the provider's prior. */
export function jobWindow({ store, ports }: Pick<JobContext, 'store' | 'ports'>, take: Take): DoneWindow {
  const { resolution, duration } = take.request
  const past = pastTimes(store.read, take.provider, resolution, duration)
  return doneWindow(past, ports.providers[take.provider].pacing.prior(resolution, duration))
}

/** Looks at a running job once and says when to look again. */
export interface Poller {
  poll(takeId: TakeId): Promise<void>
}

export function createPoller(context: JobContext): Poller {
  const { driver, ports, store } = context

  function remember({ take, state }: StoredTake, inferenceMs: number | null): void {
    const { resolution, duration } = take.request
    const observed = ports.clock.now() - (state.acceptedAt ?? ports.clock.now())
    // A clock that was set back meanwhile measured nothing.
    if (observed < 0) return
    // The service's own figure leaves out its queue and our gap between polls, but cannot be longer than what we saw.
    const took = Math.min(inferenceMs ?? observed, observed)
    store.write((db) => putTime(db, take.provider, resolution, duration, took))
  }

  return {
    async poll(takeId) {
      const stored = present(findTake(store.read, takeId), 'it was scheduled')
      const { take, state } = stored
      if (state.phase !== 'running') return
      const provider = ports.providers[take.provider]
      const outcome = await provider.poll(present(state.predictionId, 'a running take has one'))
      const now = ports.clock.now()
      const { floorMs } = provider.pacing
      switch (outcome.kind) {
        case 'pending': {
          const elapsed = now - (state.acceptedAt ?? now)
          driver.apply(takeId, {
            type: 'still-running',
            pollAt: now + pollGapMs(elapsed, jobWindow(context, take), floorMs, ports.random.unit()),
          })
          return
        }
        case 'completed':
          driver.apply(takeId, { type: 'completed', outputs: outcome.outputs, inferenceMs: outcome.inferenceMs })
          remember(stored, outcome.inferenceMs)
          return
        case 'ended':
          driver.apply(takeId, { type: 'ended', error: outcome.error, refundDueAt: now + REFUND_MS })
          return
        case 'retry': {
          if (context.signal.aborted) return
          const wait = backoffMs(state.failures, {
            base: floorMs * 2,
            cap: Math.max(MAX_DEFER_MS, floorMs),
            unit: ports.random.unit(),
            retryAfterMs: outcome.retryAfterMs,
          })
          driver.apply(takeId, { type: 'poll-deferred', error: outcome.error, retryAt: now + Math.max(wait, floorMs) })
          return
        }
        case 'key-rejected':
          context.halt(outcome.error)
          driver.apply(takeId, { type: 'poll-deferred', error: outcome.error, retryAt: now + BLOCKED_MS })
          return
        case 'missing':
          // A free job that is gone is simply gone; a paid one is never given up by itself.
          if (take.provider === 'rehearsal')
            driver.apply(takeId, { type: 'ended', error: outcome.error, refundDueAt: now })
          else driver.apply(takeId, { type: 'poll-deferred', error: outcome.error, retryAt: now + BLOCKED_MS })
          return
      }
    },
  }
}
