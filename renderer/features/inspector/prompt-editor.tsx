import { type KeyboardEvent, type UIEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { complete, completionAt, promptParts, type UnknownMention, unknownMentions } from '../../state/mentions.ts'
import { useUi } from '../../state/ui-store.ts'
import { MentionList, type MentionName } from './mention-list.tsx'

interface Place {
  readonly left: number
  readonly top: number
}

/** What looks like a mention of nobody, with the name that may have been meant. */
function UnknownNote({ mention, onReplace }: { mention: UnknownMention; onReplace(name: string): void }) {
  const { word, nearest } = mention
  return (
    <output className="field-note error unknown-mention">
      Nobody in the cast is called {word}.
      {nearest !== null && (
        <>
          {' Did you mean '}
          <button type="button" className="text-link" onClick={() => onReplace(nearest)}>
            @{nearest}
          </button>
          ?
        </>
      )}
    </output>
  )
}

const UNKNOWN_SHOWN = 3

/** A text area that marks mentions of the cast, offers names while one is typed, and corrects those of nobody. */
export function PromptEditor({
  text,
  cast,
  onEdit,
  onCaret,
  onLeave,
}: {
  text: string
  cast: readonly MentionName[]
  onEdit(text: string): void
  /** Told where the caret stands, in characters from the start. */
  onCaret(at: number): void
  onLeave(): void
}) {
  const area = useRef<HTMLTextAreaElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  const listId = useId()
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [place, setPlace] = useState<Place>({ left: 0, top: 0 })
  const names = cast.map(({ name }) => name)

  // Enter on a card leads here, before the next key comes.
  const wanted = useUi((ui) => ui.promptFocus)
  const seen = useRef(wanted)
  useLayoutEffect(() => {
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
  // A word that is still being typed is not wrong yet.
  const unknown = unknownMentions(text, names).filter(
    (mention) => caret === null || caret <= mention.from || caret > mention.to,
  )

  useLayoutEffect(() => {
    if (from === null || !marker.current || !area.current) return
    const room = area.current.clientWidth - 200
    setPlace({
      left: Math.max(0, Math.min(marker.current.offsetLeft, room)),
      top: marker.current.offsetTop - area.current.scrollTop + 22,
    })
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
  const write = (next: string, at: number) => {
    onEdit(next)
    setCaret(at)
    setActive(0)
    pendingCaret.current = at
  }
  const choose = (name: string) => {
    if (from === null || caret === null) return
    const next = complete(text, caret, from, name)
    write(next.prompt, next.caret)
  }
  const replace = (mention: UnknownMention, name: string) => {
    const head = `${text.slice(0, mention.from)}@${name}`
    write(head + text.slice(mention.to), head.length)
    area.current?.focus()
  }
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
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
  // The text that is seen lies under the one that is typed into.
  const scroll = (event: UIEvent<HTMLTextAreaElement>) => {
    if (mirror.current) mirror.current.scrollTop = event.currentTarget.scrollTop
  }

  return (
    <>
      <div className="prompt-editor">
        <div ref={mirror} className="prompt-mirror" aria-hidden>
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
          onScroll={scroll}
          onBlur={() => {
            setCaret(null)
            onLeave()
          }}
        />
        {completion && (
          <MentionList id={listId} cast={cast} options={options} active={index} place={place} onChoose={choose} />
        )}
      </div>
      {unknown.slice(0, UNKNOWN_SHOWN).map((mention) => (
        <UnknownNote key={mention.from} mention={mention} onReplace={(name) => replace(mention, name)} />
      ))}
    </>
  )
}
