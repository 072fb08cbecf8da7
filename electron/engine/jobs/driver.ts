import type { TakeId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import {
  effectsOf,
  step,
  type Effect,
  type LedgerKind,
  type TakeEvent,
  type TakeState,
} from '../domain/take-machine.ts'
import type { Emit, Outbox } from '../outbox.ts'
import type { Clock } from '../ports.ts'
import { writeLedger } from '../store/ledger.ts'
import type { WriteDb } from '../store/open-store.ts'
import { readBudget, readLibraryBudget } from '../store/projects.ts'
import { putHistory } from '../store/records.ts'
import { findTake, writeExpected, writeTakeState, type StoredTake } from '../store/takes.ts'
import { afterEnd } from './failure-stop.ts'

export interface Applied {
  readonly stored: StoredTake
  /** False when the event meant nothing in the take's phase. */
  readonly changed: boolean
  /** Other takes that changed because of it: those put on hold when too many fail. */
  readonly others: readonly StoredTake[]
}

/** The only writer of take states: machine, ledger, history and event in one transaction, then the effects. */
export interface Driver {
  /** Applies an event and hands the take's next effects to the scheduler. */
  apply(takeId: TakeId, event: TakeEvent, extras?: Extras): Applied
  /** Applies an event to several takes in one transaction. @returns those it changed */
  applyAll(takeIds: readonly TakeId[], event: TakeEvent): readonly StoredTake[]
  /** The same inside a transaction of the caller, who schedules when it has committed. */
  applyIn(db: WriteDb, emit: Emit, takeId: TakeId, event: TakeEvent, extras?: Extras): Applied
  /** Effects now due for a stored take. */
  effects(stored: StoredTake): readonly Effect[]
  /** Set once, by whoever runs the effects. */
  onChange(listener: (stored: StoredTake) => void): void
}

interface Extras {
  /** Epoch milliseconds between which the clip may be expected. */
  readonly expected?: { readonly from: number; readonly to: number }
}

const NOTES: Readonly<Record<LedgerKind, string>> = {
  reserve: 'Reserved when the batch was started',
  settle: 'Charged: the job completed',
  release: 'Released: nothing was charged',
  overage: 'Charged beyond the quote, as the service bills it',
  refund: 'Charged less than the quote, as the service bills it',
}

const REFUND_NOTES = {
  refund: 'Released: the failed job is refunded by the service',
  nothing: 'Released: the service bills nothing for the failed job',
  charge: 'Charged: the service bills the deleted job and refunds nothing',
} as const

function ledgerNote(kind: LedgerKind, event: TakeEvent): string {
  if (event.type === 'refunded') return 'Released by hand: counted as refunded'
  if (event.type === 'refund-looked') return REFUND_NOTES[event.shown]
  if (event.type === 'resolved-charged') return 'Counted as charged by hand'
  if (event.type === 'resolved-not-charged') return 'Released by hand: counted as not charged'
  if (event.type === 'cancelled') return 'Released: cancelled before it was sent'
  return NOTES[kind]
}

/** Polls and looks that found nothing new are not history. */
const isNews = (event: TakeEvent, before: TakeState, after: TakeState): boolean => {
  if (event.type === 'still-running') return false
  const again = event.type === 'poll-deferred' || event.type === 'refund-deferred' || event.type === 'refund-looked'
  return !again || before.failures === 0 || after.charge !== before.charge
}

export function createDriver(outbox: Outbox, clock: Clock): Driver {
  let changed: (stored: StoredTake) => void = () => {}

  function applyIn(db: WriteDb, emit: Emit, takeId: TakeId, event: TakeEvent, extras: Extras = {}): Applied {
    const now = clock.now()
    const before = present(findTake(db, takeId), 'takes are never removed')
    const result = step(before.state, event, now)
    if (!result.changed) return { stored: before, changed: false, others: [] }
    const { projectId } = before.take
    if (result.ledger !== null) {
      writeLedger(db, { at: now, projectId, takeId, ...result.ledger, note: ledgerNote(result.ledger.kind, event) })
    }
    writeTakeState(db, takeId, result.state)
    if (extras.expected) writeExpected(db, takeId, extras.expected)
    if (isNews(event, before.state, result.state)) putHistory(db, takeId, now, JSON.stringify(event))
    const stored = present(findTake(db, takeId), 'it was just written')
    emit('take.put', stored.take)
    if (result.ledger !== null || stored.state.charge !== before.state.charge) {
      emit.last('budget.put', projectId, () => readBudget(db, projectId))
      emit.last('library.budget', '', () => readLibraryBudget(db))
    }
    const stop = afterEnd(db, before, stored, event, now)
    const held = stop?.takeIds.map((id) => applyIn(db, emit, id, { type: 'held', why: stop.why }).stored) ?? []
    return { stored, changed: true, others: held }
  }

  return {
    applyIn,
    apply(takeId, event, extras) {
      const applied = outbox.write((db, emit) => applyIn(db, emit, takeId, event, extras))
      if (applied.changed) for (const stored of [applied.stored, ...applied.others]) changed(stored)
      return applied
    },
    applyAll(takeIds, event) {
      const applied = outbox.write((db, emit) => takeIds.map((takeId) => applyIn(db, emit, takeId, event)))
      const takes = applied.flatMap(({ stored, changed: did }) => (did ? [stored] : []))
      for (const stored of [...takes, ...applied.flatMap(({ others }) => others)]) changed(stored)
      return takes
    },
    effects: (stored) => effectsOf(stored.state, clock.now()),
    onChange(listener) {
      changed = listener
    },
  }
}
