/** Where scenes go when they are moved. Several moved ones come to stand beside each other, in the order they have. */

/** An order with some of it moved before another, or to the end. */
export function orderAfter<Id>(order: readonly Id[], moved: ReadonlySet<Id>, before: Id | null): readonly Id[] {
  const block = order.filter((id) => moved.has(id))
  const others = order.filter((id) => !moved.has(id))
  const at = before === null ? -1 : others.indexOf(before)
  return others.toSpliced(at === -1 ? others.length : at, 0, ...block)
}

const same = <Id>(a: readonly Id[], b: readonly Id[]) => a.every((id, index) => id === b[index])

/**
 * What moved scenes come before when they are let go beside a target.
 * @param order of all scenes, also those that are not shown
 * @returns null for the end, undefined when nothing would change
 */
export function beforeForDrop<Id>(
  order: readonly Id[],
  moved: ReadonlySet<Id>,
  target: Id,
  side: 'before' | 'after',
): Id | null | undefined {
  const at = order.indexOf(target)
  if (at === -1) return undefined
  const before = order.slice(side === 'before' ? at : at + 1).find((id) => !moved.has(id)) ?? null
  return same(orderAfter(order, moved, before), order) ? undefined : before
}

/**
 * What moved scenes come before when they go some places on among those shown.
 * @param order of all scenes
 * @param shown those of them that are shown, in the same order
 * @param by places; negative is earlier, infinite goes to an end of what is shown
 * @returns null for the end, undefined when they cannot move that way
 */
export function beforeAfterMove<Id>(
  order: readonly Id[],
  shown: readonly Id[],
  moved: ReadonlySet<Id>,
  by: number,
): Id | null | undefined {
  const others = shown.filter((id) => !moved.has(id))
  const first = shown.findIndex((id) => moved.has(id))
  if (first === -1 || others.length === 0) return undefined
  const edge = by < 0 ? first : shown.findLastIndex((id) => moved.has(id))
  const passed = shown.slice(0, edge).filter((id) => !moved.has(id)).length
  const to = Math.max(0, Math.min(others.length, passed + by))
  const target = others[to]
  if (same(orderAfter(shown, moved, target ?? null), shown)) return undefined
  const last = others.at(-1)
  if (target !== undefined) return beforeForDrop(order, moved, target, 'before')
  return last === undefined ? undefined : beforeForDrop(order, moved, last, 'after')
}

/** `Scene 05 moved to position 3 of 12`, `3 scenes moved to positions 3 to 5 of 12`. */
export function moveText<Id>(order: readonly Id[], moved: ReadonlySet<Id>, nameOf: (id: Id) => string): string {
  const first = order.findIndex((id) => moved.has(id))
  const id = order[first]
  if (id === undefined) return ''
  return moved.size === 1
    ? `${nameOf(id)} moved to position ${first + 1} of ${order.length}`
    : `${moved.size} scenes moved to positions ${first + 1} to ${first + moved.size} of ${order.length}`
}
