import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AspectRatio, Resolution } from '../../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Logger } from '../../ports.ts'
import { writeDurably } from './files.ts'
import { PoolClosed, type RenderPool } from './render-pool.ts'
import { rehearsalSize, type Submission } from './submission.ts'
import type { Uploads } from './uploads.ts'

const Prediction = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** Makes the clip's address unguessable. */
  token: z.string().regex(/^[0-9a-f]{40}$/),
  label: z.string(),
  input: z.object({
    prompt: z.string(),
    images: z.array(z.string()),
    resolution: Resolution,
    aspect_ratio: AspectRatio,
    duration: z.number().int(),
    seed: z.number().int(),
  }),
  status: z.enum(['created', 'processing', 'completed', 'failed']),
  createdAt: z.string(),
  updatedAt: z.string(),
  error: z.string(),
  inferenceMs: z.number().nullable(),
  sha256: z.string().nullable(),
})
/** One rehearsed job as it stands on disk. `processing` is never stored: after a restart such a job is rendered again. */
export type Prediction = z.infer<typeof Prediction>

/** The jobs of one folder, rendered in the order they came. */
export interface Predictions {
  /** Stores a new job and queues it. Resolves once it would survive a crash. */
  create(input: Submission, label: string): Promise<Prediction>
  get(id: string): Prediction | undefined
  /** Newest first. */
  all(): readonly Prediction[]
  clipPath(prediction: Prediction): string
  /** Forgets jobs made before a time (epoch ms) and their clips. */
  prune(before: number): Promise<void>
}

export interface PredictionsOptions {
  readonly dir: string
  readonly pool: RenderPool
  readonly uploads: Uploads
  readonly logger: Logger
  /** Seconds a job takes at least. */
  readonly minSeconds: number
}

export async function openPredictions(options: PredictionsOptions): Promise<Predictions> {
  const { dir, pool, uploads, logger } = options
  await mkdir(dir, { recursive: true })
  const known = await load(dir, logger)
  const recordPath = (id: string) => join(dir, `${id}.json`)
  const clipPath = ({ id }: Prediction) => join(dir, `${id}.mp4`)

  async function settle(id: string, change: Partial<Prediction>): Promise<void> {
    const before = known.get(id)
    if (!before) return
    const after = { ...before, ...change, updatedAt: new Date().toISOString() }
    await writeDurably(recordPath(id), JSON.stringify(after))
    known.set(id, after)
  }

  async function render(prediction: Prediction): Promise<void> {
    const { id, input, label } = prediction
    const earliest = Date.parse(prediction.createdAt) + options.minSeconds * 1000
    try {
      const images = await Promise.all(input.images.map((url) => uploads.resolve(url)))
      const missing = images.indexOf(null)
      if (missing >= 0) throw new Error(`Image ${missing + 1} could not be read from its URL.`)
      const clip = await pool.clip(
        {
          kind: 'clip',
          label,
          prompt: input.prompt,
          seed: input.seed,
          images: images.filter((path) => path !== null),
          resolution: input.resolution,
          aspectRatio: input.aspect_ratio,
          duration: input.duration,
          outFile: clipPath(prediction),
          ...rehearsalSize(input),
        },
        () => known.set(id, { ...prediction, status: 'processing' }),
      )
      await until(earliest)
      await settle(id, { status: 'completed', inferenceMs: clip.renderMs, sha256: clip.sha256 })
    } catch (error) {
      // A closing app leaves the job as it is on disk; the next start renders it.
      if (error instanceof PoolClosed) return
      const message = error instanceof Error ? error.message : String(error)
      logger.warn('A rehearsal clip could not be rendered', { prediction: id, reason: message })
      await settle(id, { status: 'failed', error: message })
    }
  }

  const start = (prediction: Prediction) => {
    render(prediction).catch((error: unknown) => {
      logger.error('A rehearsal job could not be stored', { prediction: prediction.id, reason: String(error) })
    })
  }

  for (const prediction of known.values()) {
    const lost = prediction.status === 'completed' && !existsSync(clipPath(prediction))
    if (prediction.status !== 'created' && !lost) continue
    const again: Prediction = { ...prediction, status: 'created' }
    known.set(prediction.id, again)
    start(again)
  }

  return {
    create: async (input, label) => {
      const now = new Date().toISOString()
      const prediction: Prediction = {
        id: randomBytes(16).toString('hex'),
        token: randomBytes(20).toString('hex'),
        label,
        input,
        status: 'created',
        createdAt: now,
        updatedAt: now,
        error: '',
        inferenceMs: null,
        sha256: null,
      }
      await writeDurably(recordPath(prediction.id), JSON.stringify(prediction))
      known.set(prediction.id, prediction)
      start(prediction)
      return prediction
    },
    get: (id) => known.get(id),
    all: () => [...known.values()].toReversed(),
    clipPath,
    prune: async (before) => {
      for (const prediction of known.values()) {
        if (Date.parse(prediction.createdAt) >= before) continue
        known.delete(prediction.id)
        await rm(recordPath(prediction.id), { force: true })
        await rm(clipPath(prediction), { force: true })
      }
    },
  }
}

/** Reads every record, oldest first. One that cannot be read is passed over and said so. */
async function load(dir: string, logger: Logger): Promise<Map<string, Prediction>> {
  const found: Prediction[] = []
  for (const name of await readdir(dir)) {
    if (name.endsWith('.tmp')) await rm(join(dir, name), { force: true })
    if (!name.endsWith('.json')) continue
    try {
      found.push(Prediction.parse(JSON.parse(await readFile(join(dir, name), 'utf8'))))
    } catch (error) {
      logger.warn('A rehearsal record could not be read', { file: name, reason: String(error) })
    }
  }
  found.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  return new Map(found.map((prediction) => [prediction.id, prediction]))
}

/** Waits for a time (epoch ms), without keeping the process alive for it. */
async function until(time: number): Promise<void> {
  const wait = time - Date.now()
  if (wait > 0) await new Promise<void>((resolve) => setTimeout(resolve, wait).unref())
}
