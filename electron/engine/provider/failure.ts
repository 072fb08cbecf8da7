import { z } from 'zod'
import { ADDRESS_REFUSED } from './addresses.ts'

const Coded = z.object({ code: z.string() })

const codeOf = (error: unknown): string => Coded.safeParse(error).data?.code ?? ''

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENOTFOUND: 'the service was not found on the network',
  EAI_AGAIN: 'the service was not found on the network',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EADDRNOTAVAIL: 'there is no network',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'no answer came in time',
  UND_ERR_ABORTED: 'it was stopped',
  UND_ERR_DESTROYED: 'Takeboard is closing',
  UND_ERR_CLOSED: 'Takeboard is closing',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut off',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'the file changed while it was read',
  [ADDRESS_REFUSED]: 'the address leads into a private network',
}

/** Why a request failed, as the middle of a sentence. Nothing of the error's own text is passed on: it may quote data. */
export function failureReason(error: unknown): string {
  const code = codeOf(error)
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer came in time'
  if (error instanceof Error && error.name === 'AbortError') return 'it was stopped'
  if (/^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/.test(code)) return 'the secure connection failed'
  if (code.startsWith('HPE_')) return 'the answer was not HTTP'
  return REASONS[code] ?? 'the connection failed'
}

/** Whether a header was refused before anything was sent; the key is the only one that comes from outside. */
export const isKeyFault = (error: unknown): boolean => codeOf(error) === 'UND_ERR_INVALID_ARG'

export const isAddressRefused = (error: unknown): boolean => codeOf(error) === ADDRESS_REFUSED

/** Whether a request failed for the file it was to carry. */
export const isFileFault = (error: unknown): boolean =>
  ['ENOENT', 'EACCES', 'EISDIR', 'EIO', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'].includes(codeOf(error))
