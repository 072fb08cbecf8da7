import diagnostics from 'node:diagnostics_channel'
import { buildConnector, Client } from 'undici'
import { dispatchOf, readReply, type Exchange, type Limits, type Request } from './http.ts'

const SEND_HEADERS = 'undici:client:sendHeaders'

/**
 * Sends a request that must never be made twice: once, on one connection of its own, HTTP/1.1, no redirect, no retry.
 * Whether any of it may have left is what undici says about that very connection, not guessed from the error.
 */
export async function sendOnce(base: URL, request: Request, limits: Limits): Promise<Exchange> {
  let socket: unknown = null
  let opened = false
  let sent = false
  const connector = buildConnector({ allowH2: false, timeout: limits.connectMs, maxCachedSessions: 0 })
  const client = new Client(base.origin, {
    pipelining: 0,
    allowH2: false,
    connect: (options, callback) => {
      // A client whose connection was lost would open another and send there.
      if (opened) return callback(new Error('Only one connection is made for a submission'), null)
      opened = true
      return connector(options, (...result) => {
        socket = result[1]
        callback(...result)
      })
    },
  })
  const onSendHeaders = (message: unknown) => {
    if (socket !== null && (message as { socket: unknown }).socket === socket) sent = true
  }
  diagnostics.subscribe(SEND_HEADERS, onSendHeaders)
  try {
    const response = await client.request(dispatchOf(base, request))
    return { kind: 'reply', reply: await readReply(response, limits.jsonBytes) }
  } catch (error) {
    return { kind: 'failure', sent, error }
  } finally {
    diagnostics.unsubscribe(SEND_HEADERS, onSendHeaders)
    await client.destroy()
  }
}
