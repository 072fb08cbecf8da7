import type { Job } from './jobs.ts'
import { MODEL } from './jobs.ts'
import { sendData, sendError, sendFault, type Exchange } from './reply.ts'
import { take } from './script.ts'
import type { World } from './world.ts'

/** GET /api/v3/predictions/<id>/result */
export async function poll(world: World, exchange: Exchange, id: string): Promise<void> {
  const job = world.jobs.find(id)
  const subject = { predictionId: id, prompt: job?.body.prompt, seed: job?.body.seed }
  const { fault, rest } = take(world.script.poll, subject)
  if (fault) {
    world.script = { ...world.script, poll: rest }
    // A spoiled answer does not move the job on, so that a burst of faults changes nothing else.
    const data = job ? prediction(world, exchange, job, 'processing') : { id, status: 'processing' }
    await sendFault(exchange, fault, data)
    return
  }
  if (!job) return sendError(exchange, 404, 'prediction not found')
  sendData(exchange, prediction(world, exchange, job, world.jobs.status(job, world.script, true)))
}

/** A prediction as the service shows it, in results and in its history. */
export function prediction(world: World, exchange: Exchange, job: Job, status: string): Record<string, unknown> {
  const failed = ['failed', 'cancelled', 'timeout', 'deleted'].includes(status)
  return {
    id: job.id,
    model: MODEL,
    status,
    outputs: status === 'completed' ? outputs(world, exchange, job) : [],
    error: failed ? (job.plan.error ?? 'scripted failure') : '',
    urls: { get: `${exchange.baseUrl}/api/v3/predictions/${job.id}/result` },
    // The service writes nanoseconds.
    created_at: new Date(job.createdAt).toISOString().replace('Z', '268264Z'),
    timings: { inference: status === 'completed' ? 25_729 : 0 },
    has_nsfw_contents: [false],
  }
}

function outputs(world: World, exchange: Exchange, job: Job): unknown {
  const clip = world.issueUrl(exchange.baseUrl, job.id)
  const planned = job.plan.outputs
  if (planned === undefined) return [clip]
  return JSON.parse(JSON.stringify(planned).replaceAll('$clip', clip))
}
