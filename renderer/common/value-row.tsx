import './value-row.css'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { useSavedText } from './use-saved-text.ts'

/** A setting in one line: its name, and a field that shows a way to save once something else is typed. */
export function ValueRow({
  label,
  hint,
  field,
  lead,
  trail,
  placeholder,
  strong,
  required = false,
  action = 'Save',
}: {
  label: string
  hint?: string | undefined
  field: ReturnType<typeof useSavedText>
  lead?: string | undefined
  trail?: string | undefined
  placeholder?: string | undefined
  strong?: boolean | undefined
  /** True of a value that is changed but not taken out here. */
  required?: boolean
  action?: string
}) {
  const id = useId()
  const note = field.error ?? hint
  return (
    <form className="value-row" onSubmit={field.save} noValidate>
      <label htmlFor={id}>{label}</label>
      <TextField
        id={id}
        className={`num ${strong ? 'strong' : ''}`}
        lead={lead && <span className="t3">{lead}</span>}
        trail={trail && <span className="t3">{trail}</span>}
        value={field.text}
        inputMode="decimal"
        placeholder={placeholder}
        autoComplete="off"
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={field.error !== null}
        onChange={(event) => field.setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && field.revert()}
      />
      {field.isChanged && (
        <span className="row value-row-actions">
          <Button size="small" look="ghost" onClick={field.revert}>
            Undo
          </Button>
          <Button size="small" type="submit" disabled={field.busy || (required && field.text.trim() === '')}>
            {action}
          </Button>
        </span>
      )}
      {note && (
        <p
          id={`${id}-note`}
          className={field.error ? 'field-note error' : 'field-note'}
          role={field.error ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </form>
  )
}
