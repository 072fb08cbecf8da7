import { z } from 'zod'
import { FrameRate } from './frame-rate.ts'

const seconds = z.number().finite()

/** What is wrong with the file of a clip. `unreadable`: the disk refuses to give it. */
export const ClipProblem = z.enum(['missing', 'changed', 'unreadable'])
export type ClipProblem = z.infer<typeof ClipProblem>

/** What a clip's file says of itself. Read from the file, never assumed from the request. */
export const ClipFacts = z.strictObject({
  ok: z.literal(true),
  /** Displayed size in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  rate: FrameRate,
  /** False when frames are unevenly long; `rate` is then their average. */
  steady: z.boolean(),
  frames: z.number().int().positive(),
  /** From the first frame's start to the last one's end. */
  seconds: seconds.positive(),
  /** Time of the first frame within the file. */
  start: seconds,
  /** As in a MIME type, such as `avc1.64001f`. */
  codec: z.string().max(120),
  audio: z
    .strictObject({
      codec: z.string().max(120),
      /** Samples a second. */
      rate: z.number().int().positive(),
      channels: z.number().int().positive(),
    })
    .nullable(),
  /** Whether the program named in `by` can show the pictures. */
  decodable: z.boolean(),
  /** The program that looked, since another may decode more. */
  by: z.string().max(200),
})
export type ClipFacts = z.infer<typeof ClipFacts>

/** A file that could not be understood. Kept, so that nobody tries it again and again. */
const UnreadableClip = z.strictObject({
  ok: z.literal(false),
  problem: z.enum(['unreadable', 'no-video']),
  by: z.string().max(200),
})

export const ClipProbe = z.discriminatedUnion('ok', [ClipFacts, UnreadableClip])
export type ClipProbe = z.infer<typeof ClipProbe>

/** What is made from a clip once and kept beside it, by the hash of the clip. */
export const DERIVED_KINDS = ['poster', 'strip', 'probe'] as const
export const DerivedKind = z.enum(DERIVED_KINDS)
export type DerivedKind = z.infer<typeof DerivedKind>

/** The filmstrip of a clip: so many tiles beside each other, evenly over its length, each so many pixels wide. */
export const STRIP = { tiles: 12, width: 160 } as const
