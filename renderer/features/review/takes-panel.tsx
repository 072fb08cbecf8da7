import { Check, Plus, Recycle, X } from 'lucide-react'
import type { Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { playableTakes, type ReviewNow } from '../../commands/review-now.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { lockSeedOf } from '../../commands/take-actions.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { chargeWord } from '../../common/take-words.ts'
import { MAX_TAKES, placeTake, removeTake, reviewTakes, useReview } from '../../state/review.ts'
import { staleText } from '../../state/scene-state.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Stars } from '../../ui/stars.tsx'
import { LETTERS, useActiveTake } from './review-state.ts'

const priceOf = (take: Take): string =>
  take.provider === 'rehearsal' ? 'Rehearsal, free' : `${formatUsdExact(take.price)} ${chargeWord(take) ?? ''}`.trim()

/** One take to look at and to judge; its letter says where it is in the comparison. */
function TakeCard({ now, take }: { now: ReviewNow; take: Take }) {
  const place = now.takes.findIndex(({ id }) => id === take.id)
  const active = useActiveTake(now)?.id === take.id
  const picked = now.scene.pickTakeId === take.id
  const { seed } = now.scene
  const stale = staleText(take)
  const name = `Take ${take.number}`
  const show = () => (place >= 0 ? useReview.setState({ active: place }) : reviewTakes(now.scene.id, [take.id]))
  return (
    <li className="review-take" aria-current={active || undefined} data-rejected={take.rejected || undefined}>
      <div className="review-take-head">
        <button type="button" className="review-take-picture" aria-label={`Look at take ${take.number}`} onClick={show}>
          <TakePicture scene={now.scene} take={take}>
            {place >= 0 && <span className="review-letter on-frame">{LETTERS[place]}</span>}
          </TakePicture>
        </button>
        <div className="review-take-facts">
          <div className="row">
            <strong>{name}</strong>
            <span className="grow" />
            {picked && (
              <span className="review-verdict picked">
                <Check size={12} aria-hidden />
                Picked
              </span>
            )}
            {take.rejected && (
              <span className="review-verdict rejected">
                <X size={12} aria-hidden />
                Rejected
              </span>
            )}
          </div>
          <Stars
            label={`Rating of take ${take.number}`}
            value={take.rating}
            onChange={(rating) => rateTake(take.id, rating)}
          />
          <span className="c12 t2 num">
            {take.request.resolution} · {take.request.duration} s · {priceOf(take)}
          </span>
          <SeedChip
            kind={seed.kind === 'locked' && seed.value === take.request.seed ? 'locked' : 'drawn'}
            text={String(take.request.seed)}
          />
        </div>
      </div>
      {stale && <p className="c11 t3">{stale.charAt(0).toUpperCase() + stale.slice(1)}.</p>}
      <div className="row review-take-acts">
        <Button
          size="small"
          aria-pressed={picked}
          aria-label={`Pick take ${take.number}`}
          className={picked ? 'picked' : undefined}
          icon={<Check size={14} />}
          onClick={() => pickTake(now.scene.id, picked ? null : take.id)}
        >
          {picked ? 'Picked' : 'Pick'}
        </Button>
        <Button
          size="small"
          aria-pressed={take.rejected}
          aria-label={`Reject take ${take.number}`}
          icon={<X size={14} />}
          onClick={() => rejectTake(take.id, !take.rejected)}
        >
          Reject
        </Button>
        <Button
          size="small"
          aria-label={`Use the seed of take ${take.number} for this scene`}
          icon={<Recycle size={14} />}
          onClick={() => void lockSeedOf(take, [now.scene.id])}
        >
          Seed
        </Button>
        <span className="grow" />
        {place < 0 && now.takes.length < MAX_TAKES && (
          <IconButton
            size="small"
            label={`Compare with take ${take.number}`}
            icon={<Plus size={14} />}
            onClick={() => {
              if (useReview.getState().takeIds.length === 0)
                reviewTakes(now.scene.id, [...now.takes.map(({ id }) => id), take.id])
              else placeTake(take.id, now.takes.length)
            }}
          />
        )}
        {place >= 0 && now.takes.length > 1 && (
          <IconButton
            size="small"
            label={`Stop comparing take ${take.number}`}
            icon={<X size={14} />}
            onClick={() => removeTake(take.id)}
          />
        )}
      </div>
    </li>
  )
}

/** The takes of the scene in sight, newest first, and what is thought of them. */
export function TakesPanel({ now }: { now: ReviewNow }) {
  const takes = playableTakes(now.view, now.scene).toReversed()
  const active = useActiveTake(now)
  return (
    <>
      <header className="view-header">
        <h2>Takes</h2>
        <span className="t3 c12">{takes.length}</span>
      </header>
      <ol className="review-takes" aria-label="Takes of the scene">
        {takes.map((take) => (
          <TakeCard key={take.id} now={now} take={take} />
        ))}
      </ol>
      {active && (
        <section className="section" aria-label="Prompt used">
          <h3 className="section-label">Prompt used</h3>
          <p className="c12 t2 review-prompt">{active.request.prompt}</p>
        </section>
      )}
    </>
  )
}
