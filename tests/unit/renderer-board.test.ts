import { describe, expect, it } from 'vitest'
import {
  boardRows,
  columnLeft,
  dropPlace,
  edgeScroll,
  gridLayout,
  listLayout,
  rowAt,
  rowOf,
} from '../../renderer/features/board/layout.ts'
import { budgetLook } from '../../renderer/features/shell/budget.ts'
import {
  extendTo,
  keepExisting,
  selectAll,
  selectOnly,
  stepThrough,
  toggleScene,
} from '../../renderer/state/selection.ts'
import { beforeAfterMove, beforeForDrop, moveText, orderAfter } from '../../renderer/state/reorder.ts'
import { headOf, openScenes, rowsOf, sectionsOf } from '../../renderer/state/sections.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Budget } from '../../shared/model.ts'
import { makeScene } from './renderer-fixtures.ts'

const ORDER = ['a', 'b', 'c', 'd', 'e'] as SceneId[]
const [A, B, C, D, E] = ORDER as [SceneId, SceneId, SceneId, SceneId, SceneId]

describe('selection', () => {
  it('toggles, extends from the anchor either way, and takes all', () => {
    expect([...toggleScene(selectOnly(A), C).selected]).toEqual([A, C])
    expect([...toggleScene(selectOnly(A), A).selected]).toEqual([])
    const back = extendTo(extendTo(selectOnly(C), E, ORDER), A, ORDER)
    expect([[...back.selected], back.cursor, back.anchor]).toEqual([[A, B, C], A, C])
    expect(selectAll(ORDER).selected.size).toBe(5)
  })

  it('steps through rows of any length and stays at the edges', () => {
    const rows = [[A, B, C], [D], [E]]
    const from = (id: SceneId | null, step: Parameters<typeof stepThrough>[1]) => stepThrough(id, step, rows)
    expect([from(A, 'right'), from(C, 'right'), from(D, 'left')]).toEqual([B, D, C])
    expect([from(C, 'down'), from(E, 'up'), from(D, 'up')]).toEqual([D, D, A])
    expect([from(A, 'left'), from(B, 'up'), from(E, 'down'), from(E, 'right')]).toEqual([A, B, E, E])
    expect([from(null, 'right'), from(C, 'last'), from(D, 'first')]).toEqual([A, E, A])
    expect(stepThrough(A, 'right', [])).toBeNull()
  })

  it('drops what is gone and stays the same object otherwise', () => {
    const chosen = toggleScene(selectOnly(A), B)
    expect(keepExisting(chosen, ORDER)).toBe(chosen)
    expect(keepExisting(chosen, [A])).toEqual({ selected: new Set([A]), cursor: null, anchor: null })
  })
})

const SCENES = ORDER.map((id, position) => makeScene({ id, position, section: id === C ? 'Act two' : null }))
const [, , third] = SCENES

describe('sections', () => {
  it('divide the board at its headings, and count what is hidden', () => {
    const sections = sectionsOf(SCENES, SCENES.slice(1), new Set())
    expect(sections.map(({ head, scenes, size }) => [head?.section ?? null, scenes.length, size])).toEqual([
      [null, 1, 2],
      ['Act two', 3, 3],
    ])
    expect(rowsOf(sections, 2)).toEqual([[B], [C, D], [E]])
  })

  it('fold under their heading, and go when nothing of them is shown', () => {
    const folded = sectionsOf(SCENES, SCENES, new Set([C]))
    expect(openScenes(folded).map(({ id }) => id)).toEqual([A, B])
    expect(rowsOf(folded, 3)).toEqual([[A, B]])
    expect(sectionsOf(SCENES, SCENES.slice(0, 1), new Set()).length).toBe(1)
  })

  it('know the heading a scene stands under', () => {
    expect([headOf(SCENES, E), headOf(SCENES, B)]).toEqual([third, null])
  })
})

