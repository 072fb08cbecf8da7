import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TakeId } from '../../shared/ids.ts'
import { movedPlaces } from '../../electron/engine/domain/queue-order.ts'

const waiting = (...places: number[]) => places.map((place) => ({ id: `t${place}` as TakeId, place }))
const ids = (...places: number[]) => new Set(places.map((place) => `t${place}` as TakeId))

/** The order after a move, by the places the takes had. */
function after(list: ReturnType<typeof waiting>, moved: ReadonlySet<TakeId>, before: number | null): string[] {
  const changed = new Map(movedPlaces(list, moved, before).map(({ id, place }) => [id, place]))
  return list
    .map(({ id, place }) => ({ id, place: changed.get(id) ?? place }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ id }) => id)
}

describe('moving takes in the queue', () => {
  it('puts them before another, before what follows one that is gone, or last', () => {
    const list = waiting(2, 4, 5, 9)
    expect(after(list, ids(9, 4), 2)).toEqual(['t4', 't9', 't2', 't5'])
    expect(after(list, ids(9), 3)).toEqual(['t2', 't9', 't4', 't5'])
    expect(after(list, ids(2), null)).toEqual(['t4', 't5', 't9', 't2'])
    expect(movedPlaces(list, ids(4), 5)).toEqual([])
    expect(movedPlaces(list, ids(7), 2)).toEqual([])
  })

  it('gives out the same places and leaves the order of all others and of the moved as it was', () => {
    const lists = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 30 }).chain((places) =>
      fc.record({
        places: fc.constant(places.toSorted((a, b) => a - b)),
        moved: fc.subarray(places),
        before: fc.option(fc.nat(200)),
      }),
    )
    fc.assert(
      fc.property(lists, ({ places, moved, before }) => {
        const list = waiting(...places)
        const order = after(list, ids(...moved), before)
        const kept = (which: (id: string) => boolean) => list.map(({ id }) => id).filter(which)
        const isMoved = (id: string) => ids(...moved).has(id as TakeId)
        expect(order.toSorted()).toEqual(kept(() => true).toSorted())
        expect(order.filter(isMoved)).toEqual(kept(isMoved))
        expect(order.filter((id) => !isMoved(id))).toEqual(kept((id) => !isMoved(id)))
      }),
    )
  })
})
