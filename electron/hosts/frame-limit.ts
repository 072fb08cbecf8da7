/**
 * The longest frame a client may send, in UTF-16 units over IPC and in bytes over a socket. A board of four million
 * characters, the longest the contract takes, fits with its escapes.
 */
export const FRAME_LIMIT = 16 * 1024 * 1024

/** @returns undefined when the text is no JSON or too long */
export function parseFrame(text: unknown): unknown {
  if (typeof text !== 'string' || text.length > FRAME_LIMIT) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
