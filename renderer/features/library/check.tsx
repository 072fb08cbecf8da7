import { Copy, Download, FileSearch, ShieldCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { BadClip, LibraryTake } from '../../../shared/contract.ts'
import { copyClipPath } from '../../commands/take-actions.ts'
import { attempt, call } from '../../state/requests.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { canDownloadAgain } from '../../state/take-clip.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { downloadAgain } from './actions.ts'
import { LocateDialog } from './locate-dialog.tsx'

/** Clips read before the progress is told again. */
const STRETCH = 8

interface Progress {
  readonly checked: number
  readonly total: number
  readonly bad: readonly BadClip[]
  readonly state: 'reading' | 'stopped' | 'done'
  /** When it ended or is at: what can still be downloaded depends on it. */
  readonly at: number
}

const PROBLEMS: Readonly<Record<BadClip['problem'], string>> = {
  missing: 'is missing',
  changed: 'has changed',
  unreadable: 'cannot be read from the disk',
}

/** Reads every clip a few at a time, until it is done or `signal` says stop. */
async function readAll(onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<void> {
  let progress: Progress = { checked: 0, total: 0, bad: [], state: 'reading', at: Date.now() }
  for (;;) {
    const { checked } = progress
    const answer = await attempt(() => call('library.verify', { offset: checked, limit: STRETCH }))
    if (signal.aborted) return
    const now = checked + (answer?.checked ?? 0)
    const over = answer === null || answer.checked === 0 || now >= answer.total
    progress = {
      checked: now,
      total: answer?.total ?? progress.total,
      bad: [...progress.bad, ...(answer?.bad ?? [])],
      state: answer === null ? 'stopped' : over ? 'done' : 'reading',
      at: Date.now(),
    }
    onProgress(progress)
    if (over) return
  }
}

function summary({ checked, total, bad, state }: Progress): string {
  if (state === 'reading') return `${checked} of ${plural(total, 'clip')} read`
  const found = bad.length === 0 ? 'all there and unchanged' : `${bad.length} missing or changed`
  return `${plural(checked, 'clip')} read${state === 'stopped' ? ', then stopped' : ''}: ${found}.`
}

function Row({ bad, at, onLocate, onDone }: { bad: BadClip; at: number; onLocate(): void; onDone(): void }) {
  const { take, slate, scene } = bad.found
  const name = padNumber(slate)
  return (
    <li className="check-row">
      <span className="grow">
        <b className="num">{name}</b> {scene} <span className="t2">{PROBLEMS[bad.problem]}</span>
      </span>
      {canDownloadAgain(take, at) && (
        <IconButton
          label={`Download ${name} again`}
          size="small"
          icon={<Download size={14} />}
          onClick={() => {
            void downloadAgain([take.id])
            onDone()
          }}
        />
      )}
      <IconButton label={`Locate ${name}`} size="small" icon={<FileSearch size={14} />} onClick={onLocate} />
      <IconButton
        label={`Copy where ${name} should be`}
        size="small"
        icon={<Copy size={14} />}
        onClick={() => void copyClipPath(take)}
      />
    </li>
  )
}

/** Compares every clip with the hash it was stored under. */
export function Check() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [locating, setLocating] = useState<LibraryTake | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = () => {
    const stop = (running.current = new AbortController())
    setProgress({ checked: 0, total: 0, bad: [], state: 'reading', at: Date.now() })
    void readAll(setProgress, stop.signal)
  }
  const stop = () => {
    running.current?.abort()
    setProgress((now) => now && { ...now, state: 'stopped' })
  }
  const settle = ({ take }: LibraryTake) =>
    setProgress((now) => now && { ...now, bad: now.bad.filter(({ found }) => found.take.id !== take.id) })
  const reading = progress?.state === 'reading'
  return (
    <section className="storage-part" aria-label="Check">
      <h3>Check the clips</h3>
      <p className="t2">Every clip is read and compared with the hash it was stored under. Nothing is changed.</p>
      {progress && (
        <>
          {reading && (
            <ProgressBar
              label="Clips read"
              tone="ready"
              value={progress.total === 0 ? null : progress.checked / progress.total}
            />
          )}
          <output className="num">{summary(progress)}</output>
        </>
      )}
      {progress !== null && progress.bad.length > 0 && (
        <ul className="check-list" aria-label="Clips that are missing or changed">
          {progress.bad.map((bad) => (
            <Row
              key={bad.found.take.id}
              bad={bad}
              at={progress.at}
              onLocate={() => setLocating(bad.found)}
              onDone={() => settle(bad.found)}
            />
          ))}
        </ul>
      )}
      <div>
        <Button size="small" icon={<ShieldCheck size={14} />} onClick={reading ? stop : start}>
          {reading ? 'Stop' : 'Check all clips'}
        </Button>
      </div>
      <LocateDialog found={locating} onClose={() => setLocating(null)} onFound={() => locating && settle(locating)} />
    </section>
  )
}
