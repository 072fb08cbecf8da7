import './note-panel.css'
import { Check, Pencil, PencilLine, RotateCcw, Trash2 } from 'lucide-react'
import type { Take } from '../../../shared/model.ts'
import type { Note } from '../../../shared/review.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import {
  draftOn,
  editNote,
  isAbout,
  newDraft,
  NOTE_FILTERS,
  type NoteFilter,
  shownNotes,
  useDrawing,
} from '../../state/drawing.ts'
import { notesOn } from '../../state/notes.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { seekReview, useReview } from '../../state/review.ts'
import { plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { framesText, NoteEditor } from './note-editor.tsx'
import { useFramesInSight, useOwnFrames } from './note-frames.ts'
import { useActiveTake } from './review-state.ts'

const FILTER_WORDS: Readonly<Record<NoteFilter, string>> = { all: 'All', open: 'Open', resolved: 'Resolved' }
const FILTERS = NOTE_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] }))

/** A note as it reads where there is room for words only. */
const wordsOf = ({ text, strokes }: Note) => text || (strokes.length > 0 ? 'Drawing' : 'Empty note')

function NoteRow({ note, own, here }: { note: Note; own: ReturnType<typeof useOwnFrames>; here: boolean }) {
  const at = framesText(note, own.rate)
  const remove = async () => {
    if (await attempt(() => call('note.remove', { noteId: note.id }))) toastWithUndo('Note removed')
  }
  return (
    <li className="review-note" data-resolved={note.resolved || undefined} aria-current={here || undefined}>
      <button
        type="button"
        className="review-note-at num"
        onClick={() => seekReview(own.ofA(note.from))}
        aria-label={`Go to ${at}`}
      >
        {framesText({ from: note.from, to: note.from }, own.rate)}
      </button>
      <div className="review-note-words">
        <p>{note.text || <em className="t3">Drawing</em>}</p>
        {(note.resolved || note.to > note.from || note.strokes.length > 0) && (
          <span className="review-note-more c11 t3 num">
            {note.resolved && (
              <span className="review-note-resolved">
                <Check size={12} aria-hidden />
                Resolved
              </span>
            )}
            {note.to > note.from && <span>{at}</span>}
            {note.strokes.length > 0 && (
              <span>
                <PencilLine size={12} aria-hidden />
                {plural(note.strokes.length, 'stroke')}
              </span>
            )}
          </span>
        )}
      </div>
      <div className="review-note-acts">
        <IconButton size="small" label="Change the note" icon={<Pencil size={14} />} onClick={() => editNote(note)} />
        <IconButton
          size="small"
          label={note.resolved ? 'Open the note again' : 'Resolve the note'}
          icon={note.resolved ? <RotateCcw size={14} /> : <Check size={14} />}
          onClick={() => run('note.update', { noteId: note.id, patch: { resolved: !note.resolved } })}
        />
        <IconButton size="small" label="Remove the note" icon={<Trash2 size={14} />} onClick={() => void remove()} />
      </div>
    </li>
  )
}

function Notes({ now, take }: { now: ReviewNow; take: Take }) {
  const own = useOwnFrames(now.takes[0], take)
  const inSight = useFramesInSight(own)
  const frame = useReview((review) => own.own(review.frame))
  const state = useDrawing()
  const all = notesOn(now.view, take.id)
  const notes = shownNotes(all, state.shown)
  const changed = draftOn(state, take.id)
  return (
    <section className="section review-notes" aria-label={`Notes on take ${take.number}`}>
      <div className="section-label">
        <h3>Notes on take {take.number}</h3>
        <span className="num">{notes.length < all.length ? `${notes.length} of ${all.length}` : all.length}</span>
        <span className="grow" />
        {all.length > 0 && (
          <Segmented
            label="Which notes"
            value={state.shown}
            options={FILTERS}
            onChange={(shown) => useDrawing.setState({ shown })}
          />
        )}
      </div>
      {all.length > notes.length && notes.length === 0 && (
        <p className="review-none t3 c12">
          No {state.shown === 'open' ? 'open' : 'resolved'} note.
          <Button size="small" look="ghost" onClick={() => useDrawing.setState({ shown: 'all' })}>
            Show all
          </Button>
        </p>
      )}
      <ol>
        {notes.map((note) =>
          changed.noteId === note.id ? (
            <li key={note.id}>
              <NoteEditor take={take} draft={changed} inSight={inSight} rate={own.rate} current />
            </li>
          ) : (
            <NoteRow key={note.id} note={note} own={own} here={isAbout(note, frame)} />
          ),
        )}
      </ol>
      <NoteEditor
        key={take.id}
        take={take}
        draft={newDraft(state, take.id)}
        inSight={inSight}
        rate={own.rate}
        current={changed.noteId === null}
      />
    </section>
  )
}

/** Notes on the take in sight, in the order of their frames. */
export function NotesPanel({ now }: { now: ReviewNow }) {
  const take = useActiveTake(now)
  return take && <Notes now={now} take={take} />
}

function Pins({ now, take }: { now: ReviewNow; take: Take }) {
  const own = useOwnFrames(now.takes[0], take)
  const frames = useReview((review) => review.told?.frames)
  const shown = useDrawing((drawing) => drawing.shown)
  if (frames === undefined) return null
  const all = notesOn(now.view, take.id)
  return shownNotes(all, shown).map((note) => {
    const number = all.indexOf(note) + 1
    const [from, to] = [own.ofA(note.from), own.ofA(note.to)]
    // Pins of one frame lie beside each other, not on top.
    const beside = all.slice(0, number - 1).filter((other) => other.from === note.from).length
    const place = (frame: number) => `${(Math.min(frame, frames) / frames) * 100}%`
    return (
      <span key={note.id}>
        {to > from && (
          <i
            className="note-span"
            data-resolved={note.resolved || undefined}
            style={{ left: place(from), width: `${((Math.min(to, frames - 1) + 1 - from) / frames) * 100}%` }}
          />
        )}
        <button
          type="button"
          className="note-pin num"
          data-resolved={note.resolved || undefined}
          data-drawn={note.strokes.length > 0 || undefined}
          style={{ left: place(from + 0.5), marginLeft: beside * 16 }}
          aria-label={`Note ${number}: ${wordsOf(note)}`}
          title={wordsOf(note)}
          onClick={() => seekReview(from)}
        >
          {number}
        </button>
      </span>
    )
  })
}

/** Pins of the notes over the filmstrip. */
export function NotePins({ now }: { now: ReviewNow }) {
  const take = useActiveTake(now)
  return take && <Pins now={now} take={take} />
}
