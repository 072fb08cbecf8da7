/** The measures of the grid, in pixels. */
export interface GridLayout {
  readonly columns: number
  readonly cardWidth: number
  readonly cardHeight: number
  readonly gap: number
  readonly padding: { readonly x: number; readonly y: number }
}

const GAP = 12
const PADDING = { x: 16, y: 12 }
/** Title, two lines of prompt, seed and price, with their spacing. */
const BODY_HEIGHT = 92

/**
 * As many equal columns as fit.
 * @param width inside of the scrolling element
 * @param narrow true in a small window, where cards may be narrower
 */
export function gridLayout(width: number, narrow: boolean): GridLayout {
  const least = narrow ? 176 : 196
  const inner = Math.max(least, width - PADDING.x * 2)
  const columns = Math.max(1, Math.floor((inner + GAP) / (least + GAP)))
  const cardWidth = Math.floor((inner - GAP * (columns - 1)) / columns)
  return { columns, cardWidth, cardHeight: Math.round((cardWidth * 9) / 16) + BODY_HEIGHT, gap: GAP, padding: PADDING }
}

/** Where the card at an index lies. */
export function cardPlace(layout: GridLayout, index: number): { left: number; top: number } {
  const { columns, cardWidth, cardHeight, gap, padding } = layout
  return {
    left: padding.x + (index % columns) * (cardWidth + gap),
    top: padding.y + Math.floor(index / columns) * (cardHeight + gap),
  }
}

export const rowCount = (layout: GridLayout, cards: number): number => Math.ceil(cards / layout.columns)

/**
 * Where a dragged scene goes when it is let go on a half of another card.
 * @param order of all scenes, also those a filter hides
 * @returns the scene it comes before, null for the end, undefined when it stays
 */
export function dropBefore<Id extends string>(
  order: readonly Id[],
  dragged: Id,
  target: Id,
  side: 'left' | 'right',
): Id | null | undefined {
  const others = order.filter((id) => id !== dragged)
  const at = others.indexOf(target)
  if (at === -1) return undefined
  const to = side === 'left' ? at : at + 1
  return to === order.indexOf(dragged) ? undefined : (others[to] ?? null)
}
