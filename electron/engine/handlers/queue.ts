import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { TakePhase } from '../../../shared/model.ts'
import { movedPlaces } from '../domain/queue-order.ts'
import type { Handlers } from '../router.ts'
import type { ReadDb } from '../store/open-store.ts'
import { listWaiting, phaseOf, writePlace } from '../store/queue.ts'
import { findTake } from '../store/takes.ts'
import { the, type HandlerContext } from './context.ts'

type QueueCalls = Pick<Handlers, 'queue.hold' | 'queue.release' | 'queue.move' | 'queue.cancel'>

const NOT_SENT: ReadonlySet<TakePhase> = new Set(['planned', 'reserved', 'cancelled'])

/** What can still be done with takes that have not been sent. What has been sent meanwhile is left as it is. */
export function queueHandlers({ store, outbox, driver, scheduler }: HandlerContext): QueueCalls {
  /** Each take once, all of them in the library. */
  function known(db: ReadDb, takeIds: readonly TakeId[]): TakeId[] {
    const ids = [...new Set(takeIds)]
    if (ids.some((id) => phaseOf(db, id) === null))
      throw new TakeboardError('not-found', 'One of those takes is no longer in the library. Nothing was changed.')
    return ids
  }

  return {
    'queue.hold': ({ takeIds }) => ({
      changed: driver.applyAll(known(store.read, takeIds), { type: 'held', why: null }).length,
    }),

    'queue.release': ({ takeIds }) => ({
      changed: driver.applyAll(known(store.read, takeIds), { type: 'let-go' }).length,
    }),

    'queue.move': ({ takeIds, before }) => {
      const moved = outbox.write((db, emit) => {
        const target = before === null ? null : the.take(db, before).take.place
        const places = movedPlaces(listWaiting(db), new Set(known(db, takeIds)), target)
        return places.map((placed) => {
          writePlace(db, placed)
          const stored = present(findTake(db, placed.id), 'it waits')
          emit('take.put', stored.take)
          return stored
        })
      })
      scheduler.put(moved)
      return {}
    },

    'queue.cancel': ({ takeIds }) => {
      const ids = known(store.read, takeIds)
      const cancelled = driver.applyAll(ids, { type: 'cancelled' }).length
      // What was cancelled, now or before, was never sent; a submission that failed before it left counts as sent.
      const alreadySent = ids.filter((id) => !NOT_SENT.has(present(phaseOf(store.read, id), 'it is known'))).length
      return { cancelled, alreadySent }
    },
  }
}
