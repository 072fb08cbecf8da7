import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useState } from 'react'
import { moveEntry } from '../../commands/sequence-actions.ts'

/** Before which entry a dragged one would go; as many as there are for the end. */
type Gap = number

const entryOf = (data: object): number | null => ('entry' in data && typeof data.entry === 'number' ? data.entry : null)
const gapOf = (data: object | undefined): Gap | null =>
  data && 'gap' in data && typeof data.gap === 'number' ? data.gap : null

/** Makes an entry draggable and a place to drop others. @returns takes that away again */
export function makeEntryDraggable(element: HTMLElement, index: number): () => void {
  return combine(
    draggable({ element, getInitialData: () => ({ entry: index }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => entryOf(source.data) !== null,
      getData({ input }) {
        const box = element.getBoundingClientRect()
        return { gap: input.clientY < box.top + box.height / 2 ? index : index + 1 }
      },
    }),
  )
}

/** Where an entry comes to stand when it is let go in a gap. */
export const placeInGap = (from: number, gap: Gap): number => (gap > from ? gap - 1 : gap)

/** Follows an entry being dragged, and moves it where it is let go. */
export function useEntryDrag(): Gap | null {
  const [gap, setGap] = useState<Gap | null>(null)
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => entryOf(source.data) !== null,
        onDrag: ({ location }) => setGap(gapOf(location.current.dropTargets[0]?.data)),
        onDrop({ source, location }) {
          setGap(null)
          const from = entryOf(source.data)
          const to = gapOf(location.current.dropTargets[0]?.data)
          if (from !== null && to !== null) void moveEntry(from, placeInGap(from, to))
        },
      }),
    [],
  )
  return gap
}