describe('the layout', () => {
  it('fits as many equal columns as the width and the zoom allow', () => {
    const wide = gridLayout(902, false)
    expect([wide.columns, wide.cardWidth, wide.lines]).toEqual([4, 208, 2])
    expect([0, 2, 6].map((zoom) => gridLayout(902, false, zoom).columns)).toEqual([6, 4, 1])
    expect([gridLayout(902, false, 0).lines, gridLayout(902, false, 6).lines]).toEqual([0, 3])
    expect(gridLayout(638, true).columns).toBe(3)
    expect(gridLayout(100, true).columns).toBe(1)
    expect(listLayout(902)).toMatchObject({ columns: 1, cardWidth: 886 })
  })

  const layout = gridLayout(902, false)
  const rows = boardRows(sectionsOf(SCENES, SCENES, new Set()), layout)

  it('begins every section with its heading and a new row', () => {
    expect(rows.map(({ kind }) => kind)).toEqual(['cards', 'heading', 'cards'])
    const [first, heading, second] = rows
    if (!first || !heading || second?.kind !== 'cards') throw new Error('There are three rows.')
    expect([first.top, heading.top, second.top]).toEqual([12, 12 + first.height, 12 + first.height + heading.height])
    expect([second.first, rowOf(rows, D), rowOf(rows, 'gone')]).toEqual([2, 2, -1])
    expect([0, 12, heading.top, second.top, 9_999].map((y) => rowAt(rows, y))).toEqual([0, 0, 1, 2, 2])
    expect(columnLeft(layout, 1)).toBe(16 + 220)
  })

  it('finds the place that is meant by a point, also between and beyond the cards', () => {
    const [, heading, second] = rows
    if (!heading || !second) throw new Error('There are three rows.')
    const at = (x: number, y: number) => dropPlace(rows, layout, x, y)
    expect(at(20, 20)).toEqual({ target: A, side: 'before' })
    expect(at(220, 20)).toEqual({ target: A, side: 'after' })
    expect(at(800, 20)).toEqual({ target: B, side: 'after' })
    expect(at(20, heading.top + 3)).toEqual({ target: C, side: 'before' })
    expect(at(900, 9_999)).toEqual({ target: E, side: 'after' })
    const list = listLayout(902)
    const lines = boardRows(sectionsOf(SCENES, SCENES, new Set()), list)
    expect(dropPlace(lines, list, 800, 4 + 50)).toEqual({ target: A, side: 'after' })
    expect(dropPlace([], list, 0, 0)).toBeNull()
  })

  it('scrolls faster the nearer a drag is to an edge', () => {
    expect([edgeScroll(300, 0, 600), edgeScroll(0, 0, 600), edgeScroll(600, 0, 600)]).toEqual([0, -18, 18])
    expect(edgeScroll(570, 0, 600)).toBeGreaterThan(0)
    expect(edgeScroll(570, 0, 600)).toBeLessThan(18)
  })
})

describe('moving', () => {
  const set = (...ids: SceneId[]) => new Set(ids)

  it('turns a drop into a place in the order, or into nothing where the scenes already are', () => {
    expect(beforeForDrop(ORDER, set(A), C, 'before')).toBe(C)
    expect(beforeForDrop(ORDER, set(A), E, 'after')).toBeNull()
    expect(beforeForDrop(ORDER, set(D), B, 'after')).toBe(C)
    expect(beforeForDrop(ORDER, set(B), A, 'after')).toBeUndefined()
    expect(beforeForDrop(ORDER, set(B), C, 'before')).toBeUndefined()
    expect(beforeForDrop(ORDER, set(B), B, 'before')).toBeUndefined()
    expect(beforeForDrop(ORDER, set(A, D), C, 'after')).toBe(E)
    expect(orderAfter(ORDER, set(A, D), E)).toEqual([B, C, A, D, E])
  })

  it('moves one or several by places among those shown', () => {
    const by = (moved: Set<SceneId>, places: number, shown: readonly SceneId[] = ORDER) =>
      beforeAfterMove(ORDER, shown, moved, places)
    expect([by(set(A), 1), by(set(D), 1), by(set(E), -1), by(set(E), 1), by(set(A), -1)]).toEqual([
      C,
      null,
      D,
      undefined,
      undefined,
    ])
    // A block keeps together; one that is scattered gathers.
    expect([by(set(B, C), 1), by(set(B, C), -1), by(set(A, C), 1)]).toEqual([E, A, E])
    expect([by(set(B, C), Infinity), by(set(D, E), -Infinity)]).toEqual([null, A])
    // What a filter hides is passed over.
    expect(by(set(A), 1, [A, C, E])).toBe(E)
    expect(by(set(C), 1, [A, C])).toBeUndefined()
    expect(by(set(A), 1, [A])).toBeUndefined()
  })

  it('says where the scenes are then', () => {
    expect(moveText(ORDER, set(C), () => 'Scene 05')).toBe('Scene 05 moved to position 3 of 5')
    expect(moveText(ORDER, set(C, D), () => '')).toBe('2 scenes moved to positions 3 to 4 of 5')
  })
})

describe('budgetLook', () => {
  const budget = (values: Partial<Record<keyof Budget, number | null>>) =>
    ({ projectId: 'p', cap: 30_000_000, held: 0, refundPending: 0, spent: 0, left: 30_000_000, ...values }) as Budget

  it('draws spent and reserved as parts of the cap', () => {
    const look = budgetLook(budget({ spent: 15_000_000, held: 3_000_000, left: 12_000_000 }))
    expect(look).toEqual({
      tone: 'normal',
      parts: { spent: 0.5, held: 0.1 },
      sentence: 'Budget: $15.00 spent, $3.00 reserved, $12.00 left of $30.00',
    })
  })

  it('asks for attention over 80 percent, and blocks when nothing is left', () => {
    expect(budgetLook(budget({ spent: 24_000_000, left: 6_000_000 })).tone).toBe('normal')
    expect(budgetLook(budget({ spent: 24_000_001, left: 5_999_999 })).tone).toBe('attention')
    expect(budgetLook(budget({ spent: 31_000_000, left: 0 }))).toMatchObject({
      tone: 'blocked',
      parts: { spent: 1, held: 0 },
    })
  })

  it('does not invent a cap', () => {
    expect(budgetLook(budget({ cap: null, left: null }))).toMatchObject({
      tone: 'none',
      sentence: 'Budget: $0.00 spent, $0.00 reserved, no cap set',
    })
  })
})
