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
  /** A copy with the same references, for a change of costume. */
  'cast.duplicate': command(z.strictObject({ castId: CastId }), z.strictObject({ castId: CastId })),
  /** Only a cast that no storyboard uses. Code: conflict. */
  'cast.remove': command(z.strictObject({ castId: CastId }), nothing),
} as const
