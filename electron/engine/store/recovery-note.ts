import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { TakeId } from '../../../shared/ids.ts'
import { EpochMs } from '../../../shared/model.ts'
import { writeDurably } from './durable-file.ts'

/** A submission the journal remembers and nothing else does. */
const JournalOrphan = z.object({
  takeId: TakeId,
  at: EpochMs,
  seed: z.number().int(),
  predictionId: z.string().nullable(),
})
export type JournalOrphan = z.infer<typeof JournalOrphan>

/**
 * What happened to a library whose database was lost or fell behind, kept in `<library>/recovery.json`: outside the
 * database, so that a stop in the middle of a recovery is itself recovered from.
 */
export const RecoveryNote = z.object({
  at: EpochMs,
  /** A sentence: what was wrong. */
  reason: z.string(),
  /**
   * `restoring` files are being moved; `restored` the database is in place and the journal is to be replayed; `off`
   * nothing is submitted until every unanswered submission was looked for; `done` read or reconciled.
   */
  stage: z.enum(['restoring', 'restored', 'off', 'done']),
  /** Folders with what was set aside, relative to the library. */
  damaged: z.array(z.string()),
  /** Name of the backup put in place; null when there was none, or when the database itself was kept. */
  from: z.string().nullable(),
  /** True when nothing could be put in place and an empty library was begun. */
  empty: z.boolean(),
  recreated: z.number().int(),
  relinked: z.number().int(),
  /** Takes whose submissions have yet to be looked for. */
  awaiting: z.array(TakeId),
  /** True until the artist resumes, when the engine alone cannot know that all is accounted for. */
  needsReading: z.boolean(),
  orphans: z.array(JournalOrphan),
  /** Orphans the artist has been told of. */
  known: z.array(TakeId),
  /** True when someone has read in the studio what happened. A note of an earlier version is old news. */
  told: z.boolean().default(true),
})
export type RecoveryNote = z.infer<typeof RecoveryNote>

const pathOf = (library: string) => join(library, 'recovery.json')

/** The note of the latest recovery, or null. */
export function readNote(library: string): RecoveryNote | null {
  try {
    return RecoveryNote.parse(JSON.parse(readFileSync(pathOf(library), 'utf8')))
  } catch {
    return null
  }
}

export const writeNote = (library: string, note: RecoveryNote): void =>
  writeDurably(pathOf(library), `${JSON.stringify(note, null, 2)}\n`)

export const newNote = (at: number, reason: string, known: RecoveryNote['known']): RecoveryNote => ({
  at,
  reason,
  stage: 'restoring',
  damaged: [],
  from: null,
  empty: false,
  recreated: 0,
  relinked: 0,
  awaiting: [],
  needsReading: false,
  orphans: [],
  known,
  told: false,
})
