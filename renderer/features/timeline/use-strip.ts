import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface Viewport {
  readonly left: number
  readonly width: number
  /** Of the pictures in the clips; 0 before anything is laid out. */
  readonly height: number
}

/** Follows how far a strip is scrolled and how large it is. */
export function useViewport(): readonly [
  (element: HTMLElement | null) => void,
  RefObject<HTMLElement | null>,
  Viewport,
] {
  const scroller = useRef<HTMLElement | null>(null)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [viewport, setViewport] = useState<Viewport>({ left: 0, width: 0, height: 0 })
  const attach = useCallback((next: HTMLElement | null) => {
    scroller.current = next
    setElement(next)
  }, [])
  useLayoutEffect(() => {
    if (!element) return
    const read = () => {
      const tiles = element.querySelector<HTMLElement>('.dock-clips')?.clientHeight ?? 0
      const next = { left: element.scrollLeft, width: element.clientWidth - 32, height: Math.max(0, tiles - 18) }
      setViewport((before) =>
        before.left === next.left && before.width === next.width && before.height === next.height ? before : next,
      )
    }
    read()
    const size = new ResizeObserver(read)
    size.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [element])
  return [attach, scroller, viewport]
}

/** Follows a pointer that was pressed until it is let go. */
export function useDrag(onMove: (clientX: number, moved: boolean) => void): (event: React.PointerEvent) => void {
  const move = useRef(onMove)
  useEffect(() => {
    move.current = onMove
  })
  return (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    const ended = new AbortController()
    const { signal } = ended
    const from = event.clientX
    let moved = false
    move.current(from, false)
    window.addEventListener(
      'pointermove',
      ({ clientX }) => {
        moved ||= Math.abs(clientX - from) > 3
        if (moved) move.current(clientX, true)
      },
      { signal },
    )
    for (const end of ['pointerup', 'pointercancel'] as const)
      window.addEventListener(end, () => ended.abort(), { signal })
  }
}
