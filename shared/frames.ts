import type { ClientFrame, ServerFrame } from './transport.ts'

/**
 * The longest frame a client may send: UTF-16 units over IPC, bytes over a socket. A board of four million characters,
 * the longest the contract takes, fits with its escapes. This module imports no code, so a preload may use it.
 */
export const FRAME_LIMIT = 16 * 1024 * 1024

/** The text to send, or the answer to a request too long to be sent. */
export type Encoded =
  | { readonly text: string; readonly refusal?: never }
  | { readonly text?: never; readonly refusal: ServerFrame }

export function encodeFrame(frame: ClientFrame): Encoded {
  const text = JSON.stringify(frame)
  // Three bytes is the most a UTF-16 unit takes in UTF-8, so only long texts need to be measured.
  const size = text.length * 3 <= FRAME_LIMIT ? text.length : new TextEncoder().encode(text).byteLength
  if (size <= FRAME_LIMIT) return { text }
  const message = `That is ${Math.ceil(size / 1024 / 1024)} MB; the studio takes ${FRAME_LIMIT / 1024 / 1024} MB at once.`
  return {
    refusal: { type: 'err', id: frame.type === 'req' ? frame.id : 0, error: { code: 'bad-input', message } },
  }
}

/** @returns undefined when the text is no JSON or too long */
export function parseFrame(text: unknown): unknown {
  if (typeof text !== 'string' || text.length > FRAME_LIMIT) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
