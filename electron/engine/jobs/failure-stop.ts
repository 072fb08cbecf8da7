import type { WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { TakeEvent } from '../domain/take-machine.ts'
import type { WriteDb } from '../store/open-store.ts'
import { findProject } from '../store/projects.ts'
import { countFailure, forgetFailures, listUnsentPaid, noteStop, wasTriedAgain } from '../store/stops.ts'
import type { StoredTake } from '../store/takes.ts'

/** What the artist settles by hand says nothing about the service. */
const BY_HAND: ReadonlySet<TakeEvent['type']> = new Set(['resolved-charged', 'resolved-not-charged'])

const because = (failures: number): WireError => ({
  code: 'failures-in-a-row',
  message: `${failures === 1 ? 'A paid take' : `${failures} paid takes in a row`} failed, so the takes not sent yet were put on hold. Look at what failed, then release or cancel them.`,
})

/** The takes to hold, and why. */
interface Stop {
  readonly takeIds: readonly TakeId[]
  readonly why: WireError
}

/**
 * Counts the paid takes of a project that fail one after the other, in the order they end. When there are as many as the
 * project allows, its takes that were not sent are to be put on hold, and counting begins anew. Rehearsals, what the
 * artist settles by hand and downloads tried again do not count.
 * @returns null when nothing is to be held
 */
export function afterEnd(
  db: WriteDb,
  before: StoredTake,
  after: StoredTake,
  event: TakeEvent,
  now: number,
): Stop | null {
  const { id, projectId, provider, phase } = after.take
  if (provider === 'rehearsal' || phase === before.take.phase || BY_HAND.has(event.type)) return null
  if ((phase !== 'ready' && phase !== 'failed') || wasTriedAgain(db, id)) return null
  if (phase === 'ready') {
    forgetFailures(db, projectId)
    return null
  }
  const failures = countFailure(db, projectId)
  const limit = findProject(db, projectId)?.stopAfter ?? null
  if (limit === null || failures < limit) return null
  const takeIds = listUnsentPaid(db, projectId)
  if (takeIds.length === 0) return null
  forgetFailures(db, projectId)
  noteStop(db, { at: now, projectId, failures, held: takeIds.length })
  return { takeIds, why: because(failures) }
}
