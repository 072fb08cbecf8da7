import { z } from 'zod'
import { ProjectId } from '../ids.ts'
import { LedgerEntry } from '../model.ts'
import { UsdMicros } from '../money.ts'
import { Spend } from '../spend.ts'
import { command, nothing, query, Seq } from './define.ts'

/** Reports on money, and the decisions about it that are the artist’s. */
export const moneyCalls = {
  /** Where the money of a project went, by scene, storyboard and month, estimate beside actual. */
  'spend.get': query(z.strictObject({ projectId: ProjectId }), Spend),
  'ledger.list': query(
    z.strictObject({ projectId: ProjectId, before: Seq.nullable(), limit: z.number().int().min(1).max(500) }),
    z.array(LedgerEntry),
  ),
  /** The ledger as double-entry bookkeeping in CSV (RFC 4180, UTF-8); null for every project. */
  'ledger.csv': query(z.strictObject({ projectId: ProjectId.nullable() }), z.strictObject({ csv: z.string() })),
  /** Holds the ledger against the service's billing now: charges and refunds. Free. Codes: provider-*, key-*. */
  'billing.look': command(nothing, nothing),
  /** Sets the cap of the whole library; null removes it. A lower one blocks only new reservations. */
  'library.setCap': command(z.strictObject({ cap: UsdMicros.min(0).nullable() }), nothing),
} as const
