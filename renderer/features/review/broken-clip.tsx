import { Download, FolderSearch, RotateCw } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import type { Take } from '../../../shared/model.ts'
import { run } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import type { ClipTrouble } from './use-clip.ts'

const TITLES: Readonly<Record<ClipTrouble, string>> = {
  missing: 'The clip is not in the library',
  changed: 'The clip is not the one that was stored',
  undecodable: 'The clip cannot be shown',
}

const TEXTS: Readonly<Record<ClipTrouble, string>> = {
  missing: 'Its file was moved or removed. The take with its request, price and notes is kept.',
  changed: 'Its file has another size than when it came, so it was changed or only partly copied.',
  undecodable: 'Its file is damaged, or holds a format that this computer cannot decode. Other programs may open it.',
}

/** Stands where the picture would be: what is wrong with the clip, and what can be done. */
export function BrokenClip({ take, trouble, onRetry }: { take: Take; trouble: ClipTrouble; onRetry(): void }) {
  const [path, setPath] = useState<string | null>(null)
  const atService = take.provider === 'wavespeed' && take.predictionId !== null
  const locate = (event: SubmitEvent) => {
    event.preventDefault()
    if (path) run('take.locate', { takeId: take.id, path })
  }
  return (
    <div className="broken-clip">
      <Notice
        tone="error"
        title={`Take ${take.number}: ${TITLES[trouble]}`}
        action={
          <>
            {atService && (
              <Button
                size="small"
                icon={<Download size={14} />}
                onClick={() => run('take.download', { takeId: take.id })}
              >
                Download again
              </Button>
            )}
            {trouble !== 'undecodable' && path === null && (
              <Button size="small" icon={<FolderSearch size={14} />} onClick={() => setPath('')}>
                Locate
              </Button>
            )}
            <Button size="small" look="ghost" icon={<RotateCw size={14} />} onClick={onRetry}>
              Try again
            </Button>
          </>
        }
      >
        {TEXTS[trouble]} {atService && 'The service keeps clips for some days; downloading again costs nothing.'}
        {path !== null && (
          <form className="row" onSubmit={locate}>
            <TextField
              aria-label="Place of the file"
              placeholder="/folder/clip.mp4"
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button size="small" type="submit">
              Take it back
            </Button>
          </form>
        )}
      </Notice>
    </div>
  )
}
