import { MODEL_ID } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { ProviderName } from '../../../shared/model.ts'
import type { Clock, Logger, PollOutcome, PollPacing, Random, SubmitOutcome, VideoProvider } from '../ports.ts'
import { readBalance, readBillings, readHistory, readQuote, type Ask } from './accounts.ts'
import { parseBaseUrl } from './addresses.ts'
import {
  classifyPoll,
  classifySubmit,
  KEY_MISSING,
  POLL_WITHOUT_KEY,
  unwrap,
  WRONG_ID,
  type Context,
} from './classify.ts'
import { createClipOpener } from './clip.ts'
import { readModel } from './describe-model.ts'
import { createReader, DEFAULT_LIMITS, type Limits } from './http.ts'
import { sendOnce } from './submit.ts'
import { uploadImage } from './upload.ts'
import { redactor } from './words.ts'

export interface WaveSpeedOptions {
  readonly name: ProviderName
  /** https, or http on this machine. @see parseBaseUrl */
  readonly baseUrl: string
  /** Read at every call and kept nowhere. */
  readonly key: () => string | null
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Least milliseconds between two polls of a job. Default 5000, which the service asks for. */
  readonly pollFloorMs?: number
  /** Default: a minute to five, growing with length and resolution. */
  readonly prior?: PollPacing['prior']
  /** Sends the slate as `x-takeboard-label` (percent-encoded), which only the rehearsal service reads. Default false. */
  readonly sendLabel?: boolean
  readonly limits?: Partial<Limits>
}

const POLL_FLOOR_MS = 5_000

/** From what is told of the model: one to five minutes, most of it independent of the clip's length. */
const PRIOR: PollPacing['prior'] = (resolution, duration) => {
  const weight = resolution === '1080p' ? 1.5 : 1
  return {
    from: Math.round((30_000 + 3_000 * duration) * weight),
    to: Math.round((120_000 + 12_000 * duration) * weight),
  }
}

/**
 * The client of the WaveSpeed API, and of the rehearsal service that speaks the same.
 * @throws TakeboardError bad-input for an unsafe base URL
 */
export function createWaveSpeedProvider(options: WaveSpeedOptions): VideoProvider {
  const base = parseBaseUrl(options.baseUrl)
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const reader = createReader(base, limits)
  const clips = createClipOpener(base, limits, options.clock)
  const closing = new AbortController()
  const { logger } = options

  const readKey = (): string | null => options.key()?.trim() || null
  const contextFor = (key: string | null): Context => ({ now: options.clock.now(), redact: redactor(key) })

  const keyOrThrow = (): string => {
    const key = readKey()
    if (key === null) throw TakeboardError.fromWire(KEY_MISSING)
    return key
  }

  const ask: Ask = async (request, purpose) => {
    const key = keyOrThrow()
    const exchange = await reader.send({
      method: request.method,
      path: request.path,
      headers: { ...authorization(key), ...(request.body === undefined ? {} : JSON_CONTENT) },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs: limits.readMs,
      ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
    })
    return unwrap(exchange, purpose, contextFor(key))
  }

  return {
    name: options.name,
    pacing: { floorMs: options.pollFloorMs ?? POLL_FLOOR_MS, prior: options.prior ?? PRIOR },
    ready: () => readKey() !== null,

    async upload(image) {
      const key = keyOrThrow()
      const headers = authorization(key)
      const { random } = options
      const context = contextFor(key)
      return uploadImage(image, { base, reader, limits, random, context, closing: closing.signal, headers })
    },

    async submit(body, label): Promise<SubmitOutcome> {
      const key = readKey()
      if (key === null) return { kind: 'not-sent', error: KEY_MISSING }
      const exchange = await sendOnce(
        base,
        {
          method: 'POST',
          path: `/api/v3/${MODEL_ID}`,
          headers: { ...authorization(key), ...JSON_CONTENT, ...(options.sendLabel ? labelHeader(label) : {}) },
          body: JSON.stringify(body),
          timeoutMs: limits.submitMs,
        },
        limits,
      )
      const outcome = classifySubmit(exchange, contextFor(key))
      const fields = { provider: options.name, label, seed: body.seed, outcome: outcome.kind }
      if (outcome.kind === 'accepted') logger.info('Submitted', { ...fields, predictionId: outcome.predictionId })
      else logger.warn('Not accepted', { ...fields, code: outcome.error.code, reason: outcome.error.message })
      return outcome
    },

    async poll(predictionId): Promise<PollOutcome> {
      const key = readKey()
      if (key === null) return POLL_WITHOUT_KEY
      const exchange = await reader.send({
        method: 'GET',
        path: `/api/v3/predictions/${encodeURIComponent(predictionId)}/result`,
        headers: authorization(key),
        timeoutMs: limits.readMs,
      })
      const outcome = classifyPoll(exchange, predictionId, contextFor(key))
      if (outcome !== 'wrong-id') return outcome
      logger.error('The service answered about another job', { provider: options.name, predictionId })
      return WRONG_ID
    },

    openClip: (url, open) => clips.open(url, open),
    quote: (inputs) => readQuote(ask, inputs),
    balance: () => readBalance(ask),
    describeModel: () => readModel(ask),
    history: (from, to) => readHistory(ask, from, to),
    billings: (from, to) => readBillings(ask, from, to),
    async close() {
      closing.abort()
      await Promise.all([reader.close(), clips.close()])
    },
  }
}

const JSON_CONTENT = { 'content-type': 'application/json' } as const

const authorization = (key: string) => ({ authorization: `Bearer ${key}` })

/** A slate may hold any letter; a header may not. */
const labelHeader = (label: string) => ({ 'x-takeboard-label': encodeURIComponent(label) })
