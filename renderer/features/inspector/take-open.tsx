import { Ban, Download, History, ListVideo, Pause, Play } from 'lucide-react'
import { needsDecision, type Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { holdTake } from '../../commands/take-actions.ts'
import { useNow } from '../../state/hooks.ts'
import { takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import { run } from '../../state/requests.ts'
import { takeStateName, troubleText } from '../../state/scene-state.ts'
import { showView } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'

const CAN_DOWNLOAD_AGAIN = new Set(['download-failed', 'clip-invalid', 'disk-full', 'result-unavailable'])

/** A take that is on its way. While it waits it can be kept back or given up. */
export function OpenTake({ take, onHistory }: { take: Take; onHistory(): void }) {
  const now = useNow(take.phase === 'running' || take.waitUntil !== null)
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  const { text } = takeProgress(take, download, now)
  const unsent = take.phase === 'planned' || take.phase === 'reserved'
  return (
    <li className="take-open" aria-label={`Take ${take.number}, under way`}>
      <span className="take-line">Take {take.number}</span>
      <span className="row">
        <span className="take-detail ell">{unsent && take.onHold ? 'On hold' : text}</span>
        <StateBadge state={takeStateName(take)} />
        {unsent && (
          <>
            <IconButton
              label={take.onHold ? `Release take ${take.number}` : `Hold take ${take.number} back`}
              size="small"
              on={take.onHold}
              aria-pressed={take.onHold}
              icon={take.onHold ? <Play size={14} /> : <Pause size={14} />}
              onClick={() => holdTake(take.id, !take.onHold)}
            />
            <IconButton
              label={`Cancel take ${take.number}`}
              size="small"
              icon={<Ban size={14} />}
              onClick={() => run('take.cancel', { takeId: take.id })}
            />
          </>
        )}
        {!unsent && (
          <IconButton
            label={`Activity of take ${take.number}`}
            size="small"
            icon={<History size={14} />}
            onClick={onHistory}
          />
        )}
      </span>
    </li>
  )
}

/** A take that failed, or whose outcome is unknown: what happened, where the money went, and the next step. */
export function TroubledTake({ take, onHistory }: { take: Take; onHistory(): void }) {
  const unsettled = needsDecision(take)
  const again = take.phase === 'failed' && take.predictionId !== null && CAN_DOWNLOAD_AGAIN.has(take.error?.code ?? '')
  return (
    <li className="take-trouble" aria-label={`Take ${take.number}, ${unsettled ? 'needs attention' : 'failed'}`}>
      <Notice
        tone={unsettled ? 'attention' : 'error'}
        title={`Take ${take.number} ${unsettled ? 'needs attention' : 'failed'}`}
        action={
          <>
            {unsettled && (
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
            {!unsettled && (
              <Button size="small" onClick={() => rejectTake(take.id, true)}>
                Dismiss
              </Button>
            )}
            <Button size="small" look="ghost" aria-label={`Activity of take ${take.number}`} onClick={onHistory}>
              Activity
            </Button>
          </>
        }
      >
        {troubleText(take)}
        {unsettled && ` ${formatUsdExact(take.price)} stays reserved, and nothing is sent again on its own.`}
      </Notice>
    </li>
  )
}
