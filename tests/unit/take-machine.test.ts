import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PredictionId, Sha256 } from '../../shared/ids.ts'
import { TAKE_PHASES, type TakePhase } from '../../shared/model.ts'
import { usdMicros, ZERO_USD } from '../../shared/money.ts'
import {
  effectsOf,
  foundSubmitting,
  plannedTake,
  step,
  type TakeEvent,
  type TakeState,
} from '../../electron/engine/domain/take-machine.ts'

const NOW = 1_000_000
const error = { code: 'provider-fault', message: 'A fault.' } as const
const predictionId = 'prediction-1' as PredictionId
const clip = { sha256: 'a'.repeat(64) as Sha256, bytes: 10, mime: 'video/mp4' }

const EVENTS: readonly TakeEvent[] = [
  { type: 'reserved' },
  { type: 'submission-begun' },
  { type: 'not-sent', error, retryAt: NOW + 5 },
  { type: 'rate-limited', error, retryAt: NOW + 5 },
  { type: 'rejected', error },
  { type: 'outcome-unknown', error, lookAt: NOW + 5 },
  { type: 'accepted', predictionId, recovered: false, pollAt: NOW + 5 },
  { type: 'still-running', pollAt: NOW + 5 },
  { type: 'poll-deferred', error, retryAt: NOW + 5 },
  { type: 'completed', outputs: ['https://example.test/clip.mp4'], inferenceMs: 90_000 },
  { type: 'ended', error, refundDueAt: NOW + 10 },
  { type: 'ended', error: { code: 'prediction-deleted', message: 'Gone.' }, refundDueAt: NOW + 10 },
  { type: 'downloaded', clip },
  { type: 'download-deferred', error, retryAt: NOW + 5 },
  { type: 'download-failed', error },
  { type: 'download-again' },
  { type: 'refunded' },
  { type: 'refund-looked', shown: 'refund', due: false, lookAt: NOW + 15 },
  { type: 'refund-looked', shown: 'nothing', due: false, lookAt: NOW + 15 },
  { type: 'refund-looked', shown: 'nothing', due: true, lookAt: NOW + 15 },
  { type: 'refund-looked', shown: 'charge', due: true, lookAt: NOW + 15 },
  { type: 'refund-deferred', lookAt: NOW + 15 },
  { type: 'billed', amount: usdMicros(800_000) },
  { type: 'cancelled' },
  { type: 'held', why: null },
  { type: 'held', why: { code: 'failures-in-a-row', message: 'Three failed.' } },
  { type: 'let-go' },
  { type: 'looked', error, lookAt: NOW + 5 },
  { type: 'resolved-charged' },
  { type: 'resolved-not-charged' },
]

/** An event in the golden table: its type, and what else decides. */
function labelOf(event: TakeEvent): string {
  if (event.type === 'refund-looked') return `refund-looked ${event.shown}${event.due ? ', due' : ''}`
  if (event.type === 'held') return event.why === null ? 'held' : 'held for failures'
  return event.type === 'ended' && event.error !== error ? `ended ${event.error.code}` : event.type
}

/** A plausible state in each phase, reached by real events. */
function reach(phase: TakePhase, price = usdMicros(700_000)): TakeState {
  const paths: Record<TakePhase, readonly TakeEvent['type'][]> = {
    planned: [],
    reserved: ['reserved'],
    submitting: ['reserved', 'submission-begun'],
    unconfirmed: ['reserved', 'submission-begun', 'outcome-unknown'],
    running: ['reserved', 'submission-begun', 'accepted'],
    downloading: ['reserved', 'submission-begun', 'accepted', 'completed'],
    ready: ['reserved', 'submission-begun', 'accepted', 'completed', 'downloaded'],
    failed: ['reserved', 'submission-begun', 'accepted', 'ended'],
    cancelled: ['reserved', 'cancelled'],
  }
  const events = paths[phase].map((type) => EVENTS.find((event) => event.type === type))
  const state = events.reduce((at, event) => (event ? step(at, event, NOW).state : at), plannedTake(price))
  expect(state.phase).toBe(phase)
  return state
}

/** Runs events from the start and names every invariant that did not hold. */
function violations(events: readonly TakeEvent[]): string[] {
  const found: string[] = []
  const must = (holds: boolean, what: string) => void (holds || found.push(what))
  const moves: string[] = []
  let state = plannedTake(usdMicros(700_000))
  for (const event of events) {
    const result = step(state, event, NOW)
    must(result.changed || result.state === state, 'an absorbed event changes nothing')
    must(!(state.onHold && result.state.phase === 'submitting'), 'a take on hold is never sent')
    must(!result.state.onHold || result.ledger === null || result.ledger.kind === 'reserve', 'a hold moves no money')
    must(state.predictionId === null || result.state.predictionId === state.predictionId, 'a prediction id stays')
    if (result.ledger) moves.push(result.ledger.kind)
    state = result.state
  }
  const isCorrection = (move: string) => move === 'overage' || move === 'refund'
  const corrections = moves.filter(isCorrection)
  must(corrections.length <= 1 && (corrections.length === 0 || moves.includes('settle')), 'a charge is corrected once')
  const [first, ...later] = moves.filter((move) => !isCorrection(move))
  must(first === undefined || first === 'reserve', 'money is reserved before anything else')
  must(later.length <= 1 && !later.includes('reserve'), 'a reservation is made once and ended once')
  must(
    state.phase !== 'ready' || (state.charge === 'charged' && state.clip !== null),
    'a ready take is paid and has its clip',
  )
  must(state.phase !== 'unconfirmed' || state.charge === 'held', 'an unknown outcome keeps its money held')
  const owed = state.charge === 'held' || state.charge === 'refund-pending'
  const asksTheArtist = state.phase === 'unconfirmed'
  const busy = state.phase === 'submitting' || state.onHold || effectsOf(state, NOW).length > 0
  must(!owed || busy || asksTheArtist, 'reserved money always has something left to do')
  return found
}

