import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'

/** Half of a card that something is held over. */
export interface OverCard {
  readonly reference: ReferenceId
  readonly side: 'left' | 'right'
}

/** What a card says of itself; null for anything else that is dragged. */
function cardOf(data: object | undefined): OverCard | null {
  if (!data || !('reference' in data) || typeof data.reference !== 'string') return null
  return {
    reference: data.reference as ReferenceId,
    side: 'side' in data && data.side === 'right' ? 'right' : 'left',
  }
}

const castOf = (data: object | undefined): CastId | null =>
  data && 'cast' in data && typeof data.cast === 'string' ? (data.cast as CastId) : null

/** Makes a card draggable and a place to drop. @returns takes that away again */
export function makeReferenceDraggable(element: HTMLElement, reference: ReferenceId): () => void {
  return combine(
    draggable({ element, getInitialData: () => ({ reference }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => (cardOf(source.data)?.reference ?? reference) !== reference,
      getData: ({ input }) => {
        const box = element.getBoundingClientRect()
        return { reference, side: input.clientX < box.left + box.width / 2 ? 'left' : 'right' }
      },
    }),
  )
}

/** Lets cards be dropped on the name of another cast. @returns takes that away again */
export const makeCastTarget = (element: HTMLElement, cast: CastId): (() => void) =>
  dropTargetForElements({
    element,
    canDrop: ({ source }) => cardOf(source.data) !== null,
    getData: () => ({ cast }),
  })

interface Drag {
  readonly dragged: ReferenceId | null
  readonly over: OverCard | null
  readonly overCast: CastId | null
}

const NO_DRAG: Drag = { dragged: null, over: null, overCast: null }

/** Follows a card being dragged, and tells where it is let go. */
export function useCardDrag(told: {
  onCard(dragged: ReferenceId, over: OverCard): void
  onCast(dragged: ReferenceId, cast: CastId): void
}): Drag {
  const [drag, setDrag] = useState<Drag>(NO_DRAG)
  const now = useRef(told)
  useEffect(() => {
    now.current = told
  })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => cardOf(source.data) !== null,
        onDragStart: ({ source }) => setDrag({ ...NO_DRAG, dragged: cardOf(source.data)?.reference ?? null }),
        onDrag: ({ location }) => {
          const data = location.current.dropTargets[0]?.data
          const [over, overCast] = [cardOf(data), castOf(data)]
          setDrag((before) =>
            before.over?.reference === over?.reference &&
            before.over?.side === over?.side &&
            before.overCast === overCast
              ? before
              : { ...before, over, overCast },
          )
        },
        onDrop: ({ source, location }) => {
          setDrag(NO_DRAG)
          const dragged = cardOf(source.data)?.reference
          const data = location.current.dropTargets[0]?.data
          const [over, cast] = [cardOf(data), castOf(data)]
          if (dragged === undefined) return
          if (over) now.current.onCard(dragged, over)
          else if (cast) now.current.onCast(dragged, cast)
        },
      }),
    [],
  )
  return drag
}
