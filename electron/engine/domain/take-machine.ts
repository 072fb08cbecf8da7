import type { WireError } from '../../../shared/errors.ts'
import type { PredictionId } from '../../../shared/ids.ts'
import { needsDecision, type ChargeState, type Clip, type TakePhase } from '../../../shared/model.ts'
import { subtractUsd, type UsdMicros } from '../../../shared/money.ts'

/**
 * The life of a take as a pure function. `step` says what an event does to the state and the ledger, `effectsOf` what
 * is to be done next; both depend on nothing else, so recovery after a crash is `effectsOf` over every open take.
 */
export interface TakeState {
  readonly phase: TakePhase
  /** Reserved at the start of a batch; 0 in rehearsal, and then no ledger entry is ever written. */
  readonly price: UsdMicros
  readonly charge: ChargeState
  /** What the service's own billing says was deducted; null until it was asked. */
  readonly billed: UsdMicros | null
  /** Submissions begun. */
  readonly attempt: number
  readonly predictionId: PredictionId | null
  readonly recovered: boolean
  /** When the latest submission was made durable, before it was sent (epoch ms). */
  readonly submittedAt: number | null
  readonly acceptedAt: number | null
  /** The next effect is not run before (epoch ms). */
  readonly waitUntil: number | null
  /** Failures in a row of the effect now due. */
  readonly failures: number
  readonly polls: number
  /** Times the service was asked for a job whose submission went unanswered. */
  readonly lookups: number
  /** Clip addresses as the service gave them. */
  readonly outputs: readonly string[]
  readonly inferenceMs: number | null
  readonly clip: Clip | null
  readonly error: WireError | null
  /** When a failed job's money is due back at the latest (epoch ms); the billing decides, not this time alone. */
  readonly refundDueAt: number | null
  readonly finishedAt: number | null
  /** Kept back while it waits to be sent; what is reserved for it stays reserved. */
  readonly onHold: boolean
}

export type TakeEvent =
  | { readonly type: 'reserved' }
  /** The intent to submit; durable before a byte is sent. */
  | { readonly type: 'submission-begun' }
  | { readonly type: 'not-sent'; readonly error: WireError; readonly retryAt: number }
  | { readonly type: 'rate-limited'; readonly error: WireError; readonly retryAt: number }
  | { readonly type: 'rejected'; readonly error: WireError }
  | { readonly type: 'outcome-unknown'; readonly error: WireError; readonly lookAt: number }
  | {
      readonly type: 'accepted'
      readonly predictionId: PredictionId
      readonly recovered: boolean
      readonly pollAt: number
    }
  | { readonly type: 'still-running'; readonly pollAt: number }
  | { readonly type: 'poll-deferred'; readonly error: WireError; readonly retryAt: number }
  | { readonly type: 'completed'; readonly outputs: readonly string[]; readonly inferenceMs: number | null }
  | { readonly type: 'ended'; readonly error: WireError; readonly refundDueAt: number }
  | { readonly type: 'downloaded'; readonly clip: Clip }
  | { readonly type: 'download-deferred'; readonly error: WireError; readonly retryAt: number }
  | { readonly type: 'download-failed'; readonly error: WireError }
  | { readonly type: 'download-again' }
  /** The artist says that the refund has arrived. */
  | { readonly type: 'refunded' }
  /**
   * The service's billing was read for a failed job: a refund, the charge alone, or neither. `due` when the time a
   * refund may take was over before it was asked; only then does it prove anything that no refund shows.
   */
  | {
      readonly type: 'refund-looked'
      readonly shown: 'refund' | 'charge' | 'nothing'
      readonly due: boolean
      readonly lookAt: number
    }
  /** The billing could not be read although a refund is due: the price stays held. */
  | { readonly type: 'refund-deferred'; readonly lookAt: number }
  /** The service's billing shows what a completed job cost. */
  | { readonly type: 'billed'; readonly amount: UsdMicros }
  | { readonly type: 'cancelled' }
  /** Kept back before it was sent: by the artist, or by the engine, which then says why. */
  | { readonly type: 'held'; readonly why: WireError | null }
  | { readonly type: 'let-go' }
  | { readonly type: 'looked'; readonly error: WireError; readonly lookAt: number | null }
  | { readonly type: 'resolved-charged' }
  | { readonly type: 'resolved-not-charged' }

/** `overage` is what was charged beyond the reservation, `refund` what came back of a charge; both rare. */
export type LedgerKind = 'reserve' | 'settle' | 'release' | 'overage' | 'refund'

