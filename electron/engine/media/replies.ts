import { open, type FileHandle } from 'node:fs/promises'
import { TakeboardError, type ErrorCode, type WireError } from '../../../shared/errors.ts'
import { parseRange } from './byte-range.ts'

/** How a reply may be kept: by content hash for good, by ETag with a question each time, or not at all. */
export const CACHE = {
  immutable: 'private, max-age=31536000, immutable',
  revalidate: 'private, no-cache',
  none: 'no-store',
} as const

const CHUNK_BYTES = 256 * 1024

const STATUS: Partial<Record<ErrorCode, number>> = {
  'bad-input': 400,
  forbidden: 403,
  'not-found': 404,
  'board-invalid': 422,
  'board-version': 422,
  'board-unreadable': 422,
  'image-too-large': 413,
  'image-type': 415,
  'image-unreadable': 422,
  'image-too-small': 422,
  'result-unavailable': 410,
  'url-refused': 502,
  'clip-invalid': 502,
  'download-failed': 502,
  'disk-full': 507,
  'library-unwritable': 507,
}

/** JSON that is never cached. */
export const jsonReply = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': CACHE.none,
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })

/** A WireError as JSON, under the HTTP status that fits its code. */
export const errorReply = (error: WireError, status = STATUS[error.code] ?? 500): Response => jsonReply(error, status)

/** There is nothing to show, and no harm in that: browsers report every 404. */
export const nothingReply = (): Response =>
  new Response(null, { status: 204, headers: { 'cache-control': CACHE.none } })

export const notFound = (message: string): Response => errorReply({ code: 'not-found', message })

/** Only pictures and clips leave under their own type, so that no stored file can act as a page. */
export const safeMime = (mime: string): string =>
  /^(?:image\/(?:jpeg|png|webp)|video\/[a-z0-9.+-]{1,40})$/.test(mime) ? mime : 'application/octet-stream'

const matches = (header: string | null, etag: string): boolean =>
  header !== null && header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)

const common = (mime: string, etag: string, cache: string) => ({
  'content-type': mime,
  'cache-control': cache,
  etag,
  'x-content-type-options': 'nosniff',
})

/** Answers GET and HEAD with bytes already in memory, or 304 for a copy the client has. */
export function bytesReply(
  request: Request,
  body: Uint8Array,
  { mime, etag, cache }: { mime: string; etag: string; cache: string },
): Response {
  const headers = common(mime, etag, cache)
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: { ...headers, 'content-length': String(body.byteLength) },
  })
}

/** Reads until `length` bytes are there or the file ends. */
async function readAt(file: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await file.read(buffer, got, length - got, start + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return buffer.subarray(0, got)
}

/** A whole file, read only as fast as it is taken. Owns the handle. */
function fileStream(file: FileHandle, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await readAt(file, at, Math.min(CHUNK_BYTES, size - at))
          at += chunk.byteLength
          if (chunk.byteLength > 0) controller.enqueue(chunk)
          if (chunk.byteLength > 0 && at < size) return
          if (at < size) throw new Error('The file became shorter while it was read')
          await file.close()
          controller.close()
        } catch (error) {
          await file.close().catch(() => {})
          controller.error(error)
        }
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  )
}

/**
 * Answers GET and HEAD for a file: 304, 206 with a bounded part, 416, or 200 with the whole. A range is cut short rather
 * than streamed, because players ask again and a bounded reply cannot be left half read.
 * @param etag quoted
 * @returns null when there is no such file
 */
export async function fileReply(
  request: Request,
  path: string,
  { mime, etag, cache }: { mime: string; etag: string; cache: string },
): Promise<Response | null> {
  const headers = { ...common(mime, etag, cache), 'accept-ranges': 'bytes' }
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return null
  let keep = false
  try {
    const found = await file.stat()
    if (!found.isFile()) return null
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    const ifRange = request.headers.get('if-range')
    const range = ifRange === null || ifRange.trim() === etag ? request.headers.get('range') : null
    const part = request.method === 'GET' ? parseRange(range, found.size) : 'whole'
    if (part === 'unsatisfiable')
      return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${found.size}` } })
    if (part === 'whole') {
      const whole = { ...headers, 'content-length': String(found.size) }
      if (request.method === 'HEAD' || found.size === 0) return new Response(null, { headers: whole })
      keep = true
      return new Response(fileStream(file, found.size), { headers: whole })
    }
    const body = await readAt(file, part.start, part.end - part.start + 1)
    return new Response(body, {
      status: 206,
      headers: {
        ...headers,
        'content-range': `bytes ${part.start}-${part.start + body.byteLength - 1}/${found.size}`,
        'content-length': String(body.byteLength),
      },
    })
  } finally {
    if (!keep) await file.close()
  }
}

/**
 * Reads a request's body up to `limit` bytes.
 * @returns null when there is more; the rest is not read
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null
  if (request.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of request.body) {
    total += part.byteLength
    if (total > limit) return null
    parts.push(part)
  }
  return Buffer.concat(parts, total)
}

/** What a thrown thing tells the client: its own code, or `internal` without details. */
export function thrownReply(error: unknown, log: (detail: string) => void): Response {
  if (error instanceof TakeboardError) return errorReply(error.toWire())
  log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return errorReply({ code: 'internal', message: 'Something went wrong inside Takeboard. The log has the details.' })
}
