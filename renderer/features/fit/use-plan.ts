import { useEffect, useState } from 'react'
import type { CallInput } from '../../../shared/contract.ts'
import type { FitPlan } from '../../../shared/fit-plan.ts'
import { call } from '../../state/requests.ts'

const PAUSE_MS = 120

/**
 * What an amount buys, asked anew whenever the question or the board changes.
 * @param question null while it is none, such as with an amount that is no number
 * @param facts what else the answer depends on
 */
export function usePlan(question: CallInput<'budget.fit'> | null, facts: unknown) {
  const wanted = question === null ? null : JSON.stringify(question)
  const [state, setState] = useState<{ key: string | null; plan: FitPlan | null; error: unknown }>({
    key: null,
    plan: null,
    error: null,
  })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (wanted === null) return
    let current = true
    const ask = async () => {
      try {
        const plan = await call('budget.fit', JSON.parse(wanted) as CallInput<'budget.fit'>)
        if (current) setState({ key: wanted, plan, error: null })
      } catch (error) {
        if (current) setState((before) => ({ ...before, key: wanted, error }))
      }
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [wanted, facts, turn])
  return {
    plan: state.plan,
    /** True while what is shown does not yet belong to the present question. */
    behind: state.key !== wanted,
    error: state.error,
    retry: () => setTurn((before) => before + 1),
  }
}
