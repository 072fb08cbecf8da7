import { z } from 'zod'
import { NoteId, PlaylistId, ProjectId, TakeId } from './ids.ts'

/** Colours a take may be marked with, in the order of the keys 6 to 9 of photo tools. */
export const TAKE_LABELS = ['none', 'red', 'yellow', 'green', 'blue', 'purple'] as const
export const TakeLabel = z.enum(TAKE_LABELS)
export type TakeLabel = z.infer<typeof TakeLabel>

/** A line drawn over the picture. Coordinates and width are parts of the picture's width and height, 0 to 1. */
export const Stroke = z.strictObject({
  tool: z.enum(['pen', 'arrow', 'box']),
  colour: z.enum(['white', 'red', 'yellow', 'green', 'blue']),
  width: z.number().positive().max(0.1),
  points: z
    .array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]))
    .min(1)
    .max(2000),
})
export type Stroke = z.infer<typeof Stroke>

/** What was said about a frame, or a range of frames, of a take. Frames count from 0; `to` is the last one meant. */
export const Note = z.strictObject({
  id: NoteId,
  projectId: ProjectId,
  takeId: TakeId,
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  text: z.string().max(4000),
  strokes: z.array(Stroke).max(200),
  resolved: z.boolean(),
  createdAt: z.number().int(),
})
export type Note = z.infer<typeof Note>

/** A list of takes put together by hand, to be watched in order and exported. */
export const Playlist = z.strictObject({
  id: PlaylistId,
  projectId: ProjectId,
  title: z.string().min(1).max(200),
  takeIds: z.array(TakeId).max(5000),
  createdAt: z.number().int(),
})
export type Playlist = z.infer<typeof Playlist>
