import { z } from 'zod'
import { PredictionId, SceneId, TakeId } from '../ids.ts'
import { EpochMs, Judgement } from '../model.ts'
import { command, nothing, query } from './define.ts'

/** What was done to a take, oldest first; `text` is one plain sentence without secrets. */
const TakeHistoryEntry = z.strictObject({ at: EpochMs, event: z.string(), text: z.string() })

/** What is done with takes once they are asked for. */
export const takeCalls = {
  'take.history': query(z.strictObject({ takeId: TakeId }), z.array(TakeHistoryEntry)),
  /** Only a take that has not been sent can be cancelled. Code: conflict. */
  'take.cancel': command(z.strictObject({ takeId: TakeId }), nothing),
  'take.update': command(z.strictObject({ takeId: TakeId, patch: Judgement.partial() }), nothing),
  /** Locks the seed of a take on scenes of the same project. */
  'take.useSeed': command(z.strictObject({ takeId: TakeId, sceneIds: z.array(SceneId).min(1).max(5000) }), nothing),
  /** Asks the service for a job whose submission went unanswered. Free; never submits. */
  'take.lookFor': command(
    z.strictObject({ takeId: TakeId }),
    z.strictObject({
      outcome: z.enum(['found', 'several', 'none']),
      candidates: z.array(
        z.strictObject({
          predictionId: PredictionId,
          createdAt: z.string(),
          status: z.string(),
          /** Whether the media handler can show its clip: `/media/candidates/{takeId}/{predictionId}`. */
          hasPreview: z.boolean(),
        }),
      ),
    }),
  ),
  /** Settles an unconfirmed take by hand. `not-charged` releases the hold and ends the take. */
  'take.resolve': command(
    z.strictObject({
      takeId: TakeId,
      as: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('charged') }),
        z.strictObject({ kind: z.literal('not-charged') }),
        z.strictObject({ kind: z.literal('prediction'), predictionId: PredictionId }),
      ]),
    }),
    nothing,
  ),
  /** Counts the pending refund of a failed job as arrived, before the service's billing shows it. Code: conflict. */
  'take.countRefunded': command(z.strictObject({ takeId: TakeId }), nothing),
  /** Tries a failed download of a paid clip again. Never submits. */
  'take.download': command(z.strictObject({ takeId: TakeId }), nothing),
} as const
