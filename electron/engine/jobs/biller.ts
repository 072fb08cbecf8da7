import { formatUsdExact } from '../../../shared/money.ts'
import type { BillingItem, Cancel } from '../ports.ts'
import { listUnbilledTakes, type StoredTake } from '../store/takes.ts'
import { wireOf, type JobContext } from './job.ts'

/** Gaps between the looks after a change: soon for the charge, later for refunds, which may take three hours. */
const LOOKS_MS = [60_000, 10 * 60_000, 60 * 60_000, 2 * 60 * 60_000] as const
/** The service's clock may differ from ours. */
const MARGIN_MS = 2 * 60_000
/** After this its history proves nothing either way. */
const HORIZON_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Holds what the ledger says against the service's own billing: what each take really cost, and which failed ones have
 * been refunded. One question covers every take that is still unclear. Never submits.
 */
export interface Biller {
  /** A take's money changed; look at the billing in a while. */
  notice(stored: StoredTake): void
  /** Looks at once; resolves when everything found is booked. */
  look(): Promise<void>
  stop(): void
}

export function createBiller(context: JobContext): Biller {
  const { driver, ports, store } = context
  let timer: Cancel | null = null
  let looks = 0
  let stopped = false

  const unclear = () => listUnbilledTakes(store.read, ports.clock.now() - HORIZON_MS)

  function plan(): void {
    const gap = LOOKS_MS[looks]
    if (stopped || timer !== null || gap === undefined) return
    timer = ports.clock.setTimeout(() => {
      timer = null
      looks++
      look()
        .catch((error: unknown) =>
          ports.logger.warn('The billing could not be looked at', { code: wireOf(error).code }),
        )
        .then(() => (!stopped && unclear().length > 0 ? plan() : undefined))
        .catch((error: unknown) => ports.logger.error('The billing is not looked at again', { error: String(error) }))
    }, gap)
  }

  function book({ take, state }: StoredTake, rows: readonly BillingItem[]): void {
    const own = rows.filter(({ predictionId }) => predictionId === state.predictionId)
    if (state.charge === 'refund-pending') {
      if (own.some(({ kind }) => kind === 'refund')) driver.apply(take.id, { type: 'refunded' })
      return
    }
    const deducted = own.find(({ kind }) => kind === 'deduct')
    if (!deducted) return
    driver.apply(take.id, { type: 'billed', amount: deducted.amount })
    if (deducted.amount <= state.price) return
    context.halt({
      code: 'overage',
      message: `The service charged ${formatUsdExact(deducted.amount)} for a take quoted at ${formatUsdExact(state.price)}. The difference is recorded as spent and nothing more is sent until you resume.`,
    })
  }

  async function look(): Promise<void> {
    const takes = unclear()
    if (takes.length === 0 || !ports.providers.wavespeed.ready()) return
    const from = Math.min(...takes.map(({ state }) => state.submittedAt ?? Number.POSITIVE_INFINITY)) - MARGIN_MS
    const rows = await ports.providers.wavespeed.billings(from, ports.clock.now() + MARGIN_MS)
    for (const stored of takes) if (!stopped) book(stored, rows)
  }

  return {
    look,
    notice({ take, state }) {
      if (take.provider !== 'wavespeed') return
      const open = (state.charge === 'charged' && state.billed === null) || state.charge === 'refund-pending'
      if (!open) return
      looks = 0
      plan()
    },
    stop() {
      stopped = true
      timer?.()
    },
  }
}
