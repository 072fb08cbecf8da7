import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ban,
  Check,
  ChevronRight,
  Download,
  Ellipsis,
  History,
  LayoutGrid,
  Pause,
  Play,
  RotateCcw,
  X,
} from 'lucide-react'
import { memo, type MouseEvent, useEffect, useRef } from 'react'
import { type Scene, type Take, needsDecision } from '../../../shared/model.ts'
import { askAgain, hold, moveWaiting } from '../../commands/queue-commands.ts'
import { registry } from '../../commands/registry.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { TakePicture, treatmentOf } from '../../common/pictures.tsx'
import { useNow } from '../../state/hooks.ts'
import { clock, doneRange, rangePercent, takeProgress } from '../../state/progress.ts'
import { chargeWord } from '../../common/take-words.ts'
import { useProjection } from '../../state/projection.ts'
import { chooseTakes } from '../../state/queue-choice.ts'
import { canFetchAgain, isUnsent } from '../../state/queue-order.ts'
import { run } from '../../state/requests.ts'
import { takeStateName } from '../../state/scene-state.ts'
import { padNumber } from '../../state/selectors.ts'
import { playTake } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { generateAgain, openOnBoard } from './actions.ts'
import { costText, elapsedOf, groupOf, leftOf, spanText, stateText } from './queue.ts'
import { makeRowDraggable } from './use-row-drag.ts'

/** What can be done with a take that waits. */
function WaitingItems({ take }: { take: Take }) {
  return (
    <>
      <MenuItem
        icon={take.onHold ? <Play size={14} /> : <Pause size={14} />}
        keys={registry.keysOf('queue.hold')}
        onClick={() => void hold([take], !take.onHold)}
      >
        {take.onHold ? 'Release' : 'Hold'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<ArrowUpToLine size={14} />} onClick={() => moveWaiting([take.id], 'first')}>
        First in line
      </MenuItem>
      <MenuItem icon={<ArrowUp size={14} />} onClick={() => moveWaiting([take.id], 'up')}>
        Up
      </MenuItem>
      <MenuItem icon={<ArrowDown size={14} />} onClick={() => moveWaiting([take.id], 'down')}>
        Down
      </MenuItem>
      <MenuItem icon={<ArrowDownToLine size={14} />} onClick={() => moveWaiting([take.id], 'last')}>
        Last in line
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<X size={14} />} onClick={() => run('take.cancel', { takeId: take.id })}>
        Cancel
      </MenuItem>
    </>
  )
}

