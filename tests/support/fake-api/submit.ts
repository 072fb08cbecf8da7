import { randomBytes } from 'node:crypto'
import type { Job } from './jobs.ts'
import { MODEL, priceMicros } from './jobs.ts'
import type { JobBody } from './ledger.ts'
import { readBody, reset, sendData, sendError, sendFault, type Exchange } from './reply.ts'
import { take, type SubmitFault } from './script.ts'
import type { World } from './world.ts'

/** POST /api/v3/<model>: writes down that it was asked, perhaps makes a job, and answers or spoils the answer. */
export async function submit(world: World, exchange: Exchange): Promise<void> {
  const label = decodeLabel(exchange.request.headers['x-takeboard-label'])
  // A fault that must not read the body can only be chosen without one.
  const blind = take(world.script.submit, {}, (fault) => fault.reply === 'reset-before-reading')
  if (blind.fault) {
    world.script = { ...world.script, submit: blind.rest }
    world.ledger.append({ kind: 'post', at: Date.now(), read: false, seed: null, prompt: null, label })
    reset(exchange)
    return
  }

  const parsed = parseBody((await readBody(exchange)).toString('utf8'))
  const body = typeof parsed === 'string' ? null : parsed
  const [seed, prompt] = [body?.seed ?? null, body?.prompt ?? null]
  world.ledger.append({ kind: 'post', at: Date.now(), read: true, seed, prompt, label })

  const { fault, rest } = take(world.script.submit, { prompt: body?.prompt, seed: body?.seed })
  if (fault) world.script = { ...world.script, submit: rest }
  if (fault && fault.reply !== 'reset-before-reading') {
    const job = body && recorded(fault) ? world.jobs.create(body, world.script) : null
    await sendFault(exchange, fault, job ? created(exchange, job) : { id: randomBytes(16).toString('hex') })
    return
  }

  if (typeof parsed === 'string') return sendError(exchange, 400, `bad parameters: ${parsed}`)
  const unreachable = parsed.images.find((image) => !reachable(world, exchange, image))
  if (unreachable !== undefined) return sendError(exchange, 400, `image not reachable: ${unreachable}`)
  if (world.jobs.balance(world.script.balanceUsd * 1_000_000) < priceMicros(parsed.resolution, parsed.duration)) {
    return sendError(exchange, 402, 'Insufficient balance, please top up', 'INSUFFICIENT_BALANCE')
  }
  sendData(exchange, created(exchange, world.jobs.create(parsed, world.script)))
}

const recorded = (fault: SubmitFault): boolean => fault.recorded ?? (fault.reply === 'delay' || fault.reply === 'patch')

const created = (exchange: Exchange, job: Job): Record<string, unknown> => ({
  id: job.id,
  model: MODEL,
  status: 'created',
  outputs: [],
  urls: { get: `${exchange.baseUrl}/api/v3/predictions/${job.id}/result` },
  created_at: new Date(job.createdAt).toISOString(),
})

/** An image on this service must have been uploaded to it; any other address is taken on trust. */
function reachable(world: World, exchange: Exchange, image: string): boolean {
  if (!image.startsWith(`${exchange.baseUrl}/`)) return true
  const id = image.split('/').at(-1)
  return world.ledger.entries.some((entry) => entry.kind === 'upload' && entry.id === id)
}

function decodeLabel(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? decodeURIComponent(header) : null
}

const RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4']
const FIELDS = ['prompt', 'images', 'resolution', 'aspect_ratio', 'duration', 'seed']

/** Checks a submission as strictly as the model page allows. @returns the body, or what is wrong with it */
function parseBody(text: string): JobBody | string {
  let body: Record<string, unknown>
  try {
    body = JSON.parse(text) as Record<string, unknown>
  } catch {
    return 'invalid JSON'
  }
  const { prompt, images, resolution = '720p', aspect_ratio: ratio = '16:9', duration = 5, seed } = body
  const within = (value: unknown, min: number, max: number) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
  const stray = Object.keys(body).find((name) => !FIELDS.includes(name))
  if (stray !== undefined) return `unknown parameter ${stray}`
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if (!Array.isArray(images) || images.length < 1 || images.length > 9) return 'images must have 1 to 9 items'
  if (!images.every((image) => typeof image === 'string' && /^https?:\/\//.test(image))) return 'images must be URLs'
  if (resolution !== '720p' && resolution !== '1080p') return 'resolution must be one of 720p, 1080p'
  if (typeof ratio !== 'string' || !RATIOS.includes(ratio)) return `aspect_ratio must be one of ${RATIOS.join(', ')}`
  if (!within(duration, 3, 15)) return 'duration must be between 3 and 15'
  if (!within(seed, 1, 2_147_483_647)) return 'seed must be between 1 and 2147483647'
  return {
    prompt,
    images: images as string[],
    resolution,
    aspect_ratio: ratio,
    duration: Number(duration),
    seed: Number(seed),
  }
}
