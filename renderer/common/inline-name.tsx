import { type KeyboardEvent, useState } from 'react'

/** A field in the place of a name. Enter and leaving it save; Escape gives up. */
export function InlineName({
  title,
  label,
  onDone,
}: {
  title: string
  label: string
  onDone(title: string | null): void
}) {
  const [text, setText] = useState(title)
  const finish = (save: boolean) => onDone(save && text.trim() !== '' && text.trim() !== title ? text.trim() : null)
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish(true)
    if (event.key === 'Escape') finish(false)
  }
  return (
    <span className="text-field rail-name">
      <input
        // It appears because the artist asked to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={label}
        value={text}
        maxLength={200}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => finish(true)}
        onKeyDown={keys}
      />
    </span>
  )
}
