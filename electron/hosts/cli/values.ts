import { PROVIDERS, type ProviderName } from '../../../shared/model.ts'
import { RESOLUTIONS, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { parseUsd, type UsdMicros } from '../../../shared/money.ts'
import { didYouMean } from '../../../shared/nearest.ts'
import type { Invocation } from './args.ts'
import { usageError } from './usage.ts'

/** What a run is asked to do, with every value checked. */
export interface RunOptions {
  readonly provider: ProviderName
  readonly cap: UsdMicros | null
  readonly takes: number
  /** As typed; labels are looked up on the board. */
  readonly scenes: string | null
  readonly resolution: Resolution | null
  readonly concurrency: number | null
  readonly timeoutMs: number | null
  readonly yes: boolean
}

function choice<T extends string>(
  name: string,
  given: string | undefined,
  choices: readonly T[],
  command: string,
): T | null {
  if (given === undefined) return null
  const found = choices.find((each) => each === given)
  if (found !== undefined) return found
  const hint = didYouMean(given, choices)
  throw usageError(`--${name} ${given} is not one of ${choices.join(', ')}.${hint}`, command)
}

function whole(name: string, given: string | undefined, range: { min: number; max: number }, command: string) {
  if (given === undefined) return null
  const value = /^\d{1,6}$/.test(given) ? Number(given) : NaN
  if (value >= range.min && value <= range.max) return value
  throw usageError(`--${name} ${given} is not a whole number from ${range.min} to ${range.max}.`, command)
}

function seconds(given: string | undefined): number | null {
  if (given === undefined) return null
  const value = /^\d{1,7}(?:\.\d{1,3})?$/.test(given) ? Number(given) : NaN
  // Timers count milliseconds in 31 bits.
  if (value > 0 && value <= 2_000_000) return Math.round(value * 1000)
  throw usageError(`--timeout ${given} is not a number of seconds above 0.`, 'run')
}

function usd(given: string | undefined): UsdMicros | null {
  if (given === undefined) return null
  const amount = parseUsd(given)
  if (amount !== null) return amount
  throw usageError(`--cap ${given} is not an amount in US dollars, such as 5 or 12.50.`, 'run')
}

/** @throws TakeboardError bad-input with the value found and the values allowed */
export function runOptions({ options, flags }: Invocation): RunOptions {
  return {
    provider: choice('provider', options.provider, PROVIDERS, 'run') ?? 'rehearsal',
    cap: usd(options.cap),
    takes: whole('takes', options.takes, { min: 1, max: 20 }, 'run') ?? 1,
    scenes: options.scenes ?? null,
    resolution: choice('resolution', options.resolution, RESOLUTIONS, 'run'),
    concurrency: whole('concurrency', options.concurrency, { min: 1, max: 500 }, 'run'),
    timeoutMs: seconds(options.timeout),
    yes: flags.has('yes'),
  }
}

/** A port to listen on; null for a free one. */
export const portOption = ({ options }: Invocation): number | null =>
  whole('port', options.port, { min: 0, max: 65_535 }, 'serve')
