import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview'
import { useEffect, useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import { chosenTakes, dropWaiting } from '../../commands/queue-commands.ts'
import { isUnsent } from '../../state/queue-order.ts'
import { plural } from '../../state/selectors.ts'

/** Where a dragged row would go. */
export interface RowTarget {
  readonly take: TakeId
  readonly side: 'top' | 'bottom'
}

/** What a row says of itself while it is dragged; null for anything else on the page. */
function takesOf(data: object): readonly TakeId[] | null {
  return 'queued' in data && Array.isArray(data.queued) ? (data.queued as TakeId[]) : null
}

function targetOf(data: object | undefined): RowTarget | null {
  if (!data || !('waiting' in data) || typeof data.waiting !== 'string') return null
  return { take: data.waiting as TakeId, side: 'side' in data && data.side === 'bottom' ? 'bottom' : 'top' }
}

/** The takes that go with a dragged row: all chosen ones that wait when it is among them. */
function draggedWith(id: TakeId): readonly TakeId[] {
  const chosen = chosenTakes()
    .filter(isUnsent)
    .map((take) => take.id)
  return chosen.includes(id) ? chosen : [id]
}

/** Makes a waiting row draggable and a place to drop others. @returns takes that away again */
export function makeRowDraggable(element: HTMLElement, id: TakeId): () => void {
  return combine(
    draggable({
      element,
      getInitialData: () => ({ queued: draggedWith(id) }),
      onGenerateDragPreview: ({ source, nativeSetDragImage }) => {
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render({ container }) {
            const badge = document.createElement('div')
            badge.className = 'drag-badge num'
            badge.textContent = plural(takesOf(source.data)?.length ?? 1, 'take')
            container.append(badge)
          },
        })
      },
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => takesOf(source.data)?.includes(id) === false,
      getData: ({ input }) => {
        const box = element.getBoundingClientRect()
        return { waiting: id, side: input.clientY < box.top + box.height / 2 ? 'top' : 'bottom' }
      },
    }),
  )
}

/** Follows rows being dragged, and moves their takes where they are let go. */
export function useRowDrag(): RowTarget | null {
  const [target, setTarget] = useState<RowTarget | null>(null)
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => takesOf(source.data) !== null,
        onDrag: ({ location }) => {
          const over = targetOf(location.current.dropTargets[0]?.data)
          setTarget((before) => (before?.take === over?.take && before?.side === over?.side ? before : over))
        },
        onDrop: ({ source, location }) => {
          setTarget(null)
          const moved = takesOf(source.data)
          const over = targetOf(location.current.dropTargets[0]?.data)
          if (moved && over) dropWaiting(moved, over.take, over.side)
        },
      }),
    [],
  )
  return target
}
