import { z } from 'zod'
import { multiplyUsd, usdMicros, type UsdMicros } from '../money.ts'
import { parameter, type ModelParameter } from './parameter.ts'

/**
 * Alibaba HappyHorse 1.1 Reference To Video on WaveSpeed: parameters, ranges, defaults and prices of the model page
 * (wavespeed.ai/docs/docs-api/alibaba/alibaba-happyhorse-1.1-reference-to-video). A sibling model is another such file.
 */
export const MODEL_ID = 'alibaba/happyhorse-1.1/reference-to-video'

export const RESOLUTIONS = ['720p', '1080p'] as const
export const Resolution = z.enum(RESOLUTIONS)
export type Resolution = z.infer<typeof Resolution>

export const ASPECT_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4'] as const
export const AspectRatio = z.enum(ASPECT_RATIOS)
export type AspectRatio = z.infer<typeof AspectRatio>

/** Whole seconds. */
export const DURATION = { min: 3, max: 15, default: 5 } as const
export const Duration = z.number().int().min(DURATION.min).max(DURATION.max)

/** The page says 0 in one place and 1 in another; the table of the API says 1, so 0 is never sent. */
export const SEED = { min: 1, max: 2_147_483_647 } as const
export const Seed = z.number().int().min(SEED.min).max(SEED.max)

export const IMAGES = { min: 1, max: 9 } as const

export const DEFAULTS = { resolution: '720p', aspectRatio: '16:9', duration: DURATION.default } as const satisfies {
  resolution: Resolution
  aspectRatio: AspectRatio
  duration: number
}

/** Everything a submission carries, in the terms of the service's own list of models. */
export const PARAMETERS: readonly ModelParameter[] = [
  parameter('prompt', 'string', { required: true }),
  parameter('images', 'array', { required: true, minItems: IMAGES.min, maxItems: IMAGES.max }),
  parameter('resolution', 'string', { values: RESOLUTIONS, default: DEFAULTS.resolution }),
  parameter('aspect_ratio', 'string', { values: ASPECT_RATIOS, default: DEFAULTS.aspectRatio }),
  parameter('duration', 'integer', { minimum: DURATION.min, maximum: DURATION.max, default: DURATION.default }),
  parameter('seed', 'integer', { minimum: SEED.min, maximum: SEED.max }),
]

/** What the model takes as a reference image: the narrowest of the published limits. */
export const IMAGE_LIMITS = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  minShortSide: 400,
  /** Below this the maker of the model advises a larger picture; a hint, not a limit. */
  adviseShortSide: 720,
  maxBytes: 10 * 1024 * 1024,
} as const

/**
 * The service publishes no prompt limit for this model; its 1.0 sibling stops at 2,500 characters and the maker cuts
 * longer ones off silently. Shown as advice, never enforced.
 */
export const PROMPT_ADVICE_CHARS = 2500

/** Micro-dollars per second of video. */
export const PRICE_PER_SECOND: Readonly<Record<Resolution, UsdMicros>> = {
  '720p': usdMicros(140_000),
  '1080p': usdMicros(189_000),
}

/** List price of one take. @param duration whole seconds */
export const listPrice = (resolution: Resolution, duration: number): UsdMicros =>
  multiplyUsd(PRICE_PER_SECOND[resolution], duration)

/** Picture size in pixels by resolution; the short side is the resolution. */
export function frameSize(resolution: Resolution, aspectRatio: AspectRatio): { width: number; height: number } {
  const short = resolution === '720p' ? 720 : 1080
  const [w = 1, h = 1] = aspectRatio.split(':').map(Number)
  const even = (value: number) => Math.round(value / 2) * 2
  return w >= h ? { width: even((short * w) / h), height: short } : { width: short, height: even((short * h) / w) }
}
