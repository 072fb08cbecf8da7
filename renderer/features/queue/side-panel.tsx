import { Download, LayoutGrid, Play, ReceiptText, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import { type Take, needsDecision } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { TakeHistory } from '../../common/take-history.tsx'
import { chargeWord, timeOfDay } from '../../common/take-words.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { run } from '../../state/requests.ts'
import { staleText, troubleText } from '../../state/scene-state.ts'
import { padNumber } from '../../state/selectors.ts'
import { playTake } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { generateAgain, openOnBoard } from './actions.ts'
import { Attention } from './attention.tsx'
import { canFetchAgain, queueLines, recentActivity } from './queue.ts'

function Facts({ take }: { take: Take }) {
  const { request } = take
  return (
    <section className="section" aria-label="Request">
      <dl className="facts">
        <dt>Sent</dt>
        <dd>{take.submittedAt === null ? 'Not yet' : timeOfDay(take.submittedAt)}</dd>
        <dt>Attempt</dt>
        <dd>{take.attempt}</dd>
        <dt>Seed</dt>
        <dd>{request.seed}</dd>
        <dt>Shot</dt>
        <dd>
          {request.resolution}, {request.aspectRatio}, {request.duration} s
        </dd>
        <dt>Price</dt>
        <dd>
          {take.provider === 'rehearsal' ? 'Free rehearsal' : `${formatUsdExact(take.price)} ${chargeWord(take) ?? ''}`}
        </dd>
        {take.billed !== null && take.billed !== take.price && (
          <>
            <dt>Billed</dt>
            <dd>{formatUsdExact(take.billed)}</dd>
          </>
        )}
        {take.predictionId !== null && (
          <>
            <dt>Job</dt>
            <dd className="ell" title={take.predictionId}>
              {take.predictionId}
            </dd>
          </>
        )}
        {take.recovered && (
          <>
            <dt>Recovered</dt>
            <dd>Found again at the service</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function Failed({ take, name }: { take: Take; name: string }) {
  const [asking, setAsking] = useState(false)
  return (
    <section className="section" aria-label={`${name} failed`}>
      <Notice
        tone="error"
        title={`${name} failed`}
        action={
          <>
            {canFetchAgain(take) && (
              <Button
                size="small"
                icon={<Download size={14} />}
                onClick={() => run('take.download', { takeId: take.id })}
              >
                Download again
              </Button>
            )}
            <Button size="small" icon={<RotateCcw size={14} />} onClick={() => generateAgain(take)}>
              Make another take
            </Button>
            {take.charge === 'refund-pending' && (
              <Button size="small" icon={<ReceiptText size={14} />} onClick={() => setAsking(true)}>
                Count it as refunded
              </Button>
            )}
            {!take.rejected && (
              <Button size="small" look="ghost" onClick={() => rejectTake(take.id, true)}>
                Dismiss
              </Button>
            )}
          </>
        }
      >
        {troubleText(take)}
      </Notice>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Count ${formatUsdExact(take.price)} as refunded?`}
        action="Count it as refunded"
        onConfirm={() => run('take.countRefunded', { takeId: take.id })}
      >
        Do this when the service shows the refund and Takeboard does not yet. The amount then counts as left of the cap.
      </ConfirmDialog>
    </section>
  )
}

function TakeActions({ take }: { take: Take }) {
  const stale = staleText(take)
  return (
    <section className="section" aria-label="Take">
      {stale && <p className="field-note attention">{stale.replace(/^c/, 'C')}</p>}
      <div className="row">
        {take.phase === 'ready' && (
          <Button icon={<Play size={16} />} onClick={() => playTake(take.id)}>
            Play
          </Button>
        )}
        <Button icon={<LayoutGrid size={16} />} onClick={() => openOnBoard(take)}>
          Open on the board
        </Button>
      </div>
    </section>
  )
}

function Recent({ view }: { view: ProjectView }) {
  const activity = recentActivity(view)
  return (
    <section className="section" aria-label="Recent activity">
      {activity.length === 0 ? (
        <p className="field-note">Nothing has been sent yet.</p>
      ) : (
        <ol className="activity">
          {activity.map(({ at, text, take }) => (
            <li key={`${take.id}${text}`}>
              <time className="num t3">{timeOfDay(at)}</time>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What needs a decision, else the take that was chosen, else what happened lately. */
export function SidePanel({ view, selected }: { view: ProjectView; selected: TakeId | null }) {
  const unconfirmed = queueLines(view).flatMap((line) =>
    line.kind === 'take' && needsDecision(line.take) ? [line.take] : [],
  )
  const chosen = selected === null ? undefined : view.takes.get(selected)
  const take = chosen ?? unconfirmed[0]
  const attention = take !== undefined && needsDecision(take)
  const scene = take ? view.scenes.get(take.sceneId) : undefined
  const name = take ? `Scene ${padNumber(scene?.number ?? '?')}, take ${take.number}` : ''
  return (
    <aside className="panel" aria-label={attention ? 'Needs attention' : 'Activity'}>
      <div className="view-header">
        <h2 className="grow ell num">{attention ? 'Needs attention' : take ? name : 'Activity'}</h2>
        {attention && <span className="count-badge num">{unconfirmed.length}</span>}
      </div>
      <div className="scroll" aria-live="polite">
        {take ? (
          <>
            {attention && <Attention key={take.id} take={take} name={name} />}
            {take.phase === 'failed' && <Failed take={take} name={name} />}
            {!attention && <TakeActions take={take} />}
            <Facts take={take} />
            <TakeHistory key={`h${take.id}`} take={take} />
          </>
        ) : (
          <Recent view={view} />
        )}
      </div>
    </aside>
  )
}
