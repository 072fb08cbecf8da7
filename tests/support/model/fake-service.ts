import { createHash } from 'node:crypto'
import type { ErrorCode, WireError } from '../../../shared/errors.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { PredictionId, type Sha256, type TakeId } from '../../../shared/ids.ts'
import { listPrice, MODEL_ID } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros } from '../../../shared/money.ts'
import type {
  BillingItem,
  HistoryItem,
  PollOutcome,
  SubmitBody,
  SubmitOutcome,
  VideoProvider,
} from '../../../electron/engine/ports.ts'
import type { FakeTime } from './fake-clock.ts'
import type { Gate } from './gate.ts'

export const SUBMIT_KINDS = [
  'accepted',
  'rejected',
  'rate-limited',
  'not-sent',
  'unknown-recorded',
  'unknown-lost',
  'key-rejected',
] as const
export type SubmitKind = (typeof SUBMIT_KINDS)[number]
export const POLL_KINDS = ['pending', 'retry', 'missing', 'key-rejected', 'held'] as const
export type PollKind = (typeof POLL_KINDS)[number]
export const CLIP_KINDS = ['cut', 'short', 'html', 'unavailable', 'no-etag', 'restart', 'wrong-range', 'held'] as const
export type ClipKind = (typeof CLIP_KINDS)[number]

/** A deleted job was made, is charged, and is gone by the first look at it. */
export const JOB_ENDS = ['completed', 'failed', 'deleted'] as const
export type JobEnd = (typeof JOB_ENDS)[number]
/** How long after its failure a job's refund shows, within the three hours the service allows itself. */
const REFUND_MS = 2 * 60 * 60_000

/** What the service does with one submission, and how the job it may create goes. */
export interface SubmitPlan {
  readonly kind: SubmitKind
  /** The answer waits until the service is told to give it; the job exists meanwhile. */
  readonly held: boolean
  readonly ends: JobEnd
  readonly seconds: number
}

/** A submission as the service saw it. `take` is what the library had written about it at that moment. */
export interface Submission {
  readonly take: Witness
  readonly kind: SubmitKind
}
export interface Witness {
  readonly takeId: TakeId
  readonly attempt: number
}

export interface Job {
  readonly id: PredictionId
  readonly take: Witness
  readonly body: SubmitBody
  readonly createdAt: number
  readonly doneAt: number
  readonly ends: JobEnd
  readonly clip: Buffer
  readonly sha256: Sha256
}

export const costOf = ({ body }: Job) => listPrice(body.resolution, body.duration)

/** The paid service, which forgets nothing. */
export interface FakeService {
  readonly jobs: readonly Job[]
  readonly submissions: readonly Submission[]
  readonly plans: { submit: SubmitPlan[]; poll: PollKind[]; clip: ClipKind[]; historyFails: number }
  readonly held: number
  /** Whether the billing shows that a job's money came back. */
  isRefunded(job: Job): boolean
  /** Gives the `n`th of the held answers; without `n`, all of them. */
  release(n?: number): void
  /** No more faults: what was planned is dropped, what was held is answered. */
  calm(): void
  /** The service as one life of the engine reaches it. */
  provider(gate: Gate, ready: () => boolean): VideoProvider
}

export interface ServiceOptions {
  readonly time: FakeTime
  /** Whether history items carry the request. */
  readonly echo: boolean
  /** Looks at the library at the moment a submission leaves. */
  readonly witness: (body: SubmitBody, label: string) => Witness
}

const wire = (code: ErrorCode): WireError => ({ code, message: `The fake service says ${code}.` })
const sorry = (code: ErrorCode) => TakeboardError.fromWire(wire(code))
const NORMAL: SubmitPlan = { kind: 'accepted', held: false, ends: 'completed', seconds: 30 }
const never = <T>(): Promise<T> => new Promise<T>(() => {})
const CHUNK = 48

/** The smallest thing that starts like an MP4, different for every job. */
function clipOf(id: string): Buffer {
  const bytes = Buffer.alloc(160)
  bytes.write('\0\0\0\x18ftypisom', 'latin1')
  bytes.write(id, 24, 'latin1')
  return bytes
}

