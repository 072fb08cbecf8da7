import { z } from 'zod'
import { ProjectId, SavedSeedId, TakeId } from './ids.ts'
import { Seed } from './models/happyhorse-1.1-r2v.ts'

/** A seed worth remembering, with why. It repeats a result under the same request and promises nothing under another. */
export const SavedSeed = z.strictObject({
  id: SavedSeedId,
  projectId: ProjectId,
  seed: Seed,
  name: z.string().max(80),
  /** The character it went well with, by name; null for the whole project. */
  character: z.string().max(60).nullable(),
  stars: z.number().int().min(0).max(5),
  note: z.string().max(500),
  /** The take it was saved from, whose picture stands for it. */
  takeId: TakeId.nullable(),
  createdAt: z.number().int(),
})
export type SavedSeed = z.infer<typeof SavedSeed>
