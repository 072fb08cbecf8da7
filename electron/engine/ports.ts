import type { WireError } from '../../shared/errors.ts'
import type { PredictionId, Sha256 } from '../../shared/ids.ts'
import type { ProviderName } from '../../shared/model.ts'
import type { KeyStatus } from '../../shared/studio-model.ts'
import type { AspectRatio, Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'
import type { ModelParameter } from '../../shared/models/parameter.ts'
import type { UsdMicros } from '../../shared/money.ts'

/** Undoes a timer or a subscription. Calling it twice does nothing. */
export type Cancel = () => void

/** Time. Durations are taken from `monotonic`, which a clock change or a suspend cannot turn back. */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock has it. */
  now(): number
  /** Milliseconds from an arbitrary start, never decreasing. */
  monotonic(): number
  setTimeout(run: () => void, ms: number): Cancel
}

export interface Random {
  /** Uniform in [0, 1). */
  unit(): number
  /** Uniform whole number, both ends included; from a cryptographic source in production. */
  integer(min: number, max: number): number
}

export interface Ids {
  next(): string
}

/** Writes one structured line. Fields never carry keys, cookies or query strings. */
export interface Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** The API key, held by the host. The engine reads it at the moment of a call and never stores it. */
export interface Secrets {
  status(): KeyStatus
  read(): string | null
  /** @param persist false keeps the key in memory until the app closes. */
  write(key: string, persist: boolean): void
  clear(): void
}

/** The system's bin, from which a person can take things back. */
export interface Trash {
  /** Moves a file there. Codes: bin-unavailable, and then nothing was moved. */
  move(path: string): Promise<void>
}

/** The program of the system that shows files. */
export interface FileManager {
  /** Shows a file where it lies. False where nobody would see it. */
  reveal(path: string): boolean
}

/** Everything the engine reaches outside itself, handed in by a host or a test. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly logger: Logger
  readonly secrets: Secrets
  readonly providers: Readonly<Record<ProviderName, VideoProvider>>
  /** Without it nothing can be moved to the bin. */
  readonly trash?: Trash
  /** Without it files are only told by their path. */
  readonly fileManager?: FileManager
}

/** The JSON body of a submission, field for field as the API takes it. */
export interface SubmitBody {
  readonly prompt: string
  readonly images: readonly string[]
  readonly resolution: Resolution
  readonly aspect_ratio: AspectRatio
  readonly duration: number
  readonly seed: number
}

/**
 * What became of one submission. Only `not-sent` and `rejected` prove that no job exists; `unknown` proves nothing and
 * must never be followed by another submission on its own.
 */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly predictionId: PredictionId }
  | { readonly kind: 'rejected'; readonly error: WireError }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | null; readonly error: WireError }
  | { readonly kind: 'not-sent'; readonly error: WireError }
  | { readonly kind: 'unknown'; readonly error: WireError }

/** What one look at a prediction found. Anything but the terminal kinds means: look again later. */
export type PollOutcome =
  | { readonly kind: 'pending'; readonly status: string }
  /** The job is made and charged, even where `outputs` is empty because the result lists no address. */
  | { readonly kind: 'completed'; readonly outputs: readonly string[]; readonly inferenceMs: number | null }
  /** failed, cancelled, timeout or deleted; `error` carries the server's own words. */
  | { readonly kind: 'ended'; readonly error: WireError }
  | { readonly kind: 'retry'; readonly retryAfterMs: number | null; readonly error: WireError }
  /** 401 or 403: submissions and polls stop until the key is seen to. */
  | { readonly kind: 'key-rejected'; readonly error: WireError }
  /** 404: the take keeps its hold and the artist is asked. */
  | { readonly kind: 'missing'; readonly error: WireError }

/** The reply to a clip download, before its body is read. */
export interface ClipResponse {
  /** 200 or 206. */
  readonly status: number
  /** First byte the body starts at: 0, or what Content-Range says. */
  readonly start: number
  /** Whole size in bytes when the server says it. */
  readonly total: number | null
  /** A strong ETag, else null. */
  readonly etag: string | null
  readonly contentType: string | null
  readonly body: AsyncIterable<Uint8Array>
}

export interface Quote {
  readonly price: UsdMicros
}

export interface HistoryItem {
  readonly predictionId: PredictionId
  readonly model: string
  readonly status: string
  /** As the service writes it, ISO 8601. */
  readonly createdAt: string
  /** The request, where the service echoes it. */
  readonly input: Readonly<Record<string, unknown>> | null
  readonly outputs: readonly string[]
}

export interface BillingItem {
  readonly predictionId: PredictionId | null
  readonly kind: 'deduct' | 'refund'
  readonly amount: UsdMicros
  readonly createdAt: string
}

/** How often to look: the least gap between polls, and how long a job takes before anything is known of it. */
export interface PollPacing {
  readonly floorMs: number
  /** Milliseconds from acceptance to completion: earliest and latest, for a clip of `duration` seconds. */
  prior(resolution: Resolution, duration: number): { readonly from: number; readonly to: number }
}

/**
 * One paid or free service. No method throws for what the network does where an outcome type exists; the others throw
 * TakeboardError with a provider code.
 */
export interface VideoProvider {
  readonly name: ProviderName
  readonly pacing: PollPacing
  /** False while a call would fail for want of a key. */
  ready(): boolean
  /**
   * Puts an image where the service can read it. Codes: image-unreadable, request-rejected (the service refuses the
   * image), upload-failed, key-missing, key-rejected, provider-unreachable, provider-fault, rate-limited.
   */
  upload(image: { sha256: Sha256; path: string; mime: string; bytes: number }): Promise<{ url: string }>
  /** Sends exactly one request on a fresh connection. @param label the slate, for the rehearsal's picture only */
  submit(body: SubmitBody, label: string): Promise<SubmitOutcome>
  poll(predictionId: PredictionId): Promise<PollOutcome>
  /**
   * Opens a clip from byte `from`; `etag` is sent as If-Range. The first byte may still be 0.
   * Codes: url-refused, result-unavailable (403, 404, 410), download-failed, clip-invalid.
   */
  openClip(url: string, options: { from: number; etag: string | null; signal: AbortSignal }): Promise<ClipResponse>
  /** The service's own price of one take. Codes: provider-*, key-*. */
  quote(inputs: { resolution: Resolution; duration: number }): Promise<Quote>
  balance(): Promise<UsdMicros>
  /** What the service says its model takes, in its order; null when it does not list the model. Codes: as `quote`. */
  describeModel(): Promise<readonly ModelParameter[] | null>
  /** Predictions of the model made between the two times (epoch ms), newest first, all pages. */
  history(from: number, to: number): Promise<readonly HistoryItem[]>
  billings(from: number, to: number): Promise<readonly BillingItem[]>
  close(): Promise<void>
}
