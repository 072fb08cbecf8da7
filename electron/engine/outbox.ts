import type { EngineEvent, EventName, EventPayload } from '../../shared/contract.ts'
import type { Cancel, Logger } from './ports.ts'
import type { Store, WriteDb } from './store/open-store.ts'
import { eventsAfter, outboxRange, putEvent, trimOutbox, type OutboxRow } from './store/records.ts'

/** Adds an event to the transaction it is called in. */
export interface Emit {
  <N extends EventName>(name: N, payload: EventPayload<N>): void
  /** Adds one event for a key at the end of the transaction, however often it was asked for: for sums over many rows. */
  last<N extends EventName>(name: N, key: string, payload: () => EventPayload<N>): void
}

/** Numbered events, written in the transaction of what they tell and published after its commit. */
export interface Outbox {
  /** One transaction: rows and events together, or neither. */
  write<T>(work: (db: WriteDb, emit: Emit) => T): T
  /** Publishes something not worth replaying. */
  tell(event: Extract<EngineEvent, { name: 'runner.put' | 'take.progress' | 'key.put' }>): void
  subscribe(listener: (event: EngineEvent) => void): Cancel
  /** The events after `seq`, or `gap` when some of them are no longer kept. */
  replay(seq: number): readonly EngineEvent[] | 'gap'
  /** Number of the latest event: what a snapshot taken now is true for. */
  seq(): number
}

/** A reconnecting window catches up from here; further back it takes a new snapshot. */
const KEPT_EVENTS = 5_000
/** Old events are removed after so many new ones, so that a long run does not fill the disk with them. */
const TRIM_EVERY = 1_000

const toEvent = (row: OutboxRow): EngineEvent =>
  ({ seq: row.seq, name: row.name, payload: JSON.parse(row.payload) }) as EngineEvent

export function createOutbox(store: Store, logger: Logger): Outbox {
  const listeners = new Set<(event: EngineEvent) => void>()
  let sinceTrim = 0
  /** What an event tells is committed by now, so no listener may stop what follows from it. */
  const publish = (event: EngineEvent) =>
    listeners.forEach((listener) => {
      try {
        listener(event)
      } catch (error) {
        logger.error('A listener failed', { event: event.name, error: String(error) })
      }
    })
  store.write((db) => trimOutbox(db, KEPT_EVENTS))

  return {
    write(work) {
      const events: EngineEvent[] = []
      const result = store.write((db) => {
        const add = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
          const seq = putEvent(db, name, JSON.stringify(payload))
          events.push({ seq, name, payload } as EngineEvent)
        }
        const atEnd = new Map<string, () => void>()
        const last: Emit['last'] = (name, key, payload) => atEnd.set(`${name} ${key}`, () => add(name, payload()))
        const result = work(db, Object.assign(add, { last }))
        for (const tell of atEnd.values()) tell()
        if (sinceTrim + events.length >= TRIM_EVERY) trimOutbox(db, KEPT_EVENTS)
        return result
      })
      sinceTrim = (sinceTrim + events.length) % TRIM_EVERY
      events.forEach(publish)
      return result
    },
    tell: publish,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    replay(seq) {
      const { first, last } = outboxRange(store.read)
      if (seq > last || seq + 1 < first) return 'gap'
      return eventsAfter(store.read, seq).map(toEvent)
    },
    seq: () => outboxRange(store.read).last,
  }
}
