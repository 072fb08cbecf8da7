import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectId, TakeId } from '../../../shared/ids.ts'
import type { UsdMicros } from '../../../shared/money.ts'
import { TakeOrigin } from '../domain/take-origin.ts'
import type { ImageStore } from '../media/image-store.ts'
import type { Outbox } from '../outbox.ts'
import type { Logger } from '../ports.ts'
import { findImage, putImage } from '../store/casts.ts'
import type { IntentRecord, JournalRecord } from '../store/journal.ts'
import type { ReadDb, Store } from '../store/open-store.ts'
import { findProject, readLibraryBudget, updateProject, writeLibraryCap } from '../store/projects.ts'
import { attemptsOf } from '../store/recovered.ts'
import type { JournalOrphan } from '../store/recovery-note.ts'
import { densifyBoards } from './place.ts'
import { recreateTake, type RecreateContext } from './recreate.ts'

/** What the journal knows beyond the database. */

const intents = (journal: readonly JournalRecord[]): readonly IntentRecord[] =>
  journal.filter((record) => record.type === 'intent')

/** Whether submissions were begun that the database has never heard of: it is older than its journal. */
export function isBehind(db: ReadDb, journal: readonly JournalRecord[], known: readonly TakeId[]): boolean {
  const told = new Set(known)
  return intents(journal).some(({ takeId, attempt }) => {
    const stored = attemptsOf(db, takeId)
    return stored === null ? !told.has(takeId) : stored < attempt
  })
}

/** Makes again every take the journal knows enough of. @returns how many */
export function recreateFromJournal(
  context: RecreateContext & { readonly store: Store; readonly logger: Logger },
  journal: readonly JournalRecord[],
): number {
  let made = 0
  for (const record of intents(journal)) {
    const { takeId } = record
    if (attemptsOf(context.store.read, takeId) !== null) continue
    const origin = TakeOrigin.safeParse(record.origin)
    if (!origin.success) continue
    try {
      recreateTake(context, takeId, origin.data)
      made++
    } catch (error) {
      // It is listed as an orphan then, and the library still opens.
      context.logger.error('A take could not be made again from the journal', { takeId, error: String(error) })
    }
  }
  if (made > 0) densifyBoards(context.outbox)
  return made
}

/** Submissions that only the journal remembers: nothing else says what they were. */
export function orphansOf(db: ReadDb, journal: readonly JournalRecord[]): JournalOrphan[] {
  const orphans = new Map<TakeId, JournalOrphan>()
  for (const record of journal) {
    if (record.type === 'intent' && attemptsOf(db, record.takeId) === null) {
      const { takeId, at, seed } = record
      orphans.set(takeId, { takeId, at, seed, predictionId: null })
    }
    if (record.type !== 'accepted') continue
    const orphan = orphans.get(record.takeId)
    if (orphan) orphans.set(record.takeId, { ...orphan, predictionId: record.predictionId })
  }
  return [...orphans.values()]
}

/** The caps as last written to the journal; null is the library's key. */
function lastCaps(journal: readonly JournalRecord[]): ReadonlyMap<ProjectId | null, UsdMicros | null> {
  const caps = new Map<ProjectId | null, UsdMicros | null>()
  for (const record of journal) {
    if (record.type === 'cap') caps.set(record.projectId, record.cap)
    if (record.type !== 'intent') continue
    const origin = TakeOrigin.safeParse(record.origin)
    if (origin.success) caps.set(origin.data.project.id, origin.data.project.cap)
  }
  return caps
}

/** Lowers caps that were lowered after the restored copy was made. Never raises one: that is for the artist. */
export function lowerCaps(outbox: Outbox, journal: readonly JournalRecord[]): void {
  outbox.write((db, emit) => {
    for (const [projectId, cap] of lastCaps(journal)) {
      if (projectId === null) {
        const before = readLibraryBudget(db).cap
        if (cap !== null && (before === null || before > cap)) writeLibraryCap(db, cap)
        continue
      }
      const project = findProject(db, projectId)
      if (!project || project.cap === null || (cap !== null && cap >= project.cap)) continue
      const lowered = { ...project, cap }
      updateProject(db, lowered)
      emit('project.put', lowered)
    }
  })
}

/** Enters the reference images that are in the library's folder but not in its database. */
export async function registerImages(dir: string, images: ImageStore, store: Store, logger: Logger): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    const sha256 = /^([0-9a-f]{64})\.(jpg|png|webp)$/.exec(entry.name)?.[1]
    if (sha256 === undefined || findImage(store.read, sha256 as Parameters<typeof findImage>[1])) continue
    try {
      const image = await images.add(await readFile(join(entry.parentPath, entry.name)))
      if (image.sha256 === sha256) store.write((db) => putImage(db, image))
    } catch (error) {
      logger.warn('An image in the library folder could not be entered again', {
        file: entry.name,
        error: String(error),
      })
    }
  }
}