export function createFakeService({ time, echo, witness }: ServiceOptions): FakeService {
  const jobs: Job[] = []
  const submissions: Submission[] = []
  const plans: FakeService['plans'] = { submit: [], poll: [], clip: [], historyFails: 0 }
  const waiting: (() => void)[] = []

  const hold = () => new Promise<void>((resolve) => void waiting.push(resolve))
  const find = (id: string) => jobs.find((job) => job.id === id)

  function create(body: SubmitBody, take: Witness, plan: SubmitPlan): Job {
    const id = PredictionId.parse(`job-${jobs.length + 1}`)
    const createdAt = time.service()
    const clip = clipOf(id)
    const sha256 = createHash('sha256').update(clip).digest('hex') as Sha256
    const job = { id, take, body, createdAt, doneAt: createdAt + plan.seconds * 1000, ends: plan.ends, clip, sha256 }
    jobs.push(job)
    return job
  }

  function submitted(plan: SubmitPlan, job: Job | null): SubmitOutcome {
    switch (plan.kind) {
      case 'accepted':
        return job ? { kind: 'accepted', predictionId: job.id } : { kind: 'unknown', error: wire('submission-unknown') }
      case 'rejected':
        return { kind: 'rejected', error: wire('request-rejected') }
      case 'key-rejected':
        return { kind: 'rejected', error: wire('key-rejected') }
      case 'rate-limited':
        return { kind: 'rate-limited', retryAfterMs: 7_000, error: wire('rate-limited') }
      case 'not-sent':
        return { kind: 'not-sent', error: wire('provider-unreachable') }
      case 'unknown-recorded':
      case 'unknown-lost':
        return { kind: 'unknown', error: wire('submission-unknown') }
    }
  }

  function polled(id: PredictionId, kind: PollKind | undefined): PollOutcome {
    const job = find(id)
    if (kind === 'missing' || !job) return { kind: 'missing', error: wire('prediction-missing') }
    if (kind === 'retry') return { kind: 'retry', retryAfterMs: null, error: wire('provider-fault') }
    if (kind === 'key-rejected') return { kind: 'key-rejected', error: wire('key-rejected') }
    if (kind === 'pending' || time.service() < job.doneAt) return { kind: 'pending', status: 'processing' }
    if (job.ends !== 'completed') return { kind: 'ended', error: wire(`prediction-${job.ends}`) }
    return { kind: 'completed', outputs: [`https://clips.example/${id}`], inferenceMs: 20_000 }
  }

  const historyItem = (job: Job): HistoryItem => ({
    predictionId: job.id,
    model: MODEL_ID,
    status: time.service() < job.doneAt ? 'processing' : job.ends,
    createdAt: new Date(job.createdAt).toISOString(),
    input: echo ? { ...job.body } : null,
    outputs: time.service() < job.doneAt || job.ends !== 'completed' ? [] : [`https://clips.example/${job.id}`],
  })

  function billed(job: Job): BillingItem[] {
    const amount = costOf(job)
    const row = (kind: BillingItem['kind'], at: number) =>
      ({ predictionId: job.id, kind, amount, createdAt: new Date(at).toISOString() }) as const
    const charge = row('deduct', job.createdAt)
    return isRefunded(job) ? [charge, row('refund', job.doneAt + REFUND_MS)] : [charge]
  }
  const isRefunded = ({ ends, doneAt }: Job) => ends === 'failed' && time.service() >= doneAt + REFUND_MS

  /** `cut` is a connection that breaks, `short` one that ends politely before its time. */
  async function* stream(bytes: Buffer, gate: Gate, kind?: ClipKind): AsyncGenerator<Uint8Array> {
    const end = kind === 'cut' || kind === 'short' ? Math.floor(bytes.length / 2) : bytes.length
    for (let at = 0; at < end; at += CHUNK) {
      gate.pass('chunk')
      yield bytes.subarray(at, Math.min(at + CHUNK, end))
    }
    if (kind === 'cut') throw sorry('download-failed')
  }

  return {
    jobs,
    submissions,
    plans,
    isRefunded,
    get held() {
      return waiting.length
    },
    release(n) {
      const released = n === undefined ? waiting.splice(0) : waiting.splice(n % Math.max(1, waiting.length), 1)
      for (const answer of released) answer()
    },
    calm() {
      Object.assign(plans, { submit: [], poll: [], clip: [], historyFails: 0 })
      for (const answer of waiting.splice(0)) answer()
    },
    provider: (gate, ready) => ({
      name: 'wavespeed',
      pacing: { floorMs: 5_000, prior: () => ({ from: 20_000, to: 60_000 }) },
      ready,
      async upload(image) {
        if (gate.down) return never()
        return { url: `https://uploads.example/${image.sha256}` }
      },
      async submit(body, label) {
        if (gate.trips('send')) return never()
        const plan = plans.submit.shift() ?? NORMAL
        const take = witness(body, label)
        submissions.push({ take, kind: plan.kind })
        const created = plan.kind === 'accepted' || plan.kind === 'unknown-recorded'
        const job = created ? create(body, take, plan) : null
        if (gate.trips('recorded')) return never()
        if (plan.held) await hold()
        return gate.down ? never() : submitted(plan, job)
      },
      async poll(id) {
        if (gate.down) return never()
        const kind = plans.poll.shift()
        if (kind === 'held') await hold()
        return gate.trips('polled') ? never() : polled(id, kind)
      },
      async openClip(url, { from, etag }) {
        if (gate.down) return never()
        const kind = plans.clip.shift()
        if (kind === 'held') await hold()
        if (gate.down) return never()
        const job = find(url.slice(url.lastIndexOf('/') + 1))
        if (!job || kind === 'unavailable') throw sorry('result-unavailable')
        const ours = `"${job.id}"`
        const start = etag === ours && kind !== 'restart' ? from : 0
        const html = Buffer.from('<html>Bad gateway</html>')
        return {
          status: start === 0 ? 200 : 206,
          start: kind === 'wrong-range' && start > 0 ? start - 1 : start,
          total: kind === 'html' ? html.length : job.clip.length,
          etag: kind === 'no-etag' || kind === 'html' ? null : ours,
          contentType: kind === 'html' ? 'text/html' : 'video/mp4',
          body: stream(kind === 'html' ? html : job.clip.subarray(start), gate, kind),
        }
      },
      quote: ({ resolution, duration }) =>
        gate.down ? never() : Promise.resolve({ price: listPrice(resolution, duration) }),
      balance: () => Promise.resolve(usdMicros(1_000_000_000)),
      async history(from, to) {
        if (gate.down) return never()
        if (plans.historyFails > 0) {
          plans.historyFails -= 1
          throw sorry('provider-fault')
        }
        return jobs.filter(({ createdAt }) => createdAt >= from && createdAt <= to).map(historyItem)
      },
      async billings(from, to) {
        if (gate.down) return never()
        const within = ({ createdAt }: BillingItem) => Date.parse(createdAt) >= from && Date.parse(createdAt) <= to
        return jobs.flatMap(billed).filter(within)
      },
      describeModel: () => Promise.resolve(null),
      close: () => Promise.resolve(),
    }),
  }
}
