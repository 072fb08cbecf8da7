import './playlists.css'
import { ArrowLeft, Copy, Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { perSecond, timecode } from '../../../shared/frame-rate.ts'
import { registry } from '../../commands/registry.ts'
import { useExportJob } from '../../media/export-job.ts'
import type { PieceSchedule } from '../../media/sequence-schedule.ts'
import type { PlaylistNow } from '../../state/playlist.ts'
import { useProjection } from '../../state/projection.ts'
import { plural } from '../../state/selectors.ts'
import { useSequence } from '../../state/sequence.ts'
import { showView } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { EntryList } from './entry-list.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { SequenceControls } from './sequence-controls.tsx'
import { SequenceStage, usePiece } from './sequence-stage.tsx'
import { SequenceStrip } from './sequence-strip.tsx'
import { SourceList } from './source-list.tsx'
import { usePieces, usePlaylist } from './use-playlist.ts'

/** Opens what is to be exported; while a file is made, says how far it is. */
function ExportButton({ empty }: { empty: boolean }) {
  const job = useExportJob((exporting) => exporting.job)
  const busy = job.phase === 'checking' || job.phase === 'making'
  const percent = job.phase === 'making' ? Math.floor((100 * job.done) / Math.max(1, job.total)) : 0
  return (
    <Button
      disabled={empty && !busy}
      icon={<Download size={14} />}
      onClick={() => useSequence.setState({ exportOpen: true })}
    >
      {busy ? `Exporting ${percent} %` : 'Export'}
    </Button>
  )
}

function Header({ now, schedule }: { now: PlaylistNow; schedule: PieceSchedule }) {
  const empty = now.entries.length === 0
  return (
    <div className="view-header">
      <IconButton
        label="Back to the review room"
        keys="Escape"
        icon={<ArrowLeft size={16} />}
        onClick={() => showView('review')}
      />
      <h1 className="ell" title={now.title}>
        {now.title}
      </h1>
      <span className="t3 c12 num ell">
        {plural(now.entries.length, 'take')}
        {!empty &&
          ` · ${timecode(schedule.frames, schedule.rate)} · ${Number(perSecond(schedule.rate).toFixed(3))} fps`}
        {now.missing && ` · ${now.missing}`}
      </span>
      <span className="grow" />
      {now.source.kind !== 'list' && (
        <Button look="ghost" disabled={empty} icon={<Copy size={14} />} onClick={() => registry.run('sequence.copy')}>
          Copy to a playlist
        </Button>
      )}
      <ExportButton empty={empty} />
    </div>
  )
}

function Nothing({ now }: { now: PlaylistNow }) {
  return now.source.kind === 'list' ? (
    <EmptyState
      title="This playlist is empty"
      text="Add takes from a storyboard or a scene, with the button beside each take."
    />
  ) : (
    <EmptyState title="Nothing to play yet" text={now.missing ?? 'A rehearsal is free and shows the timing.'}>
      <Button onClick={() => showView('board')}>Open the board</Button>
    </EmptyState>
  )
}

function Room({ now }: { now: PlaylistNow }) {
  const view = useProjection((projection) => projection.view)
  const schedule = usePieces(now.entries)
  const at = usePiece(schedule)?.index ?? -1
  const stage = useRef<HTMLDivElement>(null)
  // The dialog leaves with the view; what is being made goes on.
  useEffect(() => () => useSequence.setState({ exportOpen: false }), [])
  const fill = () => {
    const change = document.fullscreenElement ? document.exitFullscreen() : stage.current?.requestFullscreen()
    change?.catch(() => {
      // The system keeps its windows as they are.
    })
  }
  if (!view) return null
  return (
    <main className="playlists" data-keys="sequence">
      <SourceList view={view} now={now} at={at} />
      <section className="panel playlists-main" aria-label="Sequence">
        <Header now={now} schedule={schedule} />
        {now.entries.length === 0 ? (
          <Nothing now={now} />
        ) : (
          <>
            <SequenceStage stage={stage} schedule={schedule} source={JSON.stringify(now.source)} />
            <SequenceControls schedule={schedule} onFullScreen={fill} />
            <SequenceStrip schedule={schedule} />
          </>
        )}
      </section>
      <aside className="panel playlists-side" aria-label="Order">
        <header className="view-header">
          <h2>Order</h2>
          <span className="t3 c12 num">{now.entries.length}</span>
          <span className="grow" />
          {now.source.kind === 'list' && now.entries.length > 1 && (
            <span className="t3 c11">Drag, or Alt and arrows</span>
          )}
        </header>
        <EntryList now={now} schedule={schedule} at={at} />
      </aside>
      <ExportDialog now={now} />
    </main>
  )
}

/** Takes played in order, put together by hand, and made into one file. Needs no network. */
export default function PlaylistsView() {
  const now = usePlaylist()
  return now ? (
    <Room now={now} />
  ) : (
    <main className="panel">
      <EmptyState picture={<Drawn kind="rows" />} title="Takes are played in order here" text="Open a project first." />
    </main>
  )
}
