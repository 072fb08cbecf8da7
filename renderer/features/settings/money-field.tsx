import { type FormEvent, useState } from 'react'
import { parseUsd, usdDecimal, type UsdMicros } from '../../../shared/money.ts'
import { errorText } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextField } from '../../ui/field.tsx'

/** An amount that may be left out. Mount it anew (by key) when the saved amount changes. */
export function MoneyField({
  label,
  hint,
  saved,
  onSave,
}: {
  label: string
  hint: string
  saved: UsdMicros | null
  /** @param amount null for none; a rejection is shown under the field */
  onSave(amount: UsdMicros | null): Promise<unknown>
}) {
  const before = saved === null ? '' : usdDecimal(saved)
  const [text, setText] = useState(before)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const amount = text.trim() === '' ? null : parseUsd(text)
    if (amount === null && text.trim() !== '') {
      setError('An amount in dollars, such as 30 or 12.50, or nothing for no limit.')
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
              placeholder="No limit"
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" disabled={busy || text.trim() === before}>
              Save
            </Button>
          </span>
        )}
      </Field>
    </form>
  )
}
