import { useState } from 'react'

/** What was typed as a number, or why it is none. */
export type Entered = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string }

/** A number that is typed. Enter and leaving the field save it; Escape, and what is no such number, give up. */
export function NumberEntry({
  value,
  label,
  read,
  onSave,
  className,
}: {
  value: number
  label: string
  read(text: string): Entered
  onSave(value: number): void
  className?: string | undefined
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const input = typed === null ? null : read(typed)
  const finish = () => {
    if (input?.ok && input.value !== value) onSave(input.value)
    setTyped(null)
  }
  return (
    <span className={`text-field num ${className ?? ''}`}>
      <input
        aria-label={label}
        aria-invalid={input !== null && !input.ok}
        title={input !== null && !input.ok ? input.message : undefined}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </span>
  )
}
