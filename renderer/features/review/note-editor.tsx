import { MapPin, Pencil } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { type FrameRate, timecode } from '../../../shared/frame-rate.ts'
import type { Take } from '../../../shared/model.ts'
import { leaveDrawing, startDrawing } from '../../commands/drawing-commands.ts'
import { registry } from '../../commands/registry.ts'
import { dropDraft, type Frames, type NoteDraft, useDrawing, writeDraft } from '../../state/drawing.ts'
import { attempt, call } from '../../state/requests.ts'
import { useReview } from '../../state/review.ts'
import { plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'

const shortTime = (frame: number, rate: FrameRate) => timecode(frame, rate).slice(-5)
/** `02:11`, or `02:11 to 03:04`. */
export const framesText = ({ from, to }: Frames, rate: FrameRate): string =>
  from === to ? shortTime(from, rate) : `${shortTime(from, rate)} to ${shortTime(to, rate)}`

/** Stores a draft. @returns whether it is stored */
async function storeDraft({ takeId, noteId, text, strokes, frames }: NoteDraft, inSight: Frames): Promise<boolean> {
  const { from, to } = frames ?? inSight
  const note = { from, to, text: text.trim(), strokes }
  if (note.text === '' && strokes.length === 0) return false
  const done = await attempt<unknown>(() =>
    noteId === null ? call('note.add', { takeId, ...note }) : call('note.update', { noteId, patch: note }),
  )
  if (done === null) return false
  dropDraft({ takeId, noteId })
  leaveDrawing(false)
  return true
}

/** Writes and draws a note: a new one at the frame in sight or over the marked range, or one that is changed. */
export function NoteEditor({
  take,
  draft,
  inSight,
  rate,
  current,
}: {
  take: Take
  draft: NoteDraft
  /** What a new note would be about. */
  inSight: Frames
  rate: FrameRate
  /** True for the one that is written when the artist asks for a note. */
  current: boolean
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const drawing = useDrawing(({ on }) => on === take.id)
  const asked = useReview((review) => review.noteFocus)
  const heard = useRef(asked)
  const isNew = draft.noteId === null
  const about = draft.frames ?? inSight
  const begun = draft.frames !== null
  const away = begun && (about.from !== inSight.from || about.to !== inSight.to)
  const strokes = draft.strokes.length

  useEffect(() => {
    if (heard.current === asked || !current) return
    heard.current = asked
    field.current?.focus()
  }, [asked, current])
  useEffect(() => {
    if (!isNew) field.current?.focus()
  }, [isNew])

  const store = async () => {
    const done = await storeDraft(draft, inSight)
    if (done && isNew) field.current?.focus()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      void store()
    }
    if (event.key !== 'Escape') return
    // Leaves the words, never the room; they stay where they are.
    event.stopPropagation()
    event.currentTarget.blur()
  }
  // What is written here is drawn on: not the note that was changed before.
  const entered = (event: FocusEvent<HTMLElement>) => {
    if (isNew && !event.currentTarget.contains(event.relatedTarget)) useDrawing.setState({ editing: null })
  }
  const name = isNew ? (about.to > about.from ? 'New note on the range' : 'New note at this frame') : 'Note'
  return (
    <div className="note-editor" data-begun={begun || undefined} onFocus={entered}>
      <div className="note-editor-line">
        <span className="acc num note-editor-at">{framesText(about, rate)}</span>
        <textarea
          ref={field}
          rows={1}
          aria-label={name}
          placeholder={
            strokes > 0
              ? 'Say what is meant'
              : about.to > about.from
                ? 'Add a note to the range'
                : 'Add a note at this frame'
          }
          value={draft.text}
          maxLength={4000}
          onChange={(event) => writeDraft(draft, { text: event.target.value }, inSight)}
          onKeyDown={press}
        />
        <IconButton
          size="small"
          label={drawing ? 'End drawing' : 'Draw on the picture'}
          keys={registry.keysOf('review.draw')}
          on={drawing}
          aria-pressed={drawing}
          icon={<Pencil size={14} />}
          onClick={() => (drawing ? leaveDrawing(false) : startDrawing())}
        />
      </div>
      {begun && (
        <div className="row note-editor-acts">
          {strokes > 0 && <span className="t3 c11 num">{plural(strokes, 'stroke')}</span>}
          {away && (
            <IconButton
              size="small"
              label={`Move the note to ${framesText(inSight, rate)}`}
              icon={<MapPin size={14} />}
              onClick={() => writeDraft(draft, { frames: inSight }, inSight)}
            />
          )}
          <span className="grow" />
          <Button
            size="small"
            look="ghost"
            onClick={() => {
              dropDraft(draft)
              leaveDrawing(false)
            }}
          >
            {isNew ? 'Discard' : 'Cancel'}
          </Button>
          <Button size="small" disabled={draft.text.trim() === '' && strokes === 0} onClick={() => void store()}>
            {isNew ? 'Add note' : 'Save'}
          </Button>
        </div>
      )}
    </div>
  )
}
