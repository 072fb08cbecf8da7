import type { TakeId } from '../../../shared/ids.ts'
import type { TakePhase } from '../../../shared/model.ts'
import type { Placed } from '../domain/queue-order.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

/** Every take that waits to be sent, on hold or not, by place. The first condition is that of the index of open takes. */
export const listWaiting = (db: ReadDb): Placed[] =>
  db.all(
    `SELECT id, coalesce(place, ord) AS place FROM takes
     WHERE (phase NOT IN ('ready', 'failed', 'cancelled') OR refund_due_at IS NOT NULL)
       AND phase IN ('planned', 'reserved') ORDER BY coalesce(place, ord), ord`,
  )

export const writePlace = (db: WriteDb, { id, place }: Placed): void => {
  db.run('UPDATE takes SET place = ? WHERE id = ?', place, id)
}

/** Null when the library has no such take. */
export const phaseOf = (db: ReadDb, id: TakeId): TakePhase | null =>
  db.get<{ phase: TakePhase }>('SELECT phase FROM takes WHERE id = ?', id)?.phase ?? null
