import './broken-clip.css'
import { Download, Film, FolderOpen, FolderSearch, RotateCw } from 'lucide-react'
import { revealClip } from '../../commands/take-actions.ts'
import { useState } from 'react'
import type { Take } from '../../../shared/model.ts'
import { rehearse } from '../../commands/scene-actions.ts'
import { LocateClip } from '../../common/locate-clip.tsx'
import { useNow } from '../../state/hooks.ts'
import { takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import { run } from '../../state/requests.ts'
import { reviewTakes, useReview } from '../../state/review.ts'
import { clipAtService } from '../../state/take-clip.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import type { ClipTrouble } from './use-clip.ts'

const TITLES: Readonly<Record<ClipTrouble, string>> = {
  missing: 'The clip is not in the library',
  changed: 'The clip is not the one that was stored',
  unreadable: 'The disk does not give the clip',
  undecodable: 'The clip cannot be shown',
}

const TEXTS: Readonly<Record<ClipTrouble, string>> = {
  missing: 'Its file was moved or removed.',
  changed: 'Its file was changed or cut short since it came, so it is not shown.',
  unreadable: 'Its file is there, but reading it fails. Look after the disk before anything is lost.',
  undecodable:
    'Its file is as it came, and holds a format that this computer cannot decode. Other programs may open it.',
}
const KEPT = 'The take with its request, price and notes is kept.'

/** What is told while a clip is on its way once more. */
function OnItsWay({ take }: { take: Take }) {
  const now = useNow(true)
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  const { value, text } = takeProgress(take, download, now)
  return (
    <Notice title={`Take ${take.number}: downloading its clip again`}>
      <ProgressBar tone="downloading" value={value} label={`Download of take ${take.number}`} />
      {take.error ? `The download is tried again. ${take.error.message}` : text}
    </Notice>
  )
}

/** Stands where the picture would be: what is wrong with the clip, and what can be done. */
export function BrokenClip({ take, trouble, onRetry }: { take: Take; trouble: ClipTrouble; onRetry(): void }) {
  const [locating, setLocating] = useState(false)
  const scene = useProjection(({ view }) => view?.scenes.get(take.sceneId)?.number ?? '?')
  const service = clipAtService(take, useNow(false))
  const download = () => {
    // A take that is on its way stands for no scene; named, it stays in sight.
    if (useReview.getState().takeIds.length === 0) reviewTakes(take.sceneId, [take.id])
    run('take.download', { takeId: take.id })
  }
  const replaceable = trouble !== 'undecodable'
  if (take.phase === 'downloading')
    return (
      <div className="broken-clip">
        <OnItsWay take={take} />
      </div>
    )
  return (
    <div className="broken-clip">
      <Notice
        tone="error"
        title={`Take ${take.number}: ${TITLES[trouble]}`}
        action={
          <>
            {replaceable && service.can && (
              <Button size="small" icon={<Download size={14} />} onClick={download}>
                Download again
              </Button>
            )}
            {replaceable && take.provider === 'rehearsal' && (
              <Button size="small" icon={<Film size={14} />} onClick={() => void rehearse([take.sceneId])}>
                Rehearse another
              </Button>
            )}
            {replaceable && (
              <Button size="small" icon={<FolderSearch size={14} />} onClick={() => setLocating(true)}>
                Locate
              </Button>
            )}
            {trouble !== 'missing' && (
              <Button size="small" icon={<FolderOpen size={14} />} onClick={() => void revealClip(take)}>
                Show in folder
              </Button>
            )}
            <Button size="small" look="ghost" icon={<RotateCw size={14} />} onClick={onRetry}>
              Look again
            </Button>
          </>
        }
      >
        <p>
          {take.clipGone && trouble === 'missing' ? 'It was moved to the bin of the system.' : TEXTS[trouble]} {KEPT}
        </p>
        {take.error && <p>The last download failed: {take.error.message}</p>}
        {replaceable && <p>{service.text}</p>}
      </Notice>
      <LocateClip
        take={locating ? { id: take.id, slate: `${scene}-${take.number}` } : null}
        onClose={() => setLocating(false)}
        onFound={onRetry}
      />
    </div>
  )
}
