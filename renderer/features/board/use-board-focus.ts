import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { focusCardsThrough } from '../../commands/scene-actions.ts'
import { type BoardRow, rowOf } from './layout.ts'
import { makeCardDraggable } from './use-scene-drag.ts'
import type { RowWindow } from './use-scroller.ts'

/** Keeps the keyboard on the cards: also on those that are not drawn yet, and on one that is moved in the document. */
export function useBoardFocus(rows: readonly BoardRow[], order: readonly Scene[], view: RowWindow) {
  const wanted = useRef<SceneId | null>(null)
  const cards = useRef(new Map<SceneId, HTMLElement>())
  const now = useRef({ rows, view })
  useLayoutEffect(() => {
    now.current = { rows, view }
  })

  useEffect(() => {
    const focus = (id: SceneId) => {
      const row = rowOf(now.current.rows, id)
      if (row !== -1) now.current.view.scrollTo(row)
      const card = cards.current.get(id)
      card?.focus({ preventScroll: true })
      // Not drawn yet when it was out of sight or is about to be made; it takes the focus when it is.
      wanted.current = card ? null : id
    }
    focusCardsThrough(focus)
    return () => focusCardsThrough(() => {})
  }, [])

  // A scene that was just made comes into sight once the board knows it.
  useEffect(() => {
    const row = wanted.current === null ? -1 : rowOf(rows, wanted.current)
    if (row !== -1) now.current.view.scrollTo(row)
  }, [rows])

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

  const focused = useRef<SceneId | null>(null)
  const place = useRef(-1)
  useLayoutEffect(() => {
    const id = focused.current
    const before = place.current
    place.current = id === null ? -1 : order.findIndex((scene) => scene.id === id)
    if (id === null || document.activeElement !== document.body) return
    const card = cards.current.get(id)
    if (card) return card.focus({ preventScroll: true })
    // Scrolling away lets the focus go; a move of its scene takes the board along.
    const row = before === -1 || before === place.current ? -1 : rowOf(now.current.rows, id)
    if (row === -1) return
    wanted.current = id
    now.current.view.scrollTo(row)
  }, [order])

  return {
    register,
    cards: cards as RefObject<ReadonlyMap<SceneId, HTMLElement>>,
    handlers: {
      onFocus(event: { target: EventTarget }) {
        const id = event.target instanceof HTMLElement ? event.target.dataset['scene'] : undefined
        focused.current = (id as SceneId | undefined) ?? null
        place.current = order.findIndex((scene) => scene.id === focused.current)
      },
      onBlur(event: { relatedTarget: EventTarget | null }) {
        if (event.relatedTarget !== null) focused.current = null
      },
    },
  }
}
