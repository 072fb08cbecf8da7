import { Check, RotateCcw, Trash2 } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { timecode, USUAL_RATE } from '../../../shared/frame-rate.ts'
import type { Take } from '../../../shared/model.ts'
import type { Note } from '../../../shared/review.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { notesOn } from '../../state/notes.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { seekReview, useReview } from '../../state/review.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useActiveTake } from './review-state.ts'

const useRate = () => useReview((review) => review.told?.rate ?? USUAL_RATE)

function NoteRow({ note }: { note: Note }) {
  const rate = useRate()
  const at = timecode(note.from, rate).slice(-5)
  const remove = async () => {
    if (await attempt(() => call('note.remove', { noteId: note.id }))) toastWithUndo('Note removed')
  }
  return (
    <li className="review-note" data-resolved={note.resolved || undefined}>
      <button
        type="button"
        className="review-note-at num"
        onClick={() => seekReview(note.from)}
        aria-label={`Go to ${at}`}
      >
        {at}
      </button>
      <p>
        {note.resolved && <span className="hidden-text">Resolved: </span>}
        {note.text}
        {note.to > note.from && <span className="t3 num"> to {timecode(note.to, rate).slice(-5)}</span>}
      </p>
      <IconButton
        size="small"
        label={note.resolved ? 'Open the note again' : 'Resolve the note'}
        icon={note.resolved ? <RotateCcw size={14} /> : <Check size={14} />}
        onClick={() => run('note.update', { noteId: note.id, patch: { resolved: !note.resolved } })}
      />
      <IconButton size="small" label="Remove the note" icon={<Trash2 size={14} />} onClick={() => void remove()} />
    </li>
  )
}

/** Writes a note at the frame in sight, or over the range that is marked. */
function NewNote({ take }: { take: Take }) {
  const [text, setText] = useState('')
  const frame = useReview((review) => review.frame)
  const range = useReview((review) => review.range)
  const asked = useReview((review) => review.noteFocus)
  const seen = useRef(asked)
  const field = (input: HTMLInputElement | null) => {
    if (input === null || seen.current === asked) return
    seen.current = asked
    input.focus()
  }
  const rate = useRate()
  const [from, to] = range ? [range.from, range.to] : [frame, frame]
  const add = async () => {
    const words = text.trim()
    if (words === '') return
    const note = { takeId: take.id, from, to, text: words, strokes: [] }
    if (await attempt(() => call('note.add', note))) setText('')
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void add()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.currentTarget.blur()
  }
  return (
    <TextField
      ref={field}
      aria-label={range ? 'New note on the range' : 'New note at this frame'}
      placeholder={range ? 'Add a note to the range' : 'Add a note at this frame'}
      lead={<span className="acc num">{timecode(from, rate).slice(-5)}</span>}
      value={text}
      maxLength={4000}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={press}
    />
  )
}

/** Notes on the take in sight, in the order of their frames. */
export function NotesPanel({ now }: { now: ReviewNow }) {
  const take = useActiveTake(now)
  if (!take) return null
  const notes = notesOn(now.view, take.id)
  return (
    <section className="section review-notes" aria-label={`Notes on take ${take.number}`}>
      <div className="section-label">
        <h3>Notes on take {take.number}</h3>
        <span className="num">{notes.length}</span>
      </div>
      <ol>
        {notes.map((note) => (
          <NoteRow key={note.id} note={note} />
        ))}
      </ol>
      <NewNote key={take.id} take={take} />
    </section>
  )
}

/** Pins of the notes over the filmstrip. */
export function NotePins({ now }: { now: ReviewNow }) {
  const take = useActiveTake(now)
  const frames = useReview((review) => review.told?.frames)
  if (!take || frames === undefined) return null
  return notesOn(now.view, take.id).map((note, index) => (
    <button
      key={note.id}
      type="button"
      className="note-pin num"
      data-resolved={note.resolved || undefined}
      style={{ left: `${((Math.min(note.from, frames - 1) + 0.5) / frames) * 100}%` }}
      aria-label={`Note ${index + 1}: ${note.text}`}
      onClick={() => seekReview(note.from)}
    >
      {index + 1}
    </button>
  ))
}
