import { foundSubmitting } from '../domain/take-machine.ts'
import type { Clock, Logger } from '../ports.ts'
import type { JournalRecord } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { findTake, isBound, listOpenTakes, type StoredTake } from '../store/takes.ts'
import type { Driver } from './driver.ts'

export interface RecoverContext {
  readonly store: Store
  readonly driver: Driver
  /** A driver whose clock stands at a moment (epoch ms): what is put back happened then, not now. */
  readonly driverAt: (at: number) => Driver
  readonly clock: Clock
  readonly logger: Logger
}

type TakeRecord = Exclude<JournalRecord, { type: 'cap' }>

/** Brings one take up to what one record says; a record the database already knows changes nothing. */
function replay(
  { store, driver, driverAt, clock }: RecoverContext,
  { take, state }: StoredTake,
  record: TakeRecord,
): void {
  const { takeId } = record
  const { phase, attempt } = state
  if (record.type === 'intent') {
    // The time of sending is where the service's history is searched.
    if (attempt < record.attempt) driverAt(record.at).apply(takeId, { type: 'submission-begun' })
    return
  }
  // An attempt is only begun once those before it are known to have created nothing, so a later one speaks for them.
  if (attempt > record.attempt) return
  const then = driverAt(state.submittedAt ?? clock.now())
  switch (record.type) {
    case 'accepted': {
      const { predictionId } = record
      // A job that another take has by now stays with it; refusing to open the library would help nobody.
      if (state.predictionId === null && isBound(store.read, take.provider, predictionId)) return
      then.apply(takeId, { type: 'accepted', predictionId, recovered: true, pollAt: clock.now() })
      return
    }
    case 'void': {
      if (phase !== 'submitting') return
      const error = { code: 'provider-unreachable', message: 'The request never reached the service.' } as const
      driver.apply(takeId, { type: 'not-sent', error, retryAt: clock.now() })
      return
    }
    case 'closed': {
      if (record.as === 'rejected') {
        const error = record.error ?? { code: 'request-rejected', message: 'The service refused the request.' }
        then.apply(takeId, { type: 'rejected', error })
        return
      }
      if (phase === 'submitting') then.apply(takeId, foundSubmitting(clock.now()))
      if (record.as === 'charged') then.apply(takeId, { type: 'resolved-charged' })
      else then.apply(takeId, { type: phase === 'reserved' ? 'cancelled' : 'resolved-not-charged' })
      return
    }
  }
}

/**
 * Makes the library true after a stop of any kind, before anything is run: a submission under way becomes unconfirmed,
 * and what the journal knows beyond an older database is put back. Doing it twice changes nothing the second time.
 */
export function recover(context: RecoverContext, journal: readonly JournalRecord[]): void {
  const { store, driver, clock, logger } = context
  const unknown = new Set<string>()
  for (const record of journal) {
    if (record.type === 'cap') continue
    const stored = findTake(store.read, record.takeId)
    if (stored) replay(context, stored, record)
    else unknown.add(record.takeId)
  }
  for (const takeId of unknown)
    logger.warn('The submission journal names a take the database does not have', { takeId })
  for (const { take, state } of listOpenTakes(store.read)) {
    if (state.phase === 'submitting') driver.apply(take.id, foundSubmitting(clock.now()))
  }
}
