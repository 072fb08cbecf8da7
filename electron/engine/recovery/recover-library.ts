import { join } from 'node:path'
import { recover } from '../jobs/recovery.ts'
import type { Driver } from '../jobs/driver.ts'
import type { ImageStore } from '../media/image-store.ts'
import type { JournalRecord } from '../store/journal.ts'
import { jumpOutbox } from '../store/recovered.ts'
import { newNote, readNote, writeNote, type RecoveryNote } from '../store/recovery-note.ts'
import { listOpenTakes } from '../store/takes.ts'
import { relinkClips, type RelinkContext } from './relink.ts'
import { isBehind, lowerCaps, orphansOf, recreateFromJournal, registerImages } from './replay.ts'

export interface RecoverLibraryContext extends RelinkContext {
  readonly library: string
  readonly images: ImageStore
  readonly driver: Driver
}

const unconfirmed = ({ store }: RecoverLibraryContext) =>
  listOpenTakes(store.read)
    .filter(({ state }) => state.phase === 'unconfirmed')
    .map(({ take }) => take.id)

/** Brings a database that was restored, or that someone put an old copy of in place, up to what the folder knows. */
async function catchUp(context: RecoverLibraryContext, note: RecoveryNote, journal: readonly JournalRecord[]) {
  const { store, library, logger, ports } = context
  await registerImages(join(library, 'images'), context.images, store, logger)
  store.write(jumpOutbox)
  const recreated = recreateFromJournal(context, journal)
  recover({ ...context, clock: ports.clock }, journal)
  const relinked = await relinkClips(context)
  lowerCaps(context.outbox, journal)
  const orphans = orphansOf(store.read, journal)
  const news = orphans.some(({ takeId }) => !note.known.includes(takeId))
  // Without a journal nobody can say what was sent since the backup was made.
  const blind = journal.length === 0 && (note.from !== null || note.empty)
  const awaiting = unconfirmed(context)
  const needsReading = news || blind
  return {
    ...note,
    stage: awaiting.length > 0 || needsReading ? ('off' as const) : ('done' as const),
    recreated: note.recreated + recreated,
    relinked: note.relinked + relinked,
    awaiting,
    needsReading,
    orphans,
  }
}

/**
 * Makes the library true after whatever happened to it, before anything is run. Safe to be stopped anywhere and done
 * again: the note says how far it got, and every step changes nothing the second time.
 * @returns what the recovery found, when there was or is one to tell of
 */
export async function recoverLibrary(
  context: RecoverLibraryContext,
  journal: readonly JournalRecord[],
): Promise<RecoveryNote | null> {
  const { store, library, logger, ports } = context
  const note = readNote(library)
  const restored = note?.stage === 'restored'
  if (!restored && !isBehind(store.read, journal, note?.known ?? [])) {
    recover({ ...context, clock: ports.clock }, journal)
    if (note?.stage !== 'off') return note
    const still = new Set(unconfirmed(context))
    const awaiting = note.awaiting.filter((takeId) => still.has(takeId))
    const stage = awaiting.length > 0 || note.needsReading ? 'off' : 'done'
    const now: RecoveryNote = { ...note, awaiting, stage }
    writeNote(library, now)
    return now
  }
  const begun: RecoveryNote = restored
    ? note
    : {
        ...newNote(
          ports.clock.now(),
          'The database is older than the submission journal beside it.',
          note?.known ?? [],
        ),
        stage: 'restored',
      }
  writeNote(library, begun)
  const now = await catchUp(context, begun, journal)
  writeNote(library, now)
  logger.warn('The library was recovered', {
    reason: now.reason,
    from: now.from,
    damaged: now.damaged,
    recreated: now.recreated,
    relinked: now.relinked,
    awaiting: now.awaiting.length,
    orphans: now.orphans.length,
  })
  return now
}
