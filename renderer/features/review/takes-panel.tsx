import { Check, MessageSquare, Plus, Recycle, Tag, X } from 'lucide-react'
import { useMemo } from 'react'
import type { Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { TAKE_LABELS } from '../../../shared/review.ts'
import { labelHere, pickHere, rateHere, rejectHere } from '../../commands/judge-commands.ts'
import { registry } from '../../commands/registry.ts'
import { playableTakes, type ReviewNow } from '../../commands/review-now.ts'
import { lockSeedOf } from '../../commands/take-actions.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { chargeWord } from '../../common/take-words.ts'
import { MAX_TAKES, placeTake, removeTake, reviewTakes, useReview } from '../../state/review.ts'
import { leftScenes, leftTakes, openNotes, showEverything, useRoom } from '../../state/review-filter.ts'
import { staleText } from '../../state/scene-state.ts'
import { capital, plural } from '../../state/selectors.ts'
import { compareTake, useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { Stars } from '../../ui/stars.tsx'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'
import { LETTERS, useActiveTake } from './review-state.ts'
import { FilterNotice, RoomTools } from './room-filter.tsx'

const priceOf = (take: Take): string =>
  take.provider === 'rehearsal'
    ? 'Rehearsal, free'
    : // What is usual needs no word.
      `${formatUsdExact(take.price)} ${take.charge === 'charged' ? '' : (chargeWord(take) ?? '')}`.trim()

/** The colour a take is marked with, and the way to another. */
function LabelMenu({ take }: { take: Take }) {
  const word = take.label === 'none' ? null : LABEL_WORDS[take.label]
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="review-take-label"
          aria-label={`${word ?? 'No label'}, label of take ${take.number}`}
          title="Label"
        >
          {word ? <LabelDot label={take.label} /> : <Tag size={12} aria-hidden />}
          {word}
        </button>
      }
    >
      {TAKE_LABELS.map((label) => (
        <MenuItem
          key={label}
          icon={<LabelDot label={label} />}
          keys={registry.keysOf(`review.label-${label}`)}
          onClick={() => take.label !== label && labelHere(take, label)}
        >
          {LABEL_WORDS[label]}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** One take to look at and to judge; its letter says where it is in the comparison. */
function TakeCard({ now, take }: { now: ReviewNow; take: Take }) {
  const place = now.takes.findIndex(({ id }) => id === take.id)
  const active = useActiveTake(now)?.id === take.id
  const picked = now.scene.pickTakeId === take.id
  const { seed } = now.scene
  const ticked = useUi(({ compared }) => compared.has(take.id))
  const notes = openNotes(now.view).get(take.id) ?? 0
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
        <span className="review-take-tick on-frame">
          <Checkbox
            label={`Choose take ${take.number} for the contact sheet`}
            checked={ticked}
            onChange={(on) => compareTake(take.id, on)}
          />
        </span>
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
          <div className="row">
            <Stars
              label={`Rating of take ${take.number}`}
              value={take.rating}
              onChange={(rating) => rateHere(take, rating)}
            />
            <span className="grow" />
            <LabelMenu take={take} />
          </div>
          <span className="c12 t2 num">
            {take.request.resolution} · {take.request.duration} s · {priceOf(take)}
          </span>
          <div className="row">
            <SeedChip
              kind={seed.kind === 'locked' && seed.value === take.request.seed ? 'locked' : 'drawn'}
              text={String(take.request.seed)}
            />
            <span className="grow" />
            {notes > 0 && (
              <span className="review-take-notes c11 t3 num" title={plural(notes, 'open note')}>
                <MessageSquare size={12} aria-hidden />
                {notes}
                <span className="hidden-text"> {notes === 1 ? 'open note' : 'open notes'}</span>
              </span>
            )}
          </div>
        </div>
      </div>
      {stale && <p className="c11 t3">{capital(stale)}.</p>}
      <div className="row review-take-acts">
        <Button
          size="small"
          aria-pressed={picked}
          aria-label={`Pick take ${take.number}`}
          className={picked ? 'picked' : undefined}
          icon={<Check size={14} />}
          onClick={() => pickHere(take)}
        >
          {picked ? 'Picked' : 'Pick'}
        </Button>
        <Button
          size="small"
          aria-pressed={take.rejected}
          aria-label={`Reject take ${take.number}`}
          icon={<X size={14} />}
          onClick={() => rejectHere(take)}
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

/** The takes of the scene in sight, as far as the filter leaves them, and what is thought of them. */
export function TakesPanel({ now }: { now: ReviewNow }) {
  const { filter, takeOrder, sceneOrder } = useRoom()
  const all = playableTakes(now.view, now.scene)
  const takes = leftTakes(now.view, now.scene, filter, takeOrder)
  const scenes = useMemo(
    () => leftScenes(now.view, now.scenes, filter, sceneOrder),
    [now.view, now.scenes, filter, sceneOrder],
  )
  const active = useActiveTake(now)
  return (
    <>
      <header className="view-header">
        <h2>Takes</h2>
        <span className="t3 c12 num">
          {takes.length < all.length ? `${takes.length} of ${all.length}` : all.length}
        </span>
        <span className="grow" />
        <RoomTools shown={scenes.length} all={now.scenes.length} />
      </header>
      <FilterNotice />
      {takes.length === 0 && all.length > 0 && (
        <div className="filter-none">
          <p className="c12 t2">The filter leaves no take of this scene.</p>
          <Button size="small" onClick={showEverything}>
            Show all {plural(all.length, 'take')}
          </Button>
        </div>
      )}
      <ol className="review-takes" aria-label="Takes of the scene">
        {takes.map((take) => (
          <TakeCard key={take.id} now={now} take={take} />
        ))}
      </ol>
      {active && (
        <section className="section review-prompt-used" aria-label="Prompt used">
          <h3 className="section-label">Prompt used</h3>
          <p className="c12 t2 review-prompt">{active.request.prompt}</p>
        </section>
      )}
    </>
  )
}
