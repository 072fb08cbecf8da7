import './list-drag.css'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'

/** Lists whose rows are put in another order by dragging; rows of one cannot be dropped in another. */
export type DragList = 'playlist' | 'storyboards'

/** Before which row a dragged one would go; as many as there are for the end. */
type Gap = number

const rowOf = (list: DragList, data: object): number | null =>
  'list' in data && data.list === list && 'row' in data && typeof data.row === 'number' ? data.row : null
const gapOf = (data: object | undefined): Gap | null =>
  data && 'gap' in data && typeof data.gap === 'number' ? data.gap : null

/** Makes a row draggable and a place to drop others. @returns takes that away again */
export function makeRowDraggable(list: DragList, element: HTMLElement, index: number): () => void {
  return combine(
    draggable({ element, getInitialData: () => ({ list, row: index }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => rowOf(list, source.data) !== null,
      getData({ input }) {
        const box = element.getBoundingClientRect()
        return { gap: input.clientY < box.top + box.height / 2 ? index : index + 1 }
      },
    }),
  )
}

/** Where a row comes to stand when it is let go in a gap. */
export const placeInGap = (from: number, gap: Gap): number => (gap > from ? gap - 1 : gap)

/** Where a row shows the line of a gap beside it. */
export const dropBeside = (gap: Gap | null, index: number, count: number): 'before' | 'after' | undefined =>
  gap === index ? 'before' : index === count - 1 && gap === count ? 'after' : undefined

/** Follows a row being dragged. @param onMove told from where to where it is let go @returns the gap it is over */
export function useListDrag(list: DragList, onMove: (from: number, to: number) => void): Gap | null {
  const [gap, setGap] = useState<Gap | null>(null)
  const move = useRef(onMove)
  useEffect(() => {
    move.current = onMove
  })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => rowOf(list, source.data) !== null,
        onDrag: ({ location }) => setGap(gapOf(location.current.dropTargets[0]?.data)),
        onDrop({ source, location }) {
          setGap(null)
          const from = rowOf(list, source.data)
          const to = gapOf(location.current.dropTargets[0]?.data)
          if (from !== null && to !== null) move.current(from, placeInGap(from, to))
        },
      }),
    [list],
  )
  return gap
}
