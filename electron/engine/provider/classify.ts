import { TakeboardError, type ErrorCode, type WireError } from '../../../shared/errors.ts'
import { PredictionId } from '../../../shared/ids.ts'
import type { PollOutcome, SubmitOutcome } from '../ports.ts'
import { failureReason, isKeyFault } from './failure.ts'
import { headerOf, type Exchange, type Headers, type Reply } from './http.ts'
import { Accepted, Envelope, Prediction } from './wavespeed-schema.ts'
import { quoted, serverText, speaksOfBalance, tidy, type Redact } from './words.ts'

/**
 * What an answer means. Together with failure.ts (network errors) and classify-clip.ts (downloads) this is the only code
 * that looks at HTTP statuses and undici's error codes.
 */
export interface Context {
  /** Wall clock, for a Retry-After that is a date. */
  readonly now: number
  readonly redact: Redact
}

const RETRY_AFTER = { min: 1_000, max: 600_000 } as const

/** Milliseconds from a Retry-After in seconds or as an HTTP date, kept between 1 s and 10 min; null where there is none. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headerOf(headers, 'retry-after')?.trim() ?? ''
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(Math.ceil(ms), RETRY_AFTER.min), RETRY_AFTER.max)
}

const wire = (code: ErrorCode, message: string): WireError => ({ code, message })

const isObject = (json: unknown): boolean => typeof json === 'object' && json !== null && !Array.isArray(json)

const is4xx = (code: number | null): code is number => code !== null && code >= 400 && code < 500
const is5xx = (code: number | null): boolean => code !== null && code >= 500 && code < 600

const envelopeCode = (json: unknown): number | null => Envelope.safeParse(json).data?.code ?? null

/** Answers in the 400s that say nothing about whether the request was taken up: a time-out and a misdirected request. */
const UNCLEAR_4XX: readonly number[] = [408, 421, 499]

/**
 * The code of a clear refusal, else null. HTTP decides, and the envelope where HTTP says no more than 200 or 400. A
 * refusal is clear only in JSON: a page from some gateway proves nothing about the service behind it.
 */
function refusalCode(reply: Reply): number | null {
  if (!isObject(reply.json)) return null
  const inner = envelopeCode(reply.json)
  if (is5xx(inner)) return null
  const vague = reply.status === 400 || (reply.status >= 200 && reply.status < 300)
  const code = vague && is4xx(inner) ? inner : reply.status
  return is4xx(code) && !UNCLEAR_4XX.includes(code) ? code : null
}

const MAYBE_CHARGED =
  'The take may have been made and charged, so its price stays on hold and nothing is sent again. ' +
  'Takeboard looks for it in the account; if it finds nothing, say yourself whether it was charged.'

const unknown = (what: string): SubmitOutcome => ({
  kind: 'unknown',
  error: wire('submission-unknown', `${what}. ${MAYBE_CHARGED}`),
})

/** Reads the answer to a submission. An id always counts, whatever else the answer says. */
export function classifySubmit(exchange: Exchange, context: Context): SubmitOutcome {
  if (exchange.kind === 'failure') {
    const reason = failureReason(exchange.error)
    if (exchange.sent) return unknown(`The request was sent, but ${reason}`)
    return { kind: 'not-sent', error: notSent(exchange.error, reason) }
  }
  const { reply } = exchange
  const accepted = Accepted.safeParse(reply.json)
  if (accepted.success) return { kind: 'accepted', predictionId: PredictionId.parse(accepted.data) }

  const code = refusalCode(reply)
  if (code !== null) return refused(code, reply, context)
  if (reply.oversized) return unknown('The request was sent, but the answer was too large to read')
  if (!isObject(reply.json))
    return unknown(`The request was sent, but the answer (${reply.status}) was not the service's own`)
  const text = serverText(reply.json, context.redact)
  if (reply.status >= 300)
    return unknown(`The request was sent, and the service answered with ${reply.status}${quoted(text)}`)
  return unknown(`The request was sent, but the answer names no job${quoted(text)}`)
}

