import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { PredictionId, TakeId } from '../../../shared/ids.ts'
import { TakeboardError } from '../../../shared/errors.ts'

/** What must survive even a database restored from an old copy: that a submission was begun, and what it became. */
export const JournalRecord = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('intent'),
    takeId: TakeId,
    attempt: z.number().int().positive(),
    at: z.number().int(),
    seed: z.number().int(),
    /** SHA-256 of the body as sent. */
    request: z.string(),
  }),
  z.strictObject({
    type: z.literal('accepted'),
    takeId: TakeId,
    attempt: z.number().int().positive(),
    predictionId: PredictionId,
  }),
  /** The attempt is known to have created nothing. */
  z.strictObject({ type: z.literal('void'), takeId: TakeId, attempt: z.number().int().positive() }),
])
export type JournalRecord = z.infer<typeof JournalRecord>

/** The append-only submission journal beside the database. */
export interface Journal {
  /** On disk when this returns. @throws TakeboardError `disk-full` */
  append(record: JournalRecord): void
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
  return {
    append(record) {
      try {
        writeFileSync(fd, clean ? line(record) : `\n${line(record)}`)
        fsyncSync(fd)
        clean = true
      } catch (cause) {
        clean = false
        throw new TakeboardError(
          'disk-full',
          'The submission journal could not be written, so nothing was sent. Free some space and resume the queue.',
          { cause },
        )
      }
    },
    close: () => closeSync(fd),
  }
}
