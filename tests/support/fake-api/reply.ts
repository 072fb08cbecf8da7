import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReplyFault } from './script.ts'

/** A request together with where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly baseUrl: string
}

const OVERSIZE = 2 * 1024 * 1024

const HTML_PAGE = '<!doctype html><title>502</title><h1>Bad gateway</h1>'

function sendJson(exchange: Exchange, status: number, value: unknown, headers: Record<string, string> = {}): void {
  const body = JSON.stringify(value)
  exchange.response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  exchange.response.end(body)
}

/** The service's envelope around an answer. */
export const sendData = (exchange: Exchange, data: unknown): void =>
  sendJson(exchange, 200, { code: 200, message: 'success', data })

export const sendError = (exchange: Exchange, status: number, message: string, errorCode?: string): void =>
  sendJson(exchange, status, { code: status, message, ...(errorCode === undefined ? {} : { error_code: errorCode }) })

export function reset(exchange: Exchange): void {
  exchange.request.socket.resetAndDestroy()
}

export async function readBody(exchange: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of exchange.request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Answers as a fault says. @param data what the service would have answered under `data` */
export async function sendFault(exchange: Exchange, fault: ReplyFault, data: Record<string, unknown>): Promise<void> {
  const { response } = exchange
  const normal = JSON.stringify({ code: 200, message: 'success', data })
  switch (fault.reply) {
    case 'status': {
      const envelope = { code: fault.code ?? fault.status, message: fault.message ?? `scripted ${fault.status}` }
      sendJson(
        exchange,
        fault.status,
        fault.errorCode === undefined ? envelope : { ...envelope, error_code: fault.errorCode },
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      )
      return
    }
    case 'raw':
      response.writeHead(fault.status, fault.headers ?? {})
      response.end(fault.body)
      return
    case 'html':
      response.writeHead(fault.status ?? 200, { 'content-type': 'text/html' })
      response.end(HTML_PAGE)
      return
    case 'malformed':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(`${normal.slice(0, -1)},`)
      return
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(normal) })
      response.write(normal.slice(0, normal.length / 2), () => reset(exchange))
      return
    case 'oversized':
      sendJson(exchange, 200, { code: 200, message: 'success', padding: 'x'.repeat(OVERSIZE), data })
      return
    case 'reset':
      reset(exchange)
      return
    case 'hang':
      return
    case 'delay':
      await pause(fault.ms)
      sendData(exchange, data)
      return
    case 'redirect':
      response.writeHead(fault.status ?? 307, { location: fault.location ?? exchange.url.href })
      response.end()
      return
    case 'patch': {
      const merged = Object.entries({ ...data, ...fault.data }).filter(([, value]) => value !== null)
      sendJson(exchange, fault.status ?? 200, {
        code: fault.code ?? 200,
        message: 'success',
        data: Object.fromEntries(merged),
      })
    }
  }
}
