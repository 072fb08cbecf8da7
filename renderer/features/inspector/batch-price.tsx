import { ArrowRight } from 'lucide-react'
import type { Scene } from '../../../shared/model.ts'
import { PRICE_PER_SECOND } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, formatUsdExact, usdMicros } from '../../../shared/money.ts'
import { type BatchEdit, common, priceChange } from '../../state/batch-edit.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { BudgetBar } from '../../ui/meter.tsx'

/** `20 s × $0.14 at 720p`, or the seconds alone when the resolutions differ. */
function sumText(scenes: readonly Scene[], edit: BatchEdit): string {
  const seconds = scenes.reduce((sum, scene) => sum + (edit.duration ?? scene.duration), 0)
  const resolution = edit.resolution ?? common(scenes.map((scene) => scene.resolution))
  return resolution === null
    ? `${seconds} s at mixed resolutions`
    : `${seconds} s × ${formatUsdExact(PRICE_PER_SECOND[resolution])} at ${resolution}`
}

/** What one take of each scene costs, before and after an edit, and what the cap would have left. */
export function BatchPrice({ board, scenes, edit }: { board: OpenBoard; scenes: readonly Scene[]; edit: BatchEdit }) {
  const { before, after, more } = priceChange(scenes, edit)
  const { cap, left, held, spent } = board.view.budget
  const rehearsing = board.view.project.provider === 'rehearsal'
  const share = (amount: number) => (cap === null || cap === 0 ? 0 : amount / cap)
  const fits = left !== null && after <= left
  return (
    <>
      <output className="price-line">
        <span className="num">
          {rehearsing && 'Would cost '}
          {sumText(scenes, edit)}
        </span>
        <span className="num batch-sum">
          {more !== 0 && (
            <span className="t3">
              {formatUsd(before)} <ArrowRight size={12} aria-label="becomes" />
            </span>
          )}
          <b className={rehearsing ? 'would' : undefined}>{formatUsd(after)}</b>
        </span>
      </output>
      {!rehearsing && left !== null && (
        <>
          <div className="price-line">
            <span>{fits ? 'Left of the cap after this' : 'More than is left of the cap'}</span>
            <span className={fits ? 'num t1' : 'num over-cap'}>{formatUsd(fits ? usdMicros(left - after) : left)}</span>
          </div>
          <BudgetBar
            spent={share(spent)}
            held={share(held)}
            next={share(Math.min(after, left))}
            over={fits ? 0 : share(after - left)}
          />
        </>
      )}
    </>
  )
}
