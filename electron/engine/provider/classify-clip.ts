import { TakeboardError, type ErrorCode } from '../../../shared/errors.ts'
import { failureReason, isAddressRefused } from './failure.ts'
import { retryAfterMs } from './classify.ts'
import { headerOf, type Headers } from './http.ts'

/** What to do with the head of a download's answer. */
export type ClipVerdict =
  | { readonly kind: 'redirect'; readonly location: string }
  /** What is already on the disk cannot be continued: ask again from the first byte. */
  | { readonly kind: 'restart' }
  | {
      readonly kind: 'body'
      readonly status: number
      readonly start: number
      readonly total: number | null
      /** Bytes this answer must bring, where it says. */
      readonly expected: number | null
      readonly etag: string | null
      readonly contentType: string | null
    }

export interface ClipRequest {
  /** First byte asked for; 0 asks for the whole without a Range. */
  readonly from: number
  readonly etag: string | null
  readonly maxBytes: number
  readonly now: number
}

const failed = (what: string, data?: unknown) =>
  new TakeboardError(
    'download-failed',
    `The download did not finish: ${what}. The clip is paid for and nothing more is charged. Takeboard tries again.`,
    { data },
  )

const refused = (code: ErrorCode, what: string, todo: string) =>
  new TakeboardError(code, `${what}. The take is charged, but a download costs nothing more. ${todo}`)

export const urlRefused = (): TakeboardError =>
  refused(
    'url-refused',
    'The address of the clip is not a plain https address on the public network, so it was not opened',
    'Look for the clip in the account.',
  )

const tooLarge = () =>
  refused('clip-invalid', 'What the service offers is too large to be a clip', 'Look for the clip in the account.')

/** Reads status and headers. @throws TakeboardError result-unavailable, download-failed, clip-invalid */
export function classifyClip(status: number, headers: Headers, asked: ClipRequest): ClipVerdict {
  if ([301, 302, 303, 307, 308].includes(status)) {
    const location = headerOf(headers, 'location')
    if (location === null) throw failed('the service sent a redirect that leads nowhere')
    return { kind: 'redirect', location }
  }
  if (status === 416 && asked.from > 0) return { kind: 'restart' }
  if (status === 403 || status === 404 || status === 410) {
    throw refused(
      'result-unavailable',
      `The service no longer hands out the clip (${status})`,
      'Takeboard asks for a new address; otherwise look for the clip in the account.',
    )
  }
  if (status !== 200 && status !== 206) {
    throw failed(`the service answered with ${status}`, { retryAfterMs: retryAfterMs(headers, asked.now) })
  }
  const contentType = headerOf(headers, 'content-type')
  if (/^\s*(text\/html|application\/([\w.-]+\+)?json)\b/i.test(contentType ?? '')) {
    throw refused('clip-invalid', 'The service sent a page instead of a video', 'Takeboard can download it again.')
  }
  const encoding = headerOf(headers, 'content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') throw failed('the clip came compressed')

  const etag = strong(headerOf(headers, 'etag'))
  const length = wholeNumber(headerOf(headers, 'content-length'))
  if (status === 200) {
    if (length !== null && length > asked.maxBytes) throw tooLarge()
    return { kind: 'body', status, start: 0, total: length, expected: length, etag, contentType }
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(headerOf(headers, 'content-range')?.trim() ?? '')
  if (!range) throw failed('the service sent a part without saying which')
  const [start, end, total] = [Number(range[1]), Number(range[2]), wholeNumber(range[3] ?? null)]
  if (start !== asked.from) throw failed('the service sent another part than was asked for')
  if (asked.etag !== null && etag !== null && etag !== asked.etag) return { kind: 'restart' }
  const expected = end - start + 1
  if (expected < 1 || (total !== null && end >= total) || (length !== null && length !== expected)) {
    throw failed('the sizes the service stated do not agree')
  }
  if (Math.max(total ?? 0, end + 1) > asked.maxBytes) throw tooLarge()
  return { kind: 'body', status, start, total, expected, etag, contentType }
}

/** An ETag that promises equal bytes; a weak one does not. */
const strong = (etag: string | null): string | null => (etag !== null && /^"[^"]*"$/.test(etag) ? etag : null)

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null

/** What went wrong on the network while a clip was opened or read. */
export function clipFailure(error: unknown): TakeboardError {
  if (error instanceof TakeboardError) return error
  return isAddressRefused(error) ? urlRefused() : failed(failureReason(error))
}

/** Watches the bytes of a body. @returns what to call for each chunk and at the end; both throw TakeboardError */
export function clipMeter(start: number, expected: number | null, maxBytes: number) {
  let received = 0
  return {
    add(bytes: number): void {
      received += bytes
      if (start + received > maxBytes) throw tooLarge()
    },
    end(): void {
      if (expected !== null && received !== expected) throw failed('the answer was cut off')
    },
  }
}
