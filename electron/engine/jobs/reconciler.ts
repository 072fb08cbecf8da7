import type { CallOutput } from '../../../shared/contract.ts'
import { TakeboardError, type WireError } from '../../../shared/errors.ts'
import type { PredictionId, TakeId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import { matchCandidate, type Match } from '../domain/match-candidates.ts'
import type { ProviderName } from '../../../shared/model.ts'
import type { HistoryItem } from '../ports.ts'
import { findTake, isBound, listOpenTakes, type StoredTake } from '../store/takes.ts'
import { wireOf, type JobContext } from './job.ts'

/** The service's clock may differ, and a submission may take a while to appear in its history. */
const WINDOW = { before: 2 * 60_000, after: 15 * 60_000 } as const
/** How far off a clock may be for the last look to find the job all the same. */
const ANY_CLOCK_MS = 30 * 24 * 60 * 60_000
/** Gaps between the automatic looks; with the first they span fifteen minutes. */
const LOOK_GAPS_MS = [60_000, 4 * 60_000, 10 * 60_000] as const
/** A look that got no answer says nothing, so it is tried again without end. */
const UNANSWERED_GAP_MS = LOOK_GAPS_MS[2]

export type LookAnswer = CallOutput<'take.lookFor'>

/** Asks the service about submissions that went unanswered. Never submits, never releases money. */
export interface Reconciler {
  /** The automatic look: binds what is proven, else plans the next look. */
  look(takeId: TakeId): Promise<void>
  /** The artist's look. Codes: provider-*, key-*. */
  lookFor(takeId: TakeId): Promise<LookAnswer>
  /** Where the clip is of a job that the artist's last look listed for a take that is still unanswered; else null. */
  candidate(
    takeId: TakeId,
    predictionId: PredictionId,
  ): { readonly provider: ProviderName; readonly url: string } | null
  /** False when the take was settled meanwhile. Codes: conflict for the job of another take, disk-full. */
  bind(takeId: TakeId, predictionId: PredictionId): boolean
}

export function createReconciler(context: JobContext): Reconciler {
  const { driver, ports, store, journal } = context
  /** Clip addresses of what the artist's last look listed. Only these are ever opened. */
  const listed = new Map<TakeId, ReadonlyMap<PredictionId, string>>()

  async function search({ take, state }: StoredTake, thorough: boolean): Promise<Match<HistoryItem>> {
    const sentAt = state.submittedAt ?? take.createdAt
    const now = ports.clock.now()
    const look = async (from: number, to: number, proven: boolean): Promise<Match<HistoryItem>> => {
      const history = await ports.providers[take.provider].history(from, to)
      context.looked(take.id)
      const unbound = history.filter(
        ({ predictionId, input }) =>
          !isBound(store.read, take.provider, predictionId) && (!proven || input?.['seed'] !== undefined),
      )
      return matchCandidate(take.request, unbound, rivalsOf(take.id, take.provider))
    }
    const near = await look(sentAt - WINDOW.before, Math.max(sentAt + WINDOW.after, now), false)
    if (near.kind !== 'none' || !thorough) return near
    // This clock may have been wrong when the take was sent, so all the service still has is searched for the seed.
    return look(Math.min(sentAt, now) - ANY_CLOCK_MS, Math.max(sentAt, now) + ANY_CLOCK_MS, true)
  }

  /** Other takes that a job nobody claims could belong to: unanswered, or still waiting for their answer. */
  const rivalsOf = (takeId: TakeId, provider: ProviderName): number =>
    listOpenTakes(store.read).filter(
      ({ take, state }) =>
        take.id !== takeId &&
        take.provider === provider &&
        (state.phase === 'unconfirmed' || state.phase === 'submitting'),
    ).length

  function bind(takeId: TakeId, predictionId: PredictionId): boolean {
    const { take, state } = present(findTake(store.read, takeId), 'it was looked for')
    if (state.phase !== 'unconfirmed') return false
    // Before the journal: a record that the database must refuse would be replayed, and refused, at every start.
    if (isBound(store.read, take.provider, predictionId))
      throw new TakeboardError('conflict', 'That job already belongs to another take.')
    journal.append({ type: 'accepted', takeId, attempt: state.attempt, predictionId })
    return driver.apply(takeId, { type: 'accepted', predictionId, recovered: true, pollAt: ports.clock.now() }).changed
  }

  const unanswered = (text: string): WireError => ({ code: 'submission-unknown', message: text })

  function verdict(lookups: number, match: Match<HistoryItem> | null, last: boolean): string {
    if (match?.kind === 'several') {
      return `The service lists ${match.candidates.length} jobs that could be this one. Choose which, or say that none is; the price stays reserved meanwhile.`
    }
    if (match?.kind === 'none' && last) {
      return `After ${lookups + 1} looks the service lists no such job: it was probably not created. The price stays reserved until you release it; releasing and sending again could charge twice if the job does appear.`
    }
    return 'The request was sent but never answered. The job may be running and may have been charged, so its price stays reserved while Takeboard looks for it.'
  }

  return {
    bind,
    async look(takeId) {
      const stored = present(findTake(store.read, takeId), 'it was scheduled')
      if (stored.state.phase !== 'unconfirmed') return
      const gap = LOOK_GAPS_MS[stored.state.lookups]
      let match: Match<HistoryItem> | null = null
      try {
        match = await search(stored, gap === undefined)
      } catch (error) {
        if (context.signal.aborted) return
        ports.logger.warn('A look for a job failed', { takeId, code: wireOf(error).code })
      }
      if (match?.kind === 'found') {
        bind(takeId, match.candidate.predictionId)
        return
      }
      const wait = match === null ? (gap ?? UNANSWERED_GAP_MS) : gap
      const lookAt = wait === undefined ? null : ports.clock.now() + wait
      const error = unanswered(verdict(stored.state.lookups, match, lookAt === null))
      driver.apply(takeId, { type: 'looked', error, lookAt })
    },
    async lookFor(takeId) {
      const match = await search(present(findTake(store.read, takeId), 'the handler checked'), true)
      listed.delete(takeId)
      if (match.kind === 'found') {
        bind(takeId, match.candidate.predictionId)
        return { outcome: 'found', candidates: [] }
      }
      const candidates = match.kind === 'several' ? match.candidates : []
      listed.set(
        takeId,
        new Map(
          candidates.flatMap(({ predictionId, outputs: [url] }) => (url === undefined ? [] : [[predictionId, url]])),
        ),
      )
      return {
        outcome: match.kind,
        candidates: candidates.map(({ predictionId, createdAt, status, outputs }) => ({
          predictionId,
          createdAt,
          status,
          hasPreview: outputs[0] !== undefined,
        })),
      }
    },
    candidate(takeId, predictionId) {
      const url = listed.get(takeId)?.get(predictionId)
      const stored = url === undefined ? null : findTake(store.read, takeId)
      if (url === undefined || stored?.state.phase !== 'unconfirmed') {
        if (stored !== null) listed.delete(takeId)
        return null
      }
      return { provider: stored.take.provider, url }
    },
  }
}
