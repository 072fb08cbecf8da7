import './spend.css'
import { ChartColumn, Clapperboard, Download, History, Table2 } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { registry } from '../../commands/registry.ts'
import { saveLedger } from '../../commands/save-ledger.ts'
import { generateFromBoard } from '../../commands/studio-commands.ts'
import { Failure } from '../../common/failure.tsx'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { Spend } from '../../../shared/spend.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { useNow } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Drawn, EmptyState, LoadingBar } from '../../ui/empty.tsx'
import { BudgetBar } from '../../ui/meter.tsx'
import { CapPanel } from './cap-panel.tsx'
import { Legend, SpendChart, SpendFigures } from './chart.tsx'
import {
  type Charge,
  dayAgo,
  dayColumns,
  hourColumns,
  type Range,
  RANGES,
  type Series,
  seriesOf,
} from './chart-data.ts'
import { capParts, secondsLeft } from './figures.ts'
import { ledgerRows, roomLeft } from './ledger-rows.ts'
import { LEDGER_ROW, LedgerTable } from './ledger-table.tsx'
import { type Ledger, useLedger, useSpend } from './use-spend.ts'

const RANGE_NAMES: Readonly<Record<Range, string>> = { day: 'Day', week: 'Week', all: 'All' }

function Figure({
  label,
  swatch,
  wide,
  children,
}: {
  label: string
  swatch?: string
  /** True of one that a narrow window leaves out. */
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div className={`spend-figure ${wide ? 'spend-wide' : ''}`}>
      <dt>
        {swatch && <i className={`swatch ${swatch}`} aria-hidden />}
        {label}
      </dt>
      <dd className="num">{children}</dd>
    </div>
  )
}

function Totals({ budget }: { budget: Budget }) {
  const { cap, left, spent, held } = budget
  return (
    <>
      <dl className="spend-totals">
        <Figure label={cap === null ? 'Left' : `Left of ${formatUsd(cap)} cap`}>
          <span className="spend-left">{left === null ? 'No cap set' : formatUsd(left)}</span>
        </Figure>
        <Figure label="Spent" swatch="spent">
          {formatUsd(spent)}
        </Figure>
        <Figure label="Reserved" swatch="held">
          {formatUsd(held)}
        </Figure>
        {left !== null && (
          <Figure label="At the current rate" wide>
            {secondsLeft(left)} s <small>more at 720p</small>
          </Figure>
        )}
      </dl>
      <div className="spend-bar">
        <BudgetBar {...capParts(budget)} />
      </div>
    </>
  )
}

/** Charges of the last day, once the ledger is known that far back. */
function chargesSince(ledger: Ledger, view: ProjectView, since: number): readonly Charge[] {
  return ledger.entries.flatMap(({ at, spent, takeId }): Charge[] => {
    const take = view.takes.get(takeId)
    return at >= since && spent !== 0 && take ? [{ at, storyboardId: take.storyboardId, amount: spent }] : []
  })
}

/** The chart looks at the clock once an hour, not at every second that something runs. */
const AN_HOUR = 3_600_000

function Chart({
  view,
  spend,
  ledger,
  range,
  series,
  now,
}: {
  view: ProjectView
  spend: Spend
  ledger: Ledger
  range: Range
  series: readonly Series[]
  now: number
}) {
  const [asTable, setAsTable] = useState(false)
  const hour = Math.floor(now / AN_HOUR) * AN_HOUR
  const oldest = ledger.entries.at(-1)?.at ?? 0
  const short = range === 'day' && !ledger.complete && oldest > dayAgo(hour)
  const { more } = ledger
  useEffect(() => {
    if (short) more()
  }, [short, oldest, more])
  const columns = useMemo(
    () =>
      range === 'day'
        ? hourColumns(spend, series, chargesSince(ledger, view, dayAgo(hour)), hour)
        : dayColumns(spend, series, range, hour),
    [range, spend, series, ledger, view, hour],
  )
  return (
    <section aria-label="Spent over time">
      <div className="spend-chart-head">
        <h2>Spent so far, by storyboard</h2>
        <span className="grow" />
        <Legend series={series} />
        <IconButton
          label={asTable ? 'Show the chart' : 'Show the figures'}
          size="small"
          icon={asTable ? <ChartColumn size={14} /> : <Table2 size={14} />}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {!asTable && <SpendChart columns={columns} series={series} cap={view.budget.cap} />}
      <SpendFigures columns={columns} series={series} visible={asTable} />
    </section>
  )
}

