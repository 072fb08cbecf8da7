import type { WireError } from '../../../shared/errors.ts'
import { BACKUP_EVERY_MS } from '../domain/backup-plan.ts'
import { wireOf } from '../jobs/job.ts'
import type { Cancel, Clock, Logger } from '../ports.ts'
import { backupSeq, listBackups, newestBackupBytes, takeBackup, type BackupSource } from '../store/backups.ts'

export interface BackupSchedule {
  /** Backs up now if the newest backup is older than an hour, then every hour while the library changes. */
  start(): void
  /** Resolves when no backup is being made. */
  settled(): Promise<void>
  /** Why the latest backup of this run failed; null when it did not. */
  failure(): WireError | null
  /** Backs up what has changed and stops. Never throws. */
  close(): Promise<void>
}

interface ScheduleOptions {
  readonly library: string
  readonly store: BackupSource
  readonly clock: Clock
  readonly logger: Logger
  /** Number of the latest event: tells whether anything has changed. */
  readonly seq: () => number
  readonly freeBytes: () => Promise<number>
}

/** A backup is never what fills the disk: this stays free, for the clips that are coming. */
const SPARE_BYTES = 512 * 1024 * 1024

export function createBackupSchedule(options: ScheduleOptions): BackupSchedule {
  const { library, clock, logger } = options
  const [newest] = listBackups(library)
  /** What the newest backup holds; 0 is a library in which nothing has happened. */
  let held = newest === undefined ? 0 : (backupSeq(newest.path) ?? 0)
  let failed: WireError | null = null
  let timer: Cancel | null = null
  let running: Promise<void> = Promise.resolve()
  let closed = false

  async function run(): Promise<void> {
    const seq = options.seq()
    if (seq === held) return
    try {
      if ((await options.freeBytes()) < SPARE_BYTES + 2 * newestBackupBytes(library)) {
        failed = { code: 'disk-full', message: 'There was no room for a backup of the library. Free some space.' }
        logger.warn('No backup was made', { code: failed.code })
        return
      }
      await takeBackup(options.store, library, clock.now())
      held = seq
      failed = null
    } catch (error) {
      failed = wireOf(error)
      logger.error('No backup was made', { code: failed.code, error: failed.message })
    }
  }

  const queue = () => (running = running.then(run))

  function plan(): void {
    if (closed) return
    timer = clock.setTimeout(() => void queue().then(plan), BACKUP_EVERY_MS)
  }

  return {
    start() {
      if (newest === undefined || clock.now() - newest.at >= BACKUP_EVERY_MS) void queue()
      plan()
    },
    settled: () => running,
    failure: () => failed,
    async close() {
      closed = true
      timer?.()
      await queue()
    },
  }
}
