import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { PredictionId, ProjectId, TakeId } from '../../../shared/ids.ts'
import { TakeboardError, WireError } from '../../../shared/errors.ts'
import { UsdMicros } from '../../../shared/money.ts'
import type { TakeOrigin } from '../domain/take-origin.ts'

/**
 * What must survive even a database restored from an old copy: that a submission was begun and what it became, what
 * was decided by hand, and the caps.
 */
export const JournalRecord = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('intent'),
    takeId: TakeId,
    attempt: z.number().int().positive(),
    at: z.number().int(),
    seed: z.number().int(),
    /** SHA-256 of the body as sent. */
    request: z.string(),
    /**
     * Enough to make the take again; absent in journals from before it was kept. Whoever uses it checks it first:
     * thousands are read at every start and hardly ever needed.
     */
    origin: z.custom<TakeOrigin>().optional(),
  }),
  z.strictObject({
    type: z.literal('accepted'),
    takeId: TakeId,
    attempt: z.number().int().positive(),
    predictionId: PredictionId,
  }),
  /** The attempt is known to have created nothing. */
  z.strictObject({ type: z.literal('void'), takeId: TakeId, attempt: z.number().int().positive() }),
  /** The take ended without a job: cancelled, refused by the service, or settled by hand. Must not be sent again. */
  z.strictObject({
    type: z.literal('closed'),
    takeId: TakeId,
    attempt: z.number().int().nonnegative(),
    as: z.enum(['cancelled', 'rejected', 'charged']),
    error: WireError.nullable(),
  }),
  /** A cap was set, of a project or (null) of the library. */
  z.strictObject({ type: z.literal('cap'), projectId: ProjectId.nullable(), cap: UsdMicros.nullable() }),
])
export type JournalRecord = z.infer<typeof JournalRecord>
export type IntentRecord = Extract<JournalRecord, { type: 'intent' }>

/** The append-only submission journal beside the database. */
export interface Journal {
  /** On disk when this returns. @throws TakeboardError `disk-full` */
  append(record: JournalRecord): void
  /** Survives the end of the process, and a power failure from the next `append` on. @throws TakeboardError `disk-full` */
  note(record: JournalRecord): void
  close(): void
}

const line = (record: JournalRecord): string => {
  const body = JSON.stringify(record)
  return `${crc32(body).toString(16).padStart(8, '0')} ${body}\n`
}

function parseLine(text: string): JournalRecord | null {
  const body = text.slice(9)
  if (text.slice(0, 8) !== crc32(body).toString(16).padStart(8, '0')) return null
  const parsed = JournalRecord.safeParse(JSON.parse(body))
  return parsed.success ? parsed.data : null
}

/** Every whole record; a line torn by a crash fails its checksum and is passed over. */
export function readJournal(file: string): readonly JournalRecord[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap((entry) => (entry === '' ? [] : (parseLine(entry) ?? [])))
}

/** Opens the journal for appending, starting on a fresh line whatever a crash left behind. */
export function openJournal(file: string): Journal {
  const fd = openSync(file, 'a', 0o600)
  let clean = false
  const write = (record: JournalRecord, sync: boolean) => {
    try {
      writeFileSync(fd, clean ? line(record) : `\n${line(record)}`)
      if (sync) fsyncSync(fd)
      clean = true
    } catch (cause) {
      clean = false
      throw new TakeboardError(
        'disk-full',
        'The submission journal could not be written, so nothing was sent. Free some space and resume the queue.',
        { cause },
      )
    }
  }
  return {
    append: (record) => write(record, true),
    note: (record) => write(record, false),
    close: () => closeSync(fd),
  }
}
