import { TakeboardError } from './errors.ts'
import { encodeFrame } from './frames.ts'
import type { ClientFrame, ServerConnection, ServerFrame, Transport, TransportState } from './transport.ts'

/** Both ends of a connection inside one process. */
export interface InProcessConnection {
  readonly client: Transport
  readonly server: ServerConnection
}

/**
 * Connects a client to an engine in the same process. Every frame makes the round trip through JSON and arrives in a
 * later microtask, so that code which works here works over a wire.
 */
export function connectInProcess(): InProcessConnection {
  const toClient = new Set<(frame: ServerFrame) => void>()
  const toServer = new Set<(frame: unknown) => void>()
  const onState = new Set<(state: TransportState) => void>()
  const onClose = new Set<() => void>()
  let state: TransportState = 'open'

  const post = <T>(text: string, to: Set<(frame: T) => void>) => {
    queueMicrotask(() => {
      if (state === 'open') [...to].forEach((listener) => listener(JSON.parse(text) as T))
    })
  }
  const listen =
    <T>(all: Set<T>) =>
    (listener: T) => {
      all.add(listener)
      return () => void all.delete(listener)
    }

  return {
    client: {
      send(frame: ClientFrame) {
        if (state === 'closed') throw new TakeboardError('disconnected', 'The studio is closed.')
        const { text, refusal } = encodeFrame(frame)
        if (refusal) post(JSON.stringify(refusal), toClient)
        else post(text, toServer)
      },
      onFrame: listen(toClient),
      onState(listener) {
        onState.add(listener)
        listener(state)
        return () => void onState.delete(listener)
      },
      close() {
        if (state === 'closed') return
        state = 'closed'
        ;[...onState].forEach((listener) => listener('closed'))
        ;[...onClose].forEach((listener) => listener())
        for (const all of [toClient, toServer, onState, onClose]) all.clear()
      },
    },
    server: {
      send: (frame: ServerFrame) => post(JSON.stringify(frame), toClient),
      onFrame: listen(toServer),
      onClose: listen(onClose),
    },
  }
}
