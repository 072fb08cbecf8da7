import { Clapperboard, Film } from 'lucide-react'
import type { RefObject } from 'react'
import type { Budget } from '../../../shared/model.ts'
import { formatUsd, subtractUsd } from '../../../shared/money.ts'
import type { Preview } from '../../../shared/preview.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { BudgetBar } from '../../ui/meter.tsx'
import { submitText } from './order.ts'

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

/** What it costs and what is done: cancel, rehearse, submit. */
export function GenerateFooter({
  budget,
  preview,
  rehearsing,
  canSubmit,
  canRehearse,
  problem,
  busy,
  primary,
  onCancel,
  onRehearse,
  onSubmit,
}: {
  budget: Budget
  preview: Preview | null
  rehearsing: boolean
  canSubmit: boolean
  canRehearse: boolean
  /** What has to be set right before anything can be priced; null when nothing. */
  problem: string | null
  busy: 'submit' | 'rehearse' | null
  primary: RefObject<HTMLButtonElement | null>
  onCancel(): void
  onRehearse(): void
  onSubmit(): void
}) {
  return (
    <>
      {rehearsing ? (
        <p className="generate-meter t2 c12 num">
          Free. {preview ? `As paid takes it would cost ${formatUsd(preview.admitted)}.` : ''}
        </p>
      ) : (
        <Meter budget={budget} preview={preview} />
      )}
      <Button look="ghost" size="large" onClick={onCancel}>
        Cancel
      </Button>
      {!rehearsing && (
        <Button size="large" icon={<Film size={16} />} disabled={!canRehearse} onClick={onRehearse}>
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
        onClick={onSubmit}
      >
        {busy === 'submit' ? 'Sending' : (problem ?? (preview ? submitText(preview, rehearsing) : 'Pricing'))}
        <Kbd keys="$mod+Enter" />
      </Button>
    </>
  )
}
