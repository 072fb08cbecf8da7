import { Ban, ChevronRight, Download, Ellipsis, History, LayoutGrid, Play, RotateCcw, X } from 'lucide-react'
import { memo } from 'react'
import { type Scene, type Take, needsDecision } from '../../../shared/model.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { TakePicture, treatmentOf } from '../../common/pictures.tsx'
import { useNow } from '../../state/hooks.ts'
import { clock, takeProgress } from '../../state/progress.ts'
import { chargeWord } from '../../common/take-words.ts'
import { useProjection } from '../../state/projection.ts'
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
import { canFetchAgain, costText, elapsedOf, groupOf, leftOf, spanText, stateText } from './queue.ts'

function RowMenu({ take, label, onSelect }: { take: Take; label: string; onSelect(): void }) {
  return (
    <Menu trigger={<IconButton label={`More for ${label}`} size="small" tip={false} icon={<Ellipsis size={16} />} />}>
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
  if (groupOf(take) === 'waiting')
    return (
      <IconButton
        label={`Cancel ${label}`}
        size="small"
        icon={<X size={16} />}
        onClick={() => run('take.cancel', { takeId: take.id })}
      />
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
  return (
    <div className="queue-state">
      <StateBadge state={name} label={label} />
      {bar && (
        <ProgressBar
          value={take.phase === 'submitting' ? null : value}
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
  readonly onSelect: (take: Take) => void
}

/** One take of the queue. */
export const TakeRow = memo(function TakeRow({ take, place, scene, selected, current, onSelect }: TakeRowProps) {
  const group = groupOf(take)
  const now = useNow(group === 'flight' || group === 'waiting' || take.phase === 'unconfirmed')
  const picked = scene?.pickTakeId === take.id
  const number = padNumber(scene?.number ?? '?')
  const label = `scene ${number} take ${take.number}`
  const elapsed = elapsedOf(take, now)
  const left = leftOf(take, now)
  const select = () => onSelect(take)
  const drawn = scene?.seed.kind === 'locked' && scene.seed.value === take.request.seed ? 'locked' : 'drawn'
  return (
    // The button of the row does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      className={`queue-row ${needsDecision(take) ? 'attention' : ''} ${selected ? 'on' : ''}`}
      data-take={take.id}
      data-phase={take.phase}
      onClick={select}
    >
      <td>
        <button
          type="button"
          className="queue-scene"
          aria-pressed={selected}
          aria-label={`Scene ${number} ${scene?.title ?? ''}, take ${take.number}, ${stateText(take, place, picked)}`}
          tabIndex={current ? 0 : -1}
          onClick={select}
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
      <td className="right">
        <RowAction take={take} label={label} onSelect={select} />
      </td>
    </tr>
  )
})
