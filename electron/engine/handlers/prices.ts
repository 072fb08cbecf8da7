import { listPrice, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsdExact, usdMicros, type UsdMicros } from '../../../shared/money.ts'
import type { Clock, Logger, VideoProvider } from '../ports.ts'
import { wireOf } from '../jobs/job.ts'

/** A quote is good for a batch that follows its preview. */
const FRESH_MS = 10 * 60_000

export interface Prices {
  /** The higher of table and quote, so that a reservation is never below a charge. */
  of(resolution: Resolution, duration: number): UsdMicros
  readonly source: 'table' | 'quote'
  /** Set when the service quotes something else than the table. */
  readonly note: string | null
}

/** Prices takes by the table and, where the service can be asked, by its own quote. */
export interface PriceBook {
  /** Never fails: without an answer the table stands. */
  prices(kinds: readonly { resolution: Resolution; duration: number }[]): Promise<Prices>
}

export function createPriceBook(provider: VideoProvider, clock: Clock, logger: Logger): PriceBook {
  const quotes = new Map<string, { price: UsdMicros; at: number }>()
  const keyOf = (resolution: Resolution, duration: number) => `${resolution} ${duration}`
  const fresh = (key: string) => {
    const quote = quotes.get(key)
    return quote && clock.monotonic() - quote.at < FRESH_MS ? quote.price : null
  }

  async function ask(resolution: Resolution, duration: number): Promise<void> {
    const key = keyOf(resolution, duration)
    if (fresh(key) !== null) return
    try {
      const { price } = await provider.quote({ resolution, duration })
      quotes.set(key, { price, at: clock.monotonic() })
    } catch (error) {
      logger.warn('The service gave no quote; the price table stands', { code: wireOf(error).code })
    }
  }

  return {
    async prices(kinds) {
      const distinct = new Map(kinds.map((kind) => [keyOf(kind.resolution, kind.duration), kind]))
      if (provider.ready()) await Promise.all([...distinct.values()].map((kind) => ask(kind.resolution, kind.duration)))
      const quoted = [...distinct].map(([key, kind]) => ({ ...kind, quote: fresh(key) }))
      const known = quoted.length > 0 && quoted.every(({ quote }) => quote !== null)
      const other = quoted.find(
        ({ quote, resolution, duration }) => quote !== null && quote !== listPrice(resolution, duration),
      )
      return {
        of: (resolution, duration) =>
          usdMicros(Math.max(listPrice(resolution, duration), fresh(keyOf(resolution, duration)) ?? 0)),
        source: known ? 'quote' : 'table',
        note:
          other && other.quote !== null
            ? `The service quotes ${formatUsdExact(other.quote)} for ${other.duration} s at ${other.resolution}; the price table says ${formatUsdExact(listPrice(other.resolution, other.duration))}. The higher is reserved.`
            : null,
      }
    },
  }
}
