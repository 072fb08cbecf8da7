import type { WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { Clip, Take } from '../../../shared/model.ts'
import type { DoctorCheck } from '../api.ts'
import { createDriver, type Driver } from '../jobs/driver.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { ClipStore } from '../media/clip-store.ts'
import type { ImageStore } from '../media/image-store.ts'
import { createPassports } from '../media/passports.ts'
import type { Outbox } from '../outbox.ts'
import type { Ports } from '../ports.ts'
import type { Journal, JournalRecord } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { writeNote, type RecoveryNote } from '../store/recovery-note.ts'
import { listOpenTakes, type StoredTake } from '../store/takes.ts'
import { createBackupSchedule } from './backup-schedule.ts'
import { recoveryChecks } from './checks.ts'
import { newsOf } from './describe.ts'
import { createGate } from './gate.ts'
import { passportEntry } from './origin.ts'
import { recoverLibrary } from './recover-library.ts'
import { rememberDecisions } from './remember.ts'
import { repairLibrary, writePassports } from './repair.ts'

interface RecoveryOptions {
  readonly library: string
  readonly ports: Ports
  readonly store: Store
  readonly outbox: Outbox
  readonly driver: Driver
  readonly journal: Journal
  readonly readJournal: () => readonly JournalRecord[]
  readonly clips: ClipStore
  readonly images: ImageStore
  readonly freeBytes: () => Promise<number>
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal
}

/** Everything that keeps a library from losing what was paid for: recovery at the start, backups and passports after it. */
export interface Recovery {
  /** Why submissions are off after a recovery; null when they are not. */
  why(): WireError | null
  looked(takeId: TakeId): void
  published(take: Take, clip: Clip): Promise<void>
  changed(stored: StoredTake): void
  /** The scheduler as the artist's commands see it: resuming says that what happened was read. */
  readBy(scheduler: Scheduler): Scheduler
  /** Starts the backups, and with `jobs` writes missing passports; keeps submissions off while they must be. */
  start(scheduler: Scheduler, jobs: boolean): void
  /** What happened to the library, until somebody has read it; null when there is nothing to tell. */
  news(): { readonly at: number; readonly text: string } | null
  /** The news were read. */
  dismiss(): void
  checks(): Promise<readonly DoctorCheck[]>
  repair(): Promise<readonly DoctorCheck[]>
  /** Makes the last backup. The store must still be open. */
  close(): Promise<void>
}

/** Recovers the library and hands back what watches over it while it is open. */
export async function openRecovery(options: RecoveryOptions): Promise<Recovery> {
  const { library, ports, store, outbox, freeBytes } = options
  const { clock, logger } = ports
  const passports = createPassports(library)
  const driverAt = (at: number) => createDriver(outbox, { ...clock, now: () => at })
  const context = { ...options, logger, passports, driverAt }
  const note = await recoverLibrary(context, options.readJournal())
  let latest = note
  const save = (now: RecoveryNote) => {
    latest = { ...now, told: now.told || latest?.told === true }
    writeNote(library, latest)
  }
  let scheduler: Scheduler | null = null
  let background: Promise<unknown> = Promise.resolve()

  const gate = createGate({
    note,
    save,
    onOpen() {
      // A queue the artist paused stays paused: only the halt ends here.
      if (scheduler?.runner().halted?.code === 'library-recovered') scheduler.lift()
    },
    onLess: (why) => scheduler?.halt(why),
  })
  const backups = createBackupSchedule({ library, store, clock, logger, seq: outbox.seq, freeBytes })
  const remember = rememberDecisions({ ...options, logger })

  return {
    why: gate.why,
    looked: gate.looked,
    changed(stored) {
      remember(stored)
      gate.changed(stored)
    },
    async published(take, clip) {
      try {
        await passports.add(clip, passportEntry(store.read, take, clock.now()))
      } catch (error) {
        logger.warn('The passport of a clip could not be written', { takeId: take.id, error: String(error) })
      }
    },
    readBy: (real) => ({
      ...real,
      resume() {
        gate.resume()
        real.resume()
      },
    }),
    start(real, jobs) {
      scheduler = real
      const why = gate.why()
      if (why !== null) real.halt(why)
      backups.start()
      if (!jobs) return
      background = writePassports(context, false).then(({ written, failure }) => {
        if (failure !== null) logger.warn('Missing passports could not be written', { failure })
        else if (written > 0) logger.info('Missing passports were written', { written })
      })
      background = background.catch((error: unknown) =>
        logger.warn('The passports could not be looked at', { error: String(error) }),
      )
    },
    news() {
      // While submissions are off, the reason why says all of this.
      if (latest === null || latest.told || gate.why() !== null) return null
      const waiting = listOpenTakes(store.read).filter(({ state }) => state.phase === 'unconfirmed').length
      return { at: latest.at, text: newsOf(latest, waiting) }
    },
    dismiss() {
      if (latest !== null && !latest.told) save({ ...latest, told: true })
    },
    checks: () =>
      recoveryChecks({
        library,
        store,
        passports,
        backups,
        journal: options.readJournal,
        seq: outbox.seq,
        now: clock.now,
      }),
    async repair() {
      await background
      const repaired = await repairLibrary(context)
      const before = gate.why()
      if (before === null) return repaired
      gate.read()
      return [...repaired, { name: 'recovery', state: 'warning', message: gate.why()?.message ?? before.message }]
    },
    async close() {
      await background
      await backups.close()
    },
  }
}
