import { z } from 'zod'
import { BatchId, ProjectId, RequestId, SceneId, StoryboardId, TakeId } from '../ids.ts'
import { EpochMs } from '../model.ts'
import { UsdMicros } from '../money.ts'
import { BatchOrder, HeldBackReason, Preview } from '../preview.ts'
import { command, query } from './define.ts'

const HeldBack = z.strictObject({
  sceneId: SceneId,
  number: z.string(),
  reason: HeldBackReason,
  message: z.string(),
  price: UsdMicros,
})
export type HeldBack = z.infer<typeof HeldBack>

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
} as const
