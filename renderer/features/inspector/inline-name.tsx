import { useState } from 'react'

/** A short text that looks like a label until it is edited. Enter and leaving it save; Escape and an empty text give up. */
export function InlineName({
  value,
  label,
  maxLength,
  className,
  display,
  onSave,
}: {
  value: string
  label: string
  maxLength: number
  className?: string | undefined
  /** How the value reads while it is not edited. */
  display?: string | undefined
  onSave(value: string): void
}) {
  const [text, setText] = useState<string | null>(null)
  const finish = (save: boolean) => {
    const next = text?.trim() ?? ''
    setText(null)
    if (save && next !== '' && next !== value) onSave(next)
  }
  return (
    <input
      className={`inline-name ${className ?? ''}`}
      aria-label={label}
      title={label}
      value={text ?? display ?? value}
      size={Math.max(2, (text ?? display ?? value).length)}
      maxLength={maxLength}
      onFocus={(event) => {
        setText(value)
        const field = event.currentTarget
        requestAnimationFrame(() => field.select())
      }}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') finish(false)
      }}
    />
  )
}
