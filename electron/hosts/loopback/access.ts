import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TOKEN_HEADER } from '../../../shared/session-token.ts'

/** How long a one-time address works, in milliseconds. */
const CODE_LIFETIME_MS = 30_000
const MAX_CODES = 16

/** Why a request was not let in; `no-session` is the one a person meets, when a cookie is missing or old. */
export type Refusal = 'host' | 'origin' | 'site' | 'no-session' | 'token' | 'address'

/** Who may talk to a studio on this machine. Everything is new at each start. */
export interface Access {
  /**
   * Sent with everything that can change something: as a header of requests, among the subprotocols of a socket. Given
   * only in exchange for a code, since the cookie travels to every port of this machine.
   */
  readonly token: string
  /** A fresh code for one address; older ones stay good until they expire. */
  newCode(): string
  /** Spends a code. @returns the Set-Cookie value, or null for a code that is wrong, used or old */
  redeem(code: string): string | null
  /**
   * Checks a request, or the upgrade to a WebSocket. `session` is a read that must carry the token.
   * @returns null when it may pass
   */
  check(request: IncomingMessage, kind: 'read' | 'session' | 'write' | 'upgrade'): Refusal | null
  /** Checks what even a request without a session must satisfy. */
  checkAddress(request: IncomingMessage): Refusal | null
}

const secret = () => randomBytes(32).toString('base64url')
const digest = (text: string) => createHash('sha256').update(text).digest()
/** Compares in constant time; hashing first evens out the lengths. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

/** The values of a header as they came, because Node joins or drops repeated ones. */
const rawValues = (request: IncomingMessage, name: string): readonly string[] =>
  request.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name)

/** The subprotocols a socket offers. */
const offeredProtocols = (request: IncomingMessage): readonly string[] =>
  rawValues(request, 'sec-websocket-protocol').flatMap((value) => value.split(',').map((part) => part.trim()))

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

/**
 * @param origin `http://127.0.0.1:port`, the only one that is served
 * @param monotonic milliseconds from a clock that cannot be turned back
 */
export function createAccess({ origin, monotonic }: { origin: string; monotonic: () => number }): Access {
  const { host, port } = new URL(origin)
  // Cookies ignore ports, so two studios of one machine need two names.
  const cookieName = `takeboard-${port}`
  const session = secret()
  const token = secret()
  const codes = new Map<string, number>()

  const forgetOld = () => {
    for (const [code, expires] of codes) if (expires <= monotonic()) codes.delete(code)
  }

  const checkAddress = (request: IncomingMessage): Refusal | null => {
    const hosts = rawValues(request, 'host')
    if (hosts.length !== 1 || hosts[0] !== host) return 'host'
    // Another port of this machine is `same-site`; only the studio's own page and the address bar may ask.
    const site = request.headers['sec-fetch-site']
    return site === undefined || site === 'same-origin' || site === 'none' ? null : 'site'
  }

  const ownOrigin = (request: IncomingMessage) => {
    const origins = rawValues(request, 'origin')
    return origins.length === 1 && origins[0] === origin
  }

  return {
    token,
    newCode() {
      forgetOld()
      const oldest = codes.keys().next()
      if (codes.size >= MAX_CODES && !oldest.done) codes.delete(oldest.value)
      const code = secret()
      codes.set(code, monotonic() + CODE_LIFETIME_MS)
      return code
    },
    redeem(code) {
      forgetOld()
      const found = [...codes.keys()].find((known) => same(known, code))
      if (found === undefined) return null
      codes.delete(found)
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`
    },
    checkAddress,
    check(request, kind) {
      const refused = checkAddress(request)
      if (refused) return refused
      const reads = kind === 'read' || kind === 'session'
      if ((!reads || request.headers.origin !== undefined) && !ownOrigin(request)) return 'origin'
      const cookie = cookieOf(request, cookieName)
      if (cookie === null || !same(cookie, session)) return 'no-session'
      if (kind === 'read') return null
      const given = kind === 'upgrade' ? offeredProtocols(request) : rawValues(request, TOKEN_HEADER)
      return given.some((value) => same(value, token)) ? null : 'token'
    },
  }
}
