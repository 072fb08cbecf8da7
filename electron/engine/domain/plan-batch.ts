import { addUsd, multiplyUsd, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { HeldBackReason } from '../../../shared/preview.ts'
import { costs, orderRows, type OrderFacts, type PlannedRow } from './order-rows.ts'

export interface PlanInput extends OrderFacts {
  readonly limits: BatchLimits
}

/** What a batch may reserve at most, by each limit there is. */
export interface BatchLimits {
  /** The project's cap less held and spent; null without a cap, and then nothing paid is sent. */
  readonly project: UsdMicros | null
  /** The library's cap less held and spent; null without one. */
  readonly library: UsdMicros | null
  /** The project's limit for one batch; null without one. */
  readonly batch: UsdMicros | null
}

const OVER: Readonly<Record<keyof BatchLimits, { reason: HeldBackReason; message: string }>> = {
  project: { reason: 'cap', message: 'The spending cap does not cover this scene.' },
  library: { reason: 'library-cap', message: 'The spending cap of the whole library does not cover this scene.' },
  batch: { reason: 'batch-limit', message: 'The limit for one batch does not cover this scene.' },
}

const NO_CAP = {
  reason: 'no-cap',
  message: 'The project has no spending cap yet; set one to send paid takes.',
} as const

/** The first limit that an amount passes, or null. */
function limitPassed(limits: BatchLimits, amount: UsdMicros): keyof BatchLimits | null {
  const names = ['project', 'library', 'batch'] as const
  return names.find((name) => limits[name] !== null && amount > limits[name]) ?? null
}

/**
 * Decides, in board order, which rows of an order are sent and which are held back and why. A row is admitted with all
 * its takes or not at all. The board order is the artist's priority, so the first row over the cap stops all that
 * follow, even cheaper ones.
 */
export function planBatch(input: PlanInput): readonly PlannedRow[] {
  const rows = orderRows(input)
  if (!costs(input.order.provider)) return withoutBorrowers(rows)
  let admitted = ZERO_USD
  let stopped: keyof BatchLimits | null = null
  const priced = rows.map((row): PlannedRow => {
    if (row.heldBack !== null) return row
    if (input.limits.project === null) return { ...row, heldBack: NO_CAP }
    const total = addUsd(admitted, multiplyUsd(row.unitPrice, row.takes))
    stopped ??= limitPassed(input.limits, total)
    if (stopped !== null) return { ...row, heldBack: OVER[stopped] }
    admitted = total
    return row
  })
  return withoutBorrowers(priced)
}

/** Holds back the scenes that were to share a seed with one that is not sent itself. */
function withoutBorrowers(rows: readonly PlannedRow[]): readonly PlannedRow[] {
  const sent = new Map(rows.map(({ sceneId, heldBack }) => [sceneId, heldBack === null]))
  return rows.map((row) => {
    if (row.heldBack !== null || row.seed.kind !== 'with' || sent.get(row.seed.sceneId) === true) return row
    const message = `Scene ${row.number} takes its seed from a scene that is held back itself.`
    return { ...row, heldBack: { reason: 'seed', message } }
  })
}
