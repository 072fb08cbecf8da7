import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Reference } from '../../../shared/model.ts'
import { run } from '../../state/requests.ts'
import { dropIndex } from './logic.ts'

interface Over {
  readonly reference: ReferenceId
  readonly side: 'left' | 'right'
}

/** What a card says of itself; null for anything else that is dragged. */
function cardOf(data: object | undefined): Over | null {
  if (!data || !('reference' in data) || typeof data.reference !== 'string') return null
  return {
    reference: data.reference as ReferenceId,
    side: 'side' in data && data.side === 'right' ? 'right' : 'left',
  }
}

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

/** Follows a card being dragged, and moves its reference where it is let go. */
export function useCardDrag(references: readonly Reference[]) {
  const [drag, setDrag] = useState<{ dragged: ReferenceId | null; over: Over | null }>({ dragged: null, over: null })
  const now = useRef(references)
  useEffect(() => {
    now.current = references
  })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => cardOf(source.data) !== null,
        onDragStart: ({ source }) => setDrag({ dragged: cardOf(source.data)?.reference ?? null, over: null }),
        onDrag: ({ location }) => {
          const over = cardOf(location.current.dropTargets[0]?.data)
          setDrag((before) =>
            before.over?.reference === over?.reference && before.over?.side === over?.side
              ? before
              : { ...before, over },
          )
        },
        onDrop: ({ source, location }) => {
          setDrag({ dragged: null, over: null })
          const moved = cardOf(source.data)
          const over = cardOf(location.current.dropTargets[0]?.data)
          if (!moved || !over) return
          const indexOf = (id: ReferenceId) => now.current.findIndex((reference) => reference.id === id)
          const to = dropIndex(indexOf(moved.reference), indexOf(over.reference), over.side)
          if (to !== null) run('reference.move', { referenceId: moved.reference, to })
        },
      }),
    [],
  )
  return drag
}
