import Sqlite from 'better-sqlite3'
import { TakeboardError } from '../../../shared/errors.ts'
import { backupFault, type BackupSource } from './backups.ts'
import { syncFile } from './durable-file.ts'

/**
 * Copies the open database into a file for a library elsewhere: of one moment, sound, and without a take that is still
 * to be sent or under way, since two libraries would then both see to it.
 * @throws TakeboardError `conflict` when such takes came meanwhile, `disk-full`, `library-damaged`
 */
export async function copyDatabase(source: BackupSource, to: string): Promise<void> {
  await source.backup(to)
  const copy = new Sqlite(to)
  let waiting: number
  try {
    // One file, also when it is read.
    copy.pragma('journal_mode = DELETE')
    waiting = copy.prepare<[], { n: number }>(`SELECT count(*) AS n FROM takes WHERE ${UNDER_WAY}`).get()?.n ?? 0
  } finally {
    copy.close()
  }
  const fault = backupFault(to)
  if (fault !== null) throw new TakeboardError('library-damaged', `The copy of the database is not sound: ${fault}`)
  if (waiting > 0) throw stillUnderWay(waiting)
  syncFile(to)
}

/** Takes that are not over; one whose submission went unanswered is never sent again by itself. */
export const UNDER_WAY = "phase NOT IN ('ready', 'failed', 'cancelled', 'unconfirmed')"

export const stillUnderWay = (takes: number): TakeboardError =>
  new TakeboardError(
    'conflict',
    `${takes === 1 ? 'A take is' : `${takes} takes are`} still waiting or under way, and a copy made now might send ${takes === 1 ? 'it' : 'them'} a second time. Wait until the queue is done, or cancel what waits. Nothing was copied.`,
  )
