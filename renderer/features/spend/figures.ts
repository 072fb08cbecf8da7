import { PRICE_PER_SECOND } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd, subtractUsd, type UsdMicros } from '../../../shared/money.ts'
import type { Spend } from '../../../shared/spend.ts'

/** Whole seconds of video that an amount still buys at the list price of 720p. */
export const secondsLeft = (left: UsdMicros): number => Math.floor(left / PRICE_PER_SECOND['720p'])

/** Parts of the cap, from 0 to 1, that never add up to more than 1. */
export function capParts({ cap, spent, held }: Budget): { readonly spent: number; readonly held: number } {
  if (cap === null) return { spent: 0, held: 0 }
  const share = (amount: number) => (cap === 0 ? (amount > 0 ? 1 : 0) : amount / cap)
  const spentPart = Math.min(1, share(spent))
  return { spent: spentPart, held: Math.min(1 - spentPart, share(held)) }
}

/** What was expected and what was charged, of takes whose charge is known. */
export interface Comparison {
  readonly estimate: UsdMicros
  readonly actual: UsdMicros
}

type Line = Spend['total']

/** Reservations that still stand are left out: nobody knows yet what becomes of them. */
export const comparisonOf = ({ estimate, actual, held }: Line): Comparison => ({
  estimate: subtractUsd(estimate, held),
  actual,
})

/** `−0.8%`, `+2.0%`, `0%`: how far what was charged is from what was expected; empty when nothing was charged. */
export function deviation({ estimate, actual }: Comparison): string {
  if (estimate === 0) return ''
  const percent = ((actual - estimate) / estimate) * 100
  const text = Math.abs(percent).toFixed(1)
  if (text === '0.0') return '0%'
  return `${percent < 0 ? '−' : '+'}${text}%`
}

/** What the artist is told about the cap, in a word or two. */
export function capState(budget: Budget, warnAt: number): { tone: 'ok' | 'warn' | 'stop' | 'none'; text: string } {
  const { cap, spent, held, left } = budget
  if (cap === null || left === null) return { tone: 'none', text: 'No cap set' }
  if (left === 0) return { tone: 'stop', text: 'Cap reached' }
  return spent + held >= (cap * warnAt) / 100
    ? { tone: 'warn', text: `Over ${warnAt}% of the cap` }
    : { tone: 'ok', text: 'Hard stop on' }
}

/** `$30` where there are no cents, `$30.50` where there are. */
export const roundUsd = (amount: UsdMicros): string => formatUsd(amount).replace(/\.00$/, '')
