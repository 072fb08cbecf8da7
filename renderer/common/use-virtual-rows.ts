import { useVirtualizer } from '@tanstack/react-virtual'
import { useState } from 'react'

export interface VirtualRows {
  /** Put on the scrolling element. */
  readonly attach: (element: HTMLElement | null) => void
  /** Indexes to draw, in order. */
  readonly shown: readonly number[]
  /** Heights in pixels of what is left out above and below. */
  readonly before: number
  readonly after: number
  scrollTo(index: number): void
}

/**
 * Draws only the rows of a long list that can be seen.
 * @param count of rows
 * @param heightOf height in pixels of the row at an index; must not change with its content
 * @param above pixels that stand over the first row and scroll with the list
 */
export function useVirtualRows(count: number, heightOf: (index: number) => number, above = 0): VirtualRows {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  // The rule is about the React compiler, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: heightOf,
    overscan: 8,
    scrollMargin: above,
  })
  const items = rows.getVirtualItems()
  return {
    attach: setScroller,
    shown: items.map(({ index }) => index),
    before: items[0] ? items[0].start - above : 0,
    after: Math.max(0, rows.getTotalSize() - ((items.at(-1)?.end ?? above) - above)),
    scrollTo: (index) => rows.scrollToIndex(index),
  }
}
