import { type FormEvent, useState } from 'react'
import type { Budget } from '../../shared/model.ts'
import { parseUsd, usdDecimal } from '../../shared/money.ts'
import { call, errorText } from '../state/requests.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextField } from '../ui/field.tsx'

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