function Content({
  view,
  spend,
  ledger,
  range,
  series,
}: {
  view: ProjectView
  spend: Spend
  ledger: Ledger
  range: Range
  series: readonly Series[]
}) {
  const now = useNow(false)
  const { cap, held, spent } = view.budget
  const rows = useMemo(
    () => ledgerRows(ledger.entries, view.takes, roomLeft(cap, held, spent)),
    [ledger.entries, view.takes, cap, held, spent],
  )
  const above = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = above.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.offsetHeight))
    observer.observe(element)
    setHeight(element.offsetHeight)
    return () => observer.disconnect()
  }, [])
  const virtual = useVirtualRows(rows.length, () => LEDGER_ROW, height)
  const { attach } = virtual
  return (
    // What scrolls can be reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="scroll" ref={attach} tabIndex={0} aria-label="Spending">
      <div ref={above}>
        <Totals budget={view.budget} />
        <Chart view={view} spend={spend} ledger={ledger} range={range} series={series} now={now} />
      </div>
      <LedgerTable view={view} ledger={ledger} rows={rows} virtual={virtual} now={now} series={series} />
    </section>
  )
}

/** Where the money of the project went, and how much more may go. */
export default function SpendView() {
  const view = useProjection((projection) => projection.view)
  if (!view) return <main className="panel" aria-busy="true" aria-label="Spend" />
  return <ProjectSpend view={view} />
}

function ProjectSpend({ view }: { view: ProjectView }) {
  const { spend, error, retry } = useSpend(view)
  const ledger = useLedger(view)
  const [range, setRange] = useState<Range>('week')
  const series = useMemo(() => (spend ? seriesOf(spend) : []), [spend])
  const nothing = spend !== null && spend.total.takes === 0
  return (
    <main className="spend-screen">
      <section className="panel" aria-label="Spend">
        <div className="view-header">
          <h1>Spend</h1>
          <span className="t3 c12 ell">{view.project.title}</span>
          <span className="grow" />
          <IconButton
            label="History of the project"
            icon={<History size={16} />}
            onClick={() => registry.run('view.history')}
          />
          <Segmented<Range>
            label="Shown in the chart"
            value={range}
            onChange={setRange}
            options={RANGES.map((value) => ({ value, label: RANGE_NAMES[value] }))}
          />
          <Button icon={<Download size={16} />} disabled={nothing} onClick={() => void saveLedger()}>
            Export CSV
          </Button>
        </div>
        {error !== null && (
          <div className="spend-failure">
            <Failure error={error} onRetry={retry} />
          </div>
        )}
        {nothing ? (
          <EmptyState
            picture={<Drawn kind="bars" />}
            title="Nothing has been spent"
            text="Every paid take is listed here from the moment its price is reserved. Rehearsals are free and not listed."
          >
            <Button size="large" icon={<Clapperboard size={16} />} onClick={generateFromBoard}>
              Choose what to make
            </Button>
          </EmptyState>
        ) : spend && ledger ? (
          <Content view={view} spend={spend} ledger={ledger} range={range} series={series} />
        ) : (
          error === null && (
            <div className="spend-loading">
              <LoadingBar label="Reading the ledger" />
            </div>
          )
        )}
      </section>
      <CapPanel view={view} spend={spend} series={series} />
    </main>
  )
}
