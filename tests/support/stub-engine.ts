import { CALLS, type CallName, type EngineEvent, type StudioSnapshot } from '../../shared/contract.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { ServerConnection } from '../../shared/transport.ts'
import type { Logger } from '../../electron/engine/ports.ts'
import { createRouter, type EventSource, type Handlers } from '../../electron/engine/router.ts'

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export function memoryLogger(): Logger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void lines.push({ level, message, fields })
  return { lines, info: at('info'), warn: at('warn'), error: at('error') }
}

/** An outbox in memory that keeps the last `keep` numbered events. */
function memoryEvents(keep = 1000): EventSource & {
  publish(event: EngineEvent): void
  readonly listeners: number
} {
  const all = new Set<(event: EngineEvent) => void>()
  const kept: EngineEvent[] = []
  let last = 0
  return {
    get listeners() {
      return all.size
    },
    publish(event) {
      if (event.seq !== null) {
        last = event.seq
        kept.push(event)
        if (kept.length > keep) kept.shift()
      }
      all.forEach((listener) => listener(event))
    },
    subscribe(listener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    replay(since) {
      const oldest = kept[0]?.seq ?? last + 1
      return since + 1 < oldest ? 'gap' : kept.filter((event) => (event.seq ?? 0) > since)
    },
  }
}

export const STUDIO: StudioSnapshot = {
  seq: 7,
  version: '0.1.0',
  libraryPath: '/library',
  projects: [],
  settings: {
    theme: 'dark',
    level: 'bronze',
    concurrency: 3,
    perMinute: null,
    imagePlaceholder: '[Image {n}]',
    keys: {},
    notify: true,
  },
  key: { present: false, source: null, caveat: null },
  money: { cap: null, held: ZERO_USD, spent: ZERO_USD },
  runner: { paused: false, halted: null, concurrency: 3, inFlight: 0, waiting: 0 },
}

/** A router whose calls all answer `not-found`, but for those given. */
export function stubEngine(given: Partial<Handlers>, { keep = 1000 }: { keep?: number } = {}) {
  const logger = memoryLogger()
  const events = memoryEvents(keep)
  const missing = Object.fromEntries(
    Object.keys(CALLS).map((name) => [
      name,
      () => {
        throw new TakeboardError('not-found', 'The stub has none.')
      },
    ]),
  ) as { [N in CallName]: () => never }
  const router = createRouter({ handlers: { ...missing, ...given }, logger, checkOutputs: true })
  return {
    logger,
    events,
    router,
    connect: (connection: ServerConnection) => router.serve(connection, events),
  }
}

/** A runner event: the cheapest one to make, without a number. */
export const runnerEvent = (inFlight: number): EngineEvent => ({
  seq: null,
  name: 'runner.put',
  payload: { ...STUDIO.runner, inFlight },
})

/** A numbered event. */
export const settingsEvent = (seq: number): EngineEvent => ({
  seq,
  name: 'settings.put',
  payload: { ...STUDIO.settings, concurrency: (seq % 500) + 1 },
})
