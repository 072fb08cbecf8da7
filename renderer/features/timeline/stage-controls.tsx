import { Maximize, Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward, X } from 'lucide-react'
import { timecode } from '../../../shared/frame-rate.ts'
import { chooseSound, seekAnimatic, toggleAnimatic, useAnimatic } from '../../state/animatic.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Slider } from '../../ui/choice.tsx'
import { Volume } from '../../ui/volume.tsx'
import type { AnimaticKey } from './keys.ts'
import { clampFrame, playRange, type Schedule } from '../../media/sequence-slots.ts'

/** In, out, and the part between them. */
function RangeControls({ schedule, onKey }: { schedule: Schedule; onKey(key: AnimaticKey): void }) {
  const range = useAnimatic((animatic) => animatic.range)
  const { from, to } = playRange(schedule, range)
  return (
    <span className="stage-range">
      <Button size="small" look="ghost" onClick={() => onKey({ do: 'in' })} aria-label="In: begin the part here">
        In
      </Button>
      <Button size="small" look="ghost" onClick={() => onKey({ do: 'out' })} aria-label="Out: end the part here">
        Out
      </Button>
      {range && (
        <>
          <span className="num t2 c12">
            {timecode(from, schedule.rate)} to {timecode(to, schedule.rate)}
          </span>
          <IconButton
            label="Clear the part"
            keys="Shift+x"
            size="small"
            icon={<X size={14} />}
            onClick={() => onKey({ do: 'clear' })}
          />
        </>
      )}
    </span>
  )
}

function SoundControls() {
  const muted = useAnimatic((animatic) => animatic.muted)
  const volume = useAnimatic((animatic) => animatic.volume)
  return <Volume muted={muted} volume={volume} keys="m" onChange={chooseSound} />
}

/** What can be done with the animatic, also where it fills the screen. */
export function StageControls({ schedule, onKey }: { schedule: Schedule; onKey(key: AnimaticKey): void }) {
  const frame = useAnimatic((animatic) => clampFrame(schedule, animatic.frame))
  const speed = useAnimatic((animatic) => animatic.speed)
  const loop = useAnimatic((animatic) => animatic.loop)
  const playing = speed !== 0
  return (
    <div className="stage-controls">
      <Slider
        label="Frame"
        unit={`of ${schedule.frames}`}
        min={0}
        max={Math.max(1, schedule.frames - 1)}
        value={frame}
        onChange={seekAnimatic}
      />
      <div className="stage-row">
        <span className="stage-time num">
          {timecode(frame, schedule.rate)}
          {playing && speed !== 1 && <span className="t2 c12"> {speed}×</span>}
        </span>
        <span className="stage-transport">
          <IconButton
            label="Back to the start of the scene"
            keys="PageUp"
            icon={<SkipBack size={16} />}
            onClick={() => onKey({ do: 'scene', by: -1 })}
          />
          <IconButton
            label="Back one frame"
            keys="ArrowLeft"
            icon={<StepBack size={16} />}
            onClick={() => onKey({ do: 'step', frames: -1 })}
          />
          <button type="button" className="dock-play" aria-label={playing ? 'Pause' : 'Play'} onClick={toggleAnimatic}>
            {playing ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
          </button>
          <IconButton
            label="Forward one frame"
            keys="ArrowRight"
            icon={<StepForward size={16} />}
            onClick={() => onKey({ do: 'step', frames: 1 })}
          />
          <IconButton
            label="On to the next scene"
            keys="PageDown"
            icon={<SkipForward size={16} />}
            onClick={() => onKey({ do: 'scene', by: 1 })}
          />
        </span>
        <span className="stage-end">
          <RangeControls schedule={schedule} onKey={onKey} />
          <IconButton
            label="Loop"
            keys="Shift+l"
            on={loop}
            aria-pressed={loop}
            icon={<Repeat size={16} />}
            onClick={() => onKey({ do: 'loop' })}
          />
          <SoundControls />
          <IconButton
            label="Full screen"
            keys="f"
            icon={<Maximize size={16} />}
            onClick={() => onKey({ do: 'full' })}
          />
        </span>
      </div>
    </div>
  )
}
