import { z } from 'zod'
import { SceneId } from './ids.ts'
import { Duration, Resolution } from './models/happyhorse-1.1-r2v.ts'
import { UsdMicros } from './money.ts'

/** What fitting a board to an amount does with one scene. */
const FitRow = z.strictObject({
  sceneId: SceneId,
  number: z.string(),
  title: z.string(),
  /** `done`: has a take already that is as the scene would be sent, so it costs nothing. */
  action: z.enum(['as-is', 'lower-resolution', 'shorter', 'leave-out', 'done', 'cannot']),
  resolution: Resolution,
  duration: Duration,
  /** As the scene stands, and as planned: 0 when left out. Both are 0 when done, or when it cannot be sent. */
  before: UsdMicros,
  price: UsdMicros,
  /** One plain sentence. */
  why: z.string(),
})

/** An affordable version of a board, in board order. Nothing is changed or reserved by asking. */
export const FitPlan = z.strictObject({
  rows: z.array(FitRow),
  /** What there was to spend, what the board costs as it stands, and what the plan costs. */
  amount: UsdMicros,
  before: UsdMicros,
  total: UsdMicros,
  /** What was decided and in which order, as a few sentences. */
  explanation: z.array(z.string()),
})
export type FitPlan = z.infer<typeof FitPlan>
