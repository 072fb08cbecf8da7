import { z } from 'zod'

/** Identifiers are opaque strings, branded so that a scene's cannot be passed for a take's. */
const id = <Brand extends string>() => z.string().min(1).max(80).brand<Brand>()

export const ProjectId = id<'ProjectId'>()
export type ProjectId = z.infer<typeof ProjectId>
export const StoryboardId = id<'StoryboardId'>()
export type StoryboardId = z.infer<typeof StoryboardId>
export const SceneId = id<'SceneId'>()
export type SceneId = z.infer<typeof SceneId>
export const CastId = id<'CastId'>()
export type CastId = z.infer<typeof CastId>
export const ReferenceId = id<'ReferenceId'>()
export type ReferenceId = z.infer<typeof ReferenceId>
export const TakeId = id<'TakeId'>()
export type TakeId = z.infer<typeof TakeId>
export const BatchId = id<'BatchId'>()
export type BatchId = z.infer<typeof BatchId>

export const SavedSeedId = id<'SavedSeedId'>()
export type SavedSeedId = z.infer<typeof SavedSeedId>
export const NoteId = id<'NoteId'>()
export type NoteId = z.infer<typeof NoteId>
export const PlaylistId = id<'PlaylistId'>()
export type PlaylistId = z.infer<typeof PlaylistId>

/** The provider's own id of a remote job. Never trusted as a path or a URL part without encoding. */
export const PredictionId = id<'PredictionId'>()
export type PredictionId = z.infer<typeof PredictionId>

/** Made by the client of a paid command; a repeated one is answered from memory and buys nothing. */
export const RequestId = z.string().min(8).max(80).brand<'RequestId'>()
export type RequestId = z.infer<typeof RequestId>

/** Content hash in lower-case hex: the name of every image and clip in a library. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>
