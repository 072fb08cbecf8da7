import { BASE_HEADERS, contentSecurityPolicy } from './security-headers.ts'
import { readStatic } from './static-files.ts'

export type FetchHandler = (request: Request) => Promise<Response>

/** A sentence as plain text, never cached. */
const textReply = (text: string, status: number, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  })

async function serveStatic(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return textReply('Only GET and HEAD work here.', 405, { allow: 'GET, HEAD' })
  const file = await readStatic(rendererDir, new URL(request.url).pathname)
  if (file === null) return textReply('There is nothing at that address.', 404)
  return new Response(request.method === 'HEAD' ? null : file.bytes, {
    headers: {
      'content-type': file.mime,
      'content-length': String(file.bytes.byteLength),
      'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    },
  })
}

/**
 * Everything a window or a browser tab may fetch: `/media/...` from the engine, all else from the built renderer, with
 * the same strict headers on every reply.
 * @param rendererDir the folder with index.html
 * @param media answers requests below /media/
 * @param sockets see contentSecurityPolicy
 */
export function createWebHandler({
  rendererDir,
  media,
  sockets = [],
}: {
  rendererDir: string
  media: FetchHandler
  sockets?: readonly string[]
}): FetchHandler {
  const policy = contentSecurityPolicy(sockets)
  return async (request) => {
    const { pathname } = new URL(request.url)
    const reply = pathname.startsWith('/media/') ? await media(request) : await serveStatic(rendererDir, request)
    for (const [name, value] of Object.entries(BASE_HEADERS)) reply.headers.set(name, value)
    reply.headers.set('content-security-policy', policy)
    return reply
  }
}
