import type { SceneId } from '../../../shared/ids.ts'
import type { ProviderName, Scene, SeedPolicy } from '../../../shared/model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { addUsd, multiplyUsd, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import type { BatchOrder, HeldBackReason } from '../../../shared/preview.ts'
import type { Composed, SeedlessRequest } from './compose-request.ts'
import { resolveSeed, type ResolvedSeed, type SeedScene } from './seeds.ts'

/** What planning knows of one scene. */
export interface PlanScene {
  readonly scene: Pick<Scene, 'id' | 'number' | 'seed'>
  readonly composed: Composed
  readonly seed: SeedScene
  /** Takes of the order's provider that are ready or open and still match the scene. */
  readonly current: number
  readonly open: number
  readonly unconfirmed: number
}

export interface PlannedRow {
  readonly sceneId: SceneId
  readonly number: string
  readonly policy: SeedPolicy
  readonly seed: ResolvedSeed
  readonly request: SeedlessRequest | null
  readonly takes: number
  /** Of one take at the paid service. */
  readonly unitPrice: UsdMicros
  readonly heldBack: { readonly reason: HeldBackReason; readonly message: string } | null
  readonly note: 'in-flight' | 'unsettled' | null
}

export interface PlanInput {
  readonly order: BatchOrder
  /** Every scene of the storyboard, in board order. */
  readonly scenes: readonly PlanScene[]
  readonly price: (resolution: Resolution, duration: number) => UsdMicros
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

/** The first limit that an amount passes, or null. */
function limitPassed(limits: BatchLimits, amount: UsdMicros): keyof BatchLimits | null {
  const names = ['project', 'library', 'batch'] as const
  return names.find((name) => limits[name] !== null && amount > limits[name]) ?? null
}

function takesWanted(order: BatchOrder, scene: PlanScene): number {
  return order.mode === 'add' ? order.takesPerScene : Math.max(0, order.takesPerScene - scene.current)
}

const costs = (provider: ProviderName) => provider === 'wavespeed'

/**
 * Decides, in board order, which scenes of an order are sent and which are held back and why. A scene is admitted with
 * all its takes or not at all. The board order is the artist's priority, so the first scene over the cap stops all that
 * follow, even cheaper ones.
 */
export function planBatch(input: PlanInput): readonly PlannedRow[] {
  const { order } = input
  const chosen = order.sceneIds === null ? null : new Set(order.sceneIds)
  const wanted = input.scenes.filter(({ scene }) => chosen === null || chosen.has(scene.id))
  const inBatch = new Set(wanted.map(({ scene }) => scene.id))
  const byId = new Map(input.scenes.map(({ seed }) => [seed.id, seed]))
  let admitted = ZERO_USD
  let stopped: keyof BatchLimits | null = null

  const rows = wanted.flatMap((plan): PlannedRow[] => {
    const takes = takesWanted(order, plan)
    const composed = plan.composed
    const seed = resolveSeed(plan.seed, order.seeds, byId, inBatch)
    const unitPrice = composed.ok ? input.price(composed.request.resolution, composed.request.duration) : ZERO_USD
    const row = (heldBack: PlannedRow['heldBack']): PlannedRow => ({
      sceneId: plan.scene.id,
      number: plan.scene.number,
      policy: plan.scene.seed,
      seed,
      request: composed.ok ? composed.request : null,
      takes,
      unitPrice,
      heldBack,
      note: plan.unconfirmed > 0 ? 'unsettled' : plan.open > 0 ? 'in-flight' : null,
    })
    if (plan.unconfirmed > 0 && !order.includeUnconfirmed) {
      const message =
        'An earlier take of this scene was sent and never answered; settle it first or choose the scene on purpose.'
      return [row({ reason: 'unconfirmed', message })]
    }
    if (takes === 0) return []
    if (!composed.ok) return [row({ reason: composed.problem.kind, message: composed.problem.message })]
    if (seed.kind === 'problem') return [row({ reason: 'seed', message: seed.message })]
    if (!costs(order.provider)) return [row(null)]
    if (input.limits.project === null)
      return [row({ reason: 'no-cap', message: 'The project has no spending cap yet; set one to send paid takes.' })]
    const total = addUsd(admitted, multiplyUsd(unitPrice, takes))
    stopped ??= limitPassed(input.limits, total)
    if (stopped !== null) return [row(OVER[stopped])]
    admitted = total
    return [row(null)]
  })
  return withoutBorrowers(rows)
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
