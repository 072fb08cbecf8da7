import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { focusCardsThrough, setBoardColumns } from '../../commands/board-commands.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { castNames, stateOf } from '../../state/selectors.ts'
import { seedLabel } from '../../state/seeds.ts'
import { extendTo, selectOnly, toggleScene } from '../../state/selection.ts'
import { editPrompt, useUi } from '../../state/ui-store.ts'
import { cardPlace, gridLayout, rowCount } from './layout.ts'
import { SceneCard } from './scene-card.tsx'
import { makeCardDraggable, useSceneDrag } from './use-scene-drag.ts'

const NARROW = 1240

function useWidth(): [(element: HTMLDivElement | null) => void, number, HTMLDivElement | null] {
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

/** The cards, drawn only where they can be seen. */
export function SceneGrid({ board, shown }: { board: OpenBoard; shown: readonly Scene[] }) {
  const [setScroller, width, scroller] = useWidth()
  const selected = useUi((ui) => ui.selected)
  const cursor = useUi((ui) => ui.cursor)
  const layout = useMemo(() => gridLayout(width, window.innerWidth <= NARROW), [width])
  const order = useMemo(() => shown.map((scene) => scene.id), [shown])
  const names = castNames(board.cast)

  const allOrder = useRef<readonly SceneId[]>([])
  allOrder.current = board.scenes.map((scene) => scene.id)
  const drag = useSceneDrag(allOrder)

  // The rule is about the React compiler, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: rowCount(layout, shown.length),
    getScrollElement: () => scroller,
    estimateSize: () => layout.cardHeight + layout.gap,
    paddingStart: layout.padding.y,
    paddingEnd: layout.padding.y - layout.gap,
    scrollPaddingStart: layout.padding.y,
    scrollPaddingEnd: layout.padding.y,
    overscan: 2,
  })
  useEffect(() => rows.measure(), [rows, layout])
  useEffect(() => setBoardColumns(layout.columns), [layout.columns])

  const wanted = useRef<SceneId | null>(null)
  const cards = useRef(new Map<SceneId, HTMLElement>())
  useEffect(() => {
    focusCardsThrough((id) => {
      const index = order.indexOf(id)
      if (index === -1) return
      rows.scrollToIndex(Math.floor(index / layout.columns))
      const card = cards.current.get(id)
      card?.focus({ preventScroll: true })
      // Not drawn yet when it was out of sight; it takes the focus when it is.
      wanted.current = card ? null : id
    })
    return () => focusCardsThrough(() => {})
  }, [order, rows, layout.columns])

  const register = useCallback((element: HTMLDivElement | null) => {
    const id = element?.dataset['scene'] as SceneId | undefined
    if (!element || id === undefined) return
    cards.current.set(id, element)
    const off = makeCardDraggable(element, id)
    if (wanted.current === id) {
      wanted.current = null
      element.focus({ preventScroll: true })
    }
    return () => {
      off()
      cards.current.delete(id)
    }
  }, [])

  const orderNow = useRef(order)
  orderNow.current = order
  const choose = useCallback((scene: Scene, how: 'only' | 'toggle' | 'extend') => {
    useUi.setState((ui) =>
      how === 'only'
        ? selectOnly(scene.id)
        : how === 'toggle'
          ? toggleScene(ui, scene.id)
          : extendTo(ui, scene.id, orderNow.current),
    )
  }, [])
  const open = useCallback((scene: Scene) => {
    useUi.setState(selectOnly(scene.id))
    editPrompt()
  }, [])

  // A card that is moved in the document loses the focus it had.
  const focused = useRef<SceneId | null>(null)
  useLayoutEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return
    cards.current.get(focused.current)?.focus({ preventScroll: true })
  }, [order])

  const current = cursor !== null && order.includes(cursor) ? cursor : order[0]
  const visible = rows
    .getVirtualItems()
    .flatMap((row) => shown.slice(row.index * layout.columns, (row.index + 1) * layout.columns))
  const first = (rows.getVirtualItems()[0]?.index ?? 0) * layout.columns

  return (
    <div className="scroll board-scroll" ref={setScroller}>
      <div
        // A native list box cannot hold cards.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="listbox"
        aria-label={`Scenes of ${board.storyboard.title}`}
        aria-multiselectable
        data-board
        onFocus={(event) => {
          focused.current = (event.target.dataset['scene'] as SceneId | undefined) ?? null
        }}
        onBlur={(event) => {
          if (event.relatedTarget !== null) focused.current = null
        }}
        className="scene-grid"
        style={{ height: rows.getTotalSize() }}
      >
        {width > 0 &&
          visible.map((scene, offset) => {
            const index = first + offset
            const { left, top } = cardPlace(layout, index)
            const seed = seedLabel(board.view, scene)
            const side = drag.mark?.target === scene.id ? drag.mark.side : ''
            return (
              <div
                key={scene.id}
                className={`card-place ${side && `drop-${side}`}`}
                style={{
                  width: layout.cardWidth,
                  height: layout.cardHeight,
                  transform: `translate(${left}px, ${top}px)`,
                }}
              >
                <SceneCard
                  ref={register}
                  scene={scene}
                  state={stateOf(board.view, scene)}
                  seedKind={seed.kind}
                  seedText={seed.text}
                  names={names}
                  selected={selected.has(scene.id)}
                  picking={selected.size > 1}
                  current={scene.id === current}
                  dragging={drag.dragged === scene.id}
                  index={index}
                  count={shown.length}
                  onChoose={choose}
                  onOpen={open}
                />
              </div>
            )
          })}
      </div>
    </div>
  )
}
