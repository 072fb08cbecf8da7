import type { FitPlan } from '../../../shared/fit-plan.ts'
import { formatUsdExact, subtractUsd, type UsdMicros } from '../../../shared/money.ts'

/** What there was, what the board costs as it stands, what the plan costs, and how many scenes went to a lower resolution. */
interface FitSums {
  readonly amount: UsdMicros
  readonly before: UsdMicros
  readonly total: UsdMicros
  readonly lowered: number
}

const scenes = (n: number, one: string, many: string): string => (n === 1 ? `1 scene ${one}` : `${n} scenes ${many}`)

/** Says in a few sentences what fitting a board to an amount decided. */
export function explainFit(rows: FitPlan['rows'], sums: FitSums): string[] {
  const { amount, before, total, lowered } = sums
  const of = (action: FitPlan['rows'][number]['action']) => rows.filter((row) => row.action === action).length
  const [done, cannot, left, shorter] = [of('done'), of('cannot'), of('leave-out'), of('shorter')]
  const kept = rows.length - done - cannot - left
  const sentences = [
    done > 0 && `${scenes(done, 'has a take', 'have takes')} as the board stands, at no further cost.`,
    cannot > 0 && `${scenes(cannot, 'cannot', 'cannot')} be sent yet.`,
    kept + left === 0 && 'Nothing is left to make.',
    kept + left > 0 &&
      `The ${kept + left === 1 ? 'scene' : 'scenes'} to make would cost ${formatUsdExact(before)}; there is ${formatUsdExact(amount)}.`,
    left > 0 &&
      `${scenes(left, 'is', 'are')} left out because the amount does not cover ${left === 1 ? 'it' : 'them'} even with everything at its lowest: those with an earlier take first, then from the end of the board.`,
    lowered > 0 && `${scenes(lowered, 'is', 'are')} made at a lower resolution.`,
    shorter > 0 && `${scenes(shorter, 'is', 'are')} shortened, the longest first and a second at a time.`,
    kept > 0 && lowered + shorter === 0 && 'What is made fits as it stands.',
    kept > 0 && `The plan costs ${formatUsdExact(total)} and leaves ${formatUsdExact(subtractUsd(amount, total))}.`,
  ]
  return sentences.filter((sentence) => sentence !== false)
}
