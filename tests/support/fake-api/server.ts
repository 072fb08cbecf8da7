import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { balance, billings, history, price } from './account.ts'
import { download } from './download.ts'
import { MODEL } from './jobs.ts'
import { models } from './models.ts'
import { poll } from './poll.ts'
import { sendError, sendFault, type Exchange } from './reply.ts'
import type { RouteName } from './script.ts'
import { submit } from './submit.ts'
import { uploadBinary, uploadPut, uploadTicket } from './upload.ts'
import type { World } from './world.ts'

interface Route {
  readonly name: RouteName
  readonly method: string
  readonly path: RegExp
  /** Whether the key must be there and right. */
  readonly keyed: boolean
  readonly handle: (world: World, exchange: Exchange, id: string) => Promise<void> | void
}

const API = String.raw`^/api/v3`

const ROUTES: readonly Route[] = [
  { name: 'submit', method: 'POST', path: new RegExp(`${API}/${MODEL}$`), keyed: true, handle: submit },
  { name: 'poll', method: 'GET', path: new RegExp(`${API}/predictions/([^/]+)/result$`), keyed: true, handle: poll },
  {
    name: 'upload-ticket',
    method: 'POST',
    path: new RegExp(`${API}/media/uploads$`),
    keyed: true,
    handle: uploadTicket,
  },
  {
    name: 'upload-binary',
    method: 'POST',
    path: new RegExp(`${API}/media/upload/binary$`),
    keyed: true,
    handle: uploadBinary,
  },
  { name: 'upload-put', method: 'PUT', path: /^\/upload-target\/([^/]+)$/, keyed: false, handle: uploadPut },
  { name: 'price', method: 'POST', path: new RegExp(`${API}/model/price$`), keyed: true, handle: price },
  { name: 'balance', method: 'GET', path: new RegExp(`${API}/balance$`), keyed: true, handle: balance },
  { name: 'history', method: 'POST', path: new RegExp(`${API}/predictions$`), keyed: true, handle: history },
  { name: 'billings', method: 'POST', path: new RegExp(`${API}/billings/search$`), keyed: true, handle: billings },
  { name: 'models', method: 'GET', path: new RegExp(`${API}/models$`), keyed: true, handle: models },
  { name: 'download', method: 'GET', path: /^\/outputs\/([^/]+)\.mp4$/, keyed: false, handle: download },
]

/** The routes of the paid service. Every request is written to `world.seen` before anything else happens to it. */
export function createService(world: World, baseUrl: () => string): Server {
  const numbers = new WeakMap<Socket, number>()
  let connections = 0

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const exchange: Exchange = { request, response, url: new URL(request.url ?? '/', baseUrl()), baseUrl: baseUrl() }
    const { pathname } = exchange.url
    const route = ROUTES.find((each) => each.method === request.method && each.path.test(pathname))
    world.seen.push({
      route: route?.name ?? 'other',
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization !== undefined,
      headers: request.headers,
      connection: numbers.get(request.socket) ?? 0,
      at: Date.now(),
    })
    if (!route) {
      const fault = world.otherFault('other')
      return fault ? sendFault(exchange, fault, {}) : sendError(exchange, 404, 'no such route')
    }
    if (route.keyed && request.headers.authorization !== `Bearer ${world.key}`) {
      return sendError(exchange, 401, 'invalid authentication')
    }
    return route.handle(world, exchange, decodeURIComponent(route.path.exec(pathname)?.[1] ?? ''))
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return
      response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(`fake service: ${String(error)}`)
    })
  })
  server.on('connection', (socket: Socket) => {
    connections += 1
    numbers.set(socket, connections)
    const { resetConnections } = world.script
    if (resetConnections === 0) return
    world.script = { ...world.script, resetConnections: resetConnections - 1 }
    socket.resetAndDestroy()
  })
  return server
}
