import { z } from 'zod'
import { CastId, ReferenceId, Sha256 } from '../ids.ts'
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
} as const
