import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from '../../ports.ts'
import type { ClipJob, ClipResult, RenderJob, RenderResult, StillJob, WorkerReply, WorkerRequest } from './jobs.ts'
import { findResources } from './resources.ts'

/** The reason every unfinished job gives when the pool is closed under it. */
export class PoolClosed extends Error {
  constructor() {
    super('The rehearsal renderer was closed.')
  }
}

export interface RenderPoolOptions {
  readonly logger: Logger
  /** Threads at most; by default both cores of a small machine, and all but one up to four of a larger one. */
  readonly workers?: number
  /** Folder that holds `fonts`; found beside the app by default. */
  readonly resourcesDir?: string
  /** Milliseconds after which an idle thread is let go; default 30 000. */
  readonly idleMs?: number
  /** Milliseconds after which a job counts as stuck and its thread is replaced; default five minutes. */
  readonly limitMs?: number
  /** The module threads run; the renderer by default. */
  readonly workerFile?: string
}

/** Renders clips and stills on threads of its own. Threads start with the first job and end when idle. */
export interface RenderPool {
  /** @param onStart called when a thread takes the job up. Rejects with the reason when it cannot be rendered. */
  clip(job: ClipJob, onStart?: () => void): Promise<ClipResult>
  /** A JPEG file; served before any waiting clip. */
  still(job: StillJob): Promise<Buffer>
  /** Ends all threads; unfinished jobs reject with PoolClosed. */
  close(): Promise<void>
}

interface Task {
  readonly id: number
  readonly job: RenderJob
  readonly onStart: (() => void) | undefined
  readonly resolve: (result: RenderResult) => void
  readonly reject: (error: Error) => void
}

interface Seat {
  readonly worker: Worker
  task: Task | null
  /** Ends an idle thread, or a stuck one. */
  timer: NodeJS.Timeout | null
}

export function createRenderPool(options: RenderPoolOptions): RenderPool {
  const size = Math.max(1, options.workers ?? defaultWorkers())
  const resourcesDir = options.resourcesDir ?? findResources(import.meta.dirname)
  const seats = new Set<Seat>()
  const stills: Task[] = []
  const clips: Task[] = []
  let nextId = 1
  let closed = false

  function run<R extends RenderResult>(job: RenderJob, onStart?: () => void): Promise<R> {
    return new Promise<RenderResult>((resolve, reject) => {
      if (closed) return reject(new PoolClosed())
      const task: Task = { id: nextId++, job, onStart, resolve, reject }
      ;(job.kind === 'still' ? stills : clips).push(task)
      pump()
    }) as Promise<R>
  }

  function pump(): void {
    while (!closed && stills.length + clips.length > 0) {
      const idle = [...seats].find((each) => each.task === null)
      if (!idle && seats.size >= size) return
      const task = stills.shift() ?? clips.shift()
      if (task) serve(idle, task)
    }
  }

  function serve(idle: Seat | undefined, task: Task): void {
    try {
      const seat = idle ?? openSeat()
      setTimer(seat, options.limitMs ?? 300_000, () => lose(seat, new Error('The rehearsal renderer took too long.')))
      seat.task = task
      seat.worker.ref()
      seat.worker.postMessage({ id: task.id, job: task.job } satisfies WorkerRequest)
      task.onStart?.()
    } catch (error) {
      task.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  function openSeat(): Seat {
    const worker = new Worker(options.workerFile ?? workerPath(), {
      workerData: { resourcesDir },
      stdout: false,
      stderr: false,
    })
    const seat: Seat = { worker, task: null, timer: null }
    seats.add(seat)
    worker.on('message', (reply: WorkerReply) => finish(seat, reply))
    worker.on('error', (error) => lose(seat, error))
    worker.on('exit', (code) => lose(seat, new Error(`The rehearsal renderer stopped (exit code ${code}).`)))
    return seat
  }

  function finish(seat: Seat, reply: WorkerReply): void {
    const task = seat.task
    if (task?.id !== reply.id) return
    seat.task = null
    // An idle thread must not keep the process alive.
    seat.worker.unref()
    setTimer(seat, options.idleMs ?? 30_000, () => void dismiss(seat))
    if (reply.ok) task.resolve(reply.result)
    else task.reject(new Error(reply.message))
    pump()
  }

  /** A thread that ended on its own takes its job with it and is replaced by the next pump. */
  function lose(seat: Seat, error: Error): void {
    if (!seats.delete(seat)) return
    if (seat.timer) clearTimeout(seat.timer)
    void seat.worker.terminate()
    if (seat.task) {
      options.logger.error('A rehearsal render thread ended early', { reason: error.message })
      seat.task.reject(error)
    }
    pump()
  }

  async function dismiss(seat: Seat): Promise<void> {
    seats.delete(seat)
    if (seat.timer) clearTimeout(seat.timer)
    await seat.worker.terminate()
  }

  return {
    clip: (job, onStart) => run<ClipResult>(job, onStart),
    still: async (job) => {
      const result = await run<Extract<RenderResult, { kind: 'still' }>>(job)
      return Buffer.from(result.picture)
    },
    close: async () => {
      closed = true
      const waiting = [...stills.splice(0), ...clips.splice(0), ...[...seats].flatMap((seat) => seat.task ?? [])]
      await Promise.all([...seats].map(dismiss))
      for (const task of waiting) task.reject(new PoolClosed())
    },
  }
}

function setTimer(seat: Seat, ms: number, run: () => void): void {
  if (seat.timer) clearTimeout(seat.timer)
  seat.timer = setTimeout(run, ms).unref()
}

/** Two cores render twice as fast as one, and the engine itself needs little; beyond that one core stays free. */
const defaultWorkers = (): number =>
  availableParallelism() <= 2 ? availableParallelism() : Math.min(4, availableParallelism() - 1)

/** Beside this file in the source; in the bundle one file of its own, next to the entry or above the chunk. */
function workerPath(): string {
  const here = import.meta.dirname
  const places = [join(here, 'worker.ts'), join(here, 'rehearsal-worker.js'), join(here, '..', 'rehearsal-worker.js')]
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`The rehearsal renderer is missing; looked for ${places.join(', ')}.`)
  return found
}
