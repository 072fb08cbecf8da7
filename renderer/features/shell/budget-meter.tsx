import { TriangleAlert } from 'lucide-react'
import { showView, useUi } from '../../state/ui-store.ts'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { CapForm } from '../../common/cap-form.tsx'
import { saveLedger } from '../../commands/save-ledger.ts'
import { useProjection } from '../../state/projection.ts'
import { Button } from '../../ui/button.tsx'
import { BudgetBar } from '../../ui/meter.tsx'
import { Popover } from '../../ui/popover.tsx'
import { budgetLook } from './budget.ts'

/** `$30` where there are no cents, `$30.50` where there are. */
const round = (amount: number, text: string) => (amount % 1_000_000 === 0 ? text.replace(/\.00$/, '') : text)

/** Spent, reserved and left of the cap; opens the numbers and the cap itself. */
export function BudgetMeter({ budget }: { budget: Budget }) {
  const open = useUi((ui) => ui.budgetOpen)
  const setOpen = (budgetOpen: boolean) => useUi.setState({ budgetOpen })
  const warnAt = useProjection(({ view }) => view?.project.warnAt)
  const { tone, parts, sentence } = budgetLook(budget, warnAt)
  const { cap, held, spent, left, refundPending } = budget
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title="Budget"
      trigger={
        <button type="button" className={`budget-meter ${tone}`} aria-label={sentence}>
          <span className="budget-words num">
            <span className="wide">
              <b>{formatUsd(spent)}</b> spent
            </span>{' '}
            <span className="wide">
              <b className={held > 0 ? 'acc' : undefined}>{formatUsd(held)}</b> reserved
            </span>{' '}
            {cap === null || left === null ? (
              <span className="no-cap">No cap set</span>
            ) : (
              <span className="budget-left">
                {tone !== 'normal' && <TriangleAlert size={12} aria-hidden />}
                <b>{formatUsd(left)}</b> left <span className="wide">of {round(cap, formatUsd(cap))}</span>
              </span>
            )}
          </span>
          <BudgetBar {...parts} />
        </button>
      }
    >
      <dl className="numbers">
        <dt>Spent</dt>
        <dd>{formatUsd(spent)}</dd>
        <dt>Reserved for takes under way</dt>
        <dd>{formatUsd(held)}</dd>
        {refundPending > 0 && (
          <>
            <dt>of which waits for a refund</dt>
            <dd>{formatUsd(refundPending)}</dd>
          </>
        )}
        <dt>Left of the cap</dt>
        <dd>{left === null ? 'No cap set' : formatUsd(left)}</dd>
      </dl>
      <CapForm budget={budget} onDone={() => setOpen(false)} />
      <div className="row save-ledger">
        <Button
          size="small"
          onClick={() => {
            setOpen(false)
            showView('spend')
          }}
        >
          Open Spend
        </Button>
        <Button size="small" onClick={() => void saveLedger()}>
          Save the ledger as CSV
        </Button>
      </div>
    </Popover>
  )
}
