import { encodeFrame, parseFrame } from '../../../shared/frames.ts'
import type { ServerFrame, Transport, TransportState } from '../../../shared/transport.ts'
import { IPC } from './ipc-channels.ts'

/** The little of ipcRenderer that is used. */
export interface RendererIpc {
  send(channel: string, ...args: unknown[]): void
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
  removeListener(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
}

/**
 * The page's end of the desktop connection, made in the preload. Plain functions only, so that the context bridge can
 * hand it over; nothing of ipcRenderer is reachable through it. Messages keep their order, so it is open at once.
 */
export function createIpcTransport(ipc: RendererIpc): Transport {
  const frames = new Set<(frame: ServerFrame) => void>()
  const states = new Set<(state: TransportState) => void>()
  let state: TransportState = 'open'

  const tell = (frame: ServerFrame) => [...frames].forEach((listener) => listener(frame))
  // The engine's own process is the only sender on this channel, so its frames are taken as they are.
  const receive = (_event: unknown, text: unknown) => tell(parseFrame(text) as ServerFrame)
  const end = () => {
    if (state === 'closed') return
    state = 'closed'
    ipc.removeListener(IPC.fromEngine, receive)
    ipc.removeListener(IPC.close, end)
    ;[...states].forEach((listener) => listener('closed'))
    frames.clear()
    states.clear()
  }

  ipc.on(IPC.fromEngine, receive)
  ipc.on(IPC.close, end)
  ipc.send(IPC.connect)

  return {
    send(frame) {
      const { text, refusal } = encodeFrame(frame)
      if (state === 'closed') throw new Error('The studio is not connected.')
      if (refusal) queueMicrotask(() => tell(refusal))
      else ipc.send(IPC.toEngine, text)
    },
    onFrame(listener) {
      frames.add(listener)
      return () => void frames.delete(listener)
    },
    onState(listener) {
      states.add(listener)
      listener(state)
      return () => void states.delete(listener)
    },
    close() {
      if (state === 'open') ipc.send(IPC.close)
      end()
    },
  }
}
