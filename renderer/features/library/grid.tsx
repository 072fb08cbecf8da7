/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a native list box cannot hold pictures */
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useState } from 'react'
import type { LibraryTake } from '../../../shared/contract.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import { judgeAll, openTake } from './actions.ts'
import { Card, cardId } from './card.tsx'
import { choose, chooseNothing, takeAt, useFound, want } from './search.ts'

const GAP = 12
const LEAST_WIDTH = 208
/** Under the picture: two lines and their distances. */
const TEXT_HEIGHT = 52

/** The width of an element as it changes. */
function useWidth(): [number, (element: HTMLElement | null) => void] {
  const [width, setWidth] = useState(0)
  const [element, attach] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!element) return
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    watch.observe(element)
    return () => watch.disconnect()
  }, [element])
  return [width, attach]
}

const stepOf = (key: string, columns: number): number | null => {
  switch (key) {
    case 'ArrowLeft':
      return -1
    case 'ArrowRight':
      return 1
    case 'ArrowUp':
      return -columns
    case 'ArrowDown':
      return columns
    case 'Home':
      return Number.NEGATIVE_INFINITY
    case 'End':
      return Number.POSITIVE_INFINITY
    default:
      return null
  }
}

function Rows({ total, columns, rowHeight }: { total: number; columns: number; rowHeight: number }) {
  const rows = Math.ceil(total / columns)
  const { attach, shown, before, after, scrollTo } = useVirtualRows(rows, () => rowHeight)
  const pages = useFound((found) => found.pages)
  const chosen = useFound((found) => found.chosen)
  const cursor = useFound((found) => Math.min(found.cursor, total - 1))
  const first = (shown[0] ?? 0) * columns
  const last = Math.min(total - 1, ((shown.at(-1) ?? 0) + 1) * columns - 1)
  useEffect(() => want(first, last), [first, last, pages])

  const press = useCallback((index: number, event: MouseEvent) => {
    choose(index, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }, [])
  const open = useCallback((found: LibraryTake) => void openTake(found), [])

  const go = (step: number, extend: boolean) => {
    const to = Math.max(0, Math.min(total - 1, cursor + step))
    scrollTo(Math.floor(to / columns))
    want(to, to)
    choose(to, extend ? 'extend' : 'only')
    // It may have been out of sight, and is drawn with the next frame.
    requestAnimationFrame(() => document.getElementById(cardId(to))?.focus({ preventScroll: true }))
  }
  const judge = (event: KeyboardEvent): boolean => {
    const takes = [...chosen.values()].map(({ take }) => take)
    if (takes.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false
    if (/^[0-5]$/.test(event.key)) void judgeAll(takes, { rating: Number(event.key) })
    else if (event.key === 'x') void judgeAll(takes, { rejected: !takes.every(({ rejected }) => rejected) })
    else return false
    return true
  }
  const keys = (event: KeyboardEvent) => {
    const here = takeAt({ pages }, cursor)
    const step = stepOf(event.key, columns)
    if (step !== null) go(step, event.shiftKey)
    else if (event.key === 'Enter' && here) void openTake(here)
    else if (event.key === ' ') choose(cursor, 'toggle')
    else if (event.key === 'Escape' && chosen.size > 0) chooseNothing()
    else if (!judge(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const line = (row: number) =>
    Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => {
      const index = row * columns + column
      const found = takeAt({ pages }, index)
      if (!found) return <div key={index} className="library-card waiting" />
      return (
        <Card
          key={found.take.id satisfies TakeId}
          found={found}
          index={index}
          total={total}
          chosen={chosen.has(found.take.id)}
          current={index === cursor}
          onPress={press}
          onOpen={open}
        />
      )
    })
  return (
    <div className="scroll" ref={attach}>
      <div
        role="listbox"
        tabIndex={-1}
        aria-label="Takes found"
        aria-multiselectable
        className="library-rows"
        onKeyDown={keys}
      >
        {before > 0 && <div style={{ height: before }} />}
        {shown.map((row) => (
          <div
            key={row}
            role="presentation"
            className="library-row"
            style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, height: rowHeight }}
          >
            {line(row)}
          </div>
        ))}
        {after > 0 && <div style={{ height: after }} />}
      </div>
    </div>
  )
}

/** Every take that was found, as many as there are: only those in sight are drawn and asked for. */
export function Grid({ total }: { total: number }) {
  const [width, attach] = useWidth()
  const inner = width - 2 * GAP
  const columns = Math.max(1, Math.floor((inner + GAP) / (LEAST_WIDTH + GAP)))
  const rowHeight = Math.round(((inner - (columns - 1) * GAP) / columns) * (9 / 16)) + TEXT_HEIGHT + GAP
  return (
    <div className="library-grid" ref={attach}>
      {width > 0 && <Rows key={`${columns} ${rowHeight}`} total={total} columns={columns} rowHeight={rowHeight} />}
    </div>
  )
}
