import { z } from 'zod'
import { BatchId, ProjectId, RequestId, SceneId, StoryboardId, TakeId } from '../ids.ts'
import { EpochMs } from '../model.ts'
import { UsdMicros } from '../money.ts'
import { BatchOrder, HeldBackReason, Preview } from '../preview.ts'
import { FitPlan } from '../fit-plan.ts'
import { Duration, Resolution } from '../models/happyhorse-1.1-r2v.ts'
import { command, nothing, query } from './define.ts'

const HeldBack = z.strictObject({
  /** Of the row in the preview. */
  key: z.string(),
  sceneId: SceneId,
  number: z.string(),
  fromTakeId: TakeId.nullable(),
  reason: HeldBackReason,
  message: z.string(),
  price: UsdMicros,
})
export type HeldBack = z.infer<typeof HeldBack>

const TakeIds = z.array(TakeId).min(1).max(20_000)

/** Batches and the queue: what makes takes. */
export const batchCalls = {
  /** Prices an order and says what the cap would hold back; asks the service for its quote where it can. */
  'batch.preview': query(z.strictObject({ storyboardId: StoryboardId, order: BatchOrder }), Preview),
  /** Reserves and starts a batch. Codes: cap-missing, key-missing. A repeated requestId answers as the first did. */
  'batch.start': command(
    z.strictObject({ requestId: RequestId, storyboardId: StoryboardId, order: BatchOrder }),
    z.strictObject({ batchId: BatchId.nullable(), takeIds: z.array(TakeId), heldBack: z.array(HeldBack) }),
  ),
  /** Releases every take of the project that has not been sent. */
  'batch.cancelWaiting': command(
    z.strictObject({ projectId: ProjectId }),
    z.strictObject({ cancelled: z.number().int() }),
  ),
  /** When everything open will be done, earliest and latest (epoch ms); null when nothing is. */
  'queue.eta': query(
    z.strictObject({ projectId: ProjectId.nullable() }),
    z.strictObject({ eta: z.strictObject({ from: EpochMs, to: EpochMs }).nullable() }),
  ),

  /** Keeps takes that have not been sent back, or lets them go again. Their reservations stay. Returns how many changed. */
  'queue.hold': command(z.strictObject({ takeIds: TakeIds }), z.strictObject({ changed: z.number().int() })),
  'queue.release': command(z.strictObject({ takeIds: TakeIds }), z.strictObject({ changed: z.number().int() })),
  /** Puts waiting takes before another waiting one, or last. They keep their order among themselves. */
  'queue.move': command(z.strictObject({ takeIds: TakeIds, before: TakeId.nullable() }), nothing),
  /** Cancels those of the takes that have not been sent; what was sent cannot be called back. */
  'queue.cancel': command(
    z.strictObject({ takeIds: TakeIds }),
    z.strictObject({ cancelled: z.number().int(), alreadySent: z.number().int() }),
  ),
  /** What of a board an amount buys: scenes, seconds and resolution, each choice explained. Null: what the caps leave. */
  'budget.fit': query(
    z.strictObject({
      storyboardId: StoryboardId,
      sceneIds: z.array(SceneId).max(5000).nullable(),
      amount: UsdMicros.min(0).nullable(),
      /** Seconds no scene is shortened below. */
      shortest: Duration,
      resolutions: z.array(Resolution).min(1),
    }),
    FitPlan,
  ),
} as const
