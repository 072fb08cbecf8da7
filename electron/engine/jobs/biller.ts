import type { TakeId } from '../../../shared/ids.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import type { BillingItem, Cancel } from '../ports.ts'
import { findTake, listUnbilledTakes, type StoredTake } from '../store/takes.ts'
import { wireOf, type JobContext } from './job.ts'

/** Gaps between the looks after a change: soon for the charge, later for refunds, which may take three hours. */
const LOOKS_MS = [60_000, 10 * 60_000, 60 * 60_000, 2 * 60 * 60_000] as const
/** The service's clock may differ from ours. */
const MARGIN_MS = 2 * 60_000
/** After this its history proves nothing either way. */
const HORIZON_MS = 7 * 24 * 60 * 60 * 1000
/** How far off a clock may have been for a charge to be found all the same. */
const ANY_CLOCK_MS = 30 * 24 * 60 * 60_000
/** Gaps between the looks once a refund is due, doubling. */
const DUE_GAP = { first: 15 * 60_000, longest: 3 * 60 * 60_000 } as const

/**
 * Holds what the ledger says against the service's own billing: what each take really cost, and which failed ones have
 * been refunded. One question covers every take that is still unclear. Never submits.
 */
export interface Biller {
  /** A take's money changed; look at the billing in a while. */
  notice(stored: StoredTake): void
  /** Looks at once; resolves when everything found is booked. */
  look(): Promise<void>
  /** A refund is due: the hold is let go only by what the billing says, never by the time alone. */
  refund(takeId: TakeId): Promise<void>
  stop(): void
}

export function createBiller(context: JobContext): Biller {
  const { driver, ports, store } = context
  let timer: Cancel | null = null
  let looks = 0
  let stopped = false
  /** Takes whose refund is due and being asked for. */
  const due = new Set<TakeId>()
  let together: Promise<void> | null = null

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

  const gapAfter = (failures: number) => Math.min(DUE_GAP.first * 2 ** Math.min(failures, 8), DUE_GAP.longest)

  function bookRefund({ take, state }: StoredTake, own: readonly BillingItem[], isDue: boolean): void {
    const shows = (kind: BillingItem['kind']) => own.some((row) => row.kind === kind)
    const shown = shows('refund') ? 'refund' : shows('deduct') ? 'charge' : 'nothing'
    const lookAt = ports.clock.now() + gapAfter(state.failures)
    driver.apply(take.id, { type: 'refund-looked', shown, due: isDue, lookAt })
  }

  function bookCharge({ take, state }: StoredTake, own: readonly BillingItem[]): void {
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
    // Those whose refund is due are asked for however old they are.
    const overdue = [...due].flatMap((takeId) => findTake(store.read, takeId) ?? [])
    const takes = [...new Map([...unclear(), ...overdue].map((stored) => [stored.take.id, stored])).values()]
    if (takes.length === 0 || !ports.providers.wavespeed.ready()) return
    const now = ports.clock.now()
    const sent = takes.map(({ take, state }) => state.submittedAt ?? take.createdAt)
    const ask = (margin: number) =>
      ports.providers.wavespeed.billings(Math.min(now, ...sent) - margin, Math.max(now, ...sent) + margin)
    const of = (rows: readonly BillingItem[], { state }: StoredTake) =>
      rows.filter(({ predictionId }) => predictionId !== null && predictionId === state.predictionId)
    const isDue = ({ take, state }: StoredTake) =>
      state.charge === 'refund-pending' && (due.has(take.id) || now >= (state.refundDueAt ?? Number.POSITIVE_INFINITY))
    const asked = new Map(takes.map((stored) => [stored.take.id, isDue(stored)]))
    let rows = await ask(MARGIN_MS)
    // That no charge shows lets money go, so it must not be for a clock that was wrong when the take was sent.
    if (takes.some((stored) => asked.get(stored.take.id) && of(rows, stored).length === 0))
      rows = await ask(ANY_CLOCK_MS)
    for (const stored of takes) {
      if (stopped) return
      if (stored.state.charge === 'refund-pending') {
        bookRefund(stored, of(rows, stored), asked.get(stored.take.id) === true)
      } else bookCharge(stored, of(rows, stored))
    }
  }

  /** One question for all refunds that fall due together, asked after the last of them did. */
  function lookTogether(): Promise<void> {
    together ??= Promise.resolve().then(() => {
      together = null
      return look()
    })
    return together
  }

  return {
    look,
    async refund(takeId) {
      due.add(takeId)
      const before = findTake(store.read, takeId)?.state.failures
      try {
        await lookTogether()
      } catch (error) {
        if (context.signal.aborted) return
        ports.logger.warn('The billing could not be asked for a refund', { takeId, code: wireOf(error).code })
      } finally {
        due.delete(takeId)
      }
      const state = findTake(store.read, takeId)?.state
      if (stopped || state?.charge !== 'refund-pending' || state.failures !== before) return
      driver.apply(takeId, { type: 'refund-deferred', lookAt: ports.clock.now() + gapAfter(state.failures) })
    },
    notice({ take, state }) {
      if (take.provider !== 'wavespeed') return
      // Once a refund was due and did not show, the take's own effect goes on asking.
      const owed = state.charge === 'refund-pending' && state.failures === 0
      const open = (state.charge === 'charged' && state.billed === null) || owed
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
