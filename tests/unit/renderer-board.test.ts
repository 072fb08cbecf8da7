import { describe, expect, it } from 'vitest'
import { cardPlace, dropBefore, gridLayout, rowCount } from '../../renderer/features/board/layout.ts'
import { budgetLook } from '../../renderer/features/shell/budget.ts'
import { extendTo, keepExisting, selectAll, selectOnly, stepFrom, toggleScene } from '../../renderer/state/selection.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Budget } from '../../shared/model.ts'

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

  it('steps through a grid and stays at its edges', () => {
    const from = (id: SceneId | null, step: Parameters<typeof stepFrom>[1]) => stepFrom(id, step, ORDER, 3)
    expect([from(A, 'right'), from(A, 'down'), from(E, 'up')]).toEqual([B, D, B])
    expect([from(A, 'left'), from(B, 'up'), from(D, 'down'), from(E, 'right')]).toEqual([A, B, D, E])
    expect([from(null, 'right'), from(C, 'last'), from(C, 'first')]).toEqual([A, E, A])
    expect(stepFrom(A, 'right', [], 3)).toBeNull()
  })

  it('drops what is gone and stays the same object otherwise', () => {
    const chosen = toggleScene(selectOnly(A), B)
    expect(keepExisting(chosen, ORDER)).toBe(chosen)
    expect(keepExisting(chosen, [A])).toEqual({ selected: new Set([A]), cursor: null, anchor: null })
  })
})

describe('grid', () => {
  it('fits as many equal columns as the width allows', () => {
    const wide = gridLayout(902, false)
    expect([wide.columns, wide.cardWidth]).toEqual([4, 208])
    expect(gridLayout(638, true).columns).toBe(3)
    expect(gridLayout(100, true).columns).toBe(1)
    expect([rowCount(wide, 12), rowCount(wide, 13)]).toEqual([3, 4])
  })

  it('lays cards in rows', () => {
    const layout = gridLayout(902, false)
    expect(cardPlace(layout, 0)).toEqual({ left: 16, top: 12 })
    expect(cardPlace(layout, 5)).toEqual({ left: 16 + 220, top: 12 + layout.cardHeight + 12 })
  })

  it('turns a drop into a move, or into nothing where the scene already is', () => {
    expect(dropBefore(ORDER, A, C, 'left')).toBe(C)
    expect(dropBefore(ORDER, A, E, 'right')).toBeNull()
    expect(dropBefore(ORDER, D, B, 'right')).toBe(C)
    expect(dropBefore(ORDER, B, A, 'right')).toBeUndefined()
    expect(dropBefore(ORDER, B, C, 'left')).toBeUndefined()
    expect(dropBefore(ORDER, B, B, 'left')).toBeUndefined()
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
