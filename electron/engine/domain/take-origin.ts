import { z } from 'zod'
import { BatchId, ProjectId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import { EpochMs, ProviderName, TakeRequest } from '../../../shared/model.ts'
import { UsdMicros } from '../../../shared/money.ts'

/**
 * Where a take belongs and what it asked for: enough to make it again in a database that has never heard of it. Kept in
 * the submission journal and in the passport beside the clip. Unknown keys are passed over, so that a later version may
 * say more.
 */
export const TakeOrigin = z.object({
  project: z.object({
    id: ProjectId,
    title: z.string(),
    cap: UsdMicros.nullable(),
    batchLimit: UsdMicros.nullable(),
  }),
  storyboard: z.object({ id: StoryboardId, title: z.string(), style: z.string() }),
  scene: z.object({
    id: SceneId,
    number: z.string(),
    title: z.string(),
    /** As the artist typed it; the prompt as sent is in the request. */
    prompt: z.string(),
    position: z.number().int(),
  }),
  batchId: BatchId,
  /** Of the take within its scene. */
  number: z.number().int().positive(),
  provider: ProviderName,
  request: TakeRequest,
  price: UsdMicros,
  livePrice: UsdMicros,
  createdAt: EpochMs,
})
export type TakeOrigin = z.infer<typeof TakeOrigin>
