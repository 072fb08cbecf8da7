import type { Scene } from '../../../shared/model.ts'
import type { Section } from '../../state/sections.ts'
import type { BoardLook } from '../../state/ui-store.ts'

/** The measures of the board, in pixels. A list is a grid of one column. */
export interface BoardLayout {
  readonly look: BoardLook
  readonly columns: number
  readonly cardWidth: number
  readonly cardHeight: number
  /** Lines of the prompt that have room on a card. */
  readonly lines: number
  readonly gap: number
  readonly padding: { readonly x: number; readonly y: number }
}

const GAP = 12
const PADDING = { x: 16, y: 12 }
const LIST_PADDING = { x: 8, y: 4 }
const LIST_ROW = 60
const HEADING = 36
const LINE = 16
/** The least width of a card by zoom; the third is that of a new window. */
const LEAST = [120, 164, 196, 244, 308, 400, 560] as const
/** In a small window cards may be narrower. */
const NARROW = 176 / 196

/** Lines of prompt by the width of a card; a small one has only its title. */
function linesFor(width: number): number {
  if (width < 168) return 0
  return width < 300 ? 2 : 3
}

/** Title, prompt, seed and price, with their spacing. */
const bodyHeight = (lines: number) => 16 + 16 + 4 + lines * LINE + 4 + 20

/**
 * As many equal columns as fit.
 * @param width inside of the scrolling element
 * @param narrow true in a small window
 * @param zoom step of the size of cards
 */
export function gridLayout(width: number, narrow: boolean, zoom = 2): BoardLayout {
  const wished = Math.round((LEAST[zoom] ?? LEAST[2]) * (narrow ? NARROW : 1))
  const inner = Math.max(Math.min(wished, LEAST[0]), width - PADDING.x * 2)
  const least = Math.min(wished, inner)
  const columns = Math.max(1, Math.floor((inner + GAP) / (least + GAP)))
  const cardWidth = Math.floor((inner - GAP * (columns - 1)) / columns)
  const lines = linesFor(cardWidth)
  const cardHeight = Math.round((cardWidth * 9) / 16) + bodyHeight(lines)
  return { look: 'grid', columns, cardWidth, cardHeight, lines, gap: GAP, padding: PADDING }
}

/** One row for each scene. @param width inside of the scrolling element */
export const listLayout = (width: number): BoardLayout => ({
  look: 'list',
  columns: 1,
  cardWidth: Math.max(320, width - LIST_PADDING.x * 2),
  cardHeight: LIST_ROW,
  lines: 1,
  gap: 0,
  padding: LIST_PADDING,
})

/** A heading, or scenes beside each other, at a height of the board. */
export type BoardRow = {
  /** Pixels from the top of the board. */
  readonly top: number
  /** With the gap below. */
  readonly height: number
  readonly section: Section
} & (
  | { readonly kind: 'heading' }
  | {
      readonly kind: 'cards'
      readonly scenes: readonly Scene[]
      /** Place of the first among all that are drawn. */
      readonly first: number
    }
)

/** The board from top to bottom. Every section begins with its heading and a new row. */
export function boardRows(sections: readonly Section[], layout: BoardLayout): readonly BoardRow[] {
  const rows: BoardRow[] = []
  let top = layout.padding.y
  let first = 0
  for (const section of sections) {
    if (section.head) {
      rows.push({ kind: 'heading', top, height: HEADING, section })
      top += HEADING
    }
    if (section.folded) continue
    const height = layout.cardHeight + layout.gap
    for (let at = 0; at < section.scenes.length; at += layout.columns) {
      const scenes = section.scenes.slice(at, at + layout.columns)
      rows.push({ kind: 'cards', top, height, section, scenes, first })
      top += height
      first += scenes.length
    }
  }
  return rows
}

/** Left edge of a column. */
export const columnLeft = ({ padding, cardWidth, gap }: BoardLayout, column: number): number =>
  padding.x + column * (cardWidth + gap)

/** Index of the row a scene is drawn in; -1 when it is not. */
export const rowOf = (rows: readonly BoardRow[], id: string): number =>
  rows.findIndex((row) => row.kind === 'cards' && row.scenes.some((scene) => scene.id === id))

/** The row at a height of the board: the nearest one above or below where there is none. */
export function rowAt(rows: readonly BoardRow[], y: number): number {
  let [from, to] = [0, rows.length - 1]
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if ((rows[middle]?.top ?? 0) <= y) from = middle
    else to = middle - 1
  }
  return from
}

/** Beside which scene something is let go. */
export interface DropPlace {
  readonly target: Scene['id']
  readonly side: 'before' | 'after'
}

/** The place beside a card that is nearest to a point of the board; null on an empty board. */
export function dropPlace(rows: readonly BoardRow[], layout: BoardLayout, x: number, y: number): DropPlace | null {
  const row = rows[rowAt(rows, y)]
  if (!row) return null
  if (row.kind === 'heading') return row.section.head && { target: row.section.head.id, side: 'before' }
  const reach = layout.cardWidth + layout.gap
  const column = Math.max(
    0,
    Math.min(row.scenes.length - 1, Math.floor((x - layout.padding.x + layout.gap / 2) / reach)),
  )
  const scene = row.scenes[column]
  if (!scene) return null
  const [at, middle] =
    layout.look === 'list'
      ? [y, row.top + layout.cardHeight / 2]
      : [x, columnLeft(layout, column) + layout.cardWidth / 2]
  return { target: scene.id, side: at < middle ? 'before' : 'after' }
}

/** How near to an edge a dragged card scrolls the board, and how fast at most, in pixels (a frame). */
const EDGE = 56
const FASTEST = 18

/** Pixels to scroll in one frame while something is dragged at a height of a window; negative is up. */
export function edgeScroll(y: number, top: number, bottom: number): number {
  const reach = (distance: number) => Math.min(1, Math.max(0, (EDGE - distance) / EDGE))
  return Math.round(FASTEST * (reach(bottom - y) - reach(y - top)))
}
