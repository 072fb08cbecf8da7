/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells that are placed by pixels are no boxes of a table */
import { Bookmark, Lock, LockOpen } from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import type { WishedCell } from '../../state/generate-wish.ts'
import { padNumber, plural, scenePrice } from '../../state/selectors.ts'
import { Cell } from './cell.tsx'
import { type Place, placeKey, stepTo } from './grid-keys.ts'
import { type Column, type Matrix, type Mode, shownTake } from './matrix.ts'
import { useFocusWhenDrawn, useGrid } from './use-grid.ts'

const selectorOf = ({ sceneId, seed }: Place): string =>
  sceneId === null ? `[data-head="${seed}"]` : `[data-scene="${CSS.escape(sceneId)}"][data-seed="${seed}"]`

/** The place an event happened at. */
function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof Element)) return null
  const cell = target.closest<HTMLElement>('[data-seed]')
  if (cell) return { sceneId: (cell.dataset['scene'] ?? '') as SceneId, seed: Number(cell.dataset['seed']) }
  const head = target.closest<HTMLElement>('[data-head]')
  return head ? { sceneId: null, seed: Number(head.dataset['head']) } : null
}

function Head({
  column,
  index,
  left,
  width,
  chosen,
  current,
}: {
  column: Column
  index: number
  left: number
  width: number
  chosen: boolean
  current: boolean
}) {
  const { seed, saved, scenes, lockedOn, pinned } = column
  const used = scenes === 0 ? 'not used yet' : plural(scenes, 'scene')
  const locked = lockedOn > 0 ? `, locked on ${plural(lockedOn, 'scene')}` : ''
  return (
    // Its button names it.
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label
    <div
      role="columnheader"
      aria-colindex={index + 2}
      className={`matrix-head ${chosen ? 'in-column' : ''} ${pinned ? 'pinned' : ''}`}
      style={{ left, width }}
    >
      <button type="button" data-head={seed} tabIndex={current ? 0 : -1} aria-pressed={chosen}>
        <span className="hidden-text">
          Seed {seed}
          {saved?.name ? `, ${saved.name}` : ''}, {used}
          {locked}
        </span>
        <span className="row" aria-hidden>
          <b className="num ell">{seed}</b>
          {lockedOn > 0 ? (
            <Lock size={12} strokeWidth={2} className="acc" aria-hidden />
          ) : (
            <LockOpen size={12} strokeWidth={2} className="t3 head-open" aria-hidden />
          )}
        </span>
        <span className="row c11 t3" aria-hidden>
          {saved && <Bookmark size={11} strokeWidth={2} fill="currentColor" aria-hidden />}
          <span className="ell num">{saved?.name || used}</span>
        </span>
      </button>
    </div>
  )
}

export interface MatrixGridProps {
  readonly matrix: Matrix
  readonly scenes: readonly Scene[]
  readonly mode: Mode
  readonly paid: boolean
  readonly chosen: ReadonlyMap<string, WishedCell>
  readonly current: Place
  onMove(place: Place): void
  /** Enter, Space or a click: an empty cell is chosen to run, a take is played with the keys. */
  onPress(place: Place, by: 'key' | 'click' | 'double'): void
  onMenu(place: Place, point: { x: number; y: number }): void
}

/** Scenes down, seeds across. One tab stop: arrow keys move, and Enter or Space do what a click does. */
export function MatrixGrid({ matrix, scenes, mode, paid, chosen, current, onMove, onPress, onMenu }: MatrixGridProps) {
  const { columns } = matrix
  const { sizes, attach, scroller, scrollTo, page, ...grid } = useGrid(scenes.length, columns.length)
  const focus = useFocusWhenDrawn(scroller)
  const at = {
    row: scenes.findIndex(({ id }) => id === current.sceneId),
    column: columns.findIndex(({ seed }) => seed === current.seed),
  }

  // The cell the keyboard stands on, or the first in sight when that is out of it.
  const drawn =
    (at.row === -1 || grid.rows.some(({ index }) => index === at.row)) &&
    grid.columns.some(({ index }) => index === at.column)
  const first = { sceneId: null, seed: columns[grid.columns[0]?.index ?? 0]?.seed ?? 0 }
  const stop = placeKey(drawn ? current : first)

  const keys = (event: KeyboardEvent) => {
    const place = placeOf(event.target)
    if (!place || event.altKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onPress(place, 'key')
      return
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      const { left, bottom } = (event.target as Element).getBoundingClientRect()
      onMenu(place, { x: left + 8, y: bottom - 8 })
      return
    }
    const to = stepTo(event, at, { rows: scenes.length, columns: columns.length, page: page })
    const seed = to && columns[to.column]?.seed
    if (!to || seed === undefined || seed === null) return
    event.preventDefault()
    const next = { sceneId: scenes[to.row]?.id ?? null, seed }
    scrollTo(to.row, to.column)
    onMove(next)
    focus(selectorOf(next))
  }
  const click = (by: 'click' | 'double') => (event: MouseEvent) => {
    const place = placeOf(event.target)
    if (place) onPress(place, by)
  }
  const menu = (event: MouseEvent) => {
    const place = placeOf(event.target)
    if (!place) return
    event.preventDefault()
    onMenu(place, { x: event.clientX, y: event.clientY })
  }

  return (
    // The keys of the cells are read here, where they bubble to.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      className="matrix-scroll scroll"
      ref={attach}
      role="grid"
      aria-label="Scenes by seeds"
      aria-multiselectable
      aria-rowcount={scenes.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={keys}
      onClick={click('click')}
      onDoubleClick={click('double')}
      onContextMenu={menu}
    >
      <div style={{ width: grid.width, height: grid.height }} className="matrix-canvas" role="presentation">
        <div role="row" aria-rowindex={1} className="matrix-heads" style={{ height: sizes.head }}>
          <div role="columnheader" aria-colindex={1} className="matrix-corner" style={{ width: sizes.names }}>
            Scene
          </div>
          {grid.columns.map(({ index, start, size }) => {
            const column = columns[index]
            if (!column) return null
            const place = { sceneId: null, seed: column.seed }
            return (
              <Head
                key={column.seed}
                column={column}
                index={index}
                left={start}
                width={size}
                chosen={column.seed === current.seed}
                current={placeKey(place) === stop}
              />
            )
          })}
        </div>
        {grid.rows.map(({ index, start, size }) => {
          const scene = scenes[index]
          if (!scene) return null
          return (
            <div
              key={scene.id}
              role="row"
              aria-rowindex={index + 2}
              className="matrix-row"
              style={{ top: start, height: size }}
            >
              <div role="rowheader" aria-colindex={1} className="matrix-scene" style={{ width: sizes.names }}>
                <b className="num">{padNumber(scene.number)}</b>
                <span className="ell grow">{scene.title || <span className="t3">Untitled</span>}</span>
                <span className="num t3 c11 matrix-seconds">{scene.duration} s</span>
              </div>
              {grid.columns.map((column) => {
                const seed = columns[column.index]?.seed
                if (seed === undefined) return null
                const takes = matrix.takesAt(scene.id, seed)
                const place = placeKey({ sceneId: scene.id, seed })
                return (
                  <Cell
                    key={seed}
                    scene={scene}
                    seed={seed}
                    column={column.index}
                    left={column.start}
                    width={column.size}
                    takes={takes}
                    take={shownTake(takes, scene.pickTakeId, mode)}
                    paid={paid}
                    price={scenePrice(scene)}
                    chosen={chosen.has(place)}
                    current={place === stop}
                    inColumn={seed === current.seed}
                  />
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
