import type { WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { StoredTake } from '../store/takes.ts'
import type { RecoveryNote } from '../store/recovery-note.ts'
import { offBecause } from './describe.ts'

/** Keeps submissions off after a recovery until all is accounted for. */
export interface Gate {
  /** Why submissions are off; null when they are not. */
  why(): WireError | null
  /** The service's history was searched for a take's job, whatever it said. */
  looked(takeId: TakeId): void
  /** A take changed; one that is no longer unconfirmed needs no looking for. */
  changed(stored: StoredTake): void
  /** The artist has been told what happened; what is still to be looked for keeps submissions off. */
  read(): void
  /** The artist has read what happened and resumes. */
  resume(): void
}

interface GateOptions {
  /** Null when there is nothing to wait for. */
  readonly note: RecoveryNote | null
  readonly save: (note: RecoveryNote) => void
  /** Called once, when the last thing waited for is done. */
  readonly onOpen: () => void
  /** Called when there is less left to wait for. */
  readonly onLess: (why: WireError) => void
}

export function createGate(options: GateOptions): Gate {
  let note = options.note?.stage === 'off' ? options.note : null

  function open(told = false): void {
    if (note === null) return
    const known = [...new Set([...note.known, ...note.orphans.map(({ takeId }) => takeId)])]
    options.save({ ...note, stage: 'done', awaiting: [], needsReading: false, known, told: note.told || told })
    note = null
    options.onOpen()
  }

  function done(takeId: TakeId): void {
    if (!note?.awaiting.includes(takeId)) return
    note = { ...note, awaiting: note.awaiting.filter((waiting) => waiting !== takeId) }
    if (note.awaiting.length === 0 && !note.needsReading) return open()
    options.save(note)
    options.onLess(offBecause(note))
  }

  return {
    why: () => (note === null ? null : offBecause(note)),
    looked: done,
    changed({ take, state }) {
      if (state.phase !== 'unconfirmed') done(take.id)
    },
    read() {
      if (note?.needsReading !== true) return
      note = { ...note, needsReading: false }
      if (note.awaiting.length === 0) return open()
      options.save(note)
    },
    resume: () => open(true),
  }
}
