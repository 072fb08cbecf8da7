import '../../ui/data-table.css'
import { ArrowDown, Ban, Check, CircleX, Scissors } from 'lucide-react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import { padNumber } from '../../state/selectors.ts'
import { ACTION_WORDS, changeText, type FitRow, isKept } from './plan.ts'

const ROW = 60

const ICONS = {
  'as-is': Check,
  'lower-resolution': ArrowDown,
  shorter: Scissors,
  'leave-out': Ban,
  done: Check,
  cannot: CircleX,
} as const

function Row({ row, scene }: { row: FitRow; scene: Scene | undefined }) {
  const Icon = ICONS[row.action]
  const changed = row.action === 'shorter' || row.action === 'lower-resolution'
  const priced = isKept(row) || row.action === 'leave-out'
  return (
    <tr className={isKept(row) ? 'fit-row' : 'fit-row out'} data-scene={row.sceneId} data-action={row.action}>
      <td className="num strong">{padNumber(row.number)}</td>
      <td>
        <span className="ell fit-line">{row.title || 'Untitled'}</span>
        <span className="fit-note" title={row.why}>
          {row.why}
        </span>
      </td>
      <td>
        <span className={changed ? 'fit-action acc' : 'fit-action'}>
          <Icon size={14} aria-hidden />
          {ACTION_WORDS[row.action]}
        </span>
      </td>
      <td className="num t2">{changeText(scene?.resolution ?? row.resolution, row.resolution)}</td>
      <td className="num t2 right">{changeText(scene?.duration ?? row.duration, row.duration, ' s')}</td>
      <td className="num right t3">{priced ? formatUsdExact(row.before) : '–'}</td>
      <td className="num right strong">{priced ? formatUsdExact(row.price) : '–'}</td>
    </tr>
  )
}

/** The plan, scene by scene in board order. */
export function PlanTable({ rows, scenes }: { rows: readonly FitRow[]; scenes: ReadonlyMap<SceneId, Scene> }) {
  const { attach, shown, before, after } = useVirtualRows(rows.length, () => ROW)
  return (
    // Nothing in it takes the focus, so that the keys that scroll need a place of their own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="fit-list" ref={attach} tabIndex={0} aria-label="Plan, scene by scene">
      <table className="data-table fit-table" aria-label="Plan" aria-rowcount={rows.length + 1}>
        <colgroup>
          <col style={{ width: 36 }} />
          <col />
          <col style={{ width: 132 }} />
          <col style={{ width: 104 }} />
          <col style={{ width: 64 }} />
          <col style={{ width: 72 }} />
          <col style={{ width: 72 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-text">Number</span>
            </th>
            <th scope="col">Scene</th>
            <th scope="col">Plan</th>
            <th scope="col">Resolution</th>
            <th scope="col" className="right">
              Seconds
            </th>
            <th scope="col" className="right">
              Before
            </th>
            <th scope="col" className="right">
              Plan
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {shown.map((index) => {
            const row = rows[index]
            return row && <Row key={row.sceneId} row={row} scene={scenes.get(row.sceneId)} />
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  )
}
