import type { SceneId, TakeId } from '../../../shared/ids.ts'
import type { ChargeState, ProviderName, Scene, SeedPolicy, TakePhase, TakeRequest } from '../../../shared/model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { BatchOrder, CellOrder, HeldBackReason, SceneOrder, TakeOrder } from '../../../shared/preview.ts'
import type { Composed, SeedlessRequest } from './compose-request.ts'
import { resolveSeed, type ResolvedSeed, type SeedScene } from './seeds.ts'

/** What planning knows of one scene, composed with the overrides of the order. */
export interface PlanScene {
  readonly scene: Pick<Scene, 'id' | 'number' | 'seed'>
  readonly composed: Composed
  readonly seed: SeedScene
  /** Takes of the order's provider that are ready or open and still match the scene. */
  readonly current: number
  /** Takes of the order's provider that are ready or open, whatever they show. */
  readonly kept: number
  readonly open: number
  readonly unconfirmed: number
}

/** What planning knows of a take that is to be made again. */
export interface PlanTake {
  readonly id: TakeId
  readonly sceneId: SceneId
  /** Of its scene, also when that was removed. */
  readonly number: string
  readonly phase: TakePhase
  readonly charge: ChargeState
  readonly request: TakeRequest
  /** The clip of a job that was paid for can be fetched again at no cost. */
  readonly downloadable: boolean
  /** Every image of the request is still in the library. */
  readonly hasImages: boolean
}

export interface Held {
  readonly reason: HeldBackReason
  readonly message: string
}

/** One row of an order, before or after money was looked at. */
export interface PlannedRow {
  /** Unique within the plan. */
  readonly key: string
  readonly sceneId: SceneId
  readonly number: string
  /** The take it makes again, if it does. */
  readonly fromTakeId: TakeId | null
  readonly policy: SeedPolicy
  readonly seed: ResolvedSeed
  /** Null when the scene cannot be composed. */
  readonly request: SeedlessRequest | null
  readonly takes: number
  /** Of one take at the paid service. */
  readonly unitPrice: UsdMicros
  readonly heldBack: Held | null
  readonly note: 'in-flight' | 'unsettled' | null
}

export interface OrderFacts {
  readonly order: BatchOrder
  /** Every scene of the storyboard, in board order. */
  readonly scenes: readonly PlanScene[]
  /** The takes of a `takes` order, in the order given. */
  readonly takes: readonly PlanTake[]
  /** The label that a scene had which is no longer on the board. */
  readonly labelOf: (removed: SceneId) => string
  readonly price: (resolution: Resolution, duration: number) => UsdMicros
}

/** Whether takes of a provider cost money. */
export const costs = (provider: ProviderName): boolean => provider === 'wavespeed'

const SCENE_GONE: Held = {
  reason: 'scene-gone',
  message: 'The scene was removed from the board. Bring it back to make takes of it.',
}

const noteOf = (plan: PlanScene | undefined): PlannedRow['note'] =>
  plan === undefined ? null : plan.unconfirmed > 0 ? 'unsettled' : plan.open > 0 ? 'in-flight' : null

const unsettled = (plan: PlanScene, order: BatchOrder): Held | null =>
  plan.unconfirmed === 0 || order.includeUnconfirmed
    ? null
    : {
        reason: 'unconfirmed',
        message:
          'An earlier take of this scene was sent and never answered; settle it first or choose the scene on purpose.',
      }

/** What keeps a composed row from being sent, money aside. */
function heldOf(plan: PlanScene, order: BatchOrder, seed: ResolvedSeed): Held | null {
  const waits = unsettled(plan, order)
  if (waits) return waits
  const { composed } = plan
  if (!composed.ok) return { reason: composed.problem.kind, message: composed.problem.message }
  return seed.kind === 'problem' ? { reason: 'seed', message: seed.message } : null
}

function rowOf(
  facts: OrderFacts,
  plan: PlanScene,
  row: Pick<PlannedRow, 'key' | 'policy' | 'seed' | 'takes'>,
): PlannedRow {
  const { composed } = plan
  return {
    ...row,
    sceneId: plan.scene.id,
    number: plan.scene.number,
    fromTakeId: null,
    request: composed.ok ? composed.request : null,
    unitPrice: composed.ok ? facts.price(composed.request.resolution, composed.request.duration) : ZERO_USD,
    heldBack: heldOf(plan, facts.order, row.seed),
    note: noteOf(plan),
  }
}

