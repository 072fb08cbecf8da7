import type { SceneId } from '../../shared/ids.ts'

/** The chosen scenes, the one the keyboard stands on, and where a range began. */
export interface Selection {
  readonly selected: ReadonlySet<SceneId>
  readonly cursor: SceneId | null
  readonly anchor: SceneId | null
}

export const NO_SELECTION: Selection = { selected: new Set(), cursor: null, anchor: null }

export const selectOnly = (id: SceneId): Selection => ({ selected: new Set([id]), cursor: id, anchor: id })

/** Adds or takes away one scene. */
export function toggleScene(selection: Selection, id: SceneId): Selection {
  const selected = new Set(selection.selected)
  if (!selected.delete(id)) selected.add(id)
  return { selected, cursor: id, anchor: id }
}

/** Chooses everything between the anchor and the scene, in the order shown. */
export function extendTo(selection: Selection, id: SceneId, order: readonly SceneId[]): Selection {
  const anchor = selection.anchor !== null && order.includes(selection.anchor) ? selection.anchor : id
  const [from, to] = [order.indexOf(anchor), order.indexOf(id)].sort((a, b) => a - b)
  return { selected: new Set(order.slice(from, (to ?? 0) + 1)), cursor: id, anchor }
}

export const selectAll = (order: readonly SceneId[]): Selection => ({
  selected: new Set(order),
  cursor: order[0] ?? null,
  anchor: order[0] ?? null,
})

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/**
 * The scene an arrow key leads to. Left and right go on through the rows; up and down keep the column, or take the last
 * card of a shorter row; at the edges it stays.
 * @param rows of scenes, none empty
 */
export function stepThrough(cursor: SceneId | null, step: Step, rows: readonly (readonly SceneId[])[]): SceneId | null {
  const order = rows.flat()
  const at = cursor === null ? -1 : order.indexOf(cursor)
  if (at === -1) return (step === 'last' ? order.at(-1) : order[0]) ?? null
  const row = rows.findIndex((ids) => cursor !== null && ids.includes(cursor))
  const column = cursor === null ? 0 : (rows[row]?.indexOf(cursor) ?? 0)
  const inRow = (to: number) => rows[to]?.[Math.min(column, (rows[to]?.length ?? 1) - 1)]
  const steps: Readonly<Record<Step, SceneId | undefined>> = {
    left: order[at - 1],
    right: order[at + 1],
    up: inRow(row - 1),
    down: inRow(row + 1),
    first: order[0],
    last: order.at(-1),
  }
  return steps[step] ?? cursor
}

/** Without scenes that are gone or out of sight; nothing changes while all are there. */
export function keepExisting(selection: Selection, order: readonly SceneId[]): Selection {
  const there = new Set(order)
  const kept = [...selection.selected].filter((id) => there.has(id))
  const keep = (id: SceneId | null) => (id !== null && there.has(id) ? id : null)
  if (kept.length === selection.selected.size && keep(selection.cursor) === selection.cursor) return selection
  return { selected: new Set(kept), cursor: keep(selection.cursor), anchor: keep(selection.anchor) }
}
