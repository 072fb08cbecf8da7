import { LayoutGrid, Play, Repeat2 } from 'lucide-react'
import type { Take } from '../../../shared/model.ts'
import { RequestFacts } from '../../common/request-facts.tsx'
import { TakeHistory } from '../../common/take-history.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { imageUrl } from '../../state/media.ts'
import { troubleText } from '../../state/scene-state.ts'
import { playTake } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { repeatTakes, showOnBoard } from './actions.ts'

function Request({ take }: { take: Take }) {
  const { request } = take
  return (
    <section className="section" aria-label="Frozen request">
      <h4 className="section-label">Prompt as sent</h4>
      <p className="past-prompt">{request.prompt || <span className="t3">Empty</span>}</p>
      <h4 className="section-label">References</h4>
      {request.references.length === 0 ? (
        <p className="field-note">None were sent.</p>
      ) : (
        <ol className="past-references">
          {request.references.map(({ referenceId, name, sha256 }, index) => (
            <li key={referenceId}>
              <Thumb src={imageUrl(sha256)} number={index + 1} label={name} />
              <span className="ell">{name}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Facts({ take }: { take: Take }) {
  const { request } = take
  return (
    <section className="section" aria-label="Parameters">
      <h4 className="section-label">Parameters</h4>
      <dl className="facts">
        <dt>Model</dt>
        <dd className="ell" title={request.model}>
          {request.model.split('/').slice(1).join(' ') || request.model}
        </dd>
        <RequestFacts take={take} />
        <dt>Job</dt>
        <dd className="ell" title={take.predictionId ?? undefined}>
          {take.predictionId ?? 'None'}
        </dd>
        <dt>Attempt</dt>
        <dd>{take.attempt}</dd>
      </dl>
    </section>
  )
}

/** Everything that was asked for with a take, and everything that happened to it. */
export function TakeDetails({ view, take, id }: { view: ProjectView; take: Take; id: string }) {
  const onBoard = view.scenes.has(take.sceneId)
  return (
    <div className="history-details" id={id}>
      {take.phase === 'failed' && (
        <div className="history-notice">
          <Notice tone="error">{troubleText(take)}</Notice>
        </div>
      )}
      <Request take={take} />
      <div>
        <Facts take={take} />
        <div className="history-actions">
          {take.phase === 'ready' && (
            <Button size="small" icon={<Play size={14} />} onClick={() => playTake(take.id)}>
              Play
            </Button>
          )}
          {onBoard && (
            <Button size="small" icon={<LayoutGrid size={14} />} onClick={() => showOnBoard(take)}>
              Open on the board
            </Button>
          )}
          <Button size="small" icon={<Repeat2 size={14} />} onClick={() => repeatTakes(take.storyboardId, [take.id])}>
            Make it again…
          </Button>
        </div>
      </div>
      <TakeHistory take={take} />
    </div>
  )
}
