import { Check, Film, Play, RefreshCw } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { Scene, Take } from '../../../shared/model.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { OpenBoard } from '../../state/hooks.ts'
import { staleText } from '../../state/scene-state.ts'
import { playTake } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Stars } from '../../ui/stars.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { TakeMenu } from './take-menu.tsx'

/** Judges the take that has the focus: 1 to 5 rate, P picks, X rejects. @returns whether the key meant anything */
function judge(event: KeyboardEvent, scene: Scene, take: Take, picked: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
  const stars = /^[1-5]$/.test(event.key) ? Number(event.key) : null
  if (stars !== null) rateTake(take.id, stars === take.rating ? 0 : stars)
  else if (event.key === 'p') pickTake(scene.id, picked ? null : take.id)
  else if (event.key === 'x') rejectTake(take.id, !take.rejected)
  else return false
  return true
}

/** A finished take: played, rated, picked, rejected, and what else there is behind a menu. */
export function ReadyTake({
  board,
  scene,
  take,
  current,
  compared,
  onCompare,
  onHistory,
  onDifference,
}: {
  board: OpenBoard
  scene: Scene
  take: Take
  /** True of the take that stands for the scene. */
  current: boolean
  /** Null while takes cannot be compared. */
  compared: boolean | null
  onCompare(on: boolean): void
  onHistory(): void
  onDifference(): void
}) {
  const picked = scene.pickTakeId === take.id
  const stale = staleText(take)
  const { resolution, seed } = take.request
  const classes = ['take-row', take.rejected && 'rejected', current && 'current'].filter(Boolean).join(' ')
  return (
    // The keys are those of the controls inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={classes}
      aria-label={`Take ${take.number}${picked ? ', picked' : ''}${take.rejected ? ', rejected' : ''}`}
      onKeyDown={(event) => {
        // Menus and windows that a row opens are drawn elsewhere, but their keys come by here.
        if (!event.currentTarget.contains(event.target as Node) || !judge(event, scene, take, picked)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <span className="take-still">
        <button
          type="button"
          className="take-thumb"
          aria-label={`Play take ${take.number}`}
          onClick={() => playTake(take.id)}
        >
          <TakePicture scene={scene} take={take} treatment={take.rejected ? 'dim' : 'plain'}>
            <span className="take-play">
              <Play size={16} fill="currentColor" />
            </span>
          </TakePicture>
        </button>
        {compared !== null && (
          <span className={compared ? 'take-compare on' : 'take-compare'}>
            <Checkbox label={`Compare take ${take.number}`} checked={compared} onChange={onCompare} />
          </span>
        )}
      </span>
      <div className="take-words">
        <div className="take-line">
          Take {take.number}
          <Stars
            label={`Rating of take ${take.number}`}
            value={take.rating}
            onChange={(rating) => rateTake(take.id, rating)}
          />
        </div>
        <div className="take-detail num">
          {take.provider === 'rehearsal' && (
            <Tip text="Rehearsal: a placeholder, free of charge">
              <span className="take-mark">
                <Film size={12} aria-label="Rehearsal" />
              </span>
            </Tip>
          )}
          {stale && (
            <Tip text={stale.replace(/^c/, 'C')}>
              <span className="take-mark stale">
                <RefreshCw size={12} aria-label={stale} />
              </span>
            </Tip>
          )}
          <span className="ell">
            {take.rejected && 'Rejected · '}
            {resolution} · {seed}
          </span>
        </div>
      </div>
      <span className="take-buttons">
        <TakeMenu board={board} scene={scene} take={take} onHistory={onHistory} onDifference={onDifference} />
        <IconButton
          label={picked ? `Take ${take.number} is the pick; unpick it` : `Pick take ${take.number}`}
          size="small"
          aria-pressed={picked}
          className={picked ? 'take-pick picked' : 'take-pick'}
          icon={<Check size={16} />}
          onClick={() => pickTake(scene.id, picked ? null : take.id)}
        />
      </span>
    </li>
  )
}
