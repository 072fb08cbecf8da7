import { z } from 'zod'

/** An amount in millionths of a US dollar: $0.189 is 189_000. Always an integer, so sums are exact. */
export const UsdMicros = z.number().int().safe().brand<'UsdMicros'>()
export type UsdMicros = z.infer<typeof UsdMicros>

const MICROS_PER_USD = 1_000_000

/** Brands an integer number of micro-dollars. @throws RangeError for anything but a safe integer. */
export function usdMicros(value: number): UsdMicros {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of micro-dollars: ${value}`)
  return value as UsdMicros
}

export const ZERO_USD = usdMicros(0)

export const addUsd = (a: UsdMicros, b: UsdMicros): UsdMicros => usdMicros(a + b)
export const subtractUsd = (a: UsdMicros, b: UsdMicros): UsdMicros => usdMicros(a - b)
export const multiplyUsd = (amount: UsdMicros, times: number): UsdMicros => usdMicros(amount * times)
export const sumUsd = (amounts: Iterable<UsdMicros>): UsdMicros => {
  let total = 0
  for (const amount of amounts) total += amount
  return usdMicros(total)
}

/**
 * Reads what a person types as an amount: `5`, `5.00`, `$12.5`, `0.945`. At most six decimals.
 * @returns null when the text is not an amount, is negative or exceeds a million dollars.
 */
export function parseUsd(text: string): UsdMicros | null {
  const match = /^\s*\$?\s*(\d{1,7})(?:\.(\d{1,6}))?\s*$/.exec(text)
  if (!match?.[1]) return null
  const micros = Number(match[1]) * MICROS_PER_USD + Number((match[2] ?? '').padEnd(6, '0'))
  return micros <= 1_000_000 * MICROS_PER_USD ? usdMicros(micros) : null
}

/**
 * The provider speaks of dollars as JSON numbers; this is the one place where such a float becomes an integer.
 * Rounds up, so that a reservation is never below what is charged.
 */
export function usdMicrosFromApi(dollars: number): UsdMicros {
  const scaled = dollars * MICROS_PER_USD
  const nearest = Math.round(scaled)
  // Binary fractions miss by far less than a micro-dollar; anything more is a real fraction and is rounded up.
  return usdMicros(Math.abs(scaled - nearest) < 1e-3 ? nearest : Math.ceil(scaled))
}

/** Exact decimal string with at least two decimals and no trailing zeros beyond them: `0.70`, `0.945`. For JSON and CSV. */
export function usdDecimal(amount: UsdMicros): string {
  const sign = amount < 0 ? '-' : ''
  const magnitude = Math.abs(amount)
  const whole = Math.floor(magnitude / MICROS_PER_USD)
  const fraction = String(magnitude % MICROS_PER_USD).padStart(6, '0')
  return `${sign}${whole}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`
}

/** A price of one take, to the tenth of a cent: `$0.945`, `$0.70`. */
export const formatUsdExact = (amount: UsdMicros): string =>
  amount < 0 ? `-$${usdDecimal(usdMicros(0 - amount))}` : `$${usdDecimal(amount)}`

/** A total, to the cent, half a cent and more rounded up: `$9.27` for $9.2661. */
export function formatUsd(amount: UsdMicros): string {
  const cents = Math.round(Math.abs(amount) / 10_000)
  return `${amount < 0 ? '-' : ''}$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}