function notSent(error: unknown, reason: string): WireError {
  if (isKeyFault(error)) return KEY_UNUSABLE
  return wire(
    'provider-unreachable',
    `Nothing was sent, because ${reason}. Nothing was charged. Check the network; Takeboard tries again by itself.`,
  )
}

export const KEY_MISSING = wire(
  'key-missing',
  'No API key is set. Nothing was sent or charged. Enter a key in Settings.',
)

const KEY_UNUSABLE = wire(
  'key-rejected',
  'The API key holds characters that cannot be sent. Nothing was sent or charged. Copy the key again into Settings.',
)

function refused(code: number, reply: Reply, context: Context): SubmitOutcome {
  const text = serverText(reply.json, context.redact)
  if (code === 429) {
    const error = wire(
      'rate-limited',
      `The service asked to slow down${quoted(text)}. Nothing was charged. Takeboard tries again later by itself.`,
    )
    return { kind: 'rate-limited', retryAfterMs: retryAfterMs(reply.headers, context.now), error }
  }
  if (code === 402 || (code !== 401 && speaksOfBalance(text))) {
    return {
      kind: 'rejected',
      error: wire(
        'balance-too-low',
        `The account does not cover this take${quoted(text)}. Nothing was charged. Top up the account, then generate again.`,
      ),
    }
  }
  if (code === 401 || code === 403) return { kind: 'rejected', error: keyRejected(text) }
  return {
    kind: 'rejected',
    error: wire(
      'request-rejected',
      `The service rejected the take${quoted(text)}. Nothing was charged. Change the scene, then generate again.`,
    ),
  }
}

const keyRejected = (text: string | null): WireError =>
  wire(
    'key-rejected',
    `The service refused the API key${quoted(text)}. Nothing was charged. Check the key in Settings.`,
  )

/** Reads the answer to a poll of one prediction. */
export function classifyPoll(exchange: Exchange, asked: string, context: Context): PollOutcome | 'wrong-id' {
  const retry = (what: string, code: ErrorCode = 'provider-fault', afterMs: number | null = null): PollOutcome => ({
    kind: 'retry',
    retryAfterMs: afterMs,
    error: wire(
      code,
      `${what}. The job goes on at the service and costs nothing more. Takeboard looks again by itself.`,
    ),
  })
  if (exchange.kind === 'failure') {
    if (isKeyFault(exchange.error)) return { kind: 'key-rejected', error: KEY_UNUSABLE }
    return retry(`The job could not be looked at, because ${failureReason(exchange.error)}`, 'provider-unreachable')
  }
  const { reply } = exchange
  const after = retryAfterMs(reply.headers, context.now)
  const text = serverText(reply.json, context.redact)
  const code = effectiveCode(reply)
  if (code === 429) return retry(`The service asked to slow down${quoted(text)}`, 'rate-limited', after)
  if (code === 401 || code === 403) return { kind: 'key-rejected', error: keyRejected(text) }
  if (code === 404) return { kind: 'missing', error: missing(text) }
  if (code < 200 || code > 299)
    return retry(`The service answered with ${code}${quoted(text)}`, 'provider-fault', after)

  const prediction = Prediction.safeParse(Envelope.safeParse(reply.json).data?.data)
  if (!prediction.success) return retry('The answer about the job could not be read')
  const { id, status, outputs, error, timings } = prediction.data
  if (id !== undefined && id !== asked) return 'wrong-id'
  switch (status) {
    case 'completed':
      return { kind: 'completed', outputs, inferenceMs: timings?.inference ?? null }
    case 'failed':
    case 'cancelled':
    case 'timeout':
    case 'deleted':
      return { kind: 'ended', error: ended(status, error ? tidy(error, context.redact) : null) }
    default:
      return { kind: 'pending', status: tidy(status, context.redact) }
  }
}

/** The poll's wrong-id answer as an outcome; the caller raises the alarm. */
export const WRONG_ID: PollOutcome = {
  kind: 'retry',
  retryAfterMs: null,
  error: wire(
    'provider-fault',
    'The service answered about another job. Its answer was ignored and costs nothing. Takeboard looks again by itself.',
  ),
}

