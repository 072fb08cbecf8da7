import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** `too-large` once a body passes the limit; the rest of it is not read. */
type Body = Buffer<ArrayBuffer> | 'too-large'

async function readBody(incoming: IncomingMessage, limit: number): Promise<Body> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return 'too-large'
  const parts: Buffer[] = []
  let total = 0
  for await (const part of incoming) {
    const bytes = part as Buffer
    total += bytes.byteLength
    if (total > limit) return 'too-large'
    parts.push(bytes)
  }
  return Buffer.concat(parts, total)
}

/**
 * A request of node:http as the fetch API has it.
 * @param limit bytes of body
 * @returns null when the body is longer
 */
export async function toFetchRequest(incoming: IncomingMessage, url: URL, limit: number): Promise<Request | null> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2)
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '')
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers })
  const body = await readBody(incoming, limit)
  return body === 'too-large' ? null : new Request(url, { method, headers, body })
}

/** Sends a fetch response; a client that leaves half way ends the body's stream and is otherwise ignored. */
export async function sendFetchResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null || outgoing.req.method === 'HEAD') {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  await pipeline(response.body, outgoing).catch(() => outgoing.destroy())
}
