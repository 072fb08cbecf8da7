import { BatchId, TakeId, type SceneId, type StoryboardId } from '../../../shared/ids.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { CallOutput, HeldBack } from '../../../shared/contract.ts'
import { isOpen, type Batch, type Budget, type Scene } from '../../../shared/model.ts'
import { RESOLUTIONS, SEED } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { multiplyUsd, sumUsd, usdMicros, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { BatchOrder } from '../../../shared/preview.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'
import { composeRequest } from '../domain/compose-request.ts'
import { planBatch, type BatchLimits, type PlannedRow, type PlanScene } from '../domain/plan-batch.ts'
import { staleFields } from '../domain/staleness.ts'
import { plannedTake } from '../domain/take-machine.ts'
import type { Handlers } from '../router.ts'
import { listScenes } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { readBudget, readLibraryBudget } from '../store/projects.ts'
import { findAnswer, putAnswer, readSettings } from '../store/records.ts'
import {
  insertBatch,
  insertTake,
  listBoardTakes,
  listOpenTakes,
  takeNumberAfter,
  type StoredTake,
} from '../store/takes.ts'
import { the, type HandlerContext } from './context.ts'
import { createPriceBook, type Prices } from './prices.ts'

type BatchCalls = Pick<Handlers, 'batch.preview' | 'batch.start' | 'batch.cancelWaiting'>
type Started = CallOutput<'batch.start'>

/** Gathers what planning needs to know of every scene of a storyboard. */
function planScenes(db: ReadDb, storyboardId: StoryboardId, order: BatchOrder): readonly PlanScene[] {
  const board = the.storyboard(db, storyboardId)
  const cast = the.cast(db, board.castId)
  const placeholder = readSettings(db).imagePlaceholder
  const takes = Map.groupBy(listBoardTakes(db, storyboardId), ({ take }) => take.sceneId)
  return listScenes(db, storyboardId).map((scene): PlanScene => {
    const composed = composeRequest({ scene, cast, style: board.style, placeholder, resolution: order.resolution })
    const own = takes.get(scene.id) ?? []
    const ours = own.filter(({ take }) => take.provider === order.provider)
    // The seed is what a take is tried again with, so it does not decide whether a take counts.
    const matches = ({ take }: StoredTake) =>
      composed.ok && staleFields(take.request, composed.request, { kind: 'random' }).length === 0
    const made = own.filter(({ state }) => state.phase === 'ready' || isOpen(state.phase))
    const pick = own.find(({ take }) => take.id === scene.pickTakeId)
    return {
      scene,
      composed,
      seed: {
        id: scene.id,
        number: scene.number,
        policy: scene.seed,
        madeSeed: (pick ?? made.at(-1))?.take.request.seed ?? null,
        pickSeed: pick?.take.request.seed ?? null,
        made: own.length,
      },
      current: ours.filter((stored) => made.includes(stored) && matches(stored)).length,
      open: ours.filter(({ state }) => isOpen(state.phase)).length,
      unconfirmed: ours.filter(({ state }) => state.phase === 'unconfirmed').length,
    }
  })
}

/** What a batch of a project may still reserve. */
function limitsOf(db: ReadDb, budget: Budget): BatchLimits {
  const library = readLibraryBudget(db)
  const left = (cap: UsdMicros) => usdMicros(Math.max(0, cap - library.held - library.spent))
  return {
    project: budget.left,
    library: library.cap === null ? null : left(library.cap),
    batch: the.project(db, budget.projectId).batchLimit,
  }
}

export function batchHandlers(context: HandlerContext): BatchCalls {
  const { ports, store, outbox, driver, scheduler } = context
  const book = createPriceBook(ports.providers.wavespeed, ports.clock, ports.logger)

  function pricesFor(storyboardId: StoryboardId, order: BatchOrder): Promise<Prices> {
    const chosen = order.sceneIds === null ? null : new Set(order.sceneIds)
    const scenes = listScenes(store.read, storyboardId).filter(({ id }) => chosen === null || chosen.has(id))
    return book.prices(
      scenes.map((scene) => ({ resolution: order.resolution ?? scene.resolution, duration: scene.duration })),
    )
  }

  function plan(db: ReadDb, storyboardId: StoryboardId, order: BatchOrder, prices: Prices) {
    const budget = readBudget(db, the.storyboard(db, storyboardId).projectId)
    const scenes = planScenes(db, storyboardId, order)
    const rows = planBatch({ order, scenes, price: prices.of, limits: limitsOf(db, budget) })
    return { rows, budget }
  }

  const rowPrice = (row: PlannedRow): UsdMicros => multiplyUsd(row.unitPrice, row.takes)

  /** Draws each scene's seed once, so that scenes sharing a seed in this batch really share it. */
  function seedDrawer() {
    const drawn = new Map<SceneId, number>()
    return (row: PlannedRow, take: number): number => {
      const draw = () => ports.random.integer(SEED.min, SEED.max)
      switch (row.seed.kind) {
        case 'value':
          return row.seed.value
        case 'walk':
          return walkedSeed(row.seed, row.seed.made + take)
        case 'with':
        case 'draw': {
          const source = row.seed.kind === 'with' ? row.seed.sceneId : row.sceneId
          if (take > 0 && row.seed.kind === 'draw') return draw()
          const seed = drawn.get(source) ?? draw()
          drawn.set(source, seed)
          return seed
        }
        case 'problem':
          throw new TakeboardError('seed-unresolved', row.seed.message)
      }
    }
  }

  return {
    'batch.preview': async ({ storyboardId, order }) => {
      const prices = await pricesFor(storyboardId, order)
      const { rows, budget } = plan(store.read, storyboardId, order, prices)
      const admitted = rows.filter(({ heldBack }) => heldBack === null)
      const byResolution = Object.fromEntries(
        RESOLUTIONS.map((resolution) => [
          resolution,
          sumUsd(
            rows.map((row) =>
              row.request ? multiplyUsd(prices.of(resolution, row.request.duration), row.takes) : ZERO_USD,
            ),
          ),
        ]),
      ) as Record<(typeof RESOLUTIONS)[number], UsdMicros>
      const scenes = new Map(listScenes(store.read, storyboardId).map((scene) => [scene.id, scene]))
      const total = sumUsd(admitted.map(rowPrice))
      return {
        rows: rows.map((row) => {
          const scene: Scene = present(scenes.get(row.sceneId), 'the plan came from it')
          return {
            sceneId: row.sceneId,
            number: row.number,
            seed: row.policy,
            seedValue: row.seed.kind === 'value' ? row.seed.value : null,
            resolution: order.resolution ?? scene.resolution,
            duration: scene.duration,
            takes: row.takes,
            price: rowPrice(row),
            heldBack: row.heldBack?.reason ?? null,
            reason: row.heldBack?.message ?? null,
            note: row.note,
          }
        }),
        total: sumUsd(rows.map(rowPrice)),
        admitted: total,
        admittedScenes: admitted.length,
        reserves: order.provider === 'wavespeed' ? total : ZERO_USD,
        byResolution,
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
      if (order.provider === 'wavespeed') {
        if (!ports.providers.wavespeed.ready())
          throw new TakeboardError(
            'key-missing',
            'Paid takes need a WaveSpeed API key. Add one in Settings, or rehearse for free. Nothing was sent.',
          )
        if (the.project(store.read, board.projectId).cap === null)
          throw new TakeboardError(
            'cap-missing',
            'Set a spending cap for the project before sending paid takes. Nothing was sent.',
          )
      }
      const prices = await pricesFor(storyboardId, order)
      const { started, takes } = outbox.write((db, emit) => {
        const repeated = findAnswer(db, requestId)
        if (repeated !== null) return { started: JSON.parse(repeated) as Started, takes: [] }
        const { rows } = plan(db, storyboardId, order, prices)
        const now = ports.clock.now()
        const admitted = rows.filter(({ heldBack }) => heldBack === null)
        const count = admitted.reduce((sum, row) => sum + row.takes, 0)
        const seedOf = seedDrawer()
        const batch: Batch = {
          id: BatchId.parse(ports.ids.next()),
          projectId: board.projectId,
          storyboardId,
          provider: order.provider,
          createdAt: now,
          takes: count,
        }
        if (count > 0) {
          insertBatch(db, batch)
          emit('batch.put', batch)
        }
        const stored: StoredTake[] = []
        for (const row of admitted) {
          const first = takeNumberAfter(db, row.sceneId)
          for (let take = 0; take < row.takes; take++) {
            const id = TakeId.parse(ports.ids.next())
            const price = order.provider === 'wavespeed' ? row.unitPrice : ZERO_USD
            insertTake(db, {
              id,
              sceneId: row.sceneId,
              storyboardId,
              projectId: board.projectId,
              batchId: batch.id,
              number: first + take,
              provider: order.provider,
              request: { ...present(row.request, 'an admitted row composed'), seed: seedOf(row, take) },
              price,
              livePrice: row.unitPrice,
              createdAt: now,
              state: plannedTake(price),
            })
            stored.push(driver.applyIn(db, emit, id, { type: 'reserved' }).stored)
          }
        }
        const heldBack = rows.flatMap((row): HeldBack[] =>
          row.heldBack === null
            ? []
            : [
                {
                  sceneId: row.sceneId,
                  number: row.number,
                  reason: row.heldBack.reason,
                  message: row.heldBack.message,
                  price: rowPrice(row),
                },
              ],
        )
        const answer: Started = {
          batchId: count > 0 ? batch.id : null,
          takeIds: stored.map(({ take }) => take.id),
          heldBack,
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
