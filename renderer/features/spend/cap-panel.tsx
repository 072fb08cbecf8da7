import { CircleAlert, ReceiptText, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { PRICE_PER_SECOND, RESOLUTIONS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Project } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact } from '../../../shared/money.ts'
import type { Spend } from '../../../shared/spend.ts'
import { MoneyField } from '../../common/money-field.tsx'
import { type ReadText, useSavedText } from '../../common/use-saved-text.ts'
import { ValueRow } from '../../common/value-row.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/choice.tsx'
import { NumberField } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { colourIn, type Series } from './chart-data.ts'
import { capState, comparisonOf, deviation } from './figures.ts'

type Limits = Pick<Project, 'cap' | 'batchLimit' | 'warnAt' | 'confirmOver' | 'stopAfter'>

/** What the switch starts with. */
const USUAL_STOP = 3

function readPercent(text: string): ReadText<number> {
  const value = Number(text.replace(/\s*%$/, ''))
  return Number.isInteger(value) && value >= 1 && value <= 100
    ? { ok: true, value }
    : { ok: false, message: 'A whole number from 1 to 100.' }
}

function WarnAt({ saved, onSave }: { saved: number; onSave(percent: number): Promise<unknown> }) {
  const field = useSavedText(String(saved), readPercent, onSave)
  return <ValueRow label="Warn at" field={field} trail="%" required />
}

function Limits({ project }: { project: Project }) {
  const save = (patch: Partial<Limits>) => call('project.update', { projectId: project.id, patch })
  const { cap, batchLimit, warnAt, confirmOver, stopAfter } = project
  return (
    <>
      <section className="section" aria-label="Spending cap">
        <MoneyField
          key={`cap${cap}`}
          look="strong"
          label="Project cap"
          hint="Nothing is submitted that could take spent plus reserved past this amount."
          placeholder="No cap"
          saved={cap}
          required
          action={cap === null ? 'Set cap' : 'Change cap'}
          onSave={(next) => save({ cap: next })}
        />
      </section>
      <section className="section" aria-label="Limits">
        <MoneyField
          key={`batch${batchLimit}`}
          look="row"
          label="Per batch"
          saved={batchLimit}
          onSave={(next) => save({ batchLimit: next })}
        />
        <WarnAt key={`warn${warnAt}`} saved={warnAt} onSave={(next) => save({ warnAt: next })} />
        <MoneyField
          key={`confirm${confirmOver}`}
          look="row"
          label="Confirm batches over"
          placeholder="Never"
          saved={confirmOver}
          onSave={(next) => save({ confirmOver: next })}
        />
        <div className="stop-row">
          <span aria-hidden>Stop after failures</span>
          {stopAfter !== null && (
            <NumberField
              label="Failures in a row"
              min={1}
              max={100}
              value={stopAfter}
              onChange={(next) => run('project.update', { projectId: project.id, patch: { stopAfter: next } })}
            />
          )}
          <Switch
            label="Stop after failures in a row"
            checked={stopAfter !== null}
            onChange={(on) =>
              run('project.update', { projectId: project.id, patch: { stopAfter: on ? USUAL_STOP : null } })
            }
          />
        </div>
      </section>
    </>
  )
}

