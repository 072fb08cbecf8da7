import { TriangleAlert } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd, parseUsd, usdDecimal } from '../../../shared/money.ts'
import { call, errorText } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { BudgetBar } from '../../ui/meter.tsx'
import { Popover } from '../../ui/popover.tsx'
import { budgetLook } from './budget.ts'

/** `$30` where there are no cents, `$30.50` where there are. */
const round = (amount: number, text: string) => (amount % 1_000_000 === 0 ? text.replace(/\.00$/, '') : text)

/** Changes the cap of a project. Nothing is shown as changed until the engine says so. */
export function CapForm({ budget, onDone }: { budget: Budget; onDone?: (() => void) | undefined }) {
  const [text, setText] = useState(budget.cap === null ? '' : usdDecimal(budget.cap))
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const cap = parseUsd(text)
    if (cap === null) {
      setError('An amount in dollars, such as 30 or 12.50.')
      return
    }
    setBusy(true)
    setError(null)
    try {
      await call('project.update', { projectId: budget.projectId, patch: { cap } })
      onDone?.()
    } catch (failure) {
      setError(errorText(failure).text)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className="cap-form" onSubmit={(event) => void save(event)} noValidate>
      <Field
        label="Spending cap"
        error={error}
        hint="Takes that do not fit are held back. A lower cap never stops what is already reserved."
      >
        {(ids) => (
          <span className="row">
            <TextField
              {...ids}
              className="num grow"
              lead={<span className="t3">$</span>}
              value={text}
              inputMode="decimal"
              placeholder="No cap"
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" disabled={busy || text.trim() === ''}>
              {budget.cap === null ? 'Set cap' : 'Change cap'}
            </Button>
          </span>
        )}
      </Field>
    </form>
  )
}

/** Spent, reserved and left of the cap; opens the numbers and the cap itself. */
export function BudgetMeter({ budget }: { budget: Budget }) {
  const [open, setOpen] = useState(false)
  const { tone, parts, sentence } = budgetLook(budget)
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
            </span>
            <span className="wide">
              <b className={held > 0 ? 'acc' : undefined}>{formatUsd(held)}</b> reserved
            </span>
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
    </Popover>
  )
}
