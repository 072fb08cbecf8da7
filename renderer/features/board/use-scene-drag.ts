import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { type RefObject, useEffect, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import { boardNow } from '../../commands/board-now.ts'
import { dropScenes } from '../../commands/scene-moves.ts'
import { plural } from '../../state/selectors.ts'
import { type DropPlace, edgeScroll } from './layout.ts'

export interface SceneDrag {
  readonly dragged: ReadonlySet<SceneId>
  readonly place: DropPlace | null
}

const IDLE: SceneDrag = { dragged: new Set(), place: null }

/** The scenes that go with a dragged one: all chosen ones when it is among them. */
function draggedWith(id: SceneId): readonly SceneId[] {
  const selected = boardNow()?.selected.map((scene) => scene.id) ?? []
  return selected.includes(id) ? selected : [id]
}

/** What a card says of itself while it is dragged; null for anything else on the page. */
function scenesOf(data: object): readonly SceneId[] | null {
  return 'scenes' in data && Array.isArray(data.scenes) ? (data.scenes as SceneId[]) : null
}

/** Makes one card draggable, alone or with the others that are chosen. @returns takes that away again */
export function makeCardDraggable(element: HTMLElement, scene: SceneId): () => void {
  return draggable({
    element,
    getInitialData: () => ({ scenes: draggedWith(scene) }),
    onGenerateDragPreview: ({ source, nativeSetDragImage }) => {
      const count = scenesOf(source.data)?.length ?? 1
      if (count < 2) return
      setCustomNativeDragPreview({
        nativeSetDragImage,
        render({ container }) {
          const badge = document.createElement('div')
          badge.className = 'drag-badge num'
          badge.textContent = plural(count, 'scene')
          container.append(badge)
        },
      })
    },
  })
}

/** Scrolls the element while the pointer of a drag is near its upper or lower edge. @returns to be told of the pointer */
function createEdgeScroller(element: HTMLElement, onScroll: () => void) {
  let speed = 0
  let frame = 0
  const step = () => {
    frame = 0
    if (speed === 0) return
    const before = element.scrollTop
    element.scrollTop += speed
    if (element.scrollTop !== before) onScroll()
    frame = requestAnimationFrame(step)
  }
  return {
    at(y: number) {
      const { top, bottom } = element.getBoundingClientRect()
      speed = edgeScroll(y, top, bottom)
      if (speed !== 0 && frame === 0) frame = requestAnimationFrame(step)
    },
    stop() {
      speed = 0
      cancelAnimationFrame(frame)
      frame = 0
    },
  }
}

/**
 * Follows scenes being dragged over the board, scrolls it at its edges, and moves them where they are let go.
 * @param placeAt which place is meant by a point of the window
 */
export function useSceneDrag(
  scroller: HTMLElement | null,
  placeAt: RefObject<(x: number, y: number) => DropPlace | null>,
): SceneDrag {
  const [drag, setDrag] = useState(IDLE)
  useEffect(() => {
    if (!scroller) return
    let pointer = { x: 0, y: 0 }
    const follow = () => {
      const place = placeAt.current(pointer.x, pointer.y)
      setDrag((before) =>
        before.place?.target === place?.target && before.place?.side === place?.side ? before : { ...before, place },
      )
    }
    const edge = createEdgeScroller(scroller, follow)
    return combine(
      dropTargetForElements({ element: scroller, canDrop: ({ source }) => scenesOf(source.data) !== null }),
      monitorForElements({
        canMonitor: ({ source }) => scenesOf(source.data) !== null,
        onDragStart: ({ source }) => setDrag({ dragged: new Set(scenesOf(source.data)), place: null }),
        onDrag: ({ location }) => {
          const { input, dropTargets } = location.current
          pointer = { x: input.clientX, y: input.clientY }
          edge.at(input.clientY)
          if (dropTargets.length > 0) follow()
          else setDrag((before) => (before.place === null ? before : { ...before, place: null }))
        },
        onDrop: ({ source, location }) => {
          edge.stop()
          setDrag(IDLE)
          const moved = scenesOf(source.data)
          const { input, dropTargets } = location.current
          const place = dropTargets.length > 0 ? placeAt.current(input.clientX, input.clientY) : null
          if (moved && place) dropScenes(moved, place.target, place.side)
        },
      }),
      edge.stop,
    )
  }, [scroller, placeAt])
  return drag
}
