import { Clapperboard, Film, TriangleAlert } from 'lucide-react'
import type { RefObject } from 'react'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd, subtractUsd, type UsdMicros } from '../../../shared/money.ts'
import type { Preview } from '../../../shared/preview.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { BudgetBar } from '../../ui/meter.tsx'
import { leavesText, submitText } from './lines.ts'

/** Spent, reserved, this batch, and what would be left. */
function Meter({ budget, preview }: { budget: Budget; preview: Preview | null }) {
  const { cap, spent, held, left } = budget
  const next = preview?.reserves ?? 0
  const share = (amount: number) => (cap === null || cap === 0 ? 0 : amount / cap)
  const after = left === null ? null : preview === null ? left : subtractUsd(left, preview.reserves)
  return (
    <div className="generate-meter">
      <BudgetBar spent={share(spent)} held={share(held)} next={share(next)} />
      <p className="num">
        <span>{formatUsd(spent)} spent</span>
        <span>{formatUsd(held)} reserved</span>
        {preview && <span className="acc">{formatUsd(preview.reserves)} this batch</span>}
        <span>{after === null ? 'No cap set' : `${formatUsd(after)} left`}</span>
      </p>
    </div>
  )
}

/** Asked before a batch above the amount the artist set for it. */
function Question({ preview, over }: { preview: Preview; over: UsdMicros }) {
  return (
    <p className="generate-meter generate-question" role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span>
        <b className="num">
          Send {leavesText(preview)} for {formatUsd(preview.reserves)}?
        </b>
        <span className="num">You asked to be asked above {formatUsd(over)}.</span>
      </span>
    </p>
  )
}

export interface FooterProps {
  readonly budget: Budget
  readonly preview: Preview | null
  readonly rehearsing: boolean
  readonly canSubmit: boolean
  readonly canRehearse: boolean
  /** What has to be set right before anything can be priced; null when nothing. */
  readonly problem: string | null
  readonly busy: 'submit' | 'rehearse' | null
  /** The amount above which it is asked once more, while it is being asked. */
  readonly asking: UsdMicros | null
  readonly primary: RefObject<HTMLButtonElement | null>
  onCancel(): void
  /** Takes the question back. */
  onBack(): void
  onRehearse(): void
  onSubmit(): void
}

function submitWords({ busy, problem, preview, rehearsing, asking }: FooterProps): string {
  if (busy === 'submit') return 'Sending'
  if (problem !== null) return problem
  if (preview === null) return 'Pricing'
  const words = submitText(preview, rehearsing)
  return asking === null ? words : `Yes, ${words.replace(/^S/, 's')}`
}

/** What it costs and what is done: cancel, rehearse, submit. */
export function GenerateFooter(props: FooterProps) {
  const { budget, preview, rehearsing, canSubmit, canRehearse, busy, asking, primary } = props
  return (
    <>
      {asking !== null && preview ? (
        <Question preview={preview} over={asking} />
      ) : rehearsing ? (
        <p className="generate-meter t2 c12 num">
          Free. {preview ? `As paid takes it would cost ${formatUsd(preview.admitted)}.` : ''}
        </p>
      ) : (
        <Meter budget={budget} preview={preview} />
      )}
      <Button look="ghost" size="large" onClick={asking === null ? props.onCancel : props.onBack}>
        {asking === null ? 'Cancel' : 'Not yet'}
      </Button>
      {!rehearsing && asking === null && (
        <Button size="large" icon={<Film size={16} />} disabled={!canRehearse} onClick={props.onRehearse}>
          {busy === 'rehearse' ? 'Starting' : 'Rehearse free'}
        </Button>
      )}
      <Button
        ref={primary}
        look="primary"
        size="large"
        className="num generate-submit"
        icon={rehearsing ? <Film size={16} /> : <Clapperboard size={16} />}
        disabled={!canSubmit}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        // The second press of a double click is no answer to a question.
        onClick={(event) => (event.detail > 1 && asking !== null ? undefined : props.onSubmit())}
      >
        {submitWords(props)}
        <Kbd keys="$mod+Enter" />
      </Button>
    </>
  )
}
