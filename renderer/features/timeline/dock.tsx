import './timeline.css'
import { ChevronDown, ChevronUp, Pause, Play, Repeat, SkipBack, SkipForward, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import { registry } from '../../commands/registry.ts'
import {
  closeAnimatic,
  enterStoryboard,
  seekAnimatic,
  type Source,
  toggleAnimatic,
  unfoldTimeline,
  useAnimatic,
} from '../../state/animatic.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { selectOnly } from '../../state/selection.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented, type SegmentedOption, Slider } from '../../ui/choice.tsx'
import { AnimaticStage } from './animatic-stage.tsx'
import { besideFrame, clampFrame, slotAt } from '../../media/sequence-slots.ts'
import type { SceneSchedule } from './schedule.ts'
import { Strip } from './strip.tsx'
import { useSchedule } from './use-schedule.ts'

const SOURCE_OPTIONS: readonly SegmentedOption<Source>[] = [
  { value: 'picks', label: 'Picks, then rehearsal' },
  { value: 'latest', label: 'Latest takes' },
  { value: 'rehearsal', label: 'Rehearsal' },
]

/** Moves the playhead to the scene before or after, and chooses it. */
function goBeside(schedule: SceneSchedule, by: -1 | 1): void {
  const frame = besideFrame(schedule, clampFrame(schedule, useAnimatic.getState().frame), by)
  seekAnimatic(frame)
  const slot = slotAt(schedule, frame)
  if (slot) useUi.setState(selectOnly(slot.scene.id))
}

function Time({ schedule }: { schedule: SceneSchedule }) {
  const frame = useAnimatic((animatic) => clampFrame(schedule, animatic.frame))
  return (
    <span className="dock-time num">
      {timecode(frame, schedule.rate)}
      <span className="t3 c12"> / {timecode(schedule.frames, schedule.rate)}</span>
    </span>
  )
}

function Bar({ schedule }: { schedule: SceneSchedule }) {
  const playing = useAnimatic((animatic) => animatic.speed !== 0)
  const loop = useAnimatic((animatic) => animatic.loop)
  const source = useAnimatic((animatic) => animatic.source)
  const zoom = useAnimatic((animatic) => animatic.zoom)
  const unfolded = useAnimatic((animatic) => animatic.unfolded)
  return (
    <div className="dock-bar">
      <IconButton label="Previous scene" icon={<SkipBack size={16} />} onClick={() => goBeside(schedule, -1)} />
      <button
        type="button"
        className="dock-play"
        aria-label={playing ? 'Pause animatic' : 'Play animatic'}
        onClick={toggleAnimatic}
      >
        {playing ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
      </button>
      <IconButton label="Next scene" icon={<SkipForward size={16} />} onClick={() => goBeside(schedule, 1)} />
      <IconButton
        label="Loop"
        on={loop}
        aria-pressed={loop}
        icon={<Repeat size={16} />}
        onClick={() => useAnimatic.setState({ loop: !loop })}
      />
      <span className="separator" />
      <Time schedule={schedule} />
      <span className="grow" />
      <Segmented
        label="What the animatic shows"
        value={source}
        options={SOURCE_OPTIONS}
        onChange={(next) => useAnimatic.setState({ source: next })}
      />
      <span className="separator" />
      {unfolded && (
        <>
          <ZoomOut size={14} className="t3" aria-hidden />
          <span className="dock-zoom">
            <Slider
              label="Timeline zoom"
              unit="percent"
              min={0}
              max={100}
              value={Math.round(zoom * 100)}
              onChange={(next) => useAnimatic.setState({ zoom: next / 100 })}
            />
          </span>
          <ZoomIn size={14} className="t3" aria-hidden />
          <Button size="small" look="ghost" onClick={() => useAnimatic.setState({ zoom: 0 })}>
            Fit
          </Button>
        </>
      )}
      <IconButton
        label={unfolded ? 'Fold the timeline' : 'Show the timeline'}
        keys={registry.keysOf('timeline.fold')}
        aria-expanded={unfolded}
        icon={unfolded ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        onClick={() => unfoldTimeline(!unfolded)}
      />
    </div>
  )
}

function OpenDock({ board }: { board: OpenBoard }) {
  const schedule = useSchedule(board)
  const zoom = useAnimatic((animatic) => animatic.zoom)
  const unfolded = useAnimatic((animatic) => animatic.unfolded)
  const open = useAnimatic((animatic) => animatic.open)
  const storyboardId = board.storyboard.id
  useEffect(() => {
    enterStoryboard(storyboardId)
    return closeAnimatic
  }, [storyboardId])
  return (
    <>
      {open && <AnimaticStage board={board} schedule={schedule} />}
      <section className={unfolded ? 'dock' : 'dock folded'} aria-label="Timeline">
        <Bar schedule={schedule} />
        {unfolded && <Strip schedule={schedule} zoom={zoom} />}
      </section>
    </>
  )
}

/** The storyboard in time, below the board; nothing while it has no scenes. */
export function TimelineDock() {
  const board = useBoard()
  return board && board.scenes.length > 0 ? <OpenDock board={board} /> : null
}
