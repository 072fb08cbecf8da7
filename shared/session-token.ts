/**
 * The second secret of a loopback session. A browser sends its cookie to every port of this machine, so a cookie alone
 * changes nothing: uploads carry this token in a header and the socket in its subprotocols. The page of a one-time
 * address leaves it in the storage of its origin, which belongs to one port and lasts over reloads and further tabs.
 */
export const TOKEN_ITEM = 'takeboard-token'
export const TOKEN_HEADER = 'x-takeboard-token'
/** The subprotocol the host answers with; the token stands beside it in the offer. */
export const SOCKET_PROTOCOL = 'takeboard'

/** @returns null where there is none, or no storage */
export function storedToken(): string | null {
  try {
    return localStorage.getItem(TOKEN_ITEM)
  } catch {
    return null
  }
}

/** What a socket offers as its subprotocols. */
export const socketProtocols = (token: string | null): string[] =>
  token === null ? [SOCKET_PROTOCOL] : [SOCKET_PROTOCOL, token]
