import { X } from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { TakePicture, treatmentOf } from '../../common/pictures.tsx'
import { takeStateName } from '../../state/scene-state.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { playTake, useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'

const close = () => useUi.setState({ explored: null })

/** The seeds that were tried together on a scene, side by side. */
export function Strip({
  scene,
  takes,
  onShow,
  onPromote,
}: {
  scene: Scene
  takes: readonly Take[]
  /** Shows the cell of a take in the matrix. */
  onShow(take: Take): void
  onPromote(take: Take): void
}) {
  const [first] = takes
  if (!first) return null
  const { resolution, duration } = first.request
  return (
    <section className="seed-strip" aria-label={`Seeds tried on scene ${scene.number}`}>
      <header className="row">
        <h2>
          {plural(takes.length, 'seed')} of {padNumber(scene.number)} {scene.title}
        </h2>
        <span className="t3 c12 num">
          {resolution}, {duration} s
        </span>
        <span className="grow" />
        <IconButton label="Close the strip" size="small" icon={<X size={14} />} onClick={close} />
      </header>
      <ul>
        {takes.map((take) => {
          const ready = take.phase === 'ready'
          const { seed } = take.request
          return (
            <li key={take.id} data-take={take.id} data-phase={take.phase}>
              <button
                type="button"
                className="strip-picture"
                aria-label={ready ? `Play seed ${seed}` : `Show seed ${seed} in the matrix`}
                onClick={() => (ready ? playTake(take.id) : onShow(take))}
              >
                <TakePicture
                  scene={scene}
                  take={take}
                  treatment={ready ? 'plain' : treatmentOf(takeStateName(take), null)}
                />
              </button>
              <span className="row">
                <button
                  type="button"
                  className="strip-seed num ell"
                  title="Show in the matrix"
                  onClick={() => onShow(take)}
                >
                  {seed}
                </button>
                <span className="grow" />
                {ready ? (
                  <Button size="small" aria-label={`Promote seed ${seed}`} onClick={() => onPromote(take)}>
                    Promote
                  </Button>
                ) : (
                  <StateBadge state={takeStateName(take)} />
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
