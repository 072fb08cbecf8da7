import type { Take } from '../../shared/model.ts'
import type { Download } from './apply-event.ts'

/** What is known of how far a take is: never more than that. */
export interface Progress {
  /** 0 to 1, or null when nothing better than "under way" is known. */
  readonly value: number | null
  /** Short, for a card: `0:40–1:10 left`. Null when there is nothing to say. */
  readonly text: string | null
}

/** `1:05`, `12:40`, `1:02:03`. @param ms milliseconds; negative reads as zero */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const pad = (part: number) => String(part).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}

/** The bar stops short of its end until the clip is really there. */
const ALMOST = 0.95

/** The clip is expected between two times; the bar runs to the later one, and the words say both. */
function generating(take: Take, now: number): Progress {
  const since = take.submittedAt ?? take.createdAt
  if (!take.expected) return { value: null, text: `${clock(now - since)} so far` }
  const { from, to } = take.expected
  if (now >= to) return { value: null, text: `${clock(now - since)}, longer than usual` }
  const value = Math.min(ALMOST, Math.max(0, (now - since) / Math.max(1, to - since)))
  // Five-second steps: the estimate is not better than that.
  const left = (until: number) => Math.ceil((until - now) / 5000) * 5000
  if (now >= from || left(from) === left(to)) return { value, text: `under ${clock(left(to))} left` }
  return { value, text: `${clock(left(from))}–${clock(left(to))} left` }
}

/**
 * How far a running take is, as fractions between which the truth lies; null when nothing is expected or it is late.
 * At the service only times are known, so this is time gone against the earliest and the latest end.
 */
export function doneRange(take: Take, now: number): { readonly from: number; readonly to: number } | null {
  if (take.phase !== 'running' || !take.expected || now >= take.expected.to) return null
  const since = take.submittedAt ?? take.createdAt
  const share = (end: number) => Math.min(ALMOST, Math.max(0, (now - since) / Math.max(1, end - since)))
  return { from: share(take.expected.to), to: share(take.expected.from) }
}

/** `40–60%`, in steps of five: the estimate is not better than that. */
export function rangePercent({ from, to }: { readonly from: number; readonly to: number }): string {
  const low = Math.floor(from * 20) * 5
  const high = Math.ceil(to * 20) * 5
  return low === high ? `${low}%` : `${low}–${high}%`
}

/**
 * How far an open take is.
 * @param download bytes received, when the clip is on its way
 * @param now milliseconds since 1970
 */
export function takeProgress(take: Take, download: Download | undefined, now: number): Progress {
  switch (take.phase) {
    case 'running':
      return generating(take, now)
    case 'downloading':
      if (!download) return { value: null, text: null }
      return {
        value: download.total === null ? null : Math.min(1, download.received / download.total),
        text:
          download.total === null ? bytesText(download) : `${Math.floor((100 * download.received) / download.total)}%`,
      }
    case 'planned':
    case 'reserved':
    case 'submitting':
      if (take.waitUntil !== null && take.waitUntil > now)
        return { value: null, text: `again in ${clock(take.waitUntil - now)}` }
      return { value: null, text: null }
    case 'unconfirmed':
    case 'ready':
    case 'failed':
    case 'cancelled':
      return { value: null, text: null }
  }
}

/** `3.1 of 5.0 MB`, `812 of 900 KB`. */
export function bytesText({ received, total }: Download): string {
  const large = Math.max(received, total ?? 0) >= 1_000_000
  const amount = (bytes: number) => (large ? (bytes / 1_000_000).toFixed(1) : String(Math.round(bytes / 1000)))
  const unit = large ? 'MB' : 'KB'
  return total === null ? `${amount(received)} ${unit}` : `${amount(received)} of ${amount(total)} ${unit}`
}
