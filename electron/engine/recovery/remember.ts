import type { ProjectId } from '../../../shared/ids.ts'
import type { UsdMicros } from '../../../shared/money.ts'
import { wireOf } from '../jobs/job.ts'
import type { Outbox } from '../outbox.ts'
import type { Logger } from '../ports.ts'
import type { Journal, JournalRecord } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { listProjects, readLibraryBudget } from '../store/projects.ts'
import type { StoredTake } from '../store/takes.ts'

interface RememberOptions {
  readonly journal: Journal
  readonly outbox: Outbox
  readonly store: Store
  readonly logger: Logger
}

/**
 * Writes to the journal what a restored older database must not forget besides submissions: takes that ended without a
 * job, which would be sent again, and caps that were lowered.
 * @returns what to call with every take that changed
 */
export function rememberDecisions({ journal, outbox, store, logger }: RememberOptions): (stored: StoredTake) => void {
  const note = (record: JournalRecord) => {
    try {
      journal.note(record)
    } catch (error) {
      logger.warn('A decision could not be written to the journal', { code: wireOf(error).code })
    }
  }
  const caps = new Map<ProjectId | null, UsdMicros | null>(listProjects(store.read).map(({ id, cap }) => [id, cap]))
  caps.set(null, readLibraryBudget(store.read).cap)
  const capSet = (projectId: ProjectId | null, cap: UsdMicros | null) => {
    if ((caps.get(projectId) ?? null) === cap) return
    caps.set(projectId, cap)
    note({ type: 'cap', projectId, cap })
  }
  outbox.subscribe((event) => {
    if (event.name === 'project.put') capSet(event.payload.id, event.payload.cap)
    if (event.name === 'library.budget') capSet(null, event.payload.cap)
  })
  return ({ take, state }) => {
    const { phase, charge, attempt, predictionId, error } = state
    if (predictionId !== null || (phase !== 'cancelled' && phase !== 'failed')) return
    const as = phase === 'cancelled' ? 'cancelled' : charge === 'charged' ? 'charged' : 'rejected'
    note({ type: 'closed', takeId: take.id, attempt, as, error })
  }
}
