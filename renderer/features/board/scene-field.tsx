import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { setBoardColumns } from '../../commands/board-commands.ts'
import { focusScene } from '../../commands/scene-actions.ts'
import { addScenesFromText } from '../../commands/scene-clipboard.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { sceneByLabel } from '../../state/search.ts'
import { openScenes, type Section } from '../../state/sections.ts'
import { extendTo, selectOnly, toggleScene } from '../../state/selection.ts'
import { castNames } from '../../state/selectors.ts'
import { editPrompt, useUi } from '../../state/ui-store.ts'
import { CardPlace } from './card-place.tsx'
import { type BoardRow, boardRows, columnLeft, dropPlace, type DropPlace, gridLayout, listLayout } from './layout.ts'
import type { Choose } from './scene-item.tsx'
import { ListHead } from './scene-row.tsx'
import { SectionHeading } from './section-heading.tsx'
import { useBoardFocus } from './use-board-focus.ts'
import { type DroppedImages, useDropIn } from './use-drop-in.ts'
import { useSceneDrag } from './use-scene-drag.ts'
import { useRowWindow, useWheelZoom, useWidth } from './use-scroller.ts'

const NARROW = 1240
/** Keys further apart begin a new label. */
const TYPING_MS = 900

export interface Point {
  readonly x: number
  readonly y: number
}

/** The scene before which something let go at a place belongs; null for the end. */
export const beforeOf = (scenes: readonly Scene[], place: DropPlace | null): SceneId | null => {
  if (!place) return null
  const at = scenes.findIndex(({ id }) => id === place.target)
  return (place.side === 'before' ? scenes[at] : scenes[at + 1])?.id ?? null
}

/** Digits, and then letters, typed on the board lead to the scene of that number. */
function useTypedLabels(scenes: readonly Scene[]): (event: KeyboardEvent) => boolean {
  const typed = useRef({ text: '', at: 0 })
  return (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false
    const before = event.timeStamp - typed.current.at < TYPING_MS ? typed.current.text : ''
    if (!/\d/.test(event.key) && !(before !== '' && /[a-z]/i.test(event.key))) return false
    const text = before + event.key
    const scene = sceneByLabel(scenes, text) ?? sceneByLabel(scenes, event.key)
    typed.current = { text: sceneByLabel(scenes, text) ? text : event.key, at: event.timeStamp }
    if (!scene) return false
    useUi.setState(selectOnly(scene.id))
    focusScene(scene.id)
    return true
  }
}

