import {
  ChevronDown,
  ChevronUp,
  Pause,
  Play,
  Repeat,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react'
import type { RefObject } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { clipUrl, posterUrl } from '../../state/media.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Slider } from '../../ui/choice.tsx'
import { Notice } from '../../ui/empty.tsx'
import { timecode } from './playback.ts'
import type { Playback } from './use-playback.ts'

/** Where the arrows lead; null where there is nothing. */
export interface Ways {
  readonly previousTake: TakeId | null
  readonly nextTake: TakeId | null
  readonly previousScene: TakeId | null
  readonly nextScene: TakeId | null
}

/** The clip, as large as fits. */
export function Stage({
  take,
  video,
  playback,
}: {
  take: Take
  video: RefObject<HTMLVideoElement | null>
  playback: Playback
}) {
  const { resolution, aspectRatio } = take.request
  return (
    <div className="stage">
      <video
        key={take.id}
        ref={video}
        className="stage-video"
        src={clipUrl(take.id)}
        poster={posterUrl(take, 0) ?? undefined}
        aria-label={`Take ${take.number}, ${resolution}, ${aspectRatio}`}
        autoPlay
        playsInline
        muted={playback.muted}
        loop={playback.loop}
        {...playback.listeners}
        onClick={playback.toggle}
      >
        {/* The clips have no speech to caption. */}
        <track kind="captions" />
      </video>
      {playback.broken && (
        <div className="stage-error">
          <Notice
            tone="error"
            title="The clip could not be played"
            action={
              <Button size="small" onClick={playback.retry}>
                Try again
              </Button>
            }
          >
            Its file may be missing from the library, or hold a format this computer cannot decode. The take itself is
            kept.
          </Notice>
        </div>
      )}
    </div>
  )
}

/** Play, frames, scrubbing, and the way to other takes and scenes. */
export function Controls({
  playback,
  ways,
  playButton,
  onGo,
}: {
  playback: Playback
  ways: Ways
  playButton: RefObject<HTMLButtonElement | null>
  onGo(takeId: TakeId | null): void
}) {
  const { playing, frame, frames, muted, loop } = playback
  return (
    <div className="player-controls">
      <Slider
        label="Frame"
        unit={`of ${frames}`}
        min={0}
        max={Math.max(1, frames - 1)}
        value={frame}
        onChange={playback.seek}
      />
      <div className="player-row">
        <div className="row">
          <span className="player-time num">{timecode(frame)}</span>
          <span className="t3 c12 num">
            frame {frame + 1} of {frames}
          </span>
        </div>
        <div className="row player-center">
          <IconButton
            label="Previous scene"
            keys="PageUp"
            icon={<SkipBack size={16} />}
            disabled={ways.previousScene === null}
            onClick={() => onGo(ways.previousScene)}
          />
          <IconButton
            label="Back one frame"
            keys="ArrowLeft"
            icon={<StepBack size={16} />}
            onClick={() => playback.step(-1)}
          />
          <button
            ref={playButton}
            type="button"
            className="play-button"
            aria-label={playing ? 'Pause' : 'Play'}
            onClick={playback.toggle}
          >
            {playing ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
          </button>
          <IconButton
            label="Forward one frame"
            keys="ArrowRight"
            icon={<StepForward size={16} />}
            onClick={() => playback.step(1)}
          />
          <IconButton
            label="Next scene"
            keys="PageDown"
            icon={<SkipForward size={16} />}
            disabled={ways.nextScene === null}
            onClick={() => onGo(ways.nextScene)}
          />
        </div>
        <div className="row player-end">
          <IconButton
            label="Previous take"
            keys="ArrowUp"
            icon={<ChevronUp size={16} />}
            disabled={ways.previousTake === null}
            onClick={() => onGo(ways.previousTake)}
          />
          <IconButton
            label="Next take"
            keys="ArrowDown"
            icon={<ChevronDown size={16} />}
            disabled={ways.nextTake === null}
            onClick={() => onGo(ways.nextTake)}
          />
          <span className="separator" />
          <IconButton
            label="Loop"
            keys="l"
            on={loop}
            aria-pressed={loop}
            icon={<Repeat size={16} />}
            onClick={() => playback.setLoop(!loop)}
          />
          <IconButton
            label={muted ? 'Unmute' : 'Mute'}
            keys="m"
            aria-pressed={muted}
            icon={muted ? <VolumeX size={16} /> : <Volume2 size={16} />}
            onClick={() => playback.setMuted(!muted)}
          />
        </div>
      </div>
    </div>
  )
}
