import diagnostics from 'node:diagnostics_channel'

/** One request as it went over the wire, with its answer. Bodies past `BODY_LIMIT` are only counted. */
export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The parsed body; null where it is not JSON. */
  readonly json: unknown
  readonly bytes: number
}

const BODY_LIMIT = 4 * 1024 * 1024

interface Watched {
  readonly method: string
  readonly url: URL
  status: number
  headers: Record<string, string>
  chunks: Buffer[]
  bytes: number
}

interface RequestMessage {
  readonly request: { readonly method?: string; readonly origin?: string | URL; readonly path: string }
}
type HeadersMessage = RequestMessage & {
  readonly response: { readonly statusCode: number; readonly headers: readonly Buffer[] | Record<string, unknown> }
}
type ChunkMessage = RequestMessage & { readonly chunk: Uint8Array }

function readHeaders(raw: HeadersMessage['response']['headers']): Record<string, string> {
  const pairs = Array.isArray(raw)
    ? (raw as readonly Buffer[]).flatMap((name, index) =>
        index % 2 === 0 ? [[String(name), String(raw[index + 1])] as const] : [],
      )
    : Object.entries(raw).map(([name, value]) => [name, String(value)] as const)
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Listens to every answer that undici gets in this process, without standing in between: what is recorded is what the
 * engine itself sent and heard.
 */
export function startRecorder(): { exchanges(): readonly Exchange[]; stop(): void } {
  const watched = new Map<object, Watched>()
  const of = (message: RequestMessage): Watched => {
    const { request } = message
    const known = watched.get(request)
    if (known) return known
    const fresh: Watched = {
      method: request.method ?? 'GET',
      url: new URL(request.path, request.origin),
      status: 0,
      headers: {},
      chunks: [],
      bytes: 0,
    }
    watched.set(request, fresh)
    return fresh
  }
  const listeners: readonly (readonly [string, (message: unknown) => void])[] = [
    ['undici:request:create', (message) => void of(message as RequestMessage)],
    [
      'undici:request:headers',
      (message) => {
        const { response } = message as HeadersMessage
        Object.assign(of(message as RequestMessage), {
          status: response.statusCode,
          headers: readHeaders(response.headers),
        })
      },
    ],
    [
      'undici:request:bodyChunkReceived',
      (message) => {
        const entry = of(message as RequestMessage)
        const chunk = Buffer.from((message as ChunkMessage).chunk)
        entry.bytes += chunk.length
        if (entry.bytes <= BODY_LIMIT) entry.chunks.push(chunk)
      },
    ],
  ]
  for (const [name, listener] of listeners) diagnostics.subscribe(name, listener)
  return {
    exchanges: () =>
      [...watched.values()].map(({ chunks, ...entry }) => ({
        ...entry,
        json: entry.bytes > BODY_LIMIT ? null : parse(Buffer.concat(chunks).toString('utf8')),
      })),
    stop: () => listeners.forEach(([name, listener]) => diagnostics.unsubscribe(name, listener)),
  }
}
