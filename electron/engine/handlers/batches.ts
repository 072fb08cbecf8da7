import { BatchId, type StoryboardId } from '../../../shared/ids.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { CallOutput, HeldBack } from '../../../shared/contract.ts'
import type { Batch } from '../../../shared/model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { multiplyUsd, sumUsd, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { BatchOrder, PreviewRow } from '../../../shared/preview.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'
import { costs, type PlannedRow } from '../domain/order-rows.ts'
import type { ResolvedSeed } from '../domain/seeds.ts'
import type { Handlers } from '../router.ts'
import { listScenes } from '../store/boards.ts'
import { findAnswer, putAnswer } from '../store/records.ts'
import { rememberBoard } from '../store/snapshots.ts'
import { insertBatch, listOpenTakes, type StoredTake } from '../store/takes.ts'
import { kindsOf, planOrder } from './batch-plan.ts'
import { the, type HandlerContext } from './context.ts'
import { fitHandlers } from './fit.ts'
import { freezeTakes } from './freeze-takes.ts'
import { createPriceBook, type Prices } from './prices.ts'

type BatchCalls = Pick<Handlers, 'batch.preview' | 'batch.start' | 'batch.cancelWaiting' | 'budget.fit'>
type Started = CallOutput<'batch.start'>

const rowPrice = (row: PlannedRow): UsdMicros => multiplyUsd(row.unitPrice, row.takes)

/** The seed of a row's first take, where it is settled. */
function settledSeed(seed: ResolvedSeed): number | null {
  if (seed.kind === 'value') return seed.value
  return seed.kind === 'walk' ? walkedSeed(seed, seed.made) : null
}

const heldBack = (rows: readonly PlannedRow[]): HeldBack[] =>
  rows.flatMap(({ heldBack: held, ...row }): HeldBack[] => {
    if (held === null) return []
    const { key, sceneId, number, fromTakeId } = row
    return [{ key, sceneId, number, fromTakeId, ...held, price: multiplyUsd(row.unitPrice, row.takes) }]
  })

/** Pricing and starting batches, and what of a board an amount buys. */
export function batchHandlers(context: HandlerContext): BatchCalls {
  const { ports, store, outbox, driver, scheduler } = context
  const book = createPriceBook(ports.providers.wavespeed, ports.clock, ports.logger)

  const pricesFor = (storyboardId: StoryboardId, order: BatchOrder): Promise<Prices> =>
    book.prices(kindsOf(store.read, storyboardId, order))

  /** @throws TakeboardError key-missing, cap-missing */
  function mustBeAbleToPay(storyboardId: StoryboardId): void {
    if (!ports.providers.wavespeed.ready())
      throw new TakeboardError(
        'key-missing',
        'Paid takes need a WaveSpeed API key. Add one in Settings, or rehearse for free. Nothing was sent.',
      )
    if (the.project(store.read, the.storyboard(store.read, storyboardId).projectId).cap === null)
      throw new TakeboardError(
        'cap-missing',
        'Set a spending cap for the project before sending paid takes. Nothing was sent.',
      )
  }

  return {
    ...fitHandlers(context, book),

    'batch.preview': async ({ storyboardId, order }) => {
      const prices = await pricesFor(storyboardId, order)
      const { rows, budget } = planOrder(context, store.read, storyboardId, order, prices)
      const admitted = rows.filter(({ heldBack }) => heldBack === null)
      const atResolution = (resolution: Resolution) =>
        sumUsd(
          rows.map(({ request, takes }) =>
            request ? multiplyUsd(prices.of(resolution, request.duration), takes) : ZERO_USD,
          ),
        )
      const scenes = new Map(listScenes(store.read, storyboardId).map((scene) => [scene.id, scene]))
      const defaults = the.storyboard(store.read, storyboardId).defaults
      const total = sumUsd(admitted.map(rowPrice))
      return {
        rows: rows.map((row): PreviewRow => {
          // What cannot be composed is shown as its scene stands, and a scene that is gone as a new one would.
          const { resolution, duration } = row.request ?? scenes.get(row.sceneId) ?? defaults
          return {
            key: row.key,
            sceneId: row.sceneId,
            number: row.number,
            fromTakeId: row.fromTakeId,
            seed: row.policy,
            seedValue: settledSeed(row.seed),
            resolution: order.resolution ?? resolution,
            duration: order.kind === 'scenes' ? duration : (order.duration ?? duration),
            takes: row.takes,
            price: rowPrice(row),
            heldBack: row.heldBack?.reason ?? null,
            reason: row.heldBack?.message ?? null,
            note: row.note,
          }
        }),
        total: sumUsd(rows.map(rowPrice)),
        admitted: total,
        admittedScenes: new Set(admitted.map(({ sceneId }) => sceneId)).size,
        reserves: costs(order.provider) ? total : ZERO_USD,
        byResolution: { '720p': atResolution('720p'), '1080p': atResolution('1080p') },
        cap: budget.cap,
        held: budget.held,
        spent: budget.spent,
        left: budget.left,
        priceSource: prices.source,
        priceNote: prices.note,
      }
    },

    'batch.start': async ({ requestId, storyboardId, order }) => {
      const answered = findAnswer(store.read, requestId)
      if (answered !== null) return JSON.parse(answered) as Started
      const board = the.storyboard(store.read, storyboardId)
      if (costs(order.provider)) mustBeAbleToPay(storyboardId)
      const prices = await pricesFor(storyboardId, order)
      const { started, takes } = outbox.write((db, emit) => {
        const repeated = findAnswer(db, requestId)
        if (repeated !== null) return { started: JSON.parse(repeated) as Started, takes: [] }
        const { rows } = planOrder(context, db, storyboardId, order, prices)
        const now = ports.clock.now()
        const admitted = rows.filter(({ heldBack }) => heldBack === null)
        const count = admitted.reduce((sum, row) => sum + row.takes, 0)
        const batch: Batch = {
          id: BatchId.parse(ports.ids.next()),
          projectId: board.projectId,
          storyboardId,
          provider: order.provider,
          createdAt: now,
          takes: count,
        }
        if (count > 0) {
          insertBatch(db, batch, rememberBoard(db, storyboardId))
          emit('batch.put', batch)
        }
        const stored: readonly StoredTake[] = freezeTakes(context, db, emit, batch, admitted)
        const answer: Started = {
          batchId: count > 0 ? batch.id : null,
          takeIds: stored.map(({ take }) => take.id),
          heldBack: heldBack(rows),
        }
        putAnswer(db, requestId, now, JSON.stringify(answer))
        return { started: answer, takes: stored }
      })
      scheduler.put(takes)
      return started
    },

    'batch.cancelWaiting': ({ projectId }) => {
      const waiting = listOpenTakes(store.read).filter(
        ({ take, state }) => take.projectId === projectId && (state.phase === 'reserved' || state.phase === 'planned'),
      )
      const cancelled = driver.applyAll(
        waiting.map(({ take }) => take.id),
        { type: 'cancelled' },
      )
      return { cancelled: cancelled.length }
    },
  }
}
