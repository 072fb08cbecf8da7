import { z } from 'zod'
import { HISTORY_KINDS, HistoryEntry } from '../history.ts'
import { BatchId, ProjectId, StoryboardId } from '../ids.ts'
import { Cast, Scene, Storyboard } from '../model.ts'
import { command, query } from './define.ts'

/** What happened in a project, and the board as it once was. */
export const historyCalls = {
  /** Newest first. `text` is looked for in slates, titles, prompts, seeds and labels, without regard to case. */
  'history.list': query(
    z.strictObject({
      projectId: ProjectId,
      kinds: z.array(z.enum(HISTORY_KINDS)).nullable(),
      text: z.string().max(200),
      /** The `cursor` of the answer before; null for the newest. */
      before: z.string().max(80).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.strictObject({ entries: z.array(HistoryEntry), cursor: z.string().nullable() }),
  ),
  /** The storyboard, scenes and cast as they were when a batch was started. Code: not-found for one without a record. */
  'history.board': query(
    z.strictObject({ batchId: BatchId }),
    z.strictObject({ storyboard: Storyboard, scenes: z.array(Scene), cast: Cast }),
  ),
  /** Puts that board beside the others as a new storyboard. */
  'history.restore': command(z.strictObject({ batchId: BatchId }), z.strictObject({ storyboardId: StoryboardId })),
} as const