/** The cards or rows of a board under their headings, drawn only where they can be seen. */
export function SceneField({
  board,
  sections,
  onMenu,
  onImages,
}: {
  board: OpenBoard
  sections: readonly Section[]
  onMenu(at: Point): void
  onImages(dropped: DroppedImages): void
}) {
  const [setScroller, width, scroller] = useWidth()
  const selected = useUi((ui) => ui.selected)
  const cursor = useUi((ui) => ui.cursor)
  const look = useUi((ui) => ui.look)
  const zoom = useUi((ui) => ui.zoom)
  const layout = useMemo(
    () => (look === 'list' ? listLayout(width) : gridLayout(width, window.innerWidth <= NARROW, zoom)),
    [look, width, zoom],
  )
  const rows = useMemo(() => boardRows(sections, layout), [sections, layout])
  const order = useMemo(() => openScenes(sections), [sections])
  const names = castNames(board.cast)
  const view = useRowWindow(scroller, rows, layout)
  const focus = useBoardFocus(rows, order, view)
  const typedLabel = useTypedLabels(order)
  useWheelZoom(scroller)
  useEffect(() => setBoardColumns(layout.columns), [layout.columns])

  const placeAt = useRef<(x: number, y: number) => DropPlace | null>(() => null)
  useLayoutEffect(() => {
    placeAt.current = (x, y) => {
      if (!scroller) return null
      const { left, top } = scroller.getBoundingClientRect()
      return dropPlace(rows, layout, x - left, y - top + scroller.scrollTop)
    }
  })
  const drag = useSceneDrag(scroller, placeAt)
  const dropIn = useDropIn({
    within: () => drag.dragged.size > 0,
    placeAt: (x, y) => placeAt.current(x, y),
    onImages,
    onText: (text, place) => void addScenesFromText(text, beforeOf(board.scenes, place)),
  })
  const place = drag.place ?? dropIn.over?.place ?? null

  const orderNow = useRef(order)
  useLayoutEffect(() => {
    orderNow.current = order
  })
  const choose = useCallback<Choose>((scene, how) => {
    useUi.setState((ui) =>
      how === 'only'
        ? selectOnly(scene.id)
        : how === 'toggle'
          ? toggleScene(ui, scene.id)
          : extendTo(
              ui,
              scene.id,
              orderNow.current.map(({ id }) => id),
            ),
    )
  }, [])
  const open = useCallback((scene: Scene) => {
    useUi.setState(selectOnly(scene.id))
    editPrompt()
  }, [])

  const menu = (id: SceneId, at: Point) => {
    if (!selected.has(id)) useUi.setState(selectOnly(id))
    onMenu(at)
  }
  const onContextMenu = (event: MouseEvent) => {
    const card = event.target instanceof Element ? event.target.closest('[data-scene]') : null
    const id = card instanceof HTMLElement ? (card.dataset['scene'] as SceneId) : null
    if (!card || id === null) return
    event.preventDefault()
    const box = card.getBoundingClientRect()
    // From the keyboard there is no pointer to open it at.
    menu(id, event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: box.left + 16, y: box.top + 32 })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const id = event.target instanceof HTMLElement ? (event.target.dataset['scene'] as SceneId | undefined) : undefined
    if (id !== undefined && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault()
      const box = focus.cards.current.get(id)?.getBoundingClientRect()
      if (box) menu(id, { x: box.left + 16, y: box.top + 32 })
    } else if (typedLabel(event)) event.preventDefault()
  }

  const current = order.some(({ id }) => id === cursor) ? cursor : (order[0]?.id ?? null)
  const drawn = view.drawn.flatMap((index) => rows[index] ?? [])
  const cardsOf = (row: BoardRow) =>
    row.kind === 'cards'
      ? row.scenes.map((scene, column) => (
          <CardPlace
            key={scene.id}
            ref={focus.register}
            view={board.view}
            layout={layout}
            left={columnLeft(layout, column)}
            top={row.top}
            drop={place?.target === scene.id ? place.side : null}
            scene={scene}
            names={names}
            selected={selected.has(scene.id)}
            picking={selected.size > 1}
            current={scene.id === current}
            dragging={drag.dragged.has(scene.id)}
            index={row.first + column}
            count={order.length}
            onChoose={choose}
            onOpen={open}
          />
        ))
      : null

  return (
    <div className={`board-field ${look} ${dropIn.over ? 'dropping' : ''}`} {...dropIn.handlers}>
      {look === 'list' && <ListHead width={layout.cardWidth} />}
      <div className="scroll board-scroll" ref={setScroller}>
        <div className="board-rows" style={{ height: view.total }}>
          {width > 0 &&
            drawn.map(
              (row) =>
                row.kind === 'heading' && (
                  <div
                    key={row.section.head?.id}
                    className={`section-heading ${place?.target === row.section.head?.id && place?.side === 'before' && row.section.folded ? 'drop-into' : ''}`}
                    style={{ transform: `translateY(${row.top}px)`, height: row.height }}
                  >
                    <SectionHeading section={row.section} />
                  </div>
                ),
            )}
          <div
            // A native list box cannot hold cards.
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="listbox"
            aria-label={`Scenes of ${board.storyboard.title}`}
            aria-multiselectable
            data-board
            tabIndex={-1}
            {...focus.handlers}
            onContextMenu={onContextMenu}
            onKeyDown={onKeyDown}
          >
            {width > 0 &&
              [...Map.groupBy(drawn, (row) => row.section)].map(([section, its]) => (
                <div
                  key={section.head?.id ?? 'start'}
                  role={section.head ? 'group' : 'presentation'}
                  aria-label={section.head?.section ?? undefined}
                >
                  {its.flatMap((row) => cardsOf(row) ?? [])}
                </div>
              ))}
          </div>
        </div>
      </div>
    </div>
  )
}
