import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A refusal in the service's own form: HTTP status and `{code, message}`. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Bytes of a JSON body at most. */
const JSON_LIMIT = 1024 * 1024

/** Reads a whole body. @throws ApiError 413 past the limit */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new ApiError(413, 'The request body is too large.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new ApiError(413, 'The request body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads a JSON body. @throws ApiError 400 for anything that is not JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, JSON_LIMIT)
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw new ApiError(400, 'The request body is not valid JSON.')
  }
}

/** The success envelope. */
export function sendData(response: ServerResponse, data: unknown): void {
  sendJson(response, 200, { code: 200, message: 'success', data })
}

export function sendError(response: ServerResponse, status: number, message: string): void {
  // What is left of a refused body is not read, so the connection cannot be used again.
  response.setHeader('connection', 'close')
  sendJson(response, status, { code: status, message })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

/** Compares in constant time whether the request carries `Authorization: Bearer <key>`. */
export function hasKey(request: IncomingMessage, key: string): boolean {
  const sent = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return sent.length === wanted.length && timingSafeEqual(sent, wanted)
}
