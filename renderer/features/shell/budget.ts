import type { Budget } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { BudgetParts } from '../../ui/meter.tsx'

/** Percent of the cap from which the meter asks for attention, unless the project says otherwise. */
const NEARLY = 80

export type BudgetTone = 'normal' | 'attention' | 'blocked' | 'none'

export interface BudgetLook {
  readonly tone: BudgetTone
  readonly parts: BudgetParts
  /** Everything in one sentence. */
  readonly sentence: string
}

/** How a budget is drawn and read out. @param warnAt percent of the cap from which it asks for attention */
export function budgetLook(budget: Budget, warnAt = NEARLY): BudgetLook {
  const { cap, held, spent, left } = budget
  const used = `${formatUsd(spent)} spent, ${formatUsd(held)} reserved`
  if (cap === null || left === null) {
    return { tone: 'none', parts: { spent: 0, held: 0 }, sentence: `Budget: ${used}, no cap set` }
  }
  const share = (amount: number) => (cap === 0 ? (amount > 0 ? 1 : 0) : amount / cap)
  const full = share(spent + held)
  return {
    tone: left === 0 ? 'blocked' : full * 100 > warnAt ? 'attention' : 'normal',
    parts: { spent: Math.min(1, share(spent)), held: Math.min(1 - Math.min(1, share(spent)), share(held)) },
    sentence: `Budget: ${used}, ${formatUsd(left)} left of ${formatUsd(cap)}`,
  }
}
