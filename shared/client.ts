import { CALLS, type CallInput, type CallName, type CallOutput, type EngineEvent } from './contract.ts'
import { TakeboardError } from './errors.ts'
import type { ServerFrame, Transport, TransportState } from './transport.ts'

/** Typed access to the engine over any transport. */
export interface Client {
  /** @throws TakeboardError with the engine's code, or `disconnected` when the connection ends first. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  onEvent(listener: (event: EngineEvent) => void): () => void
  /** Called when events were missed and a new snapshot is needed. */
  onGap(listener: () => void): () => void
  onState(listener: (state: TransportState) => void): () => void
  /** Asks for the events after `seq`; they arrive through `onEvent`, or `onGap` fires. */
  since(seq: number): void
  close(): void
}

interface Pending {
  resolve(output: unknown): void
  reject(error: TakeboardError): void
}

function listeners<T>() {
  const all = new Set<(value: T) => void>()
  return {
    add(listener: (value: T) => void) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(value: T) {
      all.forEach((listener) => listener(value))
    },
  }
}

/** Wraps a transport. Replies are parsed with the contract, but for large ones, so a wrong engine version fails loudly. */
export function createClient(transport: Transport): Client {
  const pending = new Map<number, Pending>()
  const events = listeners<EngineEvent>()
  const gaps = listeners<void>()
  let nextId = 1

  const offFrame = transport.onFrame((frame: ServerFrame) => {
    switch (frame.type) {
      case 'ok':
      case 'err': {
        const waiting = pending.get(frame.id)
        pending.delete(frame.id)
        if (frame.type === 'ok') waiting?.resolve(frame.output)
        else waiting?.reject(TakeboardError.fromWire(frame.error))
        break
      }
      case 'evt':
        events.tell({ seq: frame.seq, name: frame.name, payload: frame.payload } as EngineEvent)
        break
      case 'gap':
        gaps.tell()
        break
    }
  })

  const offState = transport.onState((state) => {
    if (state !== 'closed') return
    const lost = [...pending.values()]
    pending.clear()
    for (const { reject } of lost)
      reject(new TakeboardError('disconnected', 'The studio lost its connection before the answer came.'))
  })

  return {
    call<N extends CallName>(name: N, input: CallInput<N>) {
      return new Promise<CallOutput<N>>((resolve, reject) => {
        const id = nextId++
        pending.set(id, {
          resolve: (output) => {
            if (CALLS[name].large) return resolve(output as CallOutput<N>)
            const parsed = CALLS[name].output.safeParse(output)
            if (parsed.success) resolve(parsed.data as CallOutput<N>)
            else
              reject(
                new TakeboardError('internal', `The answer to ${name} has an unexpected form.`, {
                  cause: parsed.error,
                }),
              )
          },
          reject,
        })
        try {
          transport.send({ type: 'req', id, name, input })
        } catch (cause) {
          pending.delete(id)
          reject(new TakeboardError('disconnected', 'The studio is not connected at the moment.', { cause }))
        }
      })
    },
    onEvent: events.add,
    onGap: gaps.add,
    onState: (listener) => transport.onState(listener),
    since: (seq) => transport.send({ type: 'since', seq }),
    close() {
      offFrame()
      offState()
      transport.close()
    },
  }
}
