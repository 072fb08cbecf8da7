import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import { chooseZoom, useUi } from '../../state/ui-store.ts'
import { type BoardLayout, type BoardRow, rowAt, rowOf } from './layout.ts'

/** The scrolling element, and how wide it is inside. */
export function useWidth(): [(element: HTMLDivElement | null) => void, number, HTMLDivElement | null] {
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return [setElement, width, element]
}

export interface RowWindow {
  /** Indexes of the rows to draw. */
  readonly drawn: readonly number[]
  /** Height of the whole board in pixels. */
  readonly total: number
  scrollTo(row: number): void
}

/** Which rows can be seen. While the sizes change, the scene at the top stays there. */
export function useRowWindow(scroller: HTMLElement | null, rows: readonly BoardRow[], layout: BoardLayout): RowWindow {
  // The rule is about the React compiler, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => rows[index]?.height ?? 0,
    paddingStart: layout.padding.y,
    paddingEnd: Math.max(0, layout.padding.y - layout.gap),
    scrollPaddingStart: layout.padding.y,
    scrollPaddingEnd: layout.padding.y,
    overscan: 3,
  })

  const heights = useMemo(() => rows.map(({ height }) => height).join(), [rows])
  useLayoutEffect(() => virtual.measure(), [virtual, heights])

  const anchor = useRef<{ scene: SceneId; below: number } | null>(null)
  const rowsNow = useRef(rows)
  useLayoutEffect(() => {
    rowsNow.current = rows
  })
  useLayoutEffect(() => {
    const held = anchor.current
    if (!scroller || !held) return
    const row = rowsNow.current[rowOf(rowsNow.current, held.scene)]
    if (row) scroller.scrollTop = row.top - layout.padding.y + Math.min(held.below, row.height - 1)
  }, [scroller, layout])
  useEffect(() => {
    if (!scroller) return
    const note = () => {
      const from = rowAt(rowsNow.current, scroller.scrollTop + layout.padding.y)
      const row = rowsNow.current.slice(from).find((each) => each.kind === 'cards')
      const scene = row?.kind === 'cards' ? row.scenes[0] : undefined
      anchor.current =
        row && scene && scroller.scrollTop > 0
          ? { scene: scene.id, below: Math.max(0, scroller.scrollTop + layout.padding.y - row.top) }
          : null
    }
    scroller.addEventListener('scroll', note, { passive: true })
    return () => scroller.removeEventListener('scroll', note)
  }, [scroller, layout])

  return {
    drawn: virtual.getVirtualItems().map(({ index }) => index),
    total: virtual.getTotalSize(),
    scrollTo: (row) => virtual.scrollToIndex(row),
  }
}

/** One notch of a wheel; a touchpad sends many small parts of it. */
const NOTCH = 60

/** Ctrl and the wheel, or a pinch, change the size of the cards. */
export function useWheelZoom(scroller: HTMLElement | null): void {
  useEffect(() => {
    if (!scroller) return
    let gathered = 0
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      gathered += event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * NOTCH
      const notches = Math.trunc(gathered / NOTCH)
      if (notches === 0) return
      gathered -= notches * NOTCH
      if (useUi.getState().look === 'grid') chooseZoom(useUi.getState().zoom - Math.sign(notches))
    }
    scroller.addEventListener('wheel', wheel, { passive: false })
    return () => scroller.removeEventListener('wheel', wheel)
  }, [scroller])
}
