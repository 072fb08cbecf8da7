import { Ban, Check, Download, Film, ListVideo, Play, RefreshCw, X } from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { OpenBoard } from '../../state/hooks.ts'
import { useNow } from '../../state/hooks.ts'
import { takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import { run } from '../../state/requests.ts'
import { staleText, takeStateName, troubleText } from '../../state/scene-state.ts'
import { stateOf, takesOf } from '../../state/selectors.ts'
import { playTake, showView } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Stars } from '../../ui/stars.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Tip } from '../../ui/tooltip.tsx'

const CAN_DOWNLOAD_AGAIN = new Set(['download-failed', 'clip-invalid', 'disk-full', 'result-unavailable'])

function OpenTakeLine({ take }: { take: Take }) {
  const now = useNow(take.phase === 'running' || take.waitUntil !== null)
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  const { text } = takeProgress(take, download, now)
  const unsent = take.phase === 'planned' || take.phase === 'reserved'
  return (
    <span className="row">
      <StateBadge state={takeStateName(take)} />
      <span className="take-detail ell">{text}</span>
      {unsent && (
        <IconButton
          label={`Cancel take ${take.number}`}
          size="small"
          icon={<Ban size={14} />}
          onClick={() => run('take.cancel', { takeId: take.id })}
        />
      )}
    </span>
  )
}

function Trouble({ take }: { take: Take }) {
  const unconfirmed = take.phase === 'unconfirmed'
  const again = take.phase === 'failed' && take.predictionId !== null && CAN_DOWNLOAD_AGAIN.has(take.error?.code ?? '')
  return (
    <Notice
      tone={unconfirmed ? 'attention' : 'error'}
      title={`Take ${take.number} ${unconfirmed ? 'needs attention' : 'failed'}`}
      action={
        <>
          {unconfirmed && (
            <Button size="small" icon={<ListVideo size={14} />} onClick={() => showView('queue')}>
              Settle it in the queue
            </Button>
          )}
          {again && (
            <Button
              size="small"
              icon={<Download size={14} />}
              onClick={() => run('take.download', { takeId: take.id })}
            >
              Download again
            </Button>
          )}
          {!unconfirmed && (
            <Button size="small" onClick={() => rejectTake(take.id, true)}>
              Dismiss
            </Button>
          )}
        </>
      }
    >
      {troubleText(take)}
      {unconfirmed && ` ${formatUsdExact(take.price)} stays reserved, and nothing is sent again on its own.`}
    </Notice>
  )
}

function ReadyTake({ scene, take }: { scene: Scene; take: Take }) {
  const picked = scene.pickTakeId === take.id
  const stale = staleText(take)
  const { resolution, seed } = take.request
  return (
    <li className={`take-row ${take.rejected ? 'rejected' : ''}`}>
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
            {resolution} · {seed}
          </span>
        </div>
      </div>
      <span className="take-buttons">
        <IconButton
          label={take.rejected ? `Take ${take.number} back in` : `Reject take ${take.number}`}
          size="small"
          on={take.rejected}
          className="take-reject"
          icon={<X size={14} />}
          onClick={() => rejectTake(take.id, !take.rejected)}
        />
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

/** Every take of a scene, newest first, with what can be done about each. */
export function Takes({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const takes = takesOf(board.view, scene.id)
    .filter((take) => take.phase !== 'cancelled' && !(take.phase === 'failed' && take.rejected))
    .toReversed()
  const stale = staleText(stateOf(board.view, scene).take)

  return (
    <section className="section" aria-label="Takes">
      <div className="section-label">
        <span>Takes</span>
        {takes.length > 0 && <span className="t3 num">{takes.length}</span>}
      </div>
      {stale && <p className="stale-note">{stale.replace(/^c/, 'C')}.</p>}
      {takes.length === 0 ? (
        <p className="field-note">No takes yet. A rehearsal is free and shows the timing.</p>
      ) : (
        <ul className="take-list">
          {takes.map((take) =>
            take.phase === 'ready' ? (
              <ReadyTake key={take.id} scene={scene} take={take} />
            ) : take.phase === 'failed' || take.phase === 'unconfirmed' ? (
              <li key={take.id} className="take-trouble">
                <Trouble take={take} />
              </li>
            ) : (
              <li key={take.id} className="take-open">
                <span className="take-line">Take {take.number}</span>
                <OpenTakeLine take={take} />
              </li>
            ),
          )}
        </ul>
      )}
    </section>
  )
}
