import type { Take } from '../../../shared/model.ts'
import { useNow } from '../../state/hooks.ts'
import { doneRange, type Progress, rangePercent, takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import type { SceneState } from '../../state/scene-state.ts'
import { ProgressBar } from '../../ui/meter.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'

function useProgress(take: Take): Progress & { readonly now: number } {
  const now = useNow(take.phase === 'running' || take.waitUntil !== null)
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  return { ...takeProgress(take, download, now), now }
}

/** How far the open take of a card is, in words on a plate. */
export function ProgressText({ take }: { take: Take }) {
  const { text } = useProgress(take)
  return text && <span className="plate num">{text}</span>
}

function RunningBadge({ take }: { take: Take }) {
  const now = useNow(true)
  const range = doneRange(take, now)
  return <StateBadge state="generating" label={range ? `Generating ${rangePercent(range)}` : undefined} />
}

/** The state of a card; of a running take also how far it is, as a range. */
export function CardBadge({ state }: { state: SceneState }) {
  return state.name === 'generating' && state.take ? (
    <RunningBadge take={state.take} />
  ) : (
    <StateBadge state={state.name} held={state.name === 'queued' && state.take?.onHold === true} />
  )
}

/** How far it is, as a bar along the foot of the picture: solid as far as it surely is, pale as far as it may be. */
export function ProgressFoot({ take }: { take: Take }) {
  const { value, now } = useProgress(take)
  if (take.phase !== 'running' && take.phase !== 'downloading') return null
  const tone = take.phase === 'downloading' ? 'downloading' : 'generating'
  return (
    <span className="card-bar">
      <ProgressBar
        value={value}
        upTo={doneRange(take, now)?.to}
        tone={tone}
        label={tone === 'downloading' ? 'Downloading' : 'Generating'}
      />
    </span>
  )
}
