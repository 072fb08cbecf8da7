import '../../ui/data-table.css'
import { Check, CircleDashed, Clock, ReceiptText, TriangleAlert, Undo2 } from 'lucide-react'
import { Fragment, memo, type ReactNode, useEffect } from 'react'
import type { Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { VirtualRows } from '../../common/use-virtual-rows.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { padNumber } from '../../state/selectors.ts'
import { Failure } from '../../common/failure.tsx'
import { colourIn, type Series } from './chart-data.ts'
import { lineText, type LedgerRow, rateText, type RowState, whenText } from './ledger-rows.ts'
import type { Ledger } from './use-spend.ts'

/** Pixels. */
export const LEDGER_ROW = 36

const STATES: Readonly<Record<RowState, { text: string; tone: string; icon: ReactNode }>> = {
  reserved: { text: 'Reserved', tone: 'queued', icon: <Clock size={12} strokeWidth={2} aria-hidden /> },
  unknown: { text: 'Unknown', tone: 'attention', icon: <TriangleAlert size={12} strokeWidth={2} aria-hidden /> },
  'refund-pending': {
    text: 'Refund pending',
    tone: 'attention',
    icon: <ReceiptText size={12} strokeWidth={2} aria-hidden />,
  },
  charged: { text: 'Charged', tone: 'picked', icon: <Check size={12} strokeWidth={2} aria-hidden /> },
  refunded: { text: 'Refunded', tone: 'draft', icon: <Undo2 size={12} strokeWidth={2} aria-hidden /> },
  released: { text: 'Released', tone: 'draft', icon: <CircleDashed size={12} strokeWidth={2} aria-hidden /> },
}

function SceneName({
  view,
  take,
  slate,
  colour,
}: {
  view: ProjectView
  take: Take | undefined
  slate: string
  /** Of its storyboard in the chart; 0 when there is only one. */
  colour: number
}) {
  const board = take && view.storyboards.get(take.storyboardId)
  const scene = (take && view.scenes.get(take.sceneId)) ?? null
  const named = scene ?? (take && view.removedScenes.get(take.sceneId))
  return (
    <span className="ledger-scene">
      {colour > 0 && (
        <i className={`swatch series-${colour}`} title={board?.title}>
          <span className="hidden-text">{board?.title}</span>
        </i>
      )}
      <span className="ledger-thumb">{take && <TakePicture scene={scene} take={take} />}</span>
      <span className="ell">
        <b className="num">{named ? padNumber(named.number) : slate}</b> {named?.title || 'Untitled'}{' '}
        {take && <span className="t3 num">T{take.number}</span>}
      </span>
    </span>
  )
}

const Row = memo(function Row({
  row,
  take,
  view,
  now,
  colour,
}: {
  row: LedgerRow
  take: Take | undefined
  view: ProjectView
  now: number
  colour: number
}) {
  const state = STATES[row.state]
  const booked = row.lines.map((line) => `${whenText(line.at, now)} ${lineText(line)}`).join('\n')
  return (
    <tr className={row.state === 'unknown' ? 'attention' : undefined} title={booked} data-ledger={row.state}>
      <td className="num t2">{whenText(row.at, now)}</td>
      <td>
        <SceneName view={view} take={take} slate={row.slate} colour={colour} />
      </td>
      <td>
        <span className={`state state-${state.tone}`}>
          {state.icon}
          {state.text}
        </span>
      </td>
      <td className="right num t2 spend-wide">{take ? rateText(take) : '–'}</td>
      <td className="right num t2">{formatUsdExact(row.estimate)}</td>
      <td className="right num">
        {row.actual === null ? <span className="t3">held</span> : formatUsdExact(row.actual)}
      </td>
      <td className="right num">{row.left === null ? '–' : formatUsdExact(row.left)}</td>
    </tr>
  )
})

/** Every reservation of the project, newest first, with what became of it. */
export function LedgerTable({
  view,
  ledger,
  rows,
  virtual,
  now,
  series,
}: {
  view: ProjectView
  ledger: Ledger
  rows: readonly LedgerRow[]
  virtual: VirtualRows
  now: number
  series: readonly Series[]
}) {
  const colourOf = (take: Take | undefined) => (take && series.length > 1 ? colourIn(series, take.storyboardId) : 0)
  const last = virtual.shown.at(-1) ?? 0
  const { more, complete } = ledger
  const nearEnd = last >= rows.length - 20
  useEffect(() => {
    if (nearEnd && !complete) more()
  }, [nearEnd, complete, more, rows.length])
  return (
    <>
      <table
        className="data-table of-view ledger-table"
        aria-label="Ledger"
        aria-rowcount={complete ? rows.length + 1 : -1}
      >
        <colgroup>
          <col className="ledger-col-time" />
          <col className="ledger-col-scene" />
          <col className="ledger-col-entry" />
          <col className="ledger-col-rate spend-wide" />
          <col className="ledger-col-money" />
          <col className="ledger-col-money" />
          <col className="ledger-col-money" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Reserved</th>
            <th scope="col">Scene</th>
            <th scope="col">Entry</th>
            <th scope="col" className="right spend-wide">
              Rate
            </th>
            <th scope="col" className="right">
              Estimate
            </th>
            <th scope="col" className="right">
              Actual
            </th>
            <th scope="col" className="right">
              Left
            </th>
          </tr>
        </thead>
        <tbody>
          {virtual.before > 0 && <tr aria-hidden style={{ height: virtual.before }} />}
          {virtual.shown.map((index) => {
            const row = rows[index]
            return row ? (
              <Row
                key={row.key}
                row={row}
                take={view.takes.get(row.takeId)}
                view={view}
                now={now}
                colour={colourOf(view.takes.get(row.takeId))}
              />
            ) : (
              <Fragment key={index} />
            )
          })}
          {virtual.after > 0 && <tr aria-hidden style={{ height: virtual.after }} />}
        </tbody>
      </table>
      {ledger.error !== null && (
        <div className="spend-failure">
          <Failure error={ledger.error} onRetry={ledger.retry} />
        </div>
      )}
    </>
  )
}
