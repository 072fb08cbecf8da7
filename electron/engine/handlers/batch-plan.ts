import { TakeboardError } from '../../../shared/errors.ts'
import type { SceneId, Sha256, StoryboardId } from '../../../shared/ids.ts'
import { isOpen, type Budget } from '../../../shared/model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros, type UsdMicros } from '../../../shared/money.ts'
import type { BatchOrder, TakeOrder } from '../../../shared/preview.ts'
import { composeRequest } from '../domain/compose-request.ts'
import type { OrderFacts, PlannedRow, PlanScene, PlanTake } from '../domain/order-rows.ts'
import { planBatch, type BatchLimits } from '../domain/plan-batch.ts'
import { staleFields } from '../domain/staleness.ts'
import { canDownloadAgain } from '../domain/take-machine.ts'
import { findScene, listScenes } from '../store/boards.ts'
import { findImage } from '../store/casts.ts'
import type { ReadDb } from '../store/open-store.ts'
import { readBudget, readLibraryBudget } from '../store/projects.ts'
import { readSettings } from '../store/records.ts'
import { findTake, listBoardTakes, type StoredTake } from '../store/takes.ts'
import { the, type HandlerContext } from './context.ts'
import type { Prices } from './prices.ts'

/** A kind of take as it is priced. */
export interface Kind {
  readonly resolution: Resolution
  readonly duration: number
}

const durationOf = (order: BatchOrder): number | null => (order.kind === 'scenes' ? null : order.duration)

/** Gathers what planning needs to know of every scene of a storyboard. */
function planScenes(
  db: ReadDb,
  storyboardId: StoryboardId,
  order: BatchOrder,
  stored: readonly StoredTake[],
): readonly PlanScene[] {
  const board = the.storyboard(db, storyboardId)
  const cast = the.cast(db, board.castId)
  const placeholder = readSettings(db).imagePlaceholder
  const takes = Map.groupBy(stored, ({ take }) => take.sceneId)
  return listScenes(db, storyboardId).map((scene): PlanScene => {
    const duration = durationOf(order) ?? scene.duration
    const { resolution } = order
    const composed = composeRequest({
      scene: { ...scene, duration },
      cast,
      style: board.style,
      placeholder,
      resolution,
    })
    const own = takes.get(scene.id) ?? []
    const ours = own.filter(({ take }) => take.provider === order.provider)
    // The seed is what a take is tried again with, so it does not decide whether a take counts.
    const matches = ({ take }: StoredTake) =>
      composed.ok && staleFields(take.request, composed.request, { kind: 'random' }).length === 0
    const made = own.filter(({ state }) => state.phase === 'ready' || isOpen(state.phase))
    const kept = ours.filter((take) => made.includes(take))
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
      current: kept.filter(matches).length,
      kept: kept.length,
      open: ours.filter(({ state }) => isOpen(state.phase)).length,
      unconfirmed: ours.filter(({ state }) => state.phase === 'unconfirmed').length,
    }
  })
}

/** What a batch of a project may still reserve. */
export function limitsOf(db: ReadDb, budget: Budget): BatchLimits {
  const library = readLibraryBudget(db)
  const left = (cap: UsdMicros) => usdMicros(Math.max(0, cap - library.held - library.spent))
  return {
    project: budget.left,
    library: library.cap === null ? null : left(library.cap),
    batch: the.project(db, budget.projectId).batchLimit,
  }
}

/** The takes that are to be made again. @throws TakeboardError not-found, bad-input for one of another storyboard */
function orderedTakes(db: ReadDb, storyboardId: StoryboardId, order: TakeOrder): readonly StoredTake[] {
  return order.takeIds.map((id) => {
    const stored = the.take(db, id)
    if (stored.take.storyboardId === storyboardId) return stored
    throw new TakeboardError('bad-input', 'A batch is made from the takes of one storyboard. Nothing was sent.')
  })
}

/** The kinds of take an order may make, for asking their prices. */
export function kindsOf(db: ReadDb, storyboardId: StoryboardId, order: BatchOrder): readonly Kind[] {
  const overridden = (kinds: readonly Kind[]) =>
    kinds.map(({ resolution, duration }) => ({
      resolution: order.resolution ?? resolution,
      duration: durationOf(order) ?? duration,
    }))
  if (order.kind === 'takes') return overridden(order.takeIds.flatMap((id) => findTake(db, id)?.take.request ?? []))
  const ids = order.kind === 'cells' ? order.cells.map(({ sceneId }) => sceneId) : order.sceneIds
  const chosen = ids === null ? null : new Set(ids)
  return overridden(listScenes(db, storyboardId).filter(({ id }) => chosen === null || chosen.has(id)))
}

/** What an order amounts to, before money is looked at. */
export function factsOf(
  { images }: Pick<HandlerContext, 'images'>,
  db: ReadDb,
  storyboardId: StoryboardId,
  order: BatchOrder,
  prices: Prices,
): OrderFacts {
  const known = new Map<Sha256, boolean>()
  const hasImage = (sha256: Sha256): boolean => {
    const image = known.has(sha256) ? null : findImage(db, sha256)
    const has = known.get(sha256) ?? (image !== null && images.has(image))
    known.set(sha256, has)
    return has
  }
  const stored = listBoardTakes(db, storyboardId)
  const scenes = planScenes(db, storyboardId, order, stored)
  const numbers = new Map(scenes.map(({ scene }) => [scene.id, scene.number]))
  const labelOf = (id: SceneId) => findScene(db, id)?.number ?? '?'
  const takes = order.kind === 'takes' ? orderedTakes(db, storyboardId, order) : []
  return {
    order,
    scenes,
    labelOf,
    price: prices.of,
    takes: takes.map(({ take, state }): PlanTake => ({
      id: take.id,
      sceneId: take.sceneId,
      number: numbers.get(take.sceneId) ?? labelOf(take.sceneId),
      phase: take.phase,
      charge: take.charge,
      request: take.request,
      downloadable: canDownloadAgain(state),
      hasImages: take.request.references.every(({ sha256 }) => hasImage(sha256)),
    })),
  }
}

/** Plans an order under the limits as they stand. @throws TakeboardError not-found, bad-input */
export function planOrder(
  context: Pick<HandlerContext, 'images'>,
  db: ReadDb,
  storyboardId: StoryboardId,
  order: BatchOrder,
  prices: Prices,
): { readonly rows: readonly PlannedRow[]; readonly budget: Budget } {
  const budget = readBudget(db, the.storyboard(db, storyboardId).projectId)
  const facts = factsOf(context, db, storyboardId, order, prices)
  return { rows: planBatch({ ...facts, limits: limitsOf(db, budget) }), budget }
}
