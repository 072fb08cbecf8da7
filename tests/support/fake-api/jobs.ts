import { randomBytes } from 'node:crypto'
import type { JobBody, Ledger } from './ledger.ts'
import { fits, type JobPlan, type Script } from './script.ts'

/** The price table of the model page in micro-dollars per second; written again here so that it checks the client's. */
const MICROS_PER_SECOND: Readonly<Record<string, number>> = { '720p': 140_000, '1080p': 189_000 }

export const MODEL = 'alibaba/happyhorse-1.1/reference-to-video'

export const priceMicros = (resolution: string, duration: number): number =>
  (MICROS_PER_SECOND[resolution] ?? 0) * duration

export interface Job {
  readonly id: string
  readonly createdAt: number
  readonly body: JobBody
  readonly plan: JobPlan
  polls: number
  ended: string | null
  /** Bumped when the script changes the clip under the client's feet. */
  clipVersion: number
}

export interface Jobs {
  readonly all: readonly Job[]
  find(id: string): Job | undefined
  create(body: JobBody, script: Script): Job
  /** Where the job stands. @param polled whether this look uses up one of the planned statuses */
  status(job: Job, script: Script, polled: boolean): string
  /** Micro-dollars left of `startMicros`. */
  balance(startMicros: number): number
}

/** The service's jobs, rebuilt from its ledger. */
export function createJobs(ledger: Ledger): Jobs {
  const jobs = new Map<string, Job>()
  let spent = 0
  for (const entry of ledger.entries) {
    if (entry.kind === 'charge') spent += entry.micros
    if (entry.kind === 'refund') spent -= entry.micros
    if (entry.kind === 'end') {
      const job = jobs.get(entry.id)
      if (job) job.ended = entry.status
    }
    if (entry.kind === 'job') {
      const { id, at, body, plan } = entry
      jobs.set(id, { id, createdAt: at, body, plan, polls: 0, ended: null, clipVersion: 1 })
    }
  }

  const end = (job: Job): string => {
    const status = job.plan.end ?? 'completed'
    ledger.append({ kind: 'end', at: Date.now(), id: job.id, status })
    job.ended = status
    if (status !== 'completed' && job.plan.refund !== false) {
      const micros = priceMicros(job.body.resolution, job.body.duration)
      ledger.append({ kind: 'refund', at: Date.now(), id: job.id, micros })
      spent -= micros
    }
    return status
  }

  return {
    get all() {
      return [...jobs.values()]
    },
    find: (id) => jobs.get(id),
    create(body, script) {
      const id = randomBytes(16).toString('hex')
      const plan = script.jobs.find((rule) => fits(rule.when, body))?.plan ?? script.job
      const at = Date.now()
      ledger.append({ kind: 'job', at, id, body, plan })
      const micros = priceMicros(body.resolution, body.duration)
      ledger.append({ kind: 'charge', at, id, micros })
      spent += micros
      const job: Job = { id, createdAt: at, body, plan, polls: 0, ended: null, clipVersion: 1 }
      jobs.set(id, job)
      return job
    },
    status(job, script, polled) {
      if (job.ended !== null) return job.ended
      if (script.hold) return 'processing'
      const planned = job.plan.statuses?.[job.polls]
      if (planned !== undefined) {
        if (polled) job.polls += 1
        return planned
      }
      return Date.now() - job.createdAt < (job.plan.latencyMs ?? 0) ? 'processing' : end(job)
    },
    balance: (startMicros) => startMicros - spent,
  }
}