export interface LedgerMove {
  readonly kind: LedgerKind
  readonly amount: UsdMicros
}

export type Effect =
  | { readonly type: 'submit'; readonly at: number }
  | { readonly type: 'poll'; readonly at: number }
  | { readonly type: 'download'; readonly at: number }
  | { readonly type: 'look'; readonly at: number }
  | { readonly type: 'refund'; readonly at: number }

export interface Step {
  readonly state: TakeState
  readonly ledger: LedgerMove | null
  /** False when the event means nothing in this phase; terminal phases absorb what comes late. */
  readonly changed: boolean
}

/** A take as it is planned, before any money is reserved. */
export const plannedTake = (price: UsdMicros): TakeState => ({
  phase: 'planned',
  price,
  charge: 'none',
  billed: null,
  attempt: 0,
  predictionId: null,
  recovered: false,
  submittedAt: null,
  acceptedAt: null,
  waitUntil: null,
  failures: 0,
  polls: 0,
  lookups: 0,
  outputs: [],
  inferenceMs: null,
  clip: null,
  error: null,
  refundDueAt: null,
  finishedAt: null,
  onHold: false,
})

/** Fields that belong to the effect just done and must not leak into the next. */
const settled = { waitUntil: null, failures: 0, error: null } as const

const refundOver = { refundDueAt: null, waitUntil: null, failures: 0 } as const

const CHARGE_AFTER = { reserve: 'held', settle: 'charged', release: 'released' } as const satisfies Partial<
  Record<LedgerKind, ChargeState>
>

export function step(state: TakeState, event: TakeEvent, now: number): Step {
  const paid = state.price > 0
  const to = (patch: Partial<TakeState>, move: keyof typeof CHARGE_AFTER | null = null): Step => {
    if (!paid || move === null) return { state: { ...state, ...patch }, ledger: null, changed: true }
    const charge = CHARGE_AFTER[move]
    return { state: { ...state, ...patch, charge }, ledger: { kind: move, amount: state.price }, changed: true }
  }
  const absorb: Step = { state, ledger: null, changed: false }
  const end = (phase: TakePhase, error: WireError | null) => ({
    ...settled,
    phase,
    error,
    finishedAt: now,
    onHold: false,
  })

  switch (event.type) {
    case 'reserved':
      return state.phase === 'planned' ? to({ phase: 'reserved' }, 'reserve') : absorb
    case 'submission-begun':
      if (state.phase !== 'reserved' || state.onHold) return absorb
      return to({ phase: 'submitting', attempt: state.attempt + 1, submittedAt: now, waitUntil: null, error: null })
    case 'not-sent':
    case 'rate-limited':
      if (state.phase !== 'submitting' && state.phase !== 'reserved') return absorb
      return to({ phase: 'reserved', error: event.error, waitUntil: event.retryAt, failures: state.failures + 1 })
    case 'rejected':
      if (state.phase !== 'submitting' && state.phase !== 'reserved') return absorb
      return to(end('failed', event.error), 'release')
    case 'outcome-unknown':
      if (state.phase !== 'submitting') return absorb
      return to({ ...settled, phase: 'unconfirmed', error: event.error, waitUntil: event.lookAt })
    case 'accepted':
      if (state.phase !== 'submitting' && state.phase !== 'unconfirmed') return absorb
      return to({
        ...settled,
        phase: 'running',
        predictionId: event.predictionId,
        recovered: event.recovered,
        acceptedAt: now,
        waitUntil: event.pollAt,
      })
    case 'still-running':
      if (state.phase !== 'running') return absorb
      return to({ ...settled, polls: state.polls + 1, waitUntil: event.pollAt })
    case 'poll-deferred':
      if (state.phase !== 'running') return absorb
      return to({ polls: state.polls + 1, failures: state.failures + 1, error: event.error, waitUntil: event.retryAt })
    case 'completed':
      if (state.phase === 'downloading') return to({ outputs: event.outputs })
      if (state.phase !== 'running') return absorb
      return to(
        {
          ...settled,
          phase: 'downloading',
          polls: state.polls + 1,
          outputs: event.outputs,
          inferenceMs: event.inferenceMs,
        },
        'settle',
      )
    case 'ended': {
      if (state.phase !== 'running') return absorb
      const failed = to({ ...end('failed', event.error), polls: state.polls + 1 })
      if (!paid) return failed
      return { ...failed, state: { ...failed.state, charge: 'refund-pending', refundDueAt: event.refundDueAt } }
    }
    case 'downloaded':
      if (state.phase !== 'downloading') return absorb
      return to({ ...end('ready', null), clip: event.clip })
    case 'download-deferred':
      if (state.phase !== 'downloading') return absorb
      return to({ failures: state.failures + 1, error: event.error, waitUntil: event.retryAt })
    case 'download-failed':
      if (state.phase !== 'downloading') return absorb
      // One that had its clip once stays with its notes and its place; the file may be found again.
      return to(end(state.clip === null ? 'failed' : 'ready', event.error))
    case 'download-again':
      if (!canDownloadAgain(state)) return absorb
      return to({ ...settled, phase: 'downloading', finishedAt: null })
    case 'refunded':
      if (state.charge !== 'refund-pending') return absorb
      return to(refundOver, 'release')
    case 'refund-looked': {
      if (state.charge !== 'refund-pending') return absorb
      if (event.shown === 'refund') return to(refundOver, 'release')
      if (!event.due) return absorb
      if (event.shown === 'nothing') return to(refundOver, 'release')
      // A job may have been deleted after it was made: charged for good. The service owes the others their refund.
      if (state.error?.code === 'prediction-deleted') return to(refundOver, 'settle')
      return to({ failures: state.failures + 1, waitUntil: event.lookAt })
    }
    case 'refund-deferred':
      if (state.charge !== 'refund-pending') return absorb
      return to({ failures: state.failures + 1, waitUntil: event.lookAt })
    case 'billed': {
      if (state.charge !== 'charged' || state.billed !== null) return absorb
      const known = { ...state, billed: event.amount }
      if (event.amount === state.price) return { state: known, ledger: null, changed: true }
      const over = event.amount > state.price
      const amount = over ? subtractUsd(event.amount, state.price) : subtractUsd(state.price, event.amount)
      return { state: known, ledger: { kind: over ? 'overage' : 'refund', amount }, changed: true }
    }
    case 'cancelled':
      if (state.phase !== 'planned' && state.phase !== 'reserved') return absorb
      return to(end('cancelled', null), state.phase === 'reserved' ? 'release' : null)
    case 'held':
      if ((state.phase !== 'planned' && state.phase !== 'reserved') || state.onHold) return absorb
      return to({ onHold: true, error: event.why ?? state.error })
    case 'let-go':
      if (!state.onHold) return absorb
      return to({ onHold: false, error: state.error?.code === 'failures-in-a-row' ? null : state.error })
    case 'looked':
      if (state.phase !== 'unconfirmed') return absorb
      return to({ lookups: state.lookups + 1, error: event.error, waitUntil: event.lookAt })
    case 'resolved-charged':
      return needsDecision(state) ? to(end('failed', state.error), 'settle') : absorb
    case 'resolved-not-charged':
      return needsDecision(state) ? to(end('cancelled', state.error), 'release') : absorb
  }
}

