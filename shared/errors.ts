import { z } from 'zod'

/** What the person (or the engine on its own) can do about an error. */
export type Remedy = 'retry' | 'wait' | 'fix-input' | 'raise-cap' | 'none'

interface ErrorKind {
  readonly title: string
  readonly remedy: Remedy
}

/** Every error that may cross a boundary. The code is stable; the title is what a screen shows in bold. */
export const ERRORS = {
  // Input and addressing
  'bad-input': { title: 'That value is not allowed', remedy: 'fix-input' },
  'not-found': { title: 'That no longer exists', remedy: 'none' },
  conflict: { title: 'That was changed elsewhere', remedy: 'retry' },
  'unknown-command': { title: 'This version does not know that command', remedy: 'none' },
  'board-invalid': { title: 'The board file has mistakes', remedy: 'fix-input' },
  'board-version': { title: 'The board file is from a newer Takeboard', remedy: 'fix-input' },
  'board-unreadable': { title: 'The board file could not be read', remedy: 'fix-input' },
  'image-unreadable': { title: 'The reference could not be read', remedy: 'fix-input' },
  'image-type': { title: 'The reference is not a JPEG, PNG or WebP', remedy: 'fix-input' },
  'image-too-small': { title: 'The reference is too small', remedy: 'fix-input' },
  'image-too-large': { title: 'The reference is too large', remedy: 'fix-input' },
  'seed-unresolved': { title: 'The seed could not be taken from that scene', remedy: 'fix-input' },
  // Money
  'cap-missing': { title: 'The project has no spending cap', remedy: 'raise-cap' },
  'cap-reached': { title: 'The spending cap is reached', remedy: 'raise-cap' },
  'failures-in-a-row': { title: 'Several takes in a row failed', remedy: 'retry' },
  overage: { title: 'The service charged more than it quoted', remedy: 'none' },
  'balance-too-low': { title: 'The account balance is too low', remedy: 'fix-input' },
  // Library and disk
  'library-locked': { title: 'Another Takeboard has this library open', remedy: 'wait' },
  'library-newer': { title: 'The library is from a newer Takeboard', remedy: 'none' },
  'library-unwritable': { title: 'The library folder cannot be written', remedy: 'fix-input' },
  'library-damaged': { title: 'The library database is damaged', remedy: 'none' },
  'library-recovered': { title: 'The library was recovered', remedy: 'none' },
  'library-read-only': { title: 'This library is open for looking only', remedy: 'none' },
  'bin-unavailable': { title: 'The bin cannot be used here', remedy: 'none' },
  'disk-full': { title: 'The disk is full', remedy: 'wait' },
  // Provider
  'key-missing': { title: 'No API key is set', remedy: 'fix-input' },
  'key-rejected': { title: 'The service refused the API key', remedy: 'fix-input' },
  'request-rejected': { title: 'The service rejected the request', remedy: 'fix-input' },
  'rate-limited': { title: 'The service asked to slow down', remedy: 'wait' },
  'provider-unreachable': { title: 'The service could not be reached', remedy: 'wait' },
  'provider-fault': { title: 'The service answered with a fault', remedy: 'wait' },
  'upload-failed': { title: 'A reference could not be uploaded', remedy: 'retry' },
  'submission-unknown': { title: 'Submission outcome unknown', remedy: 'none' },
  'prediction-failed': { title: 'The service could not make the clip', remedy: 'retry' },
  'prediction-cancelled': { title: 'The job was cancelled at the service', remedy: 'retry' },
  'prediction-timeout': { title: 'The job timed out at the service', remedy: 'retry' },
  'prediction-deleted': { title: 'The job was deleted at the service', remedy: 'none' },
  'prediction-missing': { title: 'The service does not know the job', remedy: 'wait' },
  'result-unavailable': { title: 'The clip is no longer at the service', remedy: 'none' },
  'clip-invalid': { title: 'What was downloaded is not a video', remedy: 'retry' },
  'download-failed': { title: 'The download did not finish', remedy: 'retry' },
  'url-refused': { title: 'The address of the clip is not safe to open', remedy: 'none' },
  // Hosts
  forbidden: { title: 'That request was refused', remedy: 'none' },
  'port-in-use': { title: 'The port is in use', remedy: 'fix-input' },
  disconnected: { title: 'The studio is not connected', remedy: 'wait' },
  internal: { title: 'Something went wrong inside Takeboard', remedy: 'retry' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS

export const ErrorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])

/** The one shape in which an error is stored and sent. `message` is a full sentence for the artist. */
export const WireError = z.object({ code: ErrorCode, message: z.string(), data: z.unknown().optional() })
export type WireError = z.infer<typeof WireError>

/** The only error class that carries meaning across modules; anything else becomes `internal`. */
export class TakeboardError extends Error {
  readonly code: ErrorCode
  readonly data: unknown

  constructor(code: ErrorCode, message: string, options: { data?: unknown; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TakeboardError'
    this.code = code
    this.data = options.data
  }

  get remedy(): Remedy {
    return ERRORS[this.code].remedy
  }

  toWire(): WireError {
    return this.data === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, data: this.data }
  }

  static fromWire(wire: WireError): TakeboardError {
    return new TakeboardError(wire.code, wire.message, { data: wire.data })
  }
}
