import './drawing.css'
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Take } from '../../../shared/model.ts'
import type { Stroke } from '../../../shared/review.ts'
import { framesInSight } from '../../commands/drawing-commands.ts'
import { addStroke, draftOn, isAbout, type NoteDraft, useDrawing } from '../../state/drawing.ts'
import { notesOn } from '../../state/notes.ts'
import { useProjection } from '../../state/projection.ts'
import { seekReview, useReview } from '../../state/review.ts'
import { drawnTo, finished, type Point, pointAt, UNITS } from '../../state/strokes.ts'
import { useOwnFrames } from './note-frames.ts'
import { Ink } from './note-ink.tsx'
import { useActiveTake, useReviewNow } from './review-state.ts'

const STEP = 0.01
const FAR = 0.05
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Takes the pen: with the pointer, or with the arrow keys and Space while it has the focus. */
function Sheet({
  take,
  draft,
  ratio,
  here,
  frameOfA,
}: {
  take: Take
  draft: NoteDraft
  ratio: number
  /** False while another frame is in sight than the one that is drawn on. */
  here: boolean
  /** Where the drawing is. */
  frameOfA(): number
}) {
  const own = useOwnFrames(useReviewNow()?.takes[0], take)
  const [stroke, setStroke] = useState<Stroke | null>(null)
  const latest = useRef<Stroke | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Who began with the keyboard goes on with it here; a button that was clicked would take Enter for itself.
    const begun = document.activeElement
    if (!(begun instanceof HTMLElement) || !begun.matches('.note-editor button')) return
    if (begun.matches(':focus-visible')) sheet.current?.focus({ preventScroll: true })
    else begun.blur()
  }, [])
  const [pen, setPen] = useState<Point | null>(null)
  const change = (next: Stroke | null) => {
    latest.current = next
    setStroke(next)
  }
  const begin = (point: Point) => {
    const { tool, colour, width } = useDrawing.getState()
    change({ tool, colour, width, points: [point] })
  }
  const go = (point: Point, straight: boolean) => {
    if (latest.current) change(drawnTo(latest.current, point, ratio, straight))
  }
  const end = () => {
    const done = latest.current && finished(latest.current, ratio)
    change(null)
    if (done) addStroke(draft, done, framesInSight(own, useReview.getState()))
  }
  const placeOf = (event: { clientX: number; clientY: number }, element: Element): Point => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return pointAt((event.clientX - left) / width, (event.clientY - top) / height)
  }
  const down = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation()
    if (event.button !== 0) return
    // The focus stays where the words are written.
    event.preventDefault()
    setPen(null)
    if (!here) return seekReview(frameOfA())
    event.currentTarget.setPointerCapture(event.pointerId)
    begin(placeOf(event, event.currentTarget))
  }
  const move = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation()
    if (!latest.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { currentTarget, nativeEvent, shiftKey } = event
    const all = nativeEvent.getCoalescedEvents?.() ?? []
    for (const each of all.length > 0 ? all : [nativeEvent]) go(placeOf(each, currentTarget), shiftKey)
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = ARROWS[event.key]
    if (by) {
      const [x, y] = pen ?? [0.5, 0.5]
      const step = event.shiftKey ? FAR : STEP
      const next = pen === null ? pointAt(x, y) : pointAt(x + by[0] * step, y + by[1] * step * ratio)
      setPen(next)
      go(next, false)
    } else if (event.key === ' ') {
      if (!here) seekReview(frameOfA())
      else if (latest.current) end()
      else begin(pen ?? pointAt(0.5, 0.5))
      setPen(pen ?? pointAt(0.5, 0.5))
    } else if (event.key === 'Escape' && latest.current) change(null)
    else return
    event.preventDefault()
  }
  return (
    // Drawn on with the pointer, and with keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={sheet}
      className="drawing-sheet"
      role="application"
      // It is drawn on with keys as well.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={`Drawing on take ${take.number}. Arrow keys move the pen, Space begins and ends a stroke.`}
      data-here={here}
      onPointerDown={down}
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => change(null)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={press}
      onBlur={() => setPen(null)}
    >
      <svg className="drawing-ink" viewBox={`0 0 ${UNITS} ${UNITS / ratio}`} aria-hidden>
        {stroke && <Ink strokes={[stroke]} ratio={ratio} />}
        {pen && (
          <g className="drawing-pen" transform={`translate(${pen[0] * UNITS} ${(pen[1] * UNITS) / ratio})`}>
            <path d="M-14 0H14M0-14V14" />
          </g>
        )}
      </svg>
      {!here && <span className="plate drawing-away">The drawing is on another frame. Click to go there.</span>}
    </div>
  )
}

/** What was drawn on a take: the notes of the frame in sight, and the one on its way. Lies over its picture. */
export const DrawingLayer = memo(function DrawingLayer({ take, ratio }: { take: Take; ratio: number }) {
  const view = useProjection((projection) => projection.view)
  const now = useReviewNow()
  const own = useOwnFrames(now?.takes[0], take)
  const frame = useReview((review) => own.own(review.frame))
  const isBlended = useReview(({ mode }) => mode === 'difference')
  const drafts = useDrawing((drawing) => drawing.drafts)
  const editing = useDrawing((drawing) => drawing.editing)
  const active = useActiveTake(now)?.id === take.id
  const drawing = useDrawing(({ on }) => on === take.id) && active
  const notes = useMemo(() => (view ? notesOn(view, take.id) : []), [view, take.id])
  const draft = draftOn({ drafts, editing }, take.id)
  const about = draft.frames
  const here = about === null || isAbout(about, frame)
  const seen = notes.filter((note) => note.id !== draft.noteId && note.strokes.length > 0 && isAbout(note, frame))
  const mine = here ? draft.strokes : []
  if (isBlended || (!drawing && seen.length === 0 && mine.length === 0)) return null
  return (
    <>
      <svg className="drawing-ink" viewBox={`0 0 ${UNITS} ${UNITS / ratio}`} aria-hidden>
        {seen.map((note) => (
          <g key={note.id} className="drawing-note" data-resolved={note.resolved || undefined} data-note={note.id}>
            <Ink strokes={note.strokes} ratio={ratio} />
          </g>
        ))}
        {mine.length > 0 && (
          <g className="drawing-draft">
            <Ink strokes={mine} ratio={ratio} />
          </g>
        )}
      </svg>
      {drawing && (
        <Sheet
          take={take}
          draft={draft}
          ratio={ratio}
          here={here}
          frameOfA={() => (about ? own.ofA(about.from) : useReview.getState().frame)}
        />
      )}
    </>
  )
})
