import { Check, GripVertical, ListPlus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import { moveEntry, removeEntry } from '../../commands/sequence-actions.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { PlaylistItems } from '../../common/playlist-items.tsx'
import { dropBeside, makeRowDraggable, useListDrag } from '../../common/use-list-drag.ts'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { PieceSchedule, PieceSlot } from '../../media/sequence-schedule.ts'
import type { PlaylistNow } from '../../state/playlist.ts'
import { goToPiece } from '../../state/sequence.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

const ROW = 60

function Entry({
  slot,
  schedule,
  current,
  editable,
  gap,
}: {
  slot: PieceSlot
  schedule: PieceSchedule
  current: boolean
  editable: boolean
  gap: number | null
}) {
  const row = useRef<HTMLLIElement>(null)
  const { entry, index } = slot
  const { take, scene, slate } = entry
  useEffect(
    () => (editable && row.current ? makeRowDraggable('playlist', row.current, index) : undefined),
    [editable, index],
  )
  const title = scene?.title || (scene ? 'Untitled' : 'Scene taken off its board')
  return (
    <li
      ref={row}
      className="playlist-entry"
      aria-current={current || undefined}
      data-drop={dropBeside(gap, index, schedule.slots.length)}
    >
      {editable && <GripVertical size={12} className="t3 playlist-grip" aria-hidden />}
      <button type="button" className="playlist-go" onClick={() => goToPiece(index)}>
        <TakePicture scene={scene} take={take} />
        <span className="playlist-facts">
          <span className="row">
            <strong className="num">{slate}</strong>
            {scene?.pickTakeId === take.id && (
              <span className="playlist-picked">
                <Check size={12} aria-hidden />
                Picked
              </span>
            )}
          </span>
          <span className="ell c12 t2">{title}</span>
          <span className="c11 t3 num">
            {timecode(slot.start, schedule.rate)} · {timecode(slot.frames, schedule.rate).slice(-5)}
            {take.provider === 'rehearsal' && ' · rehearsal'}
            {take.clipGone && ' · in the bin'}
          </span>
        </span>
      </button>
      <span className="playlist-acts">
        <Menu
          trigger={
            <IconButton size="small" label={`Add ${slate} to a playlist`} tip={false} icon={<ListPlus size={14} />} />
          }
        >
          <PlaylistItems takeIds={[take.id]} />
        </Menu>
        {editable && (
          <IconButton
            size="small"
            label={`Take ${slate} out`}
            icon={<X size={14} />}
            onClick={() => void removeEntry(index)}
          />
        )}
      </span>
    </li>
  )
}

/** The takes in their order. Those of a list put together by hand can be moved by dragging, or by Alt and the arrows. */
export function EntryList({ now, schedule, at }: { now: PlaylistNow; schedule: PieceSchedule; at: number }) {
  const rows = useVirtualRows(schedule.slots.length, () => ROW)
  const gap = useListDrag('playlist', (from, to) => void moveEntry(from, to))
  const { scrollTo } = rows
  useEffect(() => {
    if (at >= 0) scrollTo(at)
    // Only going elsewhere scrolls.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at])
  return (
    <div className="playlist-scroller" ref={rows.attach}>
      <div style={{ height: rows.before }} />
      <ol className="playlist-entries" aria-label="Takes in order">
        {rows.shown.map((index) => {
          const slot = schedule.slots[index]
          return (
            slot && (
              <Entry
                key={slot.key}
                slot={slot}
                schedule={schedule}
                current={index === at}
                editable={now.source.kind === 'list'}
                gap={gap}
              />
            )
          )
        })}
      </ol>
      <div style={{ height: rows.after }} />
    </div>
  )
}
