import { z } from 'zod'
import { Batch, EpochMs, Take } from './model.ts'
import { UsdMicros } from './money.ts'

export const HISTORY_KINDS = ['batch', 'take', 'cap', 'edit', 'stop'] as const

/** Of every entry: which it is among all of its project, whatever becomes of it, and when it happened. */
const known = { id: z.string(), at: EpochMs }

/** One thing that happened in a project. */
export const HistoryEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('batch'),
    ...known,
    batch: Batch,
    storyboard: z.string(),
    /** At the paid service, for all its takes. */
    price: UsdMicros,
    ready: z.number().int(),
    failed: z.number().int(),
    open: z.number().int(),
    /** Whether the board as it was can be opened. */
    hasBoard: z.boolean(),
  }),
  /** A take came to its end, or is still open; with the request it was frozen with. */
  z.strictObject({ kind: z.literal('take'), ...known, take: Take, slate: z.string(), title: z.string() }),
  z.strictObject({ kind: z.literal('cap'), ...known, before: UsdMicros.nullable(), after: UsdMicros.nullable() }),
  z.strictObject({ kind: z.literal('edit'), ...known, label: z.string(), undone: z.boolean() }),
  /** Paid takes failed one after the other, so those that had not been sent were put on hold. */
  z.strictObject({ kind: z.literal('stop'), ...known, failures: z.number().int(), held: z.number().int() }),
])
export type HistoryEntry = z.infer<typeof HistoryEntry>

export type HistoryKind = HistoryEntry['kind']
