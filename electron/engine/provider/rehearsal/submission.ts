import { randomInt } from 'node:crypto'
import { z } from 'zod'
import {
  AspectRatio,
  DEFAULTS,
  Duration,
  IMAGES,
  MODEL_ID,
  Resolution,
  SEED,
  Seed,
  frameSize,
} from '../../../../shared/models/happyhorse-1.1-r2v.ts'
import { ApiError } from './http.ts'

const httpUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be an http or https URL')

/** The body of a submission with the ranges and defaults of the model page; unknown keys are passed over, as the service does. */
const Submission = z.object({
  prompt: z.string().refine((text) => text.trim() !== '', 'must not be empty'),
  images: z.array(httpUrl).min(IMAGES.min).max(IMAGES.max),
  resolution: Resolution.default(DEFAULTS.resolution),
  aspect_ratio: AspectRatio.default(DEFAULTS.aspectRatio),
  duration: Duration.default(DEFAULTS.duration),
  seed: Seed.default(() => randomInt(SEED.min, SEED.max)),
})
export type Submission = z.infer<typeof Submission>

/** @throws ApiError 400 that names the first field out of range */
export const parseSubmission = (body: unknown): Submission => parseBody(Submission, body)

/** @throws ApiError 400 with the path and reason of the first problem */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  throw new ApiError(400, `Invalid request${path === '' ? '' : `: ${path}`}: ${issue?.message ?? 'not understood'}`)
}

/** The slate to print, from the percent-encoded `x-takeboard-label` header; empty without one. */
export function readLabel(header: string | readonly string[] | undefined): string {
  const text = typeof header === 'string' ? header : (header?.[0] ?? '')
  try {
    return decodeURIComponent(text).slice(0, 24)
  } catch {
    return text.slice(0, 24)
  }
}

/** Half the model's picture size, both sides even: enough to judge a rehearsal by. */
export function rehearsalSize(input: Pick<Submission, 'resolution' | 'aspect_ratio'>): {
  width: number
  height: number
} {
  const full = frameSize(input.resolution, input.aspect_ratio)
  const half = (side: number) => Math.round(side / 4) * 2
  return { width: half(full.width), height: half(full.height) }
}

/** What `GET /api/v3/models` says of the one model. */
export function modelEntry(baseUrl: string): unknown {
  const text = (description: string, rest: object = {}) => ({ type: 'string', description, ...rest })
  return {
    model_id: MODEL_ID,
    name: MODEL_ID,
    description: 'Rehearsal of the reference-to-video model: drawn pictures, free of charge.',
    type: 'image-to-video',
    base_price: 0.7,
    sort_order: 1,
    api_schema: {
      api_schemas: [
        {
          type: 'model_run',
          method: 'POST',
          server: baseUrl,
          api_path: `/api/v3/${MODEL_ID}`,
          request_schema: {
            type: 'object',
            required: ['prompt', 'images'],
            'x-order-properties': ['images', 'prompt', 'resolution', 'aspect_ratio', 'duration', 'seed'],
            properties: {
              prompt: text('Text description of the desired scene.'),
              images: { type: 'array', items: { type: 'string' }, minItems: IMAGES.min, maxItems: IMAGES.max },
              resolution: text('Output video resolution.', { enum: Resolution.options, default: DEFAULTS.resolution }),
              aspect_ratio: text('Aspect ratio.', { enum: AspectRatio.options, default: DEFAULTS.aspectRatio }),
              duration: { type: 'integer', minimum: 3, maximum: 15, default: DEFAULTS.duration },
              seed: { type: 'integer', minimum: SEED.min, maximum: SEED.max },
            },
          },
        },
      ],
    },
  }
}
