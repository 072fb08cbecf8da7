import { parseUsd, usdDecimal, type UsdMicros } from '../../shared/money.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextField } from '../ui/field.tsx'
import { type ReadText, useSavedText } from './use-saved-text.ts'
import { ValueRow } from './value-row.tsx'

const EXAMPLE = 'An amount in dollars, such as 30 or 12.50'

function read(text: string, required: boolean): ReadText<UsdMicros | null> {
  if (text === '' && !required) return { ok: true, value: null }
  const value = parseUsd(text)
  if (value !== null) return { ok: true, value }
  return { ok: false, message: required ? `${EXAMPLE}.` : `${EXAMPLE}, or nothing for no limit.` }
}

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
  look = 'block',
}: {
  label: string
  hint?: string | undefined
  saved: UsdMicros | null
  /** @param amount null for none, unless it is required; a rejection is shown under the field */
  onSave(amount: UsdMicros | null): Promise<unknown>
  /** True of an amount that is changed but not taken out here. */
  required?: boolean
  placeholder?: string
  action?: string
  /** `row` is one line of a panel, `strong` the same for the amount that matters most. */
  look?: 'block' | 'row' | 'strong'
}) {
  const field = useSavedText(saved === null ? '' : usdDecimal(saved), (text) => read(text, required), onSave)
  const nothingToSave = !field.isChanged || (required && field.text.trim() === '')
  if (look !== 'block')
    return (
      <ValueRow
        label={label}
        hint={hint}
        field={field}
        lead="$"
        placeholder={placeholder}
        strong={look === 'strong'}
        required={required}
        action={action}
      />
    )
  return (
    <form onSubmit={field.save} noValidate>
      <Field label={label} hint={hint} error={field.error}>
        {(ids) => (
          <span className="row">
            <TextField
              {...ids}
              className="num grow"
              lead={<span className="t3">$</span>}
              value={field.text}
              inputMode="decimal"
              placeholder={placeholder}
              autoComplete="off"
              onChange={(event) => field.setText(event.target.value)}
            />
            <Button type="submit" disabled={field.busy || nothingToSave}>
              {action}
            </Button>
          </span>
        )}
      </Field>
    </form>
  )
}
