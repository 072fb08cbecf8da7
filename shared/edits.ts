import { z } from 'zod'
import { ProjectId } from './ids.ts'

/** What undo and redo would do next in a project, in words such as `move 3 scenes`; null when there is nothing. */
export const EditState = z.strictObject({
  projectId: ProjectId,
  undo: z.string().nullable(),
  redo: z.string().nullable(),
})
export type EditState = z.infer<typeof EditState>
