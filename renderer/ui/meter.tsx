import './meter.css'
import { Progress } from '@base-ui/react/progress'

/** Parts of a cap, as fractions of it; `over` shows that a next batch would not fit. */
export interface BudgetParts {
  readonly spent: number
  readonly held: number
  readonly next?: number | undefined
  readonly over?: number | undefined
}

const percent = (fraction: number) => `${Math.max(0, Math.min(1, fraction)) * 100}%`

/** Spent solid, reserved hatched, the next batch in the accent. Decorative: say the numbers beside it. */
export function BudgetBar({ spent, held, next = 0, over = 0 }: BudgetParts) {
  return (
    <span className="budget-bar" aria-hidden>
      {spent > 0 && <i className="spent" style={{ width: percent(spent) }} />}
      {held > 0 && <i className="held" style={{ width: percent(held) }} />}
      {next > 0 && <i className="next" style={{ width: percent(next) }} />}
      {over > 0 && <i className="over" style={{ width: percent(over) }} />}
    </span>
  )
}

/**
 * How far something is.
 * @param value 0 to 1, or null when that is not known
 * @param upTo how far it may be at most, when that is only known as a range
 * @param tone the state whose colour it takes
 */
export function ProgressBar({
  value,
  upTo,
  tone,
  label,
}: {
  value: number | null
  upTo?: number | undefined
  tone: 'generating' | 'downloading' | 'queued' | 'ready'
  label: string
}) {
  const known = value !== null
  return (
    <Progress.Root
      className={`progress-bar state-${tone} ${known ? '' : 'unknown'}`}
      aria-label={label}
      // In quarters, so that it does not talk all the time.
      value={known ? Math.floor(value * 4) * 25 : null}
    >
      <i style={{ width: known ? percent(value) : '100%' }} />
      {known && upTo !== undefined && upTo > value && <i className="maybe" style={{ width: percent(upTo - value) }} />}
    </Progress.Root>
  )
}
