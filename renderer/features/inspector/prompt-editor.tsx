import { AtSign } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { complete, completionAt, promptParts } from '../../state/mentions.ts'
import { useUi } from '../../state/ui-store.ts'

interface Place {
  readonly left: number
  readonly top: number
}

/** A text area that marks mentions of the cast, and offers names while one is typed. */
export function PromptEditor({
  text,
  names,
  onEdit,
  onCaret,
  onLeave,
}: {
  text: string
  names: readonly string[]
  onEdit(text: string): void
  /** Told where the caret stands, in characters from the start. */
  onCaret(at: number): void
  onLeave(): void
}) {
  const area = useRef<HTMLTextAreaElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  const listId = useId()
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [place, setPlace] = useState<Place>({ left: 0, top: 0 })

  // Enter on a card leads here.
  const wanted = useUi((ui) => ui.promptFocus)
  const seen = useRef(wanted)
  useEffect(() => {
    if (wanted === seen.current) return
    seen.current = wanted
    area.current?.focus()
    area.current?.setSelectionRange(text.length, text.length)
  }, [wanted, text.length])

  const found = caret === null ? null : completionAt(text, caret, names)
  const completion = found && found.from !== dismissed ? found : null
  const from = completion?.from ?? null
  const options = completion?.options ?? []
  const index = Math.min(active, Math.max(0, options.length - 1))

  useLayoutEffect(() => {
    if (from === null || !marker.current || !area.current) return
    const room = area.current.clientWidth - 180
    setPlace({ left: Math.max(0, Math.min(marker.current.offsetLeft, room)), top: marker.current.offsetTop + 22 })
  }, [from])

  // Writing a new text moves the caret to its end; put it back before anything else is typed.
  const pendingCaret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (pendingCaret.current === null) return
    area.current?.setSelectionRange(pendingCaret.current, pendingCaret.current)
    pendingCaret.current = null
  }, [text])

  const follow = () => {
    const at = area.current
    setCaret(at && at.selectionStart === at.selectionEnd ? at.selectionStart : null)
    if (at) onCaret(at.selectionStart)
  }
  const choose = (name: string) => {
    if (from === null || caret === null) return
    const next = complete(text, caret, from, name)
    onEdit(next.prompt)
    setCaret(next.caret)
    setActive(0)
    pendingCaret.current = next.caret
  }
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && !completion) area.current?.blur()
    if (!completion) return
    const { length } = options
    if (event.key === 'ArrowDown') setActive((index + 1) % length)
    else if (event.key === 'ArrowUp') setActive((index + length - 1) % length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(options[index] ?? '')
    else if (event.key === 'Escape') setDismissed(from)
    else return
    event.preventDefault()
  }

  return (
    <div className="prompt-editor">
      <div className="prompt-mirror" aria-hidden>
        {promptParts(text, names).map((part, at) => (
          // The parts of a prompt have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at} className={part.kind}>
            {part.text}
          </span>
        ))}
        {/* A last line without characters still takes its height. */}
        {'​'}
      </div>
      {from !== null && (
        <div className="prompt-mirror measure" aria-hidden>
          {text.slice(0, from)}
          <span ref={marker}>@</span>
        </div>
      )}
      <textarea
        ref={area}
        aria-label="Prompt"
        aria-autocomplete="list"
        aria-controls={completion ? listId : undefined}
        aria-activedescendant={completion ? `${listId}-${index}` : undefined}
        placeholder="What happens in this shot. Type @ for the cast."
        value={text}
        spellCheck
        rows={3}
        maxLength={20_000}
        onChange={(event) => {
          setDismissed(null)
          setActive(0)
          onEdit(event.target.value)
          setCaret(event.target.selectionStart)
          onCaret(event.target.selectionStart)
        }}
        onSelect={follow}
        onKeyDown={keys}
        onBlur={() => {
          setCaret(null)
          onLeave()
        }}
      />
      {completion && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        <div id={listId} role="listbox" aria-label="Cast" className="popup menu mention-list" style={place}>
          {options.map((name, at) => (
            // The keys are those of the text area, which keeps the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={name}
              id={`${listId}-${at}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
              role="option"
              tabIndex={-1}
              aria-selected={at === index}
              className="menu-item"
              data-highlighted={at === index ? '' : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(name)}
            >
              <AtSign size={14} className="t3" />
              {name}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
