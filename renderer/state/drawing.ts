import { create } from 'zustand'
import { NoteId, TakeId } from '../../shared/ids.ts'
import { Note, Stroke } from '../../shared/review.ts'
import { z } from 'zod'
import { MAX_STROKES, WIDTHS } from './strokes.ts'
import { keep, recalled } from './window-memory.ts'

const Frames = Note.pick({ from: true, to: true })
export type Frames = z.infer<typeof Frames>

const Draft = z.strictObject({
  takeId: TakeId,
  /** The note that is being changed; null for a new one. */
  noteId: NoteId.nullable(),
  text: z.string(),
  strokes: z.array(Stroke),
  /** What was taken back of the drawing, the latest last. */
  undone: z.array(Stroke),
  /** Null until something was written or drawn: the note then follows the frame in sight. */
  frames: Frames.nullable(),
})
/** A note that is being written. */
export type NoteDraft = z.infer<typeof Draft>

export const NOTE_FILTERS = ['all', 'open', 'resolved'] as const
export type NoteFilter = (typeof NOTE_FILTERS)[number]

/** Notes on their way, and the pen. */
export interface Drawing {
  /** By the note that is changed, or by the take of a new one. */
  readonly drafts: Readonly<Record<string, NoteDraft>>
  /** The note that is being changed. */
  readonly editing: NoteId | null
  /** The take that is being drawn on. */
  readonly on: TakeId | null
  readonly tool: Stroke['tool']
  readonly colour: Stroke['colour']
  readonly width: number
  readonly shown: NoteFilter
}

const KEPT = 'noteDrafts'
/** The drafts of the newest takes; what was forgotten for longer is let go. */
const MOST = 20

function keptDrafts(): Drawing['drafts'] {
  try {
    const read = z.record(z.string(), Draft).safeParse(JSON.parse(recalled(KEPT) ?? '{}'))
    return read.success ? read.data : {}
  } catch {
    return {}
  }
}

export const useDrawing = create<Drawing>(() => ({
  drafts: keptDrafts(),
  editing: null,
  on: null,
  tool: 'pen',
  colour: 'red',
  width: WIDTHS[1],
  shown: 'all',
}))

const emptyDraft = (takeId: TakeId): NoteDraft => ({
  takeId,
  noteId: null,
  text: '',
  strokes: [],
  undone: [],
  frames: null,
})

const isEmpty = ({ noteId, text, strokes, undone }: NoteDraft) =>
  noteId === null && text.trim() === '' && strokes.length === 0 && undone.length === 0

/** Under which a draft is kept: the note that is changed, else the take. */
const keyOf = ({ takeId, noteId }: Pick<NoteDraft, 'takeId' | 'noteId'>): string => noteId ?? takeId

/** The new note on a take, as far as it came. */
export const newDraft = ({ drafts }: Pick<Drawing, 'drafts'>, takeId: TakeId): NoteDraft =>
  drafts[takeId] ?? emptyDraft(takeId)

/** The note that is written on a take: the one being changed, else the new one. */
export function draftOn({ drafts, editing }: Pick<Drawing, 'drafts' | 'editing'>, takeId: TakeId): NoteDraft {
  const changed = editing === null ? undefined : drafts[editing]
  return changed?.takeId === takeId ? changed : newDraft({ drafts }, takeId)
}

function put(draft: NoteDraft): void {
  useDrawing.setState(({ drafts }) => {
    const others = Object.entries(drafts).filter(([key]) => key !== keyOf(draft))
    const all = isEmpty(draft) ? others : [...others, [keyOf(draft), draft] as const]
    return { drafts: Object.fromEntries(all.slice(-MOST)) }
  })
  keep(KEPT, JSON.stringify(useDrawing.getState().drafts))
}

/** Changes a draft; what it is about is settled with its first word or stroke. @param frames the frames in sight */
export function writeDraft(draft: NoteDraft, patch: Partial<NoteDraft>, frames: Frames): void {
  const next = { ...draft, ...patch }
  put({ ...next, frames: isEmpty(next) ? null : (next.frames ?? frames) })
}

/** Throws a draft away. Drawing goes on with a new note. */
export function dropDraft({ takeId, noteId }: Pick<NoteDraft, 'takeId' | 'noteId'>): void {
  useDrawing.setState(({ drafts, editing }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([key]) => key !== keyOf({ takeId, noteId }))),
    editing: noteId !== null && editing === noteId ? null : editing,
  }))
  keep(KEPT, JSON.stringify(useDrawing.getState().drafts))
}

/** Begins to change a note, or goes on with what was begun. */
export function editNote({ id, takeId, text, strokes, from, to }: Note): void {
  if (!useDrawing.getState().drafts[id]) put({ takeId, noteId: id, text, strokes, undone: [], frames: { from, to } })
  useDrawing.setState({ editing: id, on: null })
}

/** Begins to draw on a take, or ends it; what was drawn stays with the draft. */
export const drawOn = (on: TakeId | null): void => useDrawing.setState({ on })

/** One more stroke. What was taken back is gone then. */
export function addStroke(draft: NoteDraft, stroke: Stroke, frames: Frames): void {
  if (draft.strokes.length < MAX_STROKES) writeDraft(draft, { strokes: [...draft.strokes, stroke], undone: [] }, frames)
}

/** Takes the last stroke back. */
export function undoStroke(draft: NoteDraft): void {
  const last = draft.strokes.at(-1)
  if (last) put({ ...draft, strokes: draft.strokes.slice(0, -1), undone: [...draft.undone, last] })
}

/** Draws the stroke again that was taken back last. */
export function redoStroke(draft: NoteDraft): void {
  const next = draft.undone.at(-1)
  if (next) put({ ...draft, strokes: [...draft.strokes, next], undone: draft.undone.slice(0, -1) })
}

/** Takes every stroke back; drawing again brings them one by one. */
export const clearStrokes = (draft: NoteDraft): void =>
  put({ ...draft, strokes: [], undone: [...draft.undone, ...draft.strokes.toReversed()] })

/** Whether a frame is one of those that are meant. */
export const isAbout = ({ from, to }: Frames, frame: number): boolean => frame >= from && frame <= to

/** The notes that a filter leaves. */
export const shownNotes = (notes: readonly Note[], shown: NoteFilter): readonly Note[] =>
  shown === 'all' ? notes : notes.filter(({ resolved }) => resolved === (shown === 'resolved'))
