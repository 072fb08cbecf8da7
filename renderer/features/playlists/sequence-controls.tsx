import { Maximize, Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react'
import type { ReactNode } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import { registry } from '../../commands/registry.ts'
import type { PieceSchedule } from '../../media/sequence-schedule.ts'
import { clampFrame } from '../../media/sequence-slots.ts'
import { setReviewSound, useReview } from '../../state/review.ts'
import { useSequence } from '../../state/sequence.ts'
import { IconButton } from '../../ui/button.tsx'
import { Volume } from '../../ui/volume.tsx'
import { usePiece } from './sequence-stage.tsx'

const Go = ({ id, label, icon }: { id: string; label: string; icon: ReactNode }) => (
  <IconButton label={label} keys={registry.keysOf(id)} icon={icon} onClick={() => registry.run(id)} />
)

function Place({ schedule }: { schedule: PieceSchedule }) {
  const frame = useSequence((sequence) => clampFrame(schedule, sequence.frame))
  const speed = useSequence((sequence) => sequence.speed)
  const piece = usePiece(schedule)
  return (
    <div className="row sequence-place">
      <span className="sequence-time num">{timecode(frame, schedule.rate)}</span>
      <span className="t3 c12 num sequence-total">/ {timecode(schedule.frames, schedule.rate)}</span>
      {piece && (
        <span className="chip num" title={`Frame ${frame - piece.start + 1} of ${piece.frames} of this take`}>
          {piece.entry.slate}
        </span>
      )}
      {speed !== 0 && speed !== 1 && <span className="t2 c12 num">{speed}×</span>}
    </div>
  )
}

/** Where the sequence stands, and what moves it. */
export function SequenceControls({ schedule, onFullScreen }: { schedule: PieceSchedule; onFullScreen(): void }) {
  const playing = useSequence((sequence) => sequence.speed !== 0)
  const loop = useSequence((sequence) => sequence.loop)
  const muted = useReview((review) => review.muted)
  const volume = useReview((review) => review.volume)
  return (
    <div className="sequence-controls">
      <Place schedule={schedule} />
      <div className="row sequence-centre">
        <Go id="sequence.previousCut" label="Previous cut" icon={<SkipBack size={16} />} />
        <Go id="sequence.previousFrame" label="Back one frame" icon={<StepBack size={16} />} />
        <button
          type="button"
          className="dock-play"
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => registry.run('sequence.play')}
        >
          {playing ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
        </button>
        <Go id="sequence.nextFrame" label="Forward one frame" icon={<StepForward size={16} />} />
        <Go id="sequence.nextCut" label="Next cut" icon={<SkipForward size={16} />} />
      </div>
      <div className="row sequence-end">
        <IconButton
          label="Loop"
          keys={registry.keysOf('sequence.loop')}
          on={loop}
          aria-pressed={loop}
          icon={<Repeat size={16} />}
          onClick={() => registry.run('sequence.loop')}
        />
        <Volume muted={muted} volume={volume} keys={registry.keysOf('sequence.mute')} onChange={setReviewSound} />
        <IconButton label="Full screen" icon={<Maximize size={16} />} onClick={onFullScreen} />
      </div>
    </div>
  )
}
