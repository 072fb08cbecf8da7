import { ChevronRight, CirclePause, Clapperboard, Layers, PencilLine, Repeat2, Wallet } from 'lucide-react'
import { memo, type ReactNode, useId } from 'react'
import type { HistoryEntry } from '../../../shared/history.ts'
import { TakePicture, treatmentOf } from '../../common/pictures.tsx'
import { timeOfDay } from '../../common/take-words.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { takeStateName } from '../../state/scene-state.ts'
import { Button } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { repeatTakes, takesOfBatch } from './actions.ts'
import { batchOutcome, batchPrice, entryText, takeOutcome, takePrice } from './entries.ts'
import type { BatchEntry } from './past-board.tsx'
import { TakeDetails } from './take-details.tsx'

type TakeEntry = Extract<HistoryEntry, { kind: 'take' }>

const Time = ({ at }: { at: number }) => (
  <time className="num t3" dateTime={new Date(at).toISOString()}>
    {timeOfDay(at)}
  </time>
)

function PlainRow({ at, icon, children }: { at: number; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="history-row">
      <Time at={at} />
      <span className="history-mark" aria-hidden>
        {icon}
      </span>
      {children}
    </div>
  )
}

function BatchRow({ view, entry, onOpen }: { view: ProjectView; entry: BatchEntry; onOpen(entry: BatchEntry): void }) {
  const { batch } = entry
  const takes = takesOfBatch(view, batch.id)
  const repeatable = takes.length > 0 && view.storyboards.has(batch.storyboardId)
  return (
    <PlainRow at={entry.at} icon={<Layers size={16} />}>
      <span className="history-text">
        <b>{entryText(entry)}</b> <span className="t2">of {entry.storyboard}</span>{' '}
        <span className="t3 num">{batchOutcome(entry)}</span>
      </span>
      <span className="row history-side">
        {entry.hasBoard && (
          <Button size="small" look="ghost" icon={<Clapperboard size={14} />} onClick={() => onOpen(entry)}>
            Open the board as it was
          </Button>
        )}
        {repeatable && (
          <Button
            size="small"
            look="ghost"
            icon={<Repeat2 size={14} />}
            onClick={() => repeatTakes(batch.storyboardId, takes)}
          >
            Repeat this batch…
          </Button>
        )}
        <span className="history-price num">{batchPrice(entry)}</span>
      </span>
    </PlainRow>
  )
}

function TakeRow({
  view,
  entry,
  open,
  onToggle,
}: {
  view: ProjectView
  entry: TakeEntry
  open: boolean
  onToggle(): void
}) {
  const details = useId()
  // The projection is ahead of a page that was read before.
  const take = view.takes.get(entry.take.id) ?? entry.take
  const scene = view.scenes.get(take.sceneId) ?? null
  const state = takeStateName(take)
  return (
    <>
      <button
        type="button"
        className="history-row history-take"
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={onToggle}
      >
        <Time at={entry.at} />
        <span className="history-thumb">
          <TakePicture
            scene={scene}
            take={take}
            treatment={take.phase === 'ready' ? 'plain' : treatmentOf(state, null)}
          />
        </span>
        <span className="history-text">
          <b className="num">{entry.slate}</b> {entryText(entry)}
        </span>
        <span className="row history-side">
          <StateBadge
            state={take.phase === 'cancelled' ? 'draft' : state}
            held={take.onHold}
            label={takeOutcome(take)}
          />
          <span className="history-wide">
            <SeedChip kind="drawn" text={String(take.request.seed)} />
          </span>
          <span className="history-price num">{takePrice(take)}</span>
          <ChevronRight size={16} className="t3 history-chevron" aria-hidden />
        </span>
      </button>
      {open && <TakeDetails view={view} take={take} id={details} />}
    </>
  )
}

/** One thing that happened. */
export const EntryRow = memo(function EntryRow({
  id,
  view,
  entry,
  open,
  onToggle,
  onOpenBoard,
}: {
  id: string
  view: ProjectView
  entry: HistoryEntry
  open: boolean
  onToggle(id: string): void
  onOpenBoard(entry: BatchEntry): void
}) {
  switch (entry.kind) {
    case 'batch':
      return <BatchRow view={view} entry={entry} onOpen={onOpenBoard} />
    case 'take':
      return <TakeRow view={view} entry={entry} open={open} onToggle={() => onToggle(id)} />
    case 'cap':
      return (
        <PlainRow at={entry.at} icon={<Wallet size={16} />}>
          <span className="history-text num">{entryText(entry)}</span>
        </PlainRow>
      )
    case 'edit':
      return (
        <PlainRow at={entry.at} icon={<PencilLine size={16} />}>
          <span className={`history-text ${entry.undone ? 'undone' : ''}`}>{entryText(entry)}</span>
          {entry.undone && <span className="t3 c12">Undone</span>}
        </PlainRow>
      )
    case 'stop':
      return (
        <PlainRow at={entry.at} icon={<CirclePause size={16} className="history-stop" />}>
          <span className="history-text">{entryText(entry)}</span>
        </PlainRow>
      )
  }
})
