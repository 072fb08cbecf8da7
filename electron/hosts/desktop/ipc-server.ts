import { FRAME_LIMIT, parseFrame } from '../../../shared/frames.ts'
import type { ServerConnection, ServerFrame } from '../../../shared/transport.ts'
import type { Logger } from '../../engine/ports.ts'
import { IPC } from './ipc-channels.ts'
import { isStudioUrl } from './origin.ts'

/** The little of an Electron frame that is used. */
interface Frame {
  readonly url: string
  readonly parent: unknown
}

interface IpcEvent {
  readonly senderFrame: Frame | null
}

type IpcListener = (event: IpcEvent, ...args: unknown[]) => void

/** The little of webContents that is used; `ipc` hears its own page only. */
export interface PageContents {
  readonly ipc: {
    on(channel: string, listener: IpcListener): unknown
    removeListener(channel: string, listener: IpcListener): unknown
  }
  readonly mainFrame: Frame
  isDestroyed(): boolean
  send(channel: string, ...args: unknown[]): void
  once(event: 'destroyed', listener: () => void): unknown
  on(event: 'render-process-gone', listener: () => void): unknown
}

/** True for the main frame of a page of ours, not for a frame inside it nor one that has navigated away. */
function isTrustedSender(event: IpcEvent, contents: Pick<PageContents, 'mainFrame'>): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === contents.mainFrame && frame.parent === null && isStudioUrl(frame.url)
}

/**
 * Serves the pages of one window, one after the other: a reload begins a new connection and ends the one before. Messages
 * of any other frame are dropped and logged; a frame that is no JSON or too long ends the connection.
 */
export function serveIpc(
  contents: PageContents,
  connect: (connection: ServerConnection) => void,
  logger: Logger,
): { close(): void } {
  let current: { receive(frame: unknown): void; end(): void } | null = null

  const end = () => {
    current?.end()
    current = null
  }

  const begin = () => {
    end()
    const frames = new Set<(frame: unknown) => void>()
    const closes = new Set<() => void>()
    const mine = {
      receive: (frame: unknown) => [...frames].forEach((listener) => listener(frame)),
      end() {
        ;[...closes].forEach((listener) => listener())
        frames.clear()
        closes.clear()
      },
    }
    current = mine
    connect({
      send(frame: ServerFrame) {
        if (current === mine && !contents.isDestroyed()) contents.send(IPC.fromEngine, JSON.stringify(frame))
      },
      onFrame(listener) {
        frames.add(listener)
        return () => void frames.delete(listener)
      },
      onClose(listener) {
        closes.add(listener)
        return () => void closes.delete(listener)
      },
    })
  }

  const receive = (text: unknown) => {
    const frame = parseFrame(text)
    if (frame !== undefined) return current?.receive(frame)
    logger.warn('A window sent a frame that is no JSON or too long', { limit: FRAME_LIMIT })
    end()
    if (!contents.isDestroyed()) contents.send(IPC.close)
  }

  const trusted =
    (channel: string, act: (text: unknown) => void): IpcListener =>
    (event, text) => {
      if (isTrustedSender(event, contents)) act(text)
      else logger.warn('Dropped a message from a frame that is not the studio', { channel })
    }

  const listeners: readonly (readonly [string, IpcListener])[] = [
    [IPC.connect, trusted(IPC.connect, begin)],
    [IPC.toEngine, trusted(IPC.toEngine, receive)],
    [IPC.close, trusted(IPC.close, end)],
  ]
  for (const [channel, listener] of listeners) contents.ipc.on(channel, listener)
  contents.once('destroyed', end)
  contents.on('render-process-gone', end)

  return {
    close() {
      end()
      if (contents.isDestroyed()) return
      for (const [channel, listener] of listeners) contents.ipc.removeListener(channel, listener)
      contents.send(IPC.close)
    },
  }
}
