import type { Take } from '../../../shared/model.ts'
import { useNow } from '../../state/hooks.ts'
import { type Progress, takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import { ProgressBar } from '../../ui/meter.tsx'

function useProgress(take: Take): Progress {
  const now = useNow(take.phase === 'running' || take.waitUntil !== null)
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  return takeProgress(take, download, now)
}

/** How far the open take of a card is, in words on a plate. */
export function ProgressText({ take }: { take: Take }) {
  const { text } = useProgress(take)
  return text && <span className="plate num">{text}</span>
}

/** How far it is, as a bar along the foot of the picture. */
export function ProgressFoot({ take }: { take: Take }) {
  const { value } = useProgress(take)
  if (take.phase !== 'running' && take.phase !== 'downloading') return null
  const tone = take.phase === 'downloading' ? 'downloading' : 'generating'
  return (
    <span className="card-bar">
      <ProgressBar value={value} tone={tone} label={tone === 'downloading' ? 'Downloading' : 'Generating'} />
    </span>
  )
}
