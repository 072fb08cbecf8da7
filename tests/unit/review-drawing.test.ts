import { beforeEach, describe, expect, it } from 'vitest'
import {
  addStroke,
  clearStrokes,
  draftOn,
  dropDraft,
  editNote,
  isAbout,
  newDraft,
  redoStroke,
  shownNotes,
  undoStroke,
  useDrawing,
  writeDraft,
} from '../../renderer/state/drawing.ts'
import { ownFrames } from '../../renderer/state/own-frames.ts'
import { drawnTo, finished, MAX_STROKES, pointAt, shapeOf } from '../../renderer/state/strokes.ts'
import { type NoteId, TakeId } from '../../shared/ids.ts'
import { Note, Stroke } from '../../shared/review.ts'

const WIDE = 16 / 9
const stroke = (tool: Stroke['tool'], ...points: Stroke['points']): Stroke => ({
  tool,
  colour: 'red',
  width: 0.006,
  points,
})
const points = (drawn: Stroke | null) => drawn?.points

describe('a stroke', () => {
  it('stays on the picture and is kept in parts of it', () => {
    expect([pointAt(-0.2, 1.4), pointAt(0.123456, 0.5)]).toEqual([
      [0, 1],
      [0.1235, 0.5],
    ])
  })

  it('follows the pen, and ends where arrow and box were let go', () => {
    const pen = [pointAt(0.2, 0.2), pointAt(0.3, 0.2)].reduce(
      (now, to) => drawnTo(now, to, WIDE),
      stroke('pen', [0.1, 0.2]),
    )
    expect(points(pen)).toHaveLength(3)
    expect(drawnTo(pen, pointAt(0.3004, 0.2), WIDE)).toBe(pen)
    const arrow = drawnTo(drawnTo(stroke('arrow', [0.1, 0.1]), pointAt(0.9, 0.2), WIDE), pointAt(0.5, 0.6), WIDE)
    expect(points(arrow)).toEqual([
      [0.1, 0.1],
      [0.5, 0.6],
    ])
  })

  it('is square, or at an eighth of a turn, as it looks on the screen', () => {
    const box = points(drawnTo(stroke('box', [0.1, 0.1]), pointAt(0.3, 0.2), WIDE, true))
    expect(box).toEqual([[0.1, 0.1], pointAt(0.3, 0.1 + 0.2 * WIDE)])
    const level = points(drawnTo(stroke('arrow', [0.1, 0.5]), pointAt(0.4, 0.52), WIDE, true))
    expect(level?.[1]?.[1]).toBe(0.5)
    const steep = points(drawnTo(stroke('arrow', [0.5, 0.5]), pointAt(0.7, 0.9), WIDE, true))?.[1] ?? [0, 0]
    expect(steep[0] - 0.5).toBeCloseTo((steep[1] - 0.5) / WIDE, 3)
  })

  it('loses the places nobody would see, and never its corners', () => {
    const line = Array.from({ length: 101 }, (_, index) => pointAt(0.1 + index * 0.004, 0.3))
    const corner = Array.from({ length: 50 }, (_, index) => pointAt(0.5, 0.3 + index * 0.004))
    const kept = points(finished(stroke('pen', ...line, ...corner), WIDE))
    expect(kept).toEqual([pointAt(0.1, 0.3), pointAt(0.5, 0.3), pointAt(0.5, 0.496)])
    const wave = Array.from({ length: 400 }, (_, index) => pointAt(index / 400, 0.5 + 0.2 * Math.sin(index / 12)))
    const waved = finished(stroke('pen', ...wave), WIDE)
    expect(points(waved)?.length).toBeLessThan(200)
    expect(points(waved)?.length).toBeGreaterThan(20)
    expect(Stroke.safeParse(waved).success).toBe(true)
  })

  it('came to nothing when it has no length; a dot of the pen has none to have', () => {
    expect(finished(stroke('box', [0.4, 0.4], [0.401, 0.401]), WIDE)).toBeNull()
    expect(finished(stroke('arrow', [0.4, 0.4]), WIDE)).toBeNull()
    expect(points(finished(stroke('pen', [0.4, 0.4]), WIDE))).toHaveLength(1)
  })

  it('is drawn without being stretched', () => {
    const box = shapeOf(stroke('box', [0.1, 0.2], [0.3, 0.4]), 2)
    expect(box).toEqual({ line: 'M100 100H300V200H100Z', head: null, width: 6 })
    expect(shapeOf(stroke('pen', [0.5, 0.5]), 2).line).toBe('M500 250h0')
    const { line, head } = shapeOf(stroke('arrow', [0.1, 0.5], [0.5, 0.5]), 2)
    expect(head).toMatch(/^M500 250L/)
    // The line ends within the head.
    expect(Number(/L(\S+)/.exec(line)?.[1])).toBeLessThan(500)
  })
})