export const POLL_WITHOUT_KEY: PollOutcome = { kind: 'key-rejected', error: KEY_MISSING }

/** HTTP's code, or the envelope's where HTTP only says 200. */
function effectiveCode(reply: Reply): number {
  const inner = envelopeCode(reply.json)
  return reply.status === 200 && inner !== null && inner >= 400 && inner < 600 ? inner : reply.status
}

const missing = (text: string | null): WireError =>
  wire(
    'prediction-missing',
    `The service does not know the job${quoted(text)}. Its price stays on hold. Look at the account, then settle the take.`,
  )

const REFUND = 'The service refunds such jobs by itself, usually within three hours.'

function ended(status: 'failed' | 'cancelled' | 'timeout' | 'deleted', text: string | null): WireError {
  const said = quoted(text)
  switch (status) {
    case 'failed':
      return wire(
        'prediction-failed',
        `The service could not make the clip${said}. ${REFUND} Change the scene or try again.`,
      )
    case 'cancelled':
      return wire(
        'prediction-cancelled',
        `The job was cancelled at the service${said}. ${REFUND} Generate again if wanted.`,
      )
    case 'timeout':
      return wire(
        'prediction-timeout',
        `The job took too long at the service${said}. ${REFUND} Generate again if wanted.`,
      )
    case 'deleted':
      return wire(
        'prediction-deleted',
        `The job was deleted at the service${said}. It may have been charged. Look at the account before generating again.`,
      )
  }
}

/** What a plain read was for, as it appears in a sentence: `The price could not be read`. */
export interface Purpose {
  /** Such as `The price`. */
  readonly subject: string
  /** Code of a 403. Keys carry roles: one that may not read the account can still run models. */
  readonly forbidden: ErrorCode
}

/** Unwraps a successful answer's `data`. @throws TakeboardError provider-*, key-*, rate-limited, request-rejected */
export function unwrap(exchange: Exchange, purpose: Purpose, context: Context): unknown {
  const fail = (code: ErrorCode, why: string, todo: string, data?: unknown) =>
    new TakeboardError(code, `${purpose.subject} failed, because ${why}. Nothing was charged. ${todo}`, { data })
  if (exchange.kind === 'failure') {
    if (isKeyFault(exchange.error)) throw TakeboardError.fromWire(KEY_UNUSABLE)
    throw fail('provider-unreachable', failureReason(exchange.error), 'Check the network and try again.')
  }
  const { reply } = exchange
  const code = effectiveCode(reply)
  const said = quoted(serverText(reply.json, context.redact))
  const wait = { retryAfterMs: retryAfterMs(reply.headers, context.now) }
  if (code === 429) throw fail('rate-limited', `the service asked to slow down${said}`, 'Try again later.', wait)
  if (code === 401) throw fail('key-rejected', `the service refused the API key${said}`, 'Check the key in Settings.')
  if (code === 403) {
    throw fail(purpose.forbidden, `the key is not allowed to do that${said}`, 'Use a key with that right.')
  }
  if (is4xx(code) && isObject(reply.json)) {
    throw fail('request-rejected', `the service refused it${said}`, 'Change what it objects to.')
  }
  if (code < 200 || code > 299)
    throw fail('provider-fault', `the service answered with ${code}${said}`, 'Try again later.', wait)
  if (!isObject(reply.json)) throw fail('provider-fault', 'the answer could not be read', 'Try again later.')
  return Envelope.parse(reply.json).data
}

/** Whether an answer says that this service has no such route, or none that this client understands. */
export const lacksRoute = (exchange: Exchange): boolean =>
  exchange.kind === 'reply' && [404, 405, 501].includes(effectiveCode(exchange.reply))

/** Whether bytes were refused where the service told us to put them. */
export const isRefusal = (exchange: Exchange): boolean =>
  exchange.kind === 'reply' && is4xx(exchange.reply.status) && exchange.reply.status !== 429