function Comparisons({ spend, series }: { spend: Spend; series: readonly Series[] }) {
  const rows = spend.storyboards
    .map((line) => ({ ...line, ...comparisonOf(line) }))
    .filter(({ estimate, actual }) => estimate > 0 || actual > 0)
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(({ estimate, actual }) => Math.max(estimate, actual)))
  const share = (amount: number) => `${(amount / most) * 100}%`
  return (
    <section className="section" aria-label="Estimate and actual">
      <div className="section-label">
        <h3>Estimate and actual</h3>
        <span className="num t3">{deviation(comparisonOf(spend.total))}</span>
      </div>
      <ul className="comparisons">
        {rows.map(({ storyboardId, title, estimate, actual }) => (
          <li key={storyboardId}>
            <span className="comparison-line">
              <span className="ell">{title}</span>
              <span className="num">
                <span className="t3">
                  <span className="hidden-text">estimated </span>
                  {formatUsd(estimate)}
                </span>{' '}
                <b>
                  <span className="hidden-text">charged </span>
                  {formatUsd(actual)}
                </b>
              </span>
            </span>
            <span className="comparison-bar" aria-hidden>
              <i className={`series-${colourIn(series, storyboardId)}`} style={{ width: share(actual) }} />
              <b style={{ left: share(estimate) }} />
            </span>
          </li>
        ))}
      </ul>
      <p className="field-note">Bar is actual, tick is estimate. What is still reserved is in neither.</p>
    </section>
  )
}

function Refund({ amount }: { amount: string }) {
  const [busy, setBusy] = useState(false)
  const look = async () => {
    setBusy(true)
    const done = await attempt(() => call('billing.look', {}))
    setBusy(false)
    if (done)
      showToast({
        kind: 'info',
        title: 'The billing was read',
        text: 'Refunds and charges it shows are in the ledger now.',
      })
  }
  return (
    <>
      <dt>Refund pending</dt>
      <dd>{amount}</dd>
      <dd className="facts-action">
        <Button size="small" icon={<ReceiptText size={14} />} disabled={busy} onClick={() => void look()}>
          {busy ? 'Asking the service' : 'Look for the refund'}
        </Button>
      </dd>
    </>
  )
}

const CAP_LOOKS = {
  ok: { state: 'picked', icon: <ShieldCheck size={12} strokeWidth={2} aria-hidden /> },
  warn: { state: 'attention', icon: <TriangleAlert size={12} strokeWidth={2} aria-hidden /> },
  stop: { state: 'failed', icon: <CircleAlert size={12} strokeWidth={2} aria-hidden /> },
  none: { state: 'draft', icon: <CircleAlert size={12} strokeWidth={2} aria-hidden /> },
} as const

/** The limits of the project, and what its money bought. */
export function CapPanel({
  view,
  spend,
  series,
}: {
  view: ProjectView
  spend: Spend | null
  series: readonly Series[]
}) {
  const { project, budget } = view
  const { tone, text } = capState(budget, project.warnAt)
  const { state, icon } = CAP_LOOKS[tone]
  return (
    <aside className="panel" aria-label="Cap">
      <div className="view-header">
        <h2 className="grow">Cap</h2>
        <span className={`state state-${state}`}>
          {icon}
          {text}
        </span>
      </div>
      <div className="scroll">
        <Limits project={project} />
        {spend && <Comparisons spend={spend} series={series} />}
        {spend && (spend.perAcceptedSecond !== null || budget.refundPending > 0) && (
          <section className="section" aria-label="What it bought">
            <dl className="facts">
              {spend.perAcceptedSecond !== null && (
                <>
                  <dt title="Everything charged, over the seconds of picked takes">Cost per accepted second</dt>
                  <dd>{formatUsdExact(spend.perAcceptedSecond)}</dd>
                  <dt>Accepted</dt>
                  <dd>{spend.acceptedSeconds} s of picks</dd>
                </>
              )}
              {budget.refundPending > 0 && <Refund amount={formatUsd(budget.refundPending)} />}
            </dl>
          </section>
        )}
        <section className="section" aria-label="Rates">
          <h3 className="section-label">Rates</h3>
          <dl className="facts">
            {RESOLUTIONS.map((resolution) => (
              <RateRow
                key={resolution}
                name={resolution}
                text={`${formatUsdExact(PRICE_PER_SECOND[resolution])} per second`}
              />
            ))}
            <RateRow name="Rehearsal" text="Free, rendered here" />
          </dl>
        </section>
      </div>
    </aside>
  )
}

const RateRow = ({ name, text }: { name: string; text: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </>
)
