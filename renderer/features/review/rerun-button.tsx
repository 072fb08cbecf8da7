import './rerun-button.css'
import { RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import { formatUsd } from '../../../shared/money.ts'
import { registry } from '../../commands/registry.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { meantScenes } from '../../state/rerun.ts'
import { plural, totalPrice } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'

/** Leads from judging to another try: how many scenes were rejected, and what they cost. Nothing while none was. */
export function RerunButton({ now: { view, scenes } }: { now: ReviewNow }) {
  const rejected = useMemo(() => meantScenes(view, scenes), [view, scenes])
  if (rejected.length === 0) return null
  const free = view.project.provider === 'rehearsal'
  const price = free ? 'free' : formatUsd(totalPrice(rejected))
  return (
    <Button
      size="small"
      className="num rerun-button"
      icon={<RotateCcw size={14} />}
      aria-label={`Re-run ${plural(rejected.length, 'rejected scene')}, ${price}`}
      title={`Re-run ${plural(rejected.length, 'rejected scene')}`}
      onClick={() => registry.run('generate.rerun')}
    >
      <span className="mode-label">Re-run {rejected.length} ·</span> {price}
    </Button>
  )
}
