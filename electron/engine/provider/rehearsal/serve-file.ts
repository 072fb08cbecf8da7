import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { ApiError } from './http.ts'

interface Span {
  readonly start: number
  /** Inclusive. */
  readonly end: number
}

/**
 * Answers GET and HEAD of one file: whole, or one byte range when `Range` asks for it and `If-Range`, if sent, matches.
 * @param etag strong, in quotes
 * @throws ApiError 404 when the file is gone
 */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: { path: string; type: string; etag: string },
): Promise<void> {
  const size = await stat(file.path).then(
    (found) => found.size,
    () => {
      throw new ApiError(404, 'The file does not exist.')
    },
  )
  const ifRange = request.headers['if-range']
  const wanted = ifRange === undefined || ifRange === file.etag ? parseRange(request.headers.range, size) : null
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader('etag', file.etag)
  response.setHeader('cache-control', 'private, max-age=3600')
  response.setHeader('x-content-type-options', 'nosniff')
  if (wanted === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}`, 'content-length': 0 }).end()
    return
  }
  const span = wanted ?? { start: 0, end: size - 1 }
  if (wanted) response.setHeader('content-range', `bytes ${span.start}-${span.end}/${size}`)
  response.writeHead(wanted ? 206 : 200, { 'content-type': file.type, 'content-length': span.end - span.start + 1 })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(createReadStream(file.path, { start: span.start, end: span.end }), response)
}

/**
 * Reads a `Range` header of one range.
 * @returns null when there is none to honour: absent, several ranges, or not understood
 */
export function parseRange(header: string | undefined, size: number): Span | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  if (match[1] === '') {
    const length = Number(match[2])
    return length === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (start >= size) return 'unsatisfiable'
  return end < start ? null : { start, end }
}
