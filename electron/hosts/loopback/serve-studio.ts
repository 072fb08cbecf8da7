import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Engine } from '../../engine/api.ts'
import type { Clock, Logger } from '../../engine/ports.ts'
import { BUNDLE_LIMITS } from '../../engine/interchange/bundle-limits.ts'
import { BASE_HEADERS } from '../web/security-headers.ts'
import { createWebHandler } from '../web/web-handler.ts'
import { createAccess, type Refusal } from './access.ts'
import { sendFetchResponse, toFetchRequest } from './node-http.ts'
import { enterPage, refusal, signInPage } from './pages.ts'
import { createWsServer } from './ws-server.ts'

/** The studio in a browser of this machine. */
export interface LoopbackStudio {
  /** Opens the studio once, within 30 seconds of its making. */
  readonly url: string
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** Another one-time address. @param hash a fragment for the page, with its `#`; see shared/host-request */
  newUrl(hash?: string): string
  /** Ends every connection and frees the port. The engine stays open. */
  close(): Promise<void>
}

/** Where the page opens its WebSocket. */
const SOCKET_PATH = '/socket'
const OPEN_PATH = '/open'
const SESSION_PATH = '/session'
/** A reference of 10 MiB, its surplus that is answered in words, and no more. */
const BODY_LIMIT = 11 * 1024 * 1024
/** Bundles hold several references; the engine says when one is too large, a little below this. */
const BUNDLE_BODY_LIMIT = BUNDLE_LIMITS.fileBytes + 64 * 1024

const REFUSED: Readonly<Record<Exclude<Refusal, 'no-session'>, string>> = {
  host: 'The studio answers only under its own address.',
  origin: 'Only the studio itself may ask for that.',
  site: 'Only the studio itself may ask for that.',
  token: 'The request lacks the token of this session. Run the command again for a fresh address.',
  address: 'That is not an address of the studio.',
}

const listenError = (error: unknown, port: number): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return new TakeboardError(
      'port-in-use',
      `Port ${port} is already in use on this machine. Choose another with --port, or leave it out for a free one.`,
      { data: { port }, cause: error },
    )
  if (code === 'EACCES')
    return new TakeboardError('port-in-use', `Port ${port} may not be used here. Choose one above 1023.`, {
      data: { port },
      cause: error,
    })
  return error
}

/** The request's address when it is a plain path of ours; absolute forms and other hosts are not. */
function addressOf(request: IncomingMessage, origin: string): URL | null {
  const target = request.url ?? ''
  if (!target.startsWith('/') || target.startsWith('//')) return null
  const url = URL.parse(origin + target)
  return url?.origin === origin ? url : null
}

/** @param port 0 or absent for a free one */
export async function serveStudio({
  engine,
  rendererDir,
  port = 0,
  logger,
  clock = { monotonic: () => performance.now() },
}: {
  engine: Pick<Engine, 'connect' | 'media'>
  rendererDir: string
  port?: number
  logger: Logger
  clock?: Pick<Clock, 'monotonic'>
}): Promise<LoopbackStudio> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 60_000, headersTimeout: 10_000 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, port)))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const access = createAccess({ origin, monotonic: () => clock.monotonic() })
  const web = createWebHandler({
    rendererDir,
    media: (request) => engine.media(request),
    sockets: [origin.replace('http', 'ws')],
  })
  const sockets = createWsServer((connection) => engine.connect(connection))

  const note = (request: IncomingMessage, reason: Refusal) =>
    logger.warn('Refused a request to the studio', {
      reason,
      method: request.method,
      upgrade: !!request.headers.upgrade,
    })

  /** A used address still leads in where its session does, so that going back in the browser is no dead end. */
  const redeem = (request: IncomingMessage, url: URL): Response => {
    const cookie = access.redeem(url.searchParams.get('code') ?? '')
    if (cookie !== null) return enterPage(cookie, access.token)
    if (access.check(request, 'read') !== null) return signInPage()
    return new Response(null, { status: 302, headers: { ...BASE_HEADERS, location: '/', 'cache-control': 'no-store' } })
  }

  const refuse = (request: IncomingMessage, reason: Refusal): Response => {
    note(request, reason)
    if (reason !== 'no-session') return refusal(403, REFUSED[reason])
    return request.headers.accept?.includes('text/html')
      ? signInPage()
      : refusal(401, 'This address needs a fresh start. Run the command again for a new one.')
  }

  const answer = async (request: IncomingMessage): Promise<Response> => {
    const outside = access.checkAddress(request)
    if (outside) return refuse(request, outside)
    const url = addressOf(request, origin)
    if (url === null) return refuse(request, 'address')
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (request.method === 'GET' && url.pathname === OPEN_PATH) return redeem(request, url)
    const session = reads && url.pathname === SESSION_PATH
    const refused = access.check(request, session ? 'session' : reads ? 'read' : 'write')
    if (refused) return refuse(request, refused)
    if (session) return new Response(null, { status: 204, headers: { ...BASE_HEADERS, 'cache-control': 'no-store' } })
    const limit = url.pathname === '/media/bundles' ? BUNDLE_BODY_LIMIT : BODY_LIMIT
    const asked = await toFetchRequest(request, url, limit)
    return asked === null ? refusal(413, 'That is more than the studio takes at once.') : web(asked)
  }

  const serve = async (request: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const reply = await answer(request).catch((error: unknown) => {
      logger.error('A request to the studio failed unexpectedly', {
        detail: error instanceof Error ? error.stack : String(error),
      })
      return refusal(500, 'Something went wrong inside Takeboard.')
    })
    // What is left of a refused body is not waited for.
    if (!request.complete) outgoing.setHeader('connection', 'close')
    await sendFetchResponse(reply, outgoing)
    if (!request.complete) request.destroy()
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => {})
    const address = addressOf(request, origin)
    const refused = access.check(request, 'upgrade') ?? (address?.pathname === SOCKET_PATH ? null : 'address')
    if (refused === null) return sockets.accept(request, socket, head)
    note(request, refused)
    const status = refused === 'no-session' ? '401 Unauthorized' : '403 Forbidden'
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  }

  server.on('request', (request, outgoing) => void serve(request, outgoing))
  server.on('upgrade', upgrade)
  const newUrl = (hash = '') => `${origin}${OPEN_PATH}?code=${access.newCode()}${hash}`

  return {
    url: newUrl(),
    origin,
    newUrl,
    close: () =>
      new Promise((resolve) => {
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