/** A job that completed but whose clip is not here: its download can be tried again at no cost. */
export const canDownloadAgain = (
  state: Pick<TakeState, 'phase' | 'predictionId' | 'clip' | 'acceptedAt' | 'charge' | 'outputs' | 'error'>,
): boolean =>
  (state.phase === 'failed' || state.phase === 'ready') &&
  state.predictionId !== null &&
  state.error?.code !== 'prediction-deleted' &&
  (state.outputs.length > 0 || state.charge === 'charged')

/** What is to be done for a take, and when. The same answer after a restart as before it. */
export function effectsOf(state: TakeState, now: number): readonly Effect[] {
  const at = state.waitUntil ?? now
  switch (state.phase) {
    case 'reserved':
      return state.onHold ? [] : [{ type: 'submit', at }]
    case 'running':
      return [{ type: 'poll', at }]
    case 'downloading':
      return [{ type: 'download', at }]
    case 'unconfirmed':
      return state.waitUntil === null ? [] : [{ type: 'look', at }]
    case 'failed':
      if (state.refundDueAt === null) return []
      return [{ type: 'refund', at: Math.max(state.refundDueAt, state.waitUntil ?? state.refundDueAt) }]
    case 'planned':
    case 'submitting':
    case 'ready':
    case 'cancelled':
      return []
  }
}

/** What a start of the engine makes of a take found mid-submission: its outcome is unknown, whatever the clock says. */
export const foundSubmitting = (now: number): TakeEvent => ({
  type: 'outcome-unknown',
  lookAt: now,
  error: {
    code: 'submission-unknown',
    message:
      'Takeboard stopped while this take was being sent. The job may be running and may have been charged, so its price stays reserved.',
  },
})
