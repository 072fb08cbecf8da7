import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { FRAME_LIMIT, parseFrame } from '../../../shared/frames.ts'
import { SOCKET_PROTOCOL } from '../../../shared/session-token.ts'
import type { ServerConnection, ServerFrame } from '../../../shared/transport.ts'

/** A client that does not read is cut off once this many bytes wait for it. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/** The engine's end of one WebSocket. Binary messages and text that is no JSON end the connection. */
function serverConnection(socket: WebSocket): ServerConnection {
  const frames = new Set<(frame: unknown) => void>()
  const closes = new Set<() => void>()
  socket.on('message', (data, isBinary) => {
    // Text arrives as one Buffer under the default binaryType.
    const frame = isBinary || !Buffer.isBuffer(data) ? undefined : parseFrame(data.toString('utf8'))
    if (frame === undefined) socket.close(1003, 'Frames are JSON texts')
    else [...frames].forEach((listener) => listener(frame))
  })
  // ws reports an oversized or malformed message here and closes the socket itself.
  socket.on('error', () => {})
  socket.on('close', () => {
    ;[...closes].forEach((listener) => listener())
    frames.clear()
    closes.clear()
  })
  return {
    send(frame: ServerFrame) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > MAX_WAITING_BYTES) socket.terminate()
      else socket.send(JSON.stringify(frame))
    },
    onFrame(listener) {
      frames.add(listener)
      return () => void frames.delete(listener)
    },
    onClose(listener) {
      closes.add(listener)
      return () => void closes.delete(listener)
    },
  }
}

/** Turns admitted upgrades into connections. The caller has checked the request. */
export interface WsServer {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** @param connect serves one client until its connection closes */
export function createWsServer(connect: (connection: ServerConnection) => void): WsServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_LIMIT,
    perMessageDeflate: false,
    // The token stands among the offers and must not come back in the answer.
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  })
  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => connect(serverConnection(opened))),
    close() {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}
