import { z } from 'zod'
import { SceneId, StoryboardId } from './ids.ts'
import { UsdMicros } from './money.ts'

/** One line of a spend report. */
const SpendLine = z.strictObject({
  /** What was reserved for takes that were charged or may still be. */
  estimate: UsdMicros,
  /** What was charged for those that were. */
  actual: UsdMicros,
  /** Still reserved. */
  held: UsdMicros,
  /** Paid takes, whatever became of them. */
  takes: z.number().int(),
})

/** Where the money of a project went. Rehearsals cost nothing and are left out. */
export const Spend = z.strictObject({
  total: SpendLine,
  /** In board order. */
  scenes: z.array(
    SpendLine.extend({ sceneId: SceneId, storyboardId: StoryboardId, number: z.string(), title: z.string() }),
  ),
  storyboards: z.array(SpendLine.extend({ storyboardId: StoryboardId, title: z.string() })),
  /** `2026-11`, in the clock of this machine, oldest first. */
  months: z.array(SpendLine.extend({ month: z.string() })),
  /**
   * What was charged on each day (`2026-11-22`, in the clock of this machine) for each storyboard, oldest first; days
   * without any are left out.
   */
  days: z.array(z.strictObject({ day: z.string(), storyboardId: StoryboardId, actual: UsdMicros })),
  /** Seconds of picked paid takes, and what everything charged comes to for each of them; null without a pick. */
  acceptedSeconds: z.number().int(),
  perAcceptedSecond: UsdMicros.nullable(),
})
export type Spend = z.infer<typeof Spend>
