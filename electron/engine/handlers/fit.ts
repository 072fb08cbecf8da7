import { TakeboardError } from '../../../shared/errors.ts'
import { DURATION, RESOLUTIONS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros, type UsdMicros } from '../../../shared/money.ts'
import type { SceneOrder } from '../../../shared/preview.ts'
import { fitBudget, type FitScene } from '../domain/fit-budget.ts'
import type { PlannedRow, PlanScene } from '../domain/order-rows.ts'
import { planBatch, type BatchLimits } from '../domain/plan-batch.ts'
import type { Handlers } from '../router.ts'
import { listScenes } from '../store/boards.ts'
import { readBudget } from '../store/projects.ts'
import { factsOf, limitsOf, type Kind } from './batch-plan.ts'
import { the, type HandlerContext } from './context.ts'
import type { PriceBook } from './prices.ts'

/** More than any board costs, so that planning says what can be sent whatever it costs. */
const NO_LIMITS: BatchLimits = { project: usdMicros(Number.MAX_SAFE_INTEGER), library: null, batch: null }

/** The least of what the limits leave. @throws TakeboardError cap-missing */
function whatIsLeft({ project, library, batch }: BatchLimits): UsdMicros {
  const limits = [project, library, batch].filter((limit) => limit !== null)
  if (limits.length === 0)
    throw new TakeboardError(
      'cap-missing',
      'Set a spending cap for the project, or give an amount to fit the board to.',
    )
  return usdMicros(Math.min(...limits))
}

function stateOf(plan: PlanScene, row: PlannedRow | undefined): FitScene['state'] {
  if (row?.heldBack) return { cannot: row.heldBack.message }
  if (row === undefined) return 'done'
  return plan.kept > 0 ? 'covered' : 'missing'
}

/** What of a board an amount buys. Priced as a batch is; nothing is changed or reserved. */
export function fitHandlers(context: HandlerContext, book: PriceBook): Pick<Handlers, 'budget.fit'> {
  const { store } = context
  return {
    'budget.fit': async ({ storyboardId, sceneIds, amount, shortest, resolutions }) => {
      const chosen = sceneIds === null ? null : new Set(sceneIds)
      const wanted = listScenes(store.read, storyboardId).filter(({ id }) => chosen === null || chosen.has(id))
      const kinds = wanted.flatMap(({ duration }): Kind[] => {
        const fewest = Math.min(duration, Math.max(DURATION.min, shortest))
        const seconds = Array.from({ length: duration - fewest + 1 }, (_, index) => fewest + index)
        return seconds.flatMap((each) => RESOLUTIONS.map((resolution) => ({ resolution, duration: each })))
      })
      const prices = await book.prices(kinds)

      const db = store.read
      const { projectId } = the.storyboard(db, storyboardId)
      const order: SceneOrder = {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds,
        takesPerScene: 1,
        mode: 'up-to',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      }
      const facts = factsOf(context, db, storyboardId, order, prices)
      const rows = new Map(planBatch({ ...facts, limits: NO_LIMITS }).map((row) => [row.sceneId, row]))
      const plans = new Map(facts.scenes.map((plan) => [plan.scene.id, plan]))
      const scenes = listScenes(db, storyboardId).flatMap((scene): FitScene[] => {
        const plan = plans.get(scene.id)
        if (plan === undefined || (chosen !== null && !chosen.has(scene.id))) return []
        const { id, number, title, resolution, duration } = scene
        return [{ sceneId: id, number, title, resolution, duration, state: stateOf(plan, rows.get(id)) }]
      })
      const available = amount ?? whatIsLeft(limitsOf(db, readBudget(db, projectId)))
      return fitBudget({ scenes, amount: available, shortest, resolutions, price: prices.of })
    },
  }
}
