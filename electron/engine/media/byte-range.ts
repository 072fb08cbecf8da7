/** The longest reply to a range request, in bytes. Players ask for the next part when they need it. */
export const MAX_RANGE_BYTES = 4 * 1024 * 1024

/** Both ends included, as in Content-Range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Reads a Range header against a file of `size` bytes.
 * @returns the bytes to send, cut to `limit`; `unsatisfiable` (416) when none of them exist; `whole` (200) without a
 *   header, and for anything RFC 9110 lets a server ignore: other units, several ranges, malformed text
 */
export function parseRange(
  header: string | null,
  size: number,
  limit: number = MAX_RANGE_BYTES,
): ByteRange | 'unsatisfiable' | 'whole' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!match) return 'whole'
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const last = Number(to)
    if (last === 0 || size === 0) return 'unsatisfiable'
    const start = Math.max(0, size - last)
    return { start, end: Math.min(size, start + limit) - 1 }
  }
  const start = Number(from)
  if (to !== '' && Number(to) < start) return 'whole'
  if (start >= size) return 'unsatisfiable'
  const end = Math.min(size - 1, start + limit - 1, to === '' ? Number.POSITIVE_INFINITY : Number(to))
  return { start, end }
}
