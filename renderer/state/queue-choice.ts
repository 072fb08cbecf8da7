import { create } from 'zustand'
import type { TakeId } from '../../shared/ids.ts'

/** Which rows of the queue are chosen in this window. */
export interface QueueChoice {
  readonly chosen: ReadonlySet<TakeId>
  /** The row that arrow keys go on from. */
  readonly cursor: TakeId | null
  /** Where a range begins. */
  readonly anchor: TakeId | null
  /** True while it is asked whether to cancel the chosen ones. */
  readonly asking: boolean
}

const NONE: QueueChoice = { chosen: new Set(), cursor: null, anchor: null, asking: false }

export const useQueueChoice = create<QueueChoice>(() => NONE)

export const chooseNone = (): void => useQueueChoice.setState(NONE)

export type HowChosen = 'only' | 'toggle' | 'extend'

/** The choice after a row was pressed. @param order the rows of the list from first to last */
export function chosenAfter(
  before: Pick<QueueChoice, 'chosen' | 'anchor'>,
  order: readonly TakeId[],
  id: TakeId,
  how: HowChosen,
): Pick<QueueChoice, 'chosen' | 'cursor' | 'anchor'> {
  if (how === 'toggle') {
    const chosen = new Set(before.chosen)
    if (!chosen.delete(id)) chosen.add(id)
    return { chosen, cursor: id, anchor: id }
  }
  const from = before.anchor === null ? -1 : order.indexOf(before.anchor)
  const to = order.indexOf(id)
  if (how === 'only' || from < 0 || to < 0) return { chosen: new Set([id]), cursor: id, anchor: id }
  return {
    chosen: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)),
    cursor: id,
    anchor: before.anchor,
  }
}

export const chooseRow = (order: readonly TakeId[], id: TakeId, how: HowChosen): void =>
  useQueueChoice.setState((before) => chosenAfter(before, order, id, how))

export const chooseTakes = (ids: readonly TakeId[]): void =>
  useQueueChoice.setState({ chosen: new Set(ids), cursor: ids[0] ?? null, anchor: ids[0] ?? null })

export const askCancel = (asking: boolean): void => useQueueChoice.setState({ asking })
