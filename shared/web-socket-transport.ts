import { TakeboardError } from './errors.ts'
import { encodeFrame } from './frames.ts'
import { socketProtocols, storedToken } from './session-token.ts'
import { ServerFrame, type ClientFrame, type Transport, type TransportState } from './transport.ts'

/** The little of a DOM WebSocket that is used, so that a test may hand in another. */
export type SocketFactory = (url: string) => WebSocket

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/**
 * The browser's end of the loopback connection. It reconnects on its own, waiting 0.25 s at first and 5 s at most. Calls
 * made while it connects are sent once it is open; when an attempt fails they end as `disconnected`, so nothing asked
 * for long ago is carried out late. After `closed` came `open` again, ask for missed events with `since`.
 * @param url such as `ws://127.0.0.1:4700/socket`
 */
export function createWebSocketTransport({
  url,
  open = (address) => new WebSocket(address, socketProtocols(storedToken())),
}: {
  url: string
  open?: SocketFactory
}): Transport {
  const frames = new Set<(frame: ServerFrame) => void>()
  const states = new Set<(state: TransportState) => void>()
  let state: TransportState = 'connecting'
  let waiting: string[] = []
  let wait = FIRST_WAIT_MS
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let socket: WebSocket | null = null

  const enter = (next: TransportState) => {
    if (next === state) return
    state = next
    ;[...states].forEach((listener) => listener(next))
  }

  const tell = (frame: ServerFrame) => [...frames].forEach((listener) => listener(frame))

  const receive = (data: unknown) => {
    const frame = ServerFrame.safeParse(typeof data === 'string' ? JSON.parse(data) : null)
    if (frame.success) tell(frame.data)
  }

  const connect = () => {
    const mine = open(url)
    socket = mine
    mine.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      const texts = waiting
      waiting = []
      texts.forEach((text) => mine.send(text))
      enter('open')
    })
    mine.addEventListener('message', (event) => receive(event.data))
    mine.addEventListener('close', () => {
      if (ended) return
      waiting = []
      enter('closed')
      timer = setTimeout(() => {
        enter('connecting')
        connect()
      }, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
  }
  connect()

  return {
    send(frame: ClientFrame) {
      const { text, refusal } = encodeFrame(frame)
      if (refusal) queueMicrotask(() => tell(refusal))
      else if (state === 'open') socket?.send(text)
      else if (state === 'connecting') waiting.push(text)
      else throw new TakeboardError('disconnected', 'The studio is not connected at the moment.')
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
      if (ended) return
      ended = true
      clearTimeout(timer)
      waiting = []
      enter('closed')
      socket?.close()
      frames.clear()
      states.clear()
    },
  }
}
