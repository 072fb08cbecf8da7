import { createHash } from 'node:crypto'
import type { SubmitBody } from '../../../electron/engine/ports.ts'
import { readJournal } from '../../../electron/engine/store/journal.ts'
import type { ReadDb } from '../../../electron/engine/store/open-store.ts'
import type { Witness } from './fake-service.ts'
import { realFs, type Disk } from './faulty-fs.ts'

/** Watches what must hold at the very moment of a commit or a submission. */
export interface Watch {
  /** I6, and which take a submission is for, read from the disk and not from the engine. */
  witness(body: SubmitBody, label: string): Witness
  /** I1, at every commit. */
  committed(db: ReadDb): void
  /** A life of the engine begins. @param older whether an older database was put back at some time */
  opening(db: ReadDb, older: boolean): void
  opened(): void
}

interface WatchOptions {
  readonly disk: Disk
  /** Where what is found wrong is put. */
  readonly violations: string[]
  /** A file of its own. */
  readonly scratch: string
  readonly read: () => ReadDb
}

export function createWatch({ disk, violations, scratch, read }: WatchOptions): Watch {
  let lastLedger = 0
  let recounting = false
  /** The run is over with the first; an engine that breaks a promise without end must not keep it from saying so. */
  const violated = (text: string) => {
    violations.push(text)
    disk.gate.crash()
  }

  return {
    witness(body, label) {
      const rows = read().all<{ id: string; attempt: number; charge: string; seed: number; held: number }>(
        `SELECT takes.id, attempt, charge, on_hold AS held, request ->> 'seed' AS seed FROM takes JOIN scenes ON scenes.id = scene_id
         WHERE phase = 'submitting' AND scenes.number || '-' || takes.number = ?`,
        label,
      )
      const [row] = rows
      if (!row || rows.length > 1 || row.seed !== body.seed) {
        violated(`I6: ${label} was sent while the library had ${JSON.stringify(rows)}`)
        throw new Error('nothing to bind the submission to')
      }
      if (row.held === 1) violated(`I11: ${label} was sent while on hold`)
      if (row.charge !== 'held') violated(`I1: ${label} was sent with its money ${row.charge}`)
      realFs.writeFileSync(scratch, realFs.readFileSync(disk.journal).subarray(0, disk.synced))
      const request = createHash('sha256').update(JSON.stringify(body)).digest('hex')
      const intent = readJournal(scratch).some(
        (record) =>
          record.type === 'intent' &&
          record.takeId === row.id &&
          record.attempt === row.attempt &&
          record.seed === body.seed &&
          record.request === request,
      )
      if (!intent) violated(`I6: attempt ${row.attempt} of ${label} was sent before its intent was durable`)
      return { takeId: row.id as Witness['takeId'], attempt: row.attempt }
    },
    committed(db) {
      const reserved = db.all<{ seq: number; total: number; cap: number | null }>(
        `SELECT seq, budgets.held + budgets.spent AS total, cap FROM ledger JOIN budgets USING (project_id)
         JOIN projects ON projects.id = project_id WHERE seq > ? AND kind = 'reserve'`,
        lastLedger,
      )
      for (const { seq, total, cap } of reserved) {
        lastLedger = Math.max(lastLedger, seq)
        // What an older database had forgotten is counted even above the cap: it was reserved under one once.
        if (recounting) continue
        if (cap === null || total > cap) violated(`I1: ${total} reserved and spent under a cap of ${cap}`)
      }
    },
    opening(db, older) {
      lastLedger = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM ledger')?.seq ?? 0
      recounting = older
    },
    opened: () => void (recounting = false),
  }
}

/** Everything money depends on, as text. */
export const moneyOf = (db: ReadDb): string =>
  JSON.stringify([
    db.all(
      `SELECT id, phase, charge, attempt, prediction_id, recovered, submitted_at, accepted_at, wait_until, failures,
         lookups, outputs, clip, error, refund_due_at, finished_at FROM takes ORDER BY ord`,
    ),
    db.all('SELECT * FROM ledger ORDER BY seq'),
    db.all('SELECT * FROM budgets ORDER BY project_id'),
  ])
