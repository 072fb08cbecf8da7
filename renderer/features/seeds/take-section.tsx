import { ArrowUpRight, Check, Play, X } from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { takeStateName, troubleText } from '../../state/scene-state.ts'
import { padNumber } from '../../state/selectors.ts'
import { playTake } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Stars } from '../../ui/stars.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'

/** The take the keyboard stands on: play it, judge it, take its seed further. */
export function TakeSection({ scene, take, onPromote }: { scene: Scene; take: Take; onPromote(take: Take): void }) {
  const picked = scene.pickTakeId === take.id
  const ready = take.phase === 'ready'
  const failed = take.phase === 'failed' || take.phase === 'unconfirmed'
  const name = `take ${take.number}`
  return (
    <section className="section" aria-label={`Scene ${scene.number}, ${name}`}>
      <div className="section-label">
        <span className="num">
          Scene {padNumber(scene.number)}, {name}
        </span>
        <StateBadge state={picked ? 'picked' : takeStateName(take)} />
      </div>
      {failed && <p className="field-note">{troubleText(take)}</p>}
      {ready && (
        <div className="row seed-take">
          <Stars label={`Rating of ${name}`} value={take.rating} onChange={(rating) => rateTake(take.id, rating)} />
          <span className="grow" />
          <IconButton label={`Play ${name}`} icon={<Play size={16} />} onClick={() => playTake(take.id)} />
          <IconButton
            label={picked ? 'Unpick' : 'Pick'}
            aria-pressed={picked}
            className={picked ? 'picked' : undefined}
            icon={<Check size={16} />}
            onClick={() => pickTake(scene.id, picked ? null : take.id)}
          />
          <IconButton
            label={take.rejected ? 'Take back in' : 'Reject'}
            on={take.rejected}
            aria-pressed={take.rejected}
            icon={<X size={16} />}
            onClick={() => rejectTake(take.id, !take.rejected)}
          />
          <Button size="small" icon={<ArrowUpRight size={14} />} onClick={() => onPromote(take)}>
            Promote
          </Button>
        </div>
      )}
    </section>
  )
}
