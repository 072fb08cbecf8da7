import type { TakeId } from '../../../shared/ids.ts'

/** A take that waits to be sent, with its place in the order. */
export interface Placed {
  readonly id: TakeId
  readonly place: number
}

/**
 * The places that change when some waiting takes go before all those at `before` or after it, or last when it is null.
 * The same places are given out anew, and the takes that are moved keep their order among themselves.
 * @param waiting by place
 */
export function movedPlaces(waiting: readonly Placed[], moved: ReadonlySet<TakeId>, before: number | null): Placed[] {
  const others = waiting.filter(({ id }) => !moved.has(id))
  const found = before === null ? -1 : others.findIndex(({ place }) => place >= before)
  const index = found < 0 ? others.length : found
  const ordered = [...others.slice(0, index), ...waiting.filter(({ id }) => moved.has(id)), ...others.slice(index)]
  return waiting.flatMap(({ place }, position): Placed[] => {
    const take = ordered[position]
    return take === undefined || take.place === place ? [] : [{ id: take.id, place }]
  })
}
