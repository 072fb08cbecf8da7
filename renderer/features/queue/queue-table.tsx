import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { playTake } from '../../state/ui-store.ts'
import { type Group, queueLines } from './queue.ts'
import { TakeRow } from './take-row.tsx'

const ROW = 48
const HEAD = 36

const HEADINGS: Readonly<Record<Group, string>> = {
  attention: 'Needs attention',
  flight: 'In flight',
  waiting: 'Waiting',
  finished: 'Finished',
}

/** Every take of the project: what needs a decision first, then what goes on, then what waits, then what is done. */
export function QueueTable({
  view,
  selected,
  onSelect,
}: {
  view: ProjectView
  selected: TakeId | null
  onSelect(takeId: TakeId): void
}) {
  const lines = useMemo(() => queueLines(view), [view])
  const { attach, shown, before, after, scrollTo } = useVirtualRows(lines.length, (index) =>
    lines[index]?.kind === 'head' ? HEAD : ROW,
  )
  const body = useRef<HTMLTableSectionElement>(null)
  const takes = lines.flatMap((line, index) => (line.kind === 'take' ? [{ take: line.take, index }] : []))
  const current = takes.some(({ take }) => take.id === selected) ? selected : (takes[0]?.take.id ?? null)
  const select = useCallback((take: Take) => onSelect(take.id), [onSelect])

  const keys = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('queue-scene')) return
    const at = takes.findIndex(({ take }) => take.id === current)
    const present = takes[at]
    if (event.key === 'Enter' && present?.take.phase === 'ready') {
      event.preventDefault()
      playTake(present.take.id)
      return
    }
    const next = event.key === 'ArrowDown' ? takes[at + 1] : event.key === 'ArrowUp' ? takes[at - 1] : undefined
    if (!next) return
    event.preventDefault()
    onSelect(next.take.id)
    scrollTo(next.index)
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-take="${next.take.id}"] .queue-scene`)?.focus(),
    )
  }

  return (
    <div className="scroll" ref={attach}>
      <table className="queue-table" aria-label="Takes">
        <colgroup>
          <col className="queue-col-scene" />
          <col className="queue-col-take" />
          <col className="queue-col-state" />
          <col className="queue-col-time" />
          <col className="queue-col-left" />
          <col className="queue-col-attempt queue-wide" />
          <col className="queue-col-seed queue-wide" />
          <col className="queue-col-cost" />
          <col style={{ width: 52 }} />
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
                  {HEADINGS[line.group]} <span className="t3 num">{line.count}</span>
                </th>
              </tr>
            ) : (
              <TakeRow
                key={line.take.id}
                take={line.take}
                place={line.place}
                scene={view.scenes.get(line.take.sceneId) ?? null}
                selected={line.take.id === selected}
                current={line.take.id === current}
                onSelect={select}
              />
            )
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
}