describe('frames of a take beside A', () => {
  const clip = (num: number, frames = 120) => ({ rate: { num, den: 1 }, frames })
  it('go there and back, at one rate and at two, ahead or behind', () => {
    const same = ownFrames(clip(24), clip(24, 96), 3)
    expect([same.own(10), same.ofA(13), same.own(119), same.ofA(0)]).toEqual([13, 10, 95, 0])
    const other = ownFrames(clip(24), clip(30), 0)
    expect([other.own(24), other.ofA(30)]).toEqual([30, 24])
    for (let frame = 0; frame < 96; frame++) expect(other.ofA(other.own(frame))).toBe(frame)
  })
})

describe('a draft', () => {
  const takeId = TakeId.parse('0190a0a0-0000-7000-8000-000000000001')
  const other = TakeId.parse('0190a0a0-0000-7000-8000-000000000002')
  const at = (frame: number) => ({ from: frame, to: frame })
  const draft = () => draftOn(useDrawing.getState(), takeId)
  const first = stroke('box', [0.1, 0.1], [0.2, 0.2])
  const second = stroke('pen', [0.5, 0.5], [0.6, 0.6])

  beforeEach(() => useDrawing.setState({ drafts: {}, editing: null, on: null, shown: 'all' }))

  it('stays at the frames it was begun at, and with its take', () => {
    writeDraft(draft(), { text: 'J' }, at(30))
    writeDraft(draft(), { text: 'Ju' }, at(70))
    expect(draft()).toMatchObject({ text: 'Ju', frames: at(30) })
    expect(draftOn(useDrawing.getState(), other).text).toBe('')
    writeDraft(draft(), { frames: at(70) }, at(70))
    expect(draft().frames).toEqual(at(70))
    writeDraft(draft(), { text: '' }, at(80))
    expect(useDrawing.getState().drafts).toEqual({})
    expect(draft().frames).toBeNull()
  })

  it('takes strokes back one by one and draws them again, also after all were cleared', () => {
    addStroke(draft(), first, at(5))
    addStroke(draft(), second, at(9))
    expect(draft()).toMatchObject({ strokes: [first, second], frames: at(5) })
    undoStroke(draft())
    expect(draft().strokes).toEqual([first])
    redoStroke(draft())
    clearStrokes(draft())
    expect(draft().strokes).toEqual([])
    redoStroke(draft())
    expect(draft().strokes).toEqual([first])
    redoStroke(draft())
    redoStroke(draft())
    expect(draft().strokes).toEqual([first, second])
    undoStroke(draft())
    addStroke(draft(), second, at(5))
    expect(draft().undone).toEqual([])
  })

  it('holds no more strokes than a note does', () => {
    for (let count = 0; count < MAX_STROKES + 5; count++) addStroke(draft(), first, at(0))
    expect(Note.shape.strokes.safeParse(draft().strokes).success).toBe(true)
    expect(draft().strokes).toHaveLength(MAX_STROKES)
  })

  it('of a note is apart from the new one, and goes on where it was left', () => {
    const note = {
      id: '0190a0a0-0000-7000-8000-00000000000a' as NoteId,
      takeId,
      from: 3,
      to: 8,
      text: 'Rope',
      strokes: [first],
      resolved: false,
    } as Note
    writeDraft(draft(), { text: 'New' }, at(30))
    editNote(note)
    expect(draft()).toMatchObject({ noteId: note.id, text: 'Rope', frames: { from: 3, to: 8 } })
    writeDraft(draft(), { text: 'Rope, cut' }, at(50))
    useDrawing.setState({ editing: null })
    expect(draft().text).toBe('New')
    editNote(note)
    expect(draft().text).toBe('Rope, cut')
    dropDraft(draft())
    expect(draft()).toMatchObject({ noteId: null, text: 'New' })
    expect(newDraft(useDrawing.getState(), other).noteId).toBeNull()
  })

  it('is about its frames, and notes are shown as they are asked for', () => {
    expect([2, 3, 8, 9].map((frame) => isAbout({ from: 3, to: 8 }, frame))).toEqual([false, true, true, false])
    const notes = [{ resolved: true }, { resolved: false }] as Note[]
    expect([shownNotes(notes, 'all'), shownNotes(notes, 'open'), shownNotes(notes, 'resolved')]).toEqual([
      notes,
      [notes[1]],
      [notes[0]],
    ])
  })
})
