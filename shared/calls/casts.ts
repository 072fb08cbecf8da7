import { z } from 'zod'
import { CastId, ProjectId, ReferenceId, Sha256 } from '../ids.ts'
import { command, nothing } from './define.ts'

/** Casts. Images travel over the media handler (`POST /media/images`), which answers with the hash named here. */
export const castCalls = {
  'reference.add': command(
    z.strictObject({ castId: CastId, name: z.string().min(1).max(60), sha256: Sha256 }),
    z.strictObject({ referenceId: ReferenceId }),
  ),
  'reference.update': command(
    z.strictObject({
      referenceId: ReferenceId,
      patch: z.strictObject({ name: z.string().min(1).max(60), sha256: Sha256 }).partial(),
    }),
    nothing,
  ),
  'reference.move': command(z.strictObject({ referenceId: ReferenceId, to: z.number().int().min(0).max(8) }), nothing),
  'reference.remove': command(z.strictObject({ referenceId: ReferenceId }), nothing),

  'cast.create': command(
    z.strictObject({ projectId: ProjectId, title: z.string().min(1).max(200) }),
    z.strictObject({ castId: CastId }),
  ),
  'cast.update': command(
    z.strictObject({ castId: CastId, patch: z.strictObject({ title: z.string().min(1).max(200) }).partial() }),
    nothing,
  ),
  /**
   * Gives every image of a character another name, and on request its mentions in the prompts of all storyboards with this
   * cast: one step of undo. A name that is there already is joined. Codes: not-found, conflict.
   */
  'cast.renameCharacter': command(
    z.strictObject({
      castId: CastId,
      from: z.string().min(1).max(60),
      to: z.string().min(1).max(60),
      mentions: z.boolean(),
    }),
    z.strictObject({ images: z.number().int(), scenes: z.number().int() }),
  ),
  /** A copy with the same references, for a change of costume. */
  'cast.duplicate': command(z.strictObject({ castId: CastId }), z.strictObject({ castId: CastId })),
  /** Only a cast that no storyboard uses. Code: conflict. */
  'cast.remove': command(z.strictObject({ castId: CastId }), nothing),
} as const
