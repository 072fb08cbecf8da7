import { randomBytes } from 'node:crypto'
import { CALLS, type CallInput, type CallName, type CallOutput, type EngineEvent } from '../../shared/contract.ts'
import { TakeboardError } from '../../shared/errors.ts'
import { ClientFrame, type ServerConnection } from '../../shared/transport.ts'
import { badInput } from './input-problems.ts'
import type { Cancel, Logger } from './ports.ts'

/** One function per call of the contract. Inputs arrive parsed. Each may throw TakeboardError. */
export type Handlers = {
  readonly [N in CallName]: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>>
}

/** What the router needs of the outbox: live events, and those after a sequence number while they are kept. */
export interface EventSource {
  subscribe(listener: (event: EngineEvent) => void): Cancel
  replay(since: number): readonly EngineEvent[] | 'gap'
}

/** Between untrusted frames and the handlers. */
export interface Router {
  /**
   * Parses `input`, runs the handler and answers its output. The handler starts before this returns, so calls start in
   * the order they were made.
   * @throws TakeboardError always: `unknown-command`, `bad-input`, the handler's own code, or `internal` with a log id
   */
  handle(name: string, input: unknown): Promise<unknown>
  /** Serves one client until its connection closes: answers calls, forwards events, replays what it missed. */
  serve(connection: ServerConnection, events: EventSource): void
}

const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name)

/** The frame's own id if it has one, so that a malformed request still gets its answer. */
function idOf(frame: unknown): number | null {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return null
  return Number.isSafeInteger(frame.id) ? (frame.id as number) : null
}

/**
 * @param checkOutputs parses what handlers return, so that a wrong answer is caught where it is made; on by default
 *   except in production
 */
export function createRouter({
  handlers,
  logger,
  checkOutputs = process.env['NODE_ENV'] !== 'production',
}: {
  handlers: Handlers
  logger: Logger
  checkOutputs?: boolean
}): Router {
  const internal = (call: string, cause: unknown): TakeboardError => {
    const logId = randomBytes(4).toString('hex')
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    logger.error('A call failed unexpectedly', { call, logId, detail })
    return new TakeboardError('internal', `Something went wrong inside Takeboard. The log has it as ${logId}.`, {
      data: { logId },
      cause,
    })
  }

  const run = async <N extends CallName>(name: N, input: unknown): Promise<unknown> => {
    const parsed = CALLS[name].input.safeParse(input)
    if (!parsed.success) throw badInput(name, parsed.error, input)
    try {
      // The table ties each name to its own input; TypeScript cannot follow that through a union of names.
      const output: unknown = await handlers[name](parsed.data as CallInput<N>)
      if (checkOutputs) CALLS[name].output.parse(output)
      return output
    } catch (error) {
      throw error instanceof TakeboardError ? error : internal(name, error)
    }
  }

  const handle = (name: string, input: unknown): Promise<unknown> =>
    isCall(name)
      ? run(name, input)
      : Promise.reject(
          new TakeboardError('unknown-command', `This version of Takeboard does not know ${JSON.stringify(name)}.`),
        )

  const serve = (connection: ServerConnection, events: EventSource): void => {
    let open = true
    const tell = (event: EngineEvent) =>
      connection.send({ type: 'evt', seq: event.seq, name: event.name, payload: event.payload })

    const answer = (id: number, reply: Promise<unknown>) => {
      reply.then(
        (output) => open && connection.send({ type: 'ok', id, output }),
        (error: unknown) => {
          const known = error instanceof TakeboardError ? error : internal('frame', error)
          if (open) connection.send({ type: 'err', id, error: known.toWire() })
        },
      )
    }

    const receive = (raw: unknown) => {
      const frame = ClientFrame.safeParse(raw)
      if (!frame.success) {
        const id = idOf(raw)
        logger.warn('A client sent a malformed frame', { answered: id !== null })
        if (id !== null) answer(id, Promise.reject(badInput('The connection', frame.error, raw)))
        return
      }
      switch (frame.data.type) {
        case 'req':
          answer(frame.data.id, handle(frame.data.name, frame.data.input))
          break
        case 'since': {
          const missed = events.replay(frame.data.seq)
          if (missed === 'gap') connection.send({ type: 'gap', seq: frame.data.seq })
          else missed.forEach(tell)
          break
        }
      }
    }

    const offEvents = events.subscribe(tell)
    const offFrame = connection.onFrame(receive)
    connection.onClose(() => {
      open = false
      offEvents()
      offFrame()
    })
  }

  return { handle, serve }
}
