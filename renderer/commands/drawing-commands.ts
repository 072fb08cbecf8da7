import type { Take } from '../../shared/model.ts'
import { factsOf, useKnownClips } from '../media/known-clips.ts'
import {
  clearStrokes,
  draftOn,
  drawOn,
  type Frames,
  isAbout,
  type NoteDraft,
  redoStroke,
  undoStroke,
  useDrawing,
} from '../state/drawing.ts'
import { type OwnFrames, ownFrames } from '../state/own-frames.ts'
import { playedRange, seekReview, useReview } from '../state/review.ts'
import { INKS, TOOLS, WIDTHS } from '../state/strokes.ts'
import { useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'
import { type ReviewNow, reviewNow } from './review-now.ts'

/** The take that is looked at in the review room; null elsewhere. */
export function takeAtHand(): { readonly take: Take; readonly now: ReviewNow } | null {
  const { view, startOpen } = useUi.getState()
  const now = view === 'review' && !startOpen ? reviewNow() : null
  const take = now?.takes[useReview.getState().active] ?? now?.takes[0]
  return now && take ? { take, now } : null
}

/** How the frames of a take go with those of A; null until the files have told. */
export function framesOf(
  now: ReviewNow,
  take: Take,
  { probes } = useKnownClips.getState(),
  { shifts } = useReview.getState(),
): OwnFrames | null {
  const a = factsOf(probes, now.takes[0]?.clip?.sha256)
  const own = factsOf(probes, take.clip?.sha256)
  return a && own ? ownFrames(a, own, shifts[take.id] ?? 0) : null
}

/** What a note on a take would be about: the marked range, else the frame in sight. In frames of the take. */
export function framesInSight(
  own: OwnFrames | null,
  { range, told, frame }: Parameters<typeof playedRange>[0] & { readonly frame: number },
): Frames {
  const { from, to } = range ? playedRange({ range, told }) : { from: frame, to: frame }
  return own ? { from: own.own(from), to: own.own(to) } : { from, to }
}

/** The draft that is drawn on now; null while nobody draws. */
function drawn(): NoteDraft | null {
  const { on } = useDrawing.getState()
  return on !== null && takeAtHand()?.take.id === on ? draftOn(useDrawing.getState(), on) : null
}

export const isDrawing = (): boolean => drawn() !== null

/** Ends drawing and moves on to the words of the note. */
export function leaveDrawing(write: boolean): void {
  drawOn(null)
  if (write) useReview.setState(({ noteFocus }) => ({ noteFocus: noteFocus + 1 }))
}

/**
 * Begins to draw on the take in sight, at the frames of its draft. Where pictures lie over each other, the one that is
 * drawn on is shown alone.
 */
export function startDrawing(): void {
  const at = takeAtHand()
  if (!at) return
  const { take, now } = at
  const draft = draftOn(useDrawing.getState(), take.id)
  const own = framesOf(now, take)
  useReview.setState(({ mode }) => ({ speed: 0, ...(mode === 'side' ? {} : { mode: 'single' as const }) }))
  const { frame } = useReview.getState()
  const there = draft.frames === null || isAbout(draft.frames, own ? own.own(frame) : frame)
  seekReview(there || !draft.frames ? frame : own ? own.ofA(draft.frames.from) : draft.frames.from)
  drawOn(take.id)
}

type Rest = Partial<Command>
const drawing = (
  id: string,
  title: string,
  keys: readonly string[],
  act: (draft: NoteDraft) => void,
  rest: Rest = {},
) =>
  ({
    id: `drawing.${id}`,
    title,
    group: 'Drawing',
    keys,
    words: 'draw note annotate',
    when: () => drawn() !== null,
    run() {
      const draft = drawn()
      if (draft) act(draft)
    },
    ...rest,
  }) satisfies Command

const TOOL_KEYS = { pen: 'p', arrow: 'a', box: 'b' } as const
const TOOL_TITLES = { pen: 'Pen', arrow: 'Arrow', box: 'Box' } as const

function thicker(by: -1 | 1): void {
  useDrawing.setState(({ width }) => ({ width: WIDTHS[WIDTHS.findIndex((each) => each === width) + by] ?? width }))
}

/** Commands while a note is drawn. They come before those of the room, whose keys some of them take meanwhile. */
export const drawingCommands = (): readonly Command[] => [
  ...TOOLS.map((tool) =>
    drawing(tool, TOOL_TITLES[tool], [TOOL_KEYS[tool]], () => useDrawing.setState({ tool }), { family: 'Tool' }),
  ),
  ...INKS.map((colour, index) =>
    drawing(colour, `Draw in ${colour}`, [String(index + 1)], () => useDrawing.setState({ colour }), {
      family: 'Colour',
    }),
  ),
  drawing('thinner', 'Thinner', ['['], () => thicker(-1), { family: 'Width' }),
  drawing('thicker', 'Thicker', [']'], () => thicker(1), { family: 'Width' }),
  drawing('undo', 'Take the last stroke back', ['$mod+z'], undoStroke, { listed: false }),
  drawing('redo', 'Draw the stroke again', ['$mod+Shift+z', '$mod+y'], redoStroke, { listed: false }),
  drawing('clear', 'Clear the drawing', ['Delete'], clearStrokes),
  drawing('done', 'End drawing and write', ['Enter'], () => leaveDrawing(true)),
  drawing('leave', 'End drawing', ['Escape'], () => leaveDrawing(false), { listed: false }),
]
