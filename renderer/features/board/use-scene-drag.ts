import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import { run } from '../../state/requests.ts'
import { dropBefore } from './layout.ts'

export interface DropMark {
  readonly target: SceneId
  readonly side: 'left' | 'right'
}

export interface SceneDrag {
  readonly dragged: SceneId | null
  readonly mark: DropMark | null
}

/** What a card says of itself while it is dragged or dragged over; null for anything else on the page. */
function sceneOf(data: object | undefined): { scene: SceneId; side: DropMark['side'] } | null {
  if (!data || !('scene' in data) || typeof data.scene !== 'string') return null
  return { scene: data.scene as SceneId, side: 'side' in data && data.side === 'right' ? 'right' : 'left' }
}

/** Makes one card draggable and a place to drop. @returns takes that away again */
export function makeCardDraggable(element: HTMLElement, scene: SceneId): () => void {
  return combine(
    draggable({ element, getInitialData: () => ({ scene }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => (sceneOf(source.data)?.scene ?? scene) !== scene,
      getData: ({ input }) => {
        const box = element.getBoundingClientRect()
        return { scene, side: input.clientX < box.left + box.width / 2 ? 'left' : 'right' }
      },
    }),
  )
}

/** Follows a scene being dragged over the board, and moves it where it is let go. */
export function useSceneDrag(order: RefObject<readonly SceneId[]>): SceneDrag {
  const [drag, setDrag] = useState<SceneDrag>({ dragged: null, mark: null })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => sceneOf(source.data) !== null,
        onDragStart: ({ source }) => setDrag({ dragged: sceneOf(source.data)?.scene ?? null, mark: null }),
        onDrag: ({ location }) => {
          const over = sceneOf(location.current.dropTargets[0]?.data)
          setDrag((before) =>
            before.mark?.target === over?.scene && before.mark?.side === over?.side
              ? before
              : { ...before, mark: over && { target: over.scene, side: over.side } },
          )
        },
        onDrop: ({ source, location }) => {
          setDrag({ dragged: null, mark: null })
          const moved = sceneOf(source.data)
          const over = sceneOf(location.current.dropTargets[0]?.data)
          if (!moved || !over) return
          const before = dropBefore(order.current, moved.scene, over.scene, over.side)
          if (before !== undefined) run('scene.move', { sceneId: moved.scene, before })
        },
      }),
    [order],
  )
  return drag
}
