import { Download, LayoutGrid, Pause, Play, ReceiptText, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { type Take, needsDecision } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact } from '../../../shared/money.ts'
import { hold } from '../../commands/queue-commands.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { RequestFacts } from '../../common/request-facts.tsx'
import { TakeHistory } from '../../common/take-history.tsx'
import { timeOfDay } from '../../common/take-words.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { run } from '../../state/requests.ts'
import { canFetchAgain, isUnsent } from '../../state/queue-order.ts'
import { staleText, troubleText } from '../../state/scene-state.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { playTake } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { generateAgain, openOnBoard } from './actions.ts'
import { Attention } from './attention.tsx'
import { type Group, groupOf, GROUPS, heldBy, queueLines, recentActivity } from './queue.ts'

function Facts({ take }: { take: Take }) {
  return (
    <section className="section" aria-label="Request">
      <dl className="facts">
        <dt>Sent</dt>
        <dd>{take.submittedAt === null ? 'Not yet' : timeOfDay(take.submittedAt)}</dd>
        <dt>Attempt</dt>
        <dd>{take.attempt}</dd>
        <RequestFacts take={take} />
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
        {isUnsent(take) && (
          <Button
            icon={take.onHold ? <Play size={16} /> : <Pause size={16} />}
            onClick={() => void hold([take], !take.onHold)}
          >
            {take.onHold ? 'Release' : 'Hold'}
          </Button>
        )}
        <Button icon={<LayoutGrid size={16} />} onClick={() => openOnBoard(take)}>
          Open on the board
        </Button>
      </div>
      {isUnsent(take) && take.onHold && (
        <p className="field-note">
          {take.error?.message ?? 'It is not sent until you release it.'} Its price stays reserved.
        </p>
      )}
      {groupOf(take) === 'flight' && (
        <p className="field-note">
          Sent to the service, which cannot call it back. It goes on, and is charged when it is made.
        </p>
      )}
    </section>
  )
}

/** Several rows together. */
function Chosen({ takes }: { takes: readonly Take[] }) {
  const groups = Map.groupBy(takes, groupOf)
  const count = (group: Group) => groups.get(group)?.length ?? 0
  const held = heldBy(takes)
  return (
    <section className="section" aria-label="Chosen takes">
      <dl className="facts">
        {GROUPS.filter((group) => count(group) > 0).map((group) => (
          <ChosenFact key={group} name={GROUP_WORDS[group]} value={String(count(group))} />
        ))}
        <ChosenFact name="Reserved" value={formatUsd(held)} />
      </dl>
      <p className="field-note">
        What waits can be held, moved and cancelled. What has been sent cannot be called back.
      </p>
    </section>
  )
}

const GROUP_WORDS: Readonly<Record<Group, string>> = {
  attention: 'Need attention',
  flight: 'Sent',
  waiting: 'Waiting',
  finished: 'Finished',
}

const ChosenFact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)

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

/** The row that was chosen, or several; else what needs a decision; else what happened lately. */
export function SidePanel({ view, chosen }: { view: ProjectView; chosen: readonly Take[] }) {
  const unconfirmed = queueLines(view).flatMap((line) =>
    line.kind === 'take' && needsDecision(line.take) ? [line.take] : [],
  )
  if (chosen.length > 1)
    return (
      <aside className="panel" aria-label="Chosen takes">
        <div className="view-header">
          <h2 className="grow ell num">{plural(chosen.length, 'take')} chosen</h2>
        </div>
        <div className="scroll" aria-live="polite">
          <Chosen takes={chosen} />
        </div>
      </aside>
    )
  const take = chosen[0] ?? unconfirmed[0]
  const attention = take !== undefined && needsDecision(take)
  const scene = take ? (view.scenes.get(take.sceneId) ?? view.removedScenes.get(take.sceneId)) : undefined
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
