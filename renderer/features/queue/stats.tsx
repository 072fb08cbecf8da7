import { useMemo } from 'react'
import type { Runner } from '../../../shared/studio-model.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { timeOfDay } from '../../common/take-words.ts'
import { useNow } from '../../state/hooks.ts'
import { plural } from '../../state/selectors.ts'
import { batchProgress, groupOf, presentBatch, rateText, type Settled, spanText, throughput } from './queue.ts'
import { useEta } from './use-eta.ts'

const WORDS: Readonly<Record<Settled, string>> = {
  ready: 'ready',
  failed: 'failed',
  cancelled: 'cancelled',
  downloading: 'downloading',
  generating: 'generating',
  waiting: 'waiting',
  attention: 'unknown',
}

/** Above this a batch is drawn in proportions instead of one piece for each take. */
const PIECES = 40

function BatchStat({ view }: { view: ProjectView }) {
  const { settled, total, segments } = batchProgress(presentBatch(view.takes.values()))
  const limit = view.project.batchLimit
  const words = segments.map(({ kind, count }) => `${count} ${WORDS[kind]}`).join(', ')
  return (
    <div>
      <div className="row">
        <h2 className="grow">Batch</h2>
        {limit !== null && <span className="c11 t3 num">at most {formatUsd(limit)} a batch</span>}
      </div>
      <p className="stat num">
        {settled} of {total} <small>settled</small>
      </p>
      <p className="hidden-text">{words}</p>
      <div className="pieces" aria-hidden title={words}>
        {segments.flatMap(({ kind, count }) =>
          total <= PIECES
            ? Array.from({ length: count }, (_, index) => <i key={`${kind}${index}`} className={kind} />)
            : [<i key={kind} className={kind} style={{ flexGrow: count }} />],
        )}
      </div>
    </div>
  )
}

function SlotStat({ view, runner }: { view: ProjectView; runner: Runner }) {
  const rendering = [...view.takes.values()].filter(
    (take) => take.provider === 'rehearsal' && (take.phase === 'running' || take.phase === 'submitting'),
  ).length
  const used = Math.max(0, runner.inFlight - rendering)
  const slots = Math.max(runner.concurrency, used)
  return (
    <div>
      <h2>Slots in use</h2>
      <p className="stat num">
        {used} <small>of {runner.concurrency}</small>
      </p>
      {rendering > 0 && used === 0 ? (
        <p className="c12 t3 num">{plural(rendering, 'rehearsal')} rendering here</p>
      ) : (
        <div className="slots" aria-hidden>
          {slots <= 16 ? (
            Array.from({ length: slots }, (_, index) => (
              // Slots have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <i key={index} className={index < used ? 'used' : undefined} />
            ))
          ) : (
            <>
              <i className="used" style={{ flexGrow: used }} />
              <i style={{ flexGrow: slots - used }} />
            </>
          )}
        </div>
      )}
    </div>
  )
}

function TimeStat({ view, runner }: { view: ProjectView; runner: Runner }) {
  const open = [...view.takes.values()].filter(
    (take) => groupOf(take) === 'flight' || (groupOf(take) === 'waiting' && !take.onHold),
  )
  const held = [...view.takes.values()].some((take) => groupOf(take) === 'waiting' && take.onHold)
  const now = useNow(open.length > 0)
  const eta = useEta(view.project.id, view.takes)
  const left = open.length > 0 && eta && eta.to > now ? { from: eta.from - now, to: eta.to - now } : null
  const waits = (runner.paused || runner.halted !== null) && open.some((take) => groupOf(take) === 'waiting')
  const note =
    open.length === 0
      ? held
        ? 'The rest is on hold'
        : 'Nothing is under way'
      : waits
        ? 'Once submissions go on'
        : left
          ? `Done by about ${timeOfDay(now + left.to, false)}`
          : 'Longer than usual'
  return (
    <div>
      <h2>Time left</h2>
      <p className="stat num">{open.length === 0 ? '–' : left ? spanText(left) : 'Not known'}</p>
      <p className="c12 t3 num">{note}</p>
    </div>
  )
}

/** The line through some values, in a box of 100 by 16. */
function lineOf(points: readonly number[]): string {
  const top = Math.max(...points, 0.001)
  return points
    .map(
      (point, at) =>
        `${((at / Math.max(1, points.length - 1)) * 100).toFixed(1)},${(15 - (point / top) * 13).toFixed(1)}`,
    )
    .join(' ')
}

function ThroughputStat({ view }: { view: ProjectView }) {
  const under = [...view.takes.values()].some((take) => groupOf(take) === 'flight')
  // A minute is as fine as the line is.
  const now = Math.floor(useNow(under) / 10_000) * 10_000
  const { perMinute, points } = useMemo(() => throughput(view.takes.values(), now), [view.takes, now])
  return (
    <div>
      <h2>Throughput</h2>
      <p className="stat num">
        {perMinute === null ? (
          '–'
        ) : (
          <>
            {rateText(perMinute)} <small>takes/min</small>
          </>
        )}
      </p>
      {perMinute === null ? (
        <p className="c12 t3">Nothing came back yet</p>
      ) : (
        <svg className="spark" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden>
          <polyline points={lineOf(points)} />
        </svg>
      )}
    </div>
  )
}

/** The figures over the list. */
export function Stats({ view, runner }: { view: ProjectView; runner: Runner }) {
  const { held, refundPending } = view.budget
  const jobs = [...view.takes.values()].filter((take) => take.charge === 'held').length
  return (
    <div className="stats">
      <BatchStat view={view} />
      <SlotStat view={view} runner={runner} />
      <TimeStat view={view} runner={runner} />
      <ThroughputStat view={view} />
      <div className="queue-wide">
        <h2>Reserved</h2>
        <p className="stat num">{formatUsd(held)}</p>
        <p className="c12 t3 num">
          {refundPending > 0 ? `${formatUsd(refundPending)} waits for a refund` : `for ${plural(jobs, 'open job')}`}
        </p>
      </div>
    </div>
  )
}
