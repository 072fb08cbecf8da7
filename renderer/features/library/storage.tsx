import { FolderOutput, HardDrive, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CallOutput, LibraryUsage } from '../../../shared/contract.ts'
import { Failure } from '../../common/failure.tsx'
import { useProjection } from '../../state/projection.ts'
import { attempt, call } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice, Skeleton } from '../../ui/empty.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Check } from './check.tsx'
import { formatBytes } from '../../common/format-bytes.ts'
import { examplePath, PathDialog } from '../../common/path-dialog.tsx'
import { lookAgain, useFound } from './search.ts'

const KINDS = [
  { key: 'clipBytes', label: 'Clips', tone: 'clips' },
  { key: 'imageBytes', label: 'References', tone: 'images' },
  { key: 'exportBytes', label: 'Exported sequences', tone: 'exports' },
  { key: 'cacheBytes', label: 'Pictures that can be made again', tone: 'cache' },
  { key: 'databaseBytes', label: 'Database', tone: 'database' },
  { key: 'backupBytes', label: 'Backups of the database', tone: 'backups' },
] as const satisfies readonly { key: keyof LibraryUsage; label: string; tone: string }[]

function Used({ usage }: { usage: LibraryUsage }) {
  const used = KINDS.reduce((sum, { key }) => sum + usage[key], 0)
  return (
    <section aria-label="Used">
      <p className="storage-sum">
        <strong className="num">{formatBytes(used)}</strong> used,{' '}
        <span className="num">{formatBytes(usage.freeBytes)}</span> free
      </p>
      <span className="storage-bar" aria-hidden>
        {KINDS.map(({ key, tone }) => (
          <i key={key} className={`storage-${tone}`} style={{ flexGrow: usage[key] }} />
        ))}
      </span>
      <dl className="storage-list">
        {KINDS.map(({ key, label, tone }) => (
          <div key={key}>
            <dt>
              <i className={`storage-dot storage-${tone}`} aria-hidden />
              {label}
            </dt>
            <dd className="num">{formatBytes(usage[key])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Clean({ usage, onDone }: { usage: LibraryUsage; onDone(): void }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const { takeIds, bytes } = usage.cleanable
  const count = plural(takeIds.length, 'clip')
  const clean = async () => {
    setBusy(true)
    const done = await attempt(() => call('library.clean', { takeIds }))
    setBusy(false)
    if (done)
      showToast({
        kind: done.kept.length > 0 ? 'attention' : 'info',
        title: `${plural(done.moved, 'clip')} moved to the bin, ${formatBytes(done.bytes)}`,
        text: done.kept.length > 0 ? `Kept: ${done.kept.slice(0, 3).join(' ')}` : undefined,
      })
    lookAgain()
    onDone()
  }
  return (
    <section className="storage-part" aria-label="Clean up">
      <h3>Rejected takes</h3>
      <p className="t2">
        {takeIds.length === 0
          ? 'No rejected take has a clip that could be cleaned away.'
          : `${count} of rejected takes, ${formatBytes(bytes)}. Picks, and clips that another take has too, are not among them.`}
      </p>
      {takeIds.length > 0 && (
        <div>
          <Button size="small" icon={<Trash2 size={14} />} disabled={busy} onClick={() => setAsking(true)}>
            {busy ? 'Moving to the bin' : `Move ${count} to the bin`}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={`Move ${count} to the bin of this system?`}
        action={`Move ${count}, ${formatBytes(bytes)}`}
        onConfirm={() => void clean()}
        onClose={() => setAsking(false)}
      >
        The takes stay, with their prompts, seeds and prices. A clip can be taken out of the bin and located again, or
        downloaded while the service still has it, for about a week. Room on the disk is free when the bin is emptied.
      </ConfirmDialog>
    </section>
  )
}

function Cache({ usage, onDone }: { usage: LibraryUsage; onDone(): void }) {
  const clear = async () => {
    const done = await attempt(() => call('library.clearCache', {}))
    if (done) showToast({ kind: 'info', title: `${formatBytes(done.bytes)} of pictures cleared` })
    onDone()
  }
  return (
    <section className="storage-part" aria-label="Cache">
      <h3>Posters and filmstrips</h3>
      <p className="t2">They are made again from the clips when they are looked at, which takes a moment each.</p>
      <div>
        <Button size="small" disabled={usage.cacheBytes === 0} onClick={() => void clear()}>
          Clear {formatBytes(usage.cacheBytes)}
        </Button>
      </div>
    </section>
  )
}

function CopyElsewhere() {
  const library = useProjection((projection) => projection.studio?.libraryPath ?? '')
  const [asking, setAsking] = useState(false)
  const [copied, setCopied] = useState<CallOutput<'library.copyTo'> | null>(null)
  const trouble = copied
    ? [
        copied.missing > 0 && `${plural(copied.missing, 'clip')} of takes were missing here and could not be copied.`,
        copied.changed > 0 && `${plural(copied.changed, 'file')} had changed since they were stored.`,
      ].filter((line) => line !== false)
    : []
  return (
    <section className="storage-part" aria-label="Another disk">
      <h3>Another disk</h3>
      <p className="t2">
        <HardDrive size={14} aria-hidden /> <span className="path">{library}</span>
      </p>
      <div>
        <Button size="small" icon={<FolderOutput size={14} />} onClick={() => setAsking(true)}>
          Copy the library
        </Button>
      </div>
      {copied && (
        <Notice
          tone={trouble.length > 0 ? 'attention' : 'info'}
          title={`Copied ${plural(copied.files, 'file')}, ${formatBytes(copied.bytes)}`}
        >
          {trouble.join(' ')} Close Takeboard and start it with{' '}
          <code className="path">takeboard --library &quot;{copied.path}&quot;</code> to work there. What is done here
          from now on is not in the copy. This library stays as it is until you remove its folder yourself.
        </Notice>
      )}
      <PathDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Copy the library to another disk"
        label="New folder"
        placeholder={examplePath(library, '/mnt/disk/takeboard', String.raw`D:\takeboard`)}
        action="Copy"
        busyAction="Copying and checking"
        onPath={async (path) => setCopied(await call('library.copyTo', { path }))}
      >
        The database, every clip and every reference are copied and compared with their hashes. The folder gets its name
        when all of it is there. Nothing is removed from this disk.
      </PathDialog>
    </section>
  )
}

const Reading = () => (
  <>
    <output className="hidden-text">Reading the disk</output>
    <Skeleton height={200} />
    <Skeleton height={76} />
    <Skeleton height={76} />
  </>
)

/** What the library takes of the disk, and what can be done about it. */
export function Storage() {
  const [usage, setUsage] = useState<LibraryUsage | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  const pages = useFound((found) => found.pages)
  useEffect(() => {
    let current = true
    call('library.usage', {}).then(
      (now) => {
        if (!current) return
        setUsage(now)
        setFailure(null)
      },
      (error: unknown) => current && setFailure(error),
    )
    return () => {
      current = false
    }
  }, [pages, turn])
  const look = () => setTurn((before) => before + 1)
  return (
    <div className="library-panel">
      {failure !== null && <Failure error={failure} onRetry={look} />}
      {failure === null && !usage && <Reading />}
      {usage && (
        <>
          <Used usage={usage} />
          <Clean usage={usage} onDone={look} />
          <Cache usage={usage} onDone={look} />
          <Check />
          <CopyElsewhere />
        </>
      )}
    </div>
  )
}
