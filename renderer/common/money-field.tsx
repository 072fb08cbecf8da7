import { type FormEvent, useState } from 'react'
import { parseUsd, usdDecimal, type UsdMicros } from '../../shared/money.ts'
import { errorText } from '../state/requests.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextField } from '../ui/field.tsx'

const EXAMPLE = 'An amount in dollars, such as 30 or 12.50'

/**
 * An amount with a button that saves it. Nothing counts as changed until the engine says so: mount it anew (by key) when
 * the saved amount changes.
 */
export function MoneyField({
  label,
  hint,
  saved,
  onSave,
  required = false,
  placeholder = 'No limit',
  action = 'Save',
}: {
  label: string
  hint: string
  saved: UsdMicros | null
  /** @param amount null for none, unless it is required; a rejection is shown under the field */
  onSave(amount: UsdMicros | null): Promise<unknown>
  /** True of an amount that is changed but not taken out here. */
  required?: boolean
  placeholder?: string
  action?: string
}) {
  const before = saved === null ? '' : usdDecimal(saved)
  const [text, setText] = useState(before)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const now = text.trim()
  const nothingToSave = now === before || (required && now === '')

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (nothingToSave) return
    const amount = now === '' ? null : parseUsd(now)
    if (amount === null && now !== '') {
      setError(required ? `${EXAMPLE}.` : `${EXAMPLE}, or nothing for no limit.`)
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onSave(amount)
    } catch (failure) {
      setError(errorText(failure).text)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Field label={label} hint={hint} error={error}>
        {(ids) => (
          <span className="row">
            <TextField
              {...ids}
              className="num grow"
              lead={<span className="t3">$</span>}
              value={text}
              inputMode="decimal"
              placeholder={placeholder}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" disabled={busy || nothingToSave}>
              {action}
            </Button>
          </span>
        )}
      </Field>
    </form>
  )
}
