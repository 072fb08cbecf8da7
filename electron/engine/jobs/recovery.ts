import { foundSubmitting } from '../domain/take-machine.ts'
import type { Clock, Logger } from '../ports.ts'
import type { JournalRecord } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { findTake, isBound, listOpenTakes } from '../store/takes.ts'
import type { Driver } from './driver.ts'

/**
 * Makes the library true after a stop of any kind, before anything is run: a submission under way becomes unconfirmed,
 * and what the journal knows beyond an older database is put back. Doing it twice changes nothing the second time.
 */
export function recover(
  { store, driver, clock, logger }: { store: Store; driver: Driver; clock: Clock; logger: Logger },
  journal: readonly JournalRecord[],
): void {
  for (const record of journal) {
    const stored = findTake(store.read, record.takeId)
    if (!stored) {
      logger.warn('The submission journal names a take the database does not have', { takeId: record.takeId })
      continue
    }
    const { phase, attempt } = stored.state
    if (record.type === 'intent' && attempt < record.attempt) driver.apply(record.takeId, { type: 'submission-begun' })
    if (record.type === 'void' && attempt === record.attempt && phase === 'submitting') {
      const error = { code: 'provider-unreachable', message: 'The request never reached the service.' } as const
      driver.apply(record.takeId, { type: 'not-sent', error, retryAt: clock.now() })
    }
    if (record.type === 'accepted' && attempt === record.attempt) {
      const { predictionId } = record
      if (stored.state.predictionId === null && isBound(store.read, stored.take.provider, predictionId)) continue
      driver.apply(record.takeId, { type: 'accepted', predictionId, recovered: true, pollAt: clock.now() })
    }
  }
  for (const { take, state } of listOpenTakes(store.read)) {
    if (state.phase === 'submitting') driver.apply(take.id, foundSubmitting(clock.now()))
  }
}
