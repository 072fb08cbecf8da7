import './field.css'
import { Minus, Plus } from 'lucide-react'
import { NumberField as BaseNumber } from '@base-ui/react/number-field'
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'

/** A label above a control, with a hint or an error under it. */
export function Field({
  label,
  aside,
  hint,
  error,
  children,
}: {
  label: string
  aside?: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  /** Called with the ids to put on the control. */
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="field-group">
      <div className="section-label">
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': Boolean(error) })}
      {note && (
        <p id={`${id}-note`} className={error ? 'field-note error' : 'field-note'} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  )
}

export interface TextFieldProps extends ComponentPropsWithRef<'input'> {
  lead?: ReactNode
  trail?: ReactNode
}

/** One line of text. Takes every attribute of a native input. */
export function TextField({ lead, trail, className, ...rest }: TextFieldProps) {
  return (
    <span className={`text-field ${className ?? ''}`}>
      {lead}
      <input {...rest} />
      {trail}
    </span>
  )
}

/** Several lines of text; grows with its content between `rows` and its maximum height. */
export function TextArea({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return <textarea className={`text-area ${className ?? ''}`} {...rest} />
}

/** A whole number with buttons to step it. */
export function NumberField({
  value,
  onChange,
  min,
  max,
  label,
  unit,
  id,
}: {
  value: number
  onChange(value: number): void
  min: number
  max: number
  label: string
  unit?: string | undefined
  id?: string | undefined
}) {
  return (
    <BaseNumber.Root
      {...(id === undefined ? {} : { id })}
      className="number-root"
      value={value}
      min={min}
      max={max}
      onValueChange={(next) => {
        if (next !== null && Number.isInteger(next) && next >= min && next <= max) onChange(next)
      }}
    >
      <BaseNumber.Group className="text-field number-field">
        <BaseNumber.Decrement className="step" aria-label={`Less ${label.toLowerCase()}`}>
          <Minus size={12} />
        </BaseNumber.Decrement>
        <BaseNumber.Input className="num" aria-label={label} />
        {unit && <span className="t3">{unit}</span>}
        <BaseNumber.Increment className="step" aria-label={`More ${label.toLowerCase()}`}>
          <Plus size={12} />
        </BaseNumber.Increment>
      </BaseNumber.Group>
    </BaseNumber.Root>
  )
}
