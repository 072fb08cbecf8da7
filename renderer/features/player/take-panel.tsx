import { Check, ChevronDown, RefreshCw, X } from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { lockSeedOf } from '../../commands/take-actions.ts'
import { TakeHistory } from '../../common/take-history.tsx'
import { chargeWord } from '../../common/take-words.ts'
import { imageUrl } from '../../state/media.ts'
import { staleText } from '../../state/scene-state.ts'
import { padNumber } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { Stars } from '../../ui/stars.tsx'
import { Thumb } from '../../ui/thumb.tsx'

function SeedMenu({ take, scene }: { take: Take; scene: Scene }) {
  const selected = useUi((ui) => ui.selected)
  return (
    <Menu
      trigger={
        <Button size="small">
          Use this seed
          <ChevronDown size={14} className="t3" />
        </Button>
      }
    >
      <MenuItem onClick={() => void lockSeedOf(take, [scene.id])}>For scene {padNumber(scene.number)}</MenuItem>
      {selected.size > 1 && (
        <MenuItem onClick={() => void lockSeedOf(take, [...selected])}>For the {selected.size} chosen scenes</MenuItem>
      )}
    </Menu>
  )
}

/** What was asked for, what it cost, and what is thought of it. */
export function TakePanel({ take, scene }: { take: Take; scene: Scene }) {
  const { request } = take
  const picked = scene.pickTakeId === take.id
  const stale = staleText(take)
  const rehearsal = take.provider === 'rehearsal'
  return (
    <aside className="player-panel" aria-label="About this take">
      <section className="section" aria-label="Judgement">
        <div className="row player-judge">
          <Button
            className={picked ? 'picked' : undefined}
            aria-pressed={picked}
            icon={<Check size={16} />}
            onClick={() => pickTake(scene.id, picked ? null : take.id)}
          >
            {picked ? 'Picked' : 'Pick'}
          </Button>
          <Button
            aria-pressed={take.rejected}
            className={take.rejected ? 'rejected' : undefined}
            icon={<X size={16} />}
            onClick={() => rejectTake(take.id, !take.rejected)}
          >
            {take.rejected ? 'Rejected' : 'Reject'}
          </Button>
          <span className="grow" />
          <Stars
            label={`Rating of take ${take.number}`}
            value={take.rating}
            onChange={(rating) => rateTake(take.id, rating)}
          />
        </div>
        {stale && (
          <Notice title={`${stale.charAt(0).toUpperCase()}${stale.slice(1)}`}>
            <span className="row">
              <RefreshCw size={12} aria-hidden />
              The next take of the scene would differ.
            </span>
          </Notice>
        )}
      </section>
      <section className="section" aria-label="Request">
        <div className="row">
          <SeedChip
            kind={scene.seed.kind === 'locked' && scene.seed.value === request.seed ? 'locked' : 'drawn'}
            text={String(request.seed)}
          />
          <span className="grow" />
          <SeedMenu take={take} scene={scene} />
        </div>
        <dl className="facts">
          <dt>Made by</dt>
          <dd>{rehearsal ? 'Rehearsal, on this computer' : 'WaveSpeed'}</dd>
          <dt>Shot</dt>
          <dd>
            {request.resolution}, {request.aspectRatio}, {request.duration} s
          </dd>
          <dt>Price</dt>
          <dd>
            {rehearsal
              ? `Free; would cost ${formatUsdExact(take.livePrice)}`
              : `${formatUsdExact(take.price)} ${chargeWord(take) ?? ''}`}
          </dd>
        </dl>
      </section>
      <section className="section" aria-label="Prompt as sent">
        <h3 className="section-label">Prompt as sent</h3>
        <p className="player-prompt">{request.prompt}</p>
        <ol className="as-sent-images" aria-label="References as sent">
          {request.references.map((reference, index) => (
            <li key={`${reference.referenceId}${reference.sha256}`}>
              <Thumb src={imageUrl(reference.sha256)} number={index + 1} label={reference.name} />
              <span className="ell c11 t2">{reference.name}</span>
            </li>
          ))}
        </ol>
      </section>
      <TakeHistory key={take.id} take={take} />
    </aside>
  )
}