function RowMenu({ take, label, onSelect }: { take: Take; label: string; onSelect(): void }) {
  return (
    <Menu trigger={<IconButton label={`More for ${label}`} size="small" tip={false} icon={<Ellipsis size={16} />} />}>
      {isUnsent(take) && <WaitingItems take={take} />}
      {groupOf(take) === 'flight' && (
        <MenuItem icon={<X size={14} />} disabled hint="sent, cannot be called back" onClick={() => {}}>
          Cancel
        </MenuItem>
      )}
      {take.phase === 'ready' && (
        <MenuItem icon={<Play size={14} />} onClick={() => playTake(take.id)}>
          Play
        </MenuItem>
      )}
      {canFetchAgain(take) && (
        <MenuItem icon={<Download size={14} />} onClick={() => run('take.download', { takeId: take.id })}>
          Download again
        </MenuItem>
      )}
      {(take.phase === 'failed' || take.phase === 'cancelled') && (
        <MenuItem icon={<RotateCcw size={14} />} onClick={() => generateAgain(take)}>
          Make another take
        </MenuItem>
      )}
      <MenuItem icon={<LayoutGrid size={14} />} onClick={() => openOnBoard(take)}>
        Open on the board
      </MenuItem>
      <MenuItem icon={<History size={14} />} onClick={onSelect}>
        Show its history
      </MenuItem>
      {take.phase === 'failed' && !take.rejected && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Ban size={14} />} onClick={() => rejectTake(take.id, true)}>
            Dismiss
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function RowAction({ take, label, onSelect }: { take: Take; label: string; onSelect(): void }) {
  if (needsDecision(take))
    return <IconButton label={`Settle ${label}`} size="small" icon={<ChevronRight size={16} />} onClick={onSelect} />
  if (isUnsent(take))
    return (
      <span className="queue-actions">
        <IconButton
          label={take.onHold ? `Release ${label}` : `Hold ${label}`}
          size="small"
          icon={take.onHold ? <Play size={16} /> : <Pause size={16} />}
          onClick={() => void hold([take], !take.onHold)}
        />
        <RowMenu take={take} label={label} onSelect={onSelect} />
      </span>
    )
  if (take.phase === 'failed' && !take.rejected)
    return (
      <span className="queue-actions">
        {canFetchAgain(take) ? (
          <IconButton
            label={`Download ${label} again`}
            size="small"
            icon={<Download size={16} />}
            onClick={() => run('take.download', { takeId: take.id })}
          />
        ) : (
          <IconButton
            label={`Retry ${label}`}
            size="small"
            icon={<RotateCcw size={16} />}
            onClick={() => askAgain(take.storyboardId, [take])}
          />
        )}
        <RowMenu take={take} label={label} onSelect={onSelect} />
      </span>
    )
  return <RowMenu take={take} label={label} onSelect={onSelect} />
}

function StateCell({ take, place, picked, now }: { take: Take; place: number; picked: boolean; now: number }) {
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  const { value, text } = takeProgress(take, download, now)
  const name = take.phase === 'cancelled' ? 'draft' : picked && take.phase === 'ready' ? 'picked' : takeStateName(take)
  const words = stateText(take, place, picked)
  const waits = take.waitUntil !== null && take.waitUntil > now && groupOf(take) === 'waiting'
  const label = take.phase === 'downloading' && text ? `${words} ${text}` : waits && text ? `Queued, ${text}` : words
  const bar = groupOf(take) === 'flight'
  const range = doneRange(take, now)
  return (
    <div className="queue-state">
      <StateBadge state={name} label={range ? `${words} ${rangePercent(range)}` : label} held={take.onHold} />
      {bar && (
        <ProgressBar
          value={take.phase === 'submitting' ? null : range ? range.from : value}
          upTo={range?.to}
          tone={take.phase === 'downloading' ? 'downloading' : 'generating'}
          label={words}
        />
      )}
    </div>
  )
}

export interface TakeRowProps {
  readonly take: Take
  readonly place: number
  /** Null when it was deleted meanwhile. */
  readonly scene: Scene | null
  readonly selected: boolean
  /** True on the one row that Tab leads to. */
  readonly current: boolean
  /** True while several rows are chosen: all show their ticks. */
  readonly several: boolean
  /** The edge at which a dragged row would come in. */
  readonly drop: 'top' | 'bottom' | null
  /** @param tick true when its tick was pressed */
  readonly onPress: (take: Take, event: MouseEvent, tick: boolean) => void
}

/** One take of the queue. */
export const TakeRow = memo(function TakeRow({
  take,
  place,
  scene,
  selected,
  current,
  several,
  drop,
  onPress,
}: TakeRowProps) {
  const group = groupOf(take)
  const now = useNow(group === 'flight' || group === 'waiting' || take.phase === 'unconfirmed')
  const picked = scene?.pickTakeId === take.id
  const number = padNumber(scene?.number ?? '?')
  const label = `scene ${number} take ${take.number}`
  const elapsed = elapsedOf(take, now)
  const left = leftOf(take, now)
  const select = (event: MouseEvent) => onPress(take, event, false)
  const show = () => chooseTakes([take.id])
  const row = useRef<HTMLTableRowElement>(null)
  const unsent = isUnsent(take)
  useEffect(() => (unsent && row.current ? makeRowDraggable(row.current, take.id) : undefined), [unsent, take.id])
  const drawn = scene?.seed.kind === 'locked' && scene.seed.value === take.request.seed ? 'locked' : 'drawn'
  return (
    // The button of the row does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      ref={row}
      className={`queue-row ${needsDecision(take) ? 'attention' : ''} ${selected ? 'on' : ''} ${several ? 'several' : ''} ${unsent && take.onHold ? 'held' : ''} ${drop ? `drop-${drop}` : ''}`}
      data-take={take.id}
      data-phase={take.phase}
      // A range is chosen, not marked as text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={select}
    >
      <td className="queue-name">
        {/* For the mouse; keys choose several with Shift and the arrows, and with Ctrl and Space. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <span
          className={`queue-tick ${selected ? 'on' : ''}`}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation()
            onPress(take, event, true)
          }}
        >
          {selected && <Check size={11} strokeWidth={3} />}
        </span>
        <button
          type="button"
          className="queue-scene"
          aria-pressed={selected}
          aria-label={`Scene ${number} ${scene?.title ?? ''}, take ${take.number}, ${stateText(take, place, picked)}`}
          tabIndex={current ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation()
            select(event)
          }}
          onDoubleClick={() => take.phase === 'ready' && playTake(take.id)}
        >
          <span className="queue-thumb">
            <TakePicture
              scene={scene}
              take={take}
              treatment={take.phase === 'ready' ? 'plain' : treatmentOf(takeStateName(take), null)}
            />
          </span>
          <span className="ell">
            <b className="num">{number}</b> {scene?.title || <span className="t3">Untitled</span>}
          </span>
        </button>
      </td>
      <td className="num">{take.number}</td>
      <td>
        <StateCell take={take} place={place} picked={picked} now={now} />
      </td>
      <td className="right num">{elapsed === null ? '–' : clock(elapsed)}</td>
      <td className="right num t2">{left ? spanText(left) : '–'}</td>
      <td className="right num queue-wide">{take.attempt}</td>
      <td className="queue-wide queue-seed">
        <SeedChip kind={drawn} text={String(take.request.seed)} />
      </td>
      <td className="right num queue-cost">
        {costText(take)}
        <small>{chargeWord(take)}</small>
      </td>
      {/* Its buttons choose nothing. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <td className="right" onClick={(event) => event.stopPropagation()}>
        <RowAction take={take} label={label} onSelect={show} />
      </td>
    </tr>
  )
})
