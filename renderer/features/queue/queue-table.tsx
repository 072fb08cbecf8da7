import '../../ui/data-table.css'
import { Pause, Play } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { hold } from '../../commands/queue-commands.ts'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { chooseRow, chooseTakes, type HowChosen, useQueueChoice } from '../../state/queue-choice.ts'
import { playTake } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { type Group, groupOf, queueLines } from './queue.ts'
import { TakeRow } from './take-row.tsx'
import { useRowDrag } from './use-row-drag.ts'

const ROW = 48
const HEAD = 36

const HEADINGS: Readonly<Record<Group, string>> = {
  attention: 'Needs attention',
  flight: 'In flight',
  waiting: 'Waiting',
  finished: 'Finished',
}

/** How a press chooses a row: with Shift a range, with Cmd or Ctrl one more. */
const howOf = (event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): HowChosen =>
  event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only'

function GroupActions({ group, takes }: { group: Group; takes: readonly Take[] }) {
  if (group !== 'waiting') return null
  const held = takes.filter(({ onHold }) => onHold)
  return (
    <span className="queue-head-actions">
      {held.length < takes.length && (
        <Button size="small" look="ghost" icon={<Pause size={14} />} onClick={() => void hold(takes, true)}>
          Hold all
        </Button>
      )}
      {held.length > 0 && (
        <Button size="small" look="ghost" icon={<Play size={14} />} onClick={() => void hold(held, false)}>
          Release {held.length} on hold
        </Button>
      )}
    </span>
  )
}

/** Every take of the project: what needs a decision first, then what goes on, then what waits, then what is done. */
export function QueueTable({ view, chosen }: { view: ProjectView; chosen: ReadonlySet<TakeId> }) {
  const lines = useMemo(() => queueLines(view), [view])
  const { attach, shown, before, after, scrollTo } = useVirtualRows(lines.length, (index) =>
    lines[index]?.kind === 'head' ? HEAD : ROW,
  )
  const body = useRef<HTMLTableSectionElement>(null)
  const takes = useMemo(
    () => lines.flatMap((line, index) => (line.kind === 'take' ? [{ take: line.take, index }] : [])),
    [lines],
  )
  const order = useMemo(() => takes.map(({ take }) => take.id), [takes])
  const cursor = useQueueChoice(({ cursor: now }) => now)
  const current = cursor !== null && order.includes(cursor) ? cursor : (order[0] ?? null)
  const target = useRowDrag()

  const orderNow = useRef(order)
  useEffect(() => {
    orderNow.current = order
  })
  const press = useCallback(
    (take: Take, event: MouseEvent, tick: boolean) =>
      chooseRow(orderNow.current, take.id, tick && !event.shiftKey ? 'toggle' : howOf(event)),
    [],
  )

  // A row that is moved by keys keeps them, though moving it in the page takes them away.
  const keeps = useRef<TakeId | null>(null)
  const focusRow = (id: TakeId) => body.current?.querySelector<HTMLElement>(`[data-take="${id}"] .queue-scene`)?.focus()
  useLayoutEffect(() => {
    if (keeps.current !== null && document.activeElement === document.body) focusRow(keeps.current)
  }, [lines])

  const go = (step: number, extend: boolean) => {
    const next = takes[takes.findIndex(({ take }) => take.id === current) + step]
    if (!next) return
    chooseRow(order, next.take.id, extend ? 'extend' : 'only')
    scrollTo(next.index)
    requestAnimationFrame(() => focusRow(next.take.id))
  }
  const keys = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('queue-scene')) return
    keeps.current = event.altKey ? current : null
    const present = takes.find(({ take }) => take.id === current)?.take
    const withCtrl = event.ctrlKey || event.metaKey
    if (event.altKey) return
    if (event.key === 'Enter' && present?.phase === 'ready') playTake(present.id)
    else if (event.key === ' ' && withCtrl && current) chooseRow(order, current, 'toggle')
    else if (event.key === 'a' && withCtrl) chooseTakes(order)
    else if (event.key === 'ArrowDown') go(1, event.shiftKey)
    else if (event.key === 'ArrowUp') go(-1, event.shiftKey)
    else return
    event.preventDefault()
  }

  return (
    <div className="scroll" ref={attach}>
      <table className="data-table of-view queue-table" aria-label="Takes">
        <colgroup>
          <col className="queue-col-scene" />
          <col className="queue-col-take" />
          <col className="queue-col-state" />
          <col className="queue-col-time" />
          <col className="queue-col-left" />
          <col className="queue-col-attempt queue-wide" />
          <col className="queue-col-seed queue-wide" />
          <col className="queue-col-cost" />
          <col className="queue-col-actions" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Scene</th>
            <th scope="col">Take</th>
            <th scope="col">State</th>
            <th scope="col" className="right">
              Elapsed
            </th>
            <th scope="col" className="right">
              Left
            </th>
            <th scope="col" className="right queue-wide">
              Attempt
            </th>
            <th scope="col" className="queue-wide queue-seed">
              Seed
            </th>
            <th scope="col" className="right">
              Cost
            </th>
            <th scope="col">
              <span className="hidden-text">Actions</span>
            </th>
          </tr>
        </thead>
        {/* The buttons of the rows have the keys; the body only hears them. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody ref={body} onKeyDown={keys}>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {shown.map((index) => {
            const line = lines[index]
            if (!line) return null
            return line.kind === 'head' ? (
              <tr key={line.group} className="queue-head">
                <th scope="rowgroup" colSpan={9}>
                  <span className="queue-head-row">
                    {HEADINGS[line.group]} <span className="t3 num">{line.count}</span>
                    <GroupActions
                      group={line.group}
                      takes={takes.filter(({ take }) => groupOf(take) === line.group).map(({ take }) => take)}
                    />
                  </span>
                </th>
              </tr>
            ) : (
              <TakeRow
                key={line.take.id}
                take={line.take}
                place={line.place}
                scene={view.scenes.get(line.take.sceneId) ?? null}
                selected={chosen.has(line.take.id)}
                current={line.take.id === current}
                several={chosen.size > 1}
                drop={target?.take === line.take.id ? target.side : null}
                onPress={press}
              />
            )
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
}
