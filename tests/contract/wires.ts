import { WebSocket as NodeWebSocket } from 'ws'
import { connectInProcess } from '../../shared/in-process.ts'
import type { ServerConnection, Transport } from '../../shared/transport.ts'
import { socketProtocols } from '../../shared/session-token.ts'
import { createWebSocketTransport } from '../../shared/web-socket-transport.ts'
import { createIpcTransport } from '../../electron/hosts/desktop/ipc-client.ts'
import { IPC } from '../../electron/hosts/desktop/ipc-channels.ts'
import { serveIpc } from '../../electron/hosts/desktop/ipc-server.ts'
import { serveStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { fakeIpcPair } from '../support/fake-ipc.ts'
import { signIn } from '../support/loopback-client.ts'
import { memoryLogger } from '../support/stub-engine.ts'

type Connect = (connection: ServerConnection) => void

/** One of the three ways to an engine, with what the conformance suite must be able to do to it. */
export interface Wire {
  open(): Transport
  /** Ends every connection as a broken wire would, without the client's doing. */
  drop(): Promise<void>
  /** Connects again after `drop`: the same transport where it does so on its own, else a new one. */
  again(broken: Transport): Transport
  /** Sends text past the client's own checks; null where no such thing exists. */
  readonly sendRaw: ((text: string) => Promise<'closed'>) | null
  /** Listeners held by the wire itself while no client is connected. */
  listeners(): number
  close(): Promise<void>
}

function inProcess(connect: Connect): Wire {
  const ends: (() => void)[] = []
  const open = () => {
    const { client, server } = connectInProcess()
    connect(server)
    ends.push(() => client.close())
    return client
  }
  const drop = async () => ends.splice(0).forEach((end) => end())
  return { open, drop, again: open, sendRaw: null, listeners: () => 0, close: drop }
}

async function loopback(connect: Connect): Promise<Wire> {
  const studio = await serveStudio({
    engine: { connect, media: async () => new Response(null, { status: 404 }) },
    rendererDir: '/nowhere',
    logger: memoryLogger(),
  })
  const url = `${studio.origin.replace('http', 'ws')}/socket`
  const { cookie, token } = await signIn(studio)
  const sockets = new Set<NodeWebSocket>()
  const socket = () => {
    const made = new NodeWebSocket(url, socketProtocols(token), { origin: studio.origin, headers: { cookie } })
    sockets.add(made)
    made.on('close', () => sockets.delete(made))
    return made
  }
  const transports: Transport[] = []
  return {
    open() {
      // ws follows the DOM interface as far as the transport uses it.
      const made = createWebSocketTransport({ url, open: () => socket() as unknown as WebSocket })
      transports.push(made)
      return made
    },
    async drop() {
      for (const one of sockets) one.terminate()
    },
    again: (broken) => broken,
    sendRaw: (text) =>
      new Promise((resolve) => {
        const raw = socket()
        raw.on('error', () => {})
        raw.on('close', () => resolve('closed'))
        raw.on('open', () => raw.send(text))
      }),
    listeners: () => sockets.size,
    async close() {
      transports.forEach((one) => one.close())
      await studio.close()
    },
  }
}

function electronIpc(connect: Connect): Wire {
  const pair = fakeIpcPair()
  const served = serveIpc(pair.contents, connect, memoryLogger())
  const idle = pair.listeners()
  const windows: { close(): void }[] = [served]
  return {
    // A window serves one page, so each further client is another window.
    open() {
      if (pair.listeners() === idle) return createIpcTransport(pair.ipcRenderer)
      const other = fakeIpcPair()
      windows.push(serveIpc(other.contents, connect, memoryLogger()))
      return createIpcTransport(other.ipcRenderer)
    },
    async drop() {
      pair.crash()
      pair.contents.send(IPC.close)
    },
    again: () => createIpcTransport(pair.ipcRenderer),
    sendRaw: (text) =>
      new Promise((resolve) => {
        const page = createIpcTransport(pair.ipcRenderer)
        page.onState((state) => state === 'closed' && resolve('closed'))
        pair.ipcRenderer.send(IPC.toEngine, text)
      }),
    listeners: () => pair.listeners() - idle,
    close: async () => windows.forEach((window) => window.close()),
  }
}

export const WIRES: readonly (readonly [string, (connect: Connect) => Wire | Promise<Wire>])[] = [
  ['in process', inProcess],
  ['WebSocket on loopback', loopback],
  ['Electron IPC', electronIpc],
]
