import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import { formatUsd } from '../../../shared/money.ts'
import { padNumber, scenePrice } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import type { RunRow } from './run-order.ts'

const ROW = 32

/** How far down a list begins in what scrolls it, in pixels. @param above changes with what stands above it */
function useMargin(scroller: HTMLElement | null, list: RefObject<HTMLElement | null>, above: string): number {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    if (!list.current || !scroller) return
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0
      setMargin(Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop))
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const child of scroller.children) observer.observe(child)
    return () => observer.disconnect()
  }, [scroller, list, above])
  return margin
}

/** Which rows can be seen of a list that begins further down in what scrolls. */
function useRows(scroller: HTMLElement | null, count: number, above: string) {
  const list = useRef<HTMLUListElement>(null)
  const margin = useMargin(scroller, list, above)
  // The rule is about the React compiler, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: 8,
    scrollMargin: margin,
  })
  return { list, margin, items: rows.getVirtualItems(), height: count * ROW }
}

/** The scenes a seed has no present take of, to be ticked, each with its price. */
export function RunList({
  scroller,
  above,
  rows,
  seed,
  paid,
  isChosen,
  onToggle,
}: {
  /** What scrolls the list. */
  scroller: HTMLElement | null
  /** Changes with what stands above it. */
  above: string
  rows: readonly RunRow[]
  seed: number
  paid: boolean
  isChosen(sceneId: SceneId): boolean
  onToggle(sceneIds: readonly SceneId[], on: boolean): void
}) {
  const { list, margin, items, height } = useRows(scroller, rows.length, above)
  const able = rows.filter((row) => row.able).map(({ scene }) => scene.id)
  const all = able.length > 0 && able.every(isChosen)
  return (
    <section className="section" aria-label="Run this seed on">
      <div className="section-label">
        <span>Run this seed on</span>
        {able.length > 0 && (
          <Button look="ghost" size="small" className="seed-all" onClick={() => onToggle(able, !all)}>
            {all ? 'Select none' : 'Select all'}
          </Button>
        )}
      </div>
      {rows.length === 0 && (
        <p className="field-note">Every scene has a take with seed {seed} as it would be sent now.</p>
      )}
      <ul className="seed-run" ref={list} style={{ height }}>
        {items.map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { scene, note } = row
          return (
            <li key={scene.id} className={row.able ? undefined : 't3'} style={{ top: start - margin }}>
              <Checkbox
                label={`Scene ${scene.number}, ${scene.title || 'untitled'}`}
                checked={row.able && isChosen(scene.id)}
                disabled={!row.able}
                onChange={(on) => onToggle([scene.id], on)}
              />
              <b className="num">{padNumber(scene.number)}</b>
              <span className="ell">
                {scene.title || 'Untitled'}
                {note && <span className="t3">, {note}</span>}
              </span>
              <span className="num t2">{paid ? formatUsd(scenePrice(scene)) : 'free'}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
