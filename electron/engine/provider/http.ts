import { buildConnector, Client, Pool, type Dispatcher } from 'undici'
import { publicLookup } from './addresses.ts'

/** Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Opening a connection. */
  readonly connectMs: number
  /** One submission from start to end of its answer. Long, because giving up early makes the outcome unknown. */
  readonly submitMs: number
  /** One poll or other read. */
  readonly readMs: number
  /** An upload: this much, and one millisecond for every `uploadBytesPerMs`. */
  readonly uploadMs: number
  readonly uploadBytesPerMs: number
  /** Silence while a clip downloads. */
  readonly idleMs: number
  /** Largest JSON answer that is read. */
  readonly jsonBytes: number
  /** Largest clip that is read. */
  readonly clipBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  connectMs: 10_000,
  submitMs: 120_000,
  readMs: 45_000,
  uploadMs: 120_000,
  uploadBytesPerMs: 10,
  idleMs: 60_000,
  jsonBytes: 1024 * 1024,
  clipBytes: 2 * 1024 ** 3,
}

/** An answer whose body has been read to its end. Only classify looks at `status`. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** The parsed body; undefined where it is not JSON or was too large to read. */
  readonly json: unknown
  readonly oversized: boolean
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What became of one request. */
export type Exchange =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** @property sent whether any of the request may have left this machine */
  | { readonly kind: 'failure'; readonly sent: boolean; readonly error: unknown }

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the base URL's own path, beginning with a slash. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Dispatcher.DispatchOptions['body']
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number
  /** Largest answer that is read, where the usual limit is too small. Heeded by readers only. */
  readonly maxBytes?: number
}

/** Connections to one origin that are kept open between requests. For requests that may safely be made again. */
export interface Reader {
  send(request: Request): Promise<Exchange>
  close(): Promise<void>
}

/** A request as undici takes it. The one time limit is the signal, so that no other can end it first. */
export const dispatchOf = (base: URL, request: Request) => ({
  method: request.method,
  path: `${base.pathname.replace(/\/$/, '')}${request.path}`,
  headers: request.headers,
  body: request.body ?? null,
  signal: AbortSignal.timeout(request.timeoutMs),
  headersTimeout: 0,
  bodyTimeout: 0,
})

/** No answer is ever decompressed or parsed beyond this text, and HTTP/2 is never offered. */
export function createReader(base: URL, limits: Limits): Reader {
  const pool = new Pool(base.origin, {
    connections: 16,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: limits.connectMs },
  })
  return {
    async send(request) {
      try {
        const response = await pool.request(dispatchOf(base, request))
        return { kind: 'reply', reply: await readReply(response, request.maxBytes ?? limits.jsonBytes) }
      } catch (error) {
        return { kind: 'failure', sent: true, error }
      }
    },
    close: () => pool.destroy(),
  }
}

/** Reads an answer's body, no further than `cap` bytes. @throws what undici throws when the body does not arrive whole */
export async function readReply(response: Dispatcher.ResponseData, cap: number): Promise<Reply> {
  const chunks: Buffer[] = []
  let bytes = 0
  const reply = { status: response.statusCode, headers: response.headers }
  for await (const chunk of response.body) {
    bytes += (chunk as Buffer).length
    // Leaving the loop destroys the body, and with it the connection.
    if (bytes > cap) return { ...reply, json: undefined, oversized: true }
    chunks.push(chunk as Buffer)
  }
  return { ...reply, json: parseJson(Buffer.concat(chunks).toString('utf8')), oversized: false }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/**
 * A connection of its own to an address the service handed out. Anything but the service's own origin is reached only
 * at public addresses, checked as the connection is made.
 */
export function createMediaClient(url: URL, base: URL, limits: Limits): Client {
  const own = url.origin === base.origin
  return new Client(url.origin, {
    pipelining: 0,
    allowH2: false,
    connect: buildConnector({
      allowH2: false,
      timeout: limits.connectMs,
      ...(own ? {} : { lookup: publicLookup }),
    } as buildConnector.BuildOptions),
  })
}

/** First value of a header, or null. */
export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}