describe('the take machine', () => {
  it('has the transitions of the golden table', async () => {
    const lines = TAKE_PHASES.flatMap((phase) =>
      EVENTS.map((event) => {
        const { state, ledger, changed } = step(reach(phase), event, NOW)
        const label = labelOf(event).padEnd(26)
        if (!changed) return `${phase.padEnd(12)} ${label} -`
        const effects = effectsOf(state, NOW).map(({ type, at }) => `${type}@+${at - NOW}`)
        return `${phase.padEnd(12)} ${label} ${state.phase.padEnd(12)} ${(ledger?.kind ?? '').padEnd(8)} ${state.charge.padEnd(15)} ${effects.join(' ')}`.trimEnd()
      }),
    )
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/take-machine.txt')
  })

  it('never begins a second submission from an unknown outcome', () => {
    const unknown = reach('unconfirmed')
    for (const event of EVENTS) expect(step(unknown, event, NOW).state.attempt).toBe(unknown.attempt)
    expect(effectsOf(unknown, NOW).map(({ type }) => type)).toEqual(['look'])
  })

  it('sends nothing of a take on hold, keeps its money, and goes on when it is let go', () => {
    const why = { code: 'failures-in-a-row', message: 'Three failed.' } as const
    const held = step(reach('reserved'), { type: 'held', why }, NOW)
    expect([held.ledger, held.state.charge, held.state.error, effectsOf(held.state, NOW)]).toEqual([
      null,
      'held',
      why,
      [],
    ])
    expect(step(held.state, { type: 'submission-begun' }, NOW).changed).toBe(false)
    const free = step(held.state, { type: 'let-go' }, NOW).state
    expect([free.error, effectsOf(free, NOW).map(({ type }) => type)]).toEqual([null, ['submit']])
    const gone = step(held.state, { type: 'cancelled' }, NOW)
    expect([gone.state.onHold, gone.state.phase, gone.ledger?.kind]).toEqual([false, 'cancelled', 'release'])
  })

  it('keeps a take whose clip was here once, whatever became of its second download', () => {
    const again = step(reach('ready'), { type: 'download-again' }, NOW).state
    expect(again.phase).toBe('downloading')
    const gone = step(again, { type: 'download-failed', error }, NOW)
    expect([gone.state.phase, gone.state.error, gone.state.clip, gone.ledger]).toEqual(['ready', error, clip, null])
    const back = step(step(gone.state, { type: 'download-again' }, NOW).state, { type: 'downloaded', clip }, NOW).state
    expect([back.phase, back.error]).toEqual(['ready', null])
  })

  it('turns a submission found at a start into an unknown outcome, and does so once', () => {
    const once = step(reach('submitting'), foundSubmitting(NOW), NOW)
    expect([once.state.phase, once.ledger, once.state.charge]).toEqual(['unconfirmed', null, 'held'])
    expect(step(once.state, foundSubmitting(NOW), NOW).changed).toBe(false)
  })

  it('lets a failed job go only by what the billing shows, and a deleted one never while it is charged', () => {
    const look = (state: TakeState, shown: 'refund' | 'charge' | 'nothing', due: boolean) => {
      const { state: after, ledger } = step(state, { type: 'refund-looked', shown, due, lookAt: NOW + 50 }, NOW)
      return [after.charge, ledger?.kind ?? null, ...effectsOf(after, NOW).map(({ at }) => at - NOW)]
    }
    const failed = reach('failed')
    const deleted = { ...failed, error: { code: 'prediction-deleted', message: 'Gone.' } } as const
    for (const state of [failed, deleted]) {
      expect(look(state, 'refund', false)).toEqual(['released', 'release'])
      expect(look(state, 'nothing', false)).toEqual(['refund-pending', null, 10])
      expect(look(state, 'charge', false)).toEqual(['refund-pending', null, 10])
      expect(look(state, 'nothing', true)).toEqual(['released', 'release'])
    }
    expect(look(failed, 'charge', true)).toEqual(['refund-pending', null, 50])
    expect(look(deleted, 'charge', true)).toEqual(['charged', 'settle'])
    const unasked = step(failed, { type: 'refund-deferred', lookAt: NOW + 50 }, NOW)
    expect([unasked.state.charge, effectsOf(unasked.state, NOW)]).toEqual([
      'refund-pending',
      [{ type: 'refund', at: NOW + 50 }],
    ])
  })

  it('writes nothing to the ledger in rehearsal', () => {
    for (const phase of TAKE_PHASES)
      for (const event of EVENTS) expect(step(reach(phase, ZERO_USD), event, NOW).ledger).toBeNull()
  })

  it('holds its invariants over any sequence of events', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
        expect(violations(events)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})
