import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'

/** Sizes in pixels, wide and narrow. */
const WIDE = { head: 60, names: 184, column: 156, row: 61 } as const
const NARROW = { head: 60, names: 132, column: 114, row: 69 } as const

const narrow = matchMedia('(max-width: 1240px)')
const listen = (changed: () => void) => {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** Draws only what can be seen of a large grid whose head and first column stay in sight. */
export function useGrid(rowCount: number, columnCount: number) {
  const sizes = useSyncExternalStore(listen, () => narrow.matches) ? NARROW : WIDE
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  // The rule is about the React compiler, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller,
    estimateSize: () => sizes.row,
    paddingStart: sizes.head,
    scrollPaddingStart: sizes.head,
    overscan: 4,
  })
  // oxlint-disable-next-line react/incompatible-library
  const columns = useVirtualizer({
    horizontal: true,
    count: columnCount,
    getScrollElement: () => scroller,
    estimateSize: () => sizes.column,
    paddingStart: sizes.names,
    scrollPaddingStart: sizes.names,
    overscan: 2,
  })
  useLayoutEffect(() => {
    rows.measure()
    columns.measure()
  }, [rows, columns, sizes])
  const scrollTo = useCallback(
    (row: number, column: number) => {
      if (row >= 0) rows.scrollToIndex(row)
      if (column >= 0) columns.scrollToIndex(column)
    },
    [rows, columns],
  )
  return {
    sizes,
    attach: setScroller,
    scroller,
    scrollTo,
    rows: rows.getVirtualItems(),
    columns: columns.getVirtualItems(),
    height: rows.getTotalSize(),
    width: columns.getTotalSize(),
    /** Rows that fit the window. */
    page: Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - sizes.head) / sizes.row) - 1),
  }
}

/** Puts the focus on an element once it is drawn. @returns asks for it by a selector within the scroller */
export function useFocusWhenDrawn(scroller: HTMLElement | null): (selector: string) => void {
  const wanted = useRef<string | null>(null)
  const look = useCallback(() => {
    if (wanted.current === null) return
    const element = scroller?.querySelector<HTMLElement>(wanted.current)
    if (!element) return
    wanted.current = null
    element.focus({ preventScroll: true })
  }, [scroller])
  // What is wanted may be drawn by any of the coming renders.
  useEffect(look)
  return useCallback(
    (selector: string) => {
      wanted.current = selector
      look()
    },
    [look],
  )
}