function sceneRows(facts: OrderFacts, order: SceneOrder): readonly PlannedRow[] {
  const chosen = order.sceneIds === null ? null : new Set(order.sceneIds)
  const wanted = facts.scenes.filter(({ scene }) => chosen === null || chosen.has(scene.id))
  const inBatch = new Set(wanted.map(({ scene }) => scene.id))
  // A scene that is given its own seed lends that one to those that take theirs from it.
  const exceptions = new Map(order.exceptSeeds?.map(({ sceneId, seed }) => [sceneId, fixedOrDrawn(seed).policy]))
  const byId = new Map(
    facts.scenes.map(({ seed }) => [seed.id, { ...seed, policy: exceptions.get(seed.id) ?? seed.policy }]),
  )
  return wanted.flatMap((plan): readonly PlannedRow[] => {
    const { id } = plan.scene
    const own = exceptions.get(id)
    const missing = order.mode === 'add' ? order.takesPerScene : Math.max(0, order.takesPerScene - plan.current)
    const seed = resolveSeed(byId.get(id) ?? plan.seed, own ? { kind: 'keep' } : order.seeds, byId, inBatch)
    const row = rowOf(facts, plan, { key: id, policy: own ?? plan.scene.seed, seed, takes: missing })
    return missing === 0 && row.heldBack?.reason !== 'unconfirmed' ? [] : [row]
  })
}

/** Keys rows that may be alike: `scene`, `scene 2`, `scene 3`. */
function keys(): (base: string) => string {
  const seen = new Map<string, number>()
  return (base) => {
    const n = (seen.get(base) ?? 0) + 1
    seen.set(base, n)
    return n === 1 ? base : `${base} ${n}`
  }
}

/** In board order; what is of one scene stays in the order given, and what is of none comes last. */
function inBoardOrder<T extends { readonly sceneId: SceneId }>(
  scenes: readonly PlanScene[],
  given: readonly T[],
): readonly (T & { readonly plan: PlanScene | undefined })[] {
  const places = new Map(scenes.map((plan, place) => [plan.scene.id, { plan, place }]))
  const place = ({ sceneId }: T) => places.get(sceneId)?.place ?? scenes.length
  return given
    .toSorted((a, b) => place(a) - place(b))
    .map((each) => ({ ...each, plan: places.get(each.sceneId)?.plan }))
}

const fixedOrDrawn = (value: number | null): Pick<PlannedRow, 'policy' | 'seed'> =>
  value === null
    ? { policy: { kind: 'random' }, seed: { kind: 'draw' } }
    : { policy: { kind: 'locked', value }, seed: { kind: 'value', value } }

function cellRows(facts: OrderFacts, order: CellOrder): readonly PlannedRow[] {
  const keyOf = keys()
  const named = new Set<string>()
  const cells = order.cells.filter(({ sceneId, seed }) => {
    const cell = `${sceneId} ${seed}`
    if (seed === null || !named.has(cell)) return named.add(cell)
    return false
  })
  return inBoardOrder(facts.scenes, cells).map(({ sceneId, seed: value, plan }): PlannedRow => {
    const row = { key: keyOf(`${sceneId} ${value ?? 'drawn'}`), ...fixedOrDrawn(value), takes: 1 }
    if (plan) return rowOf(facts, plan, row)
    const number = facts.labelOf(sceneId)
    const nothing = { fromTakeId: null, request: null, unitPrice: ZERO_USD, note: null }
    return { ...row, ...nothing, sceneId, number, heldBack: SCENE_GONE }
  })
}

/** What keeps a take from being made again, money aside. */
function heldTake(take: PlanTake, plan: PlanScene | undefined, order: TakeOrder): Held | null {
  if (plan === undefined) return SCENE_GONE
  const waits = unsettled(plan, order)
  if (waits) return waits
  if (!take.hasImages) {
    const message = 'A reference image this take was made from is no longer in the library.'
    return { reason: 'image-missing', message }
  }
  const paidForNothing = take.phase === 'failed' && take.charge === 'charged'
  if (!paidForNothing || order.includeUnconfirmed || !costs(order.provider)) return null
  const message = take.downloadable
    ? 'This take was paid for and its clip may still be at the service: download it again at no cost, or choose the take on purpose.'
    : 'This take was paid for although it failed; choose it on purpose to pay for another.'
  return { reason: 'charged', message }
}

function takeRows(facts: OrderFacts, order: TakeOrder): readonly PlannedRow[] {
  const keyOf = keys()
  const wanted = order.seeds === 'new' ? facts.takes : [...new Map(facts.takes.map((take) => [take.id, take])).values()]
  return inBoardOrder(facts.scenes, wanted).map(({ plan, ...take }): PlannedRow => {
    const { seed, ...frozen } = take.request
    const resolution = order.resolution ?? frozen.resolution
    const duration = order.duration ?? frozen.duration
    return {
      key: keyOf(take.id),
      sceneId: take.sceneId,
      number: take.number,
      fromTakeId: take.id,
      ...fixedOrDrawn(order.seeds === 'same' ? seed : null),
      request: { ...frozen, resolution, duration },
      takes: 1,
      unitPrice: facts.price(resolution, duration),
      heldBack: heldTake(take, plan, order),
      note: noteOf(plan),
    }
  })
}

/** The rows of an order in board order, with what holds them back money aside. */
export function orderRows(facts: OrderFacts): readonly PlannedRow[] {
  const { order } = facts
  switch (order.kind) {
    case 'scenes':
      return sceneRows(facts, order)
    case 'cells':
      return cellRows(facts, order)
    case 'takes':
      return takeRows(facts, order)
  }
}
