import { Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react'
import { type FrameRate, timecode } from '../../../shared/frame-rate.ts'
import { registry } from '../../commands/registry.ts'
import { PACES, playedRange, setReviewSound, useReview } from '../../state/review.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { Volume } from '../../ui/volume.tsx'

/** Seconds and frames: what changes within a clip. */
const shortTime = (frame: number, rate: FrameRate): string => timecode(frame, rate).slice(-5)

function Go({ id, label, icon }: { id: string; label: string; icon: React.ReactNode }) {
  return <IconButton label={label} keys={registry.keysOf(id)} icon={icon} onClick={() => registry.run(id)} />
}

function Place() {
  const frame = useReview((review) => review.frame)
  const told = useReview((review) => review.told)
  const speed = useReview((review) => review.speed)
  return (
    <div className="row review-place">
      <span className="review-time num">{told ? timecode(frame, told.rate) : '--:--:--:--'}</span>
      <span className="review-frame t3 c12 num">{told ? `frame ${frame + 1} of ${told.frames}` : 'Not read yet'}</span>
      {speed !== 0 && speed !== 1 && (
        <span className="chip num">
          <span aria-hidden>{speed < 0 ? `◀ ${-speed}×` : `${speed}× ▶`}</span>
          <span className="hidden-text">{speed < 0 ? `Backwards ${-speed} times` : `${speed} times`}</span>
        </span>
      )}
    </div>
  )
}

function RangeText() {
  const range = useReview((review) => review.range)
  const told = useReview((review) => review.told)
  if (!range || !told) return null
  const { from, to } = playedRange({ range, told })
  const text = `In ${shortTime(from, told.rate)} Out ${shortTime(to, told.rate)}`
  return (
    <span className="review-range row">
      <Button
        size="small"
        look="ghost"
        className="num"
        aria-label={`${text}, clear the range`}
        title="Clear the range"
        onClick={() => registry.run('review.clearRange')}
      >
        {text}
      </Button>
      <span className="separator" />
    </span>
  )
}

function PaceMenu() {
  const pace = useReview((review) => review.pace)
  return (
    <Menu
      trigger={
        <Button size="small" look="ghost" className="num" aria-label={`${pace}×, playback rate`}>
          {pace}×
        </Button>
      }
    >
      {PACES.map((each) => (
        <MenuChoice key={each} checked={each === pace} onClick={() => useReview.setState({ pace: each })}>
          {each}×
        </MenuChoice>
      ))}
    </Menu>
  )
}

function Sound() {
  const muted = useReview((review) => review.muted)
  const volume = useReview((review) => review.volume)
  return <Volume muted={muted} volume={volume} keys={registry.keysOf('review.mute')} onChange={setReviewSound} />
}

/** Where the picture stands, and what moves it. */
export function Transport() {
  const playing = useReview((review) => review.speed !== 0)
  const loop = useReview((review) => review.loop)
  return (
    <div className="review-transport">
      <Place />
      <div className="row review-centre">
        <Go id="review.goIn" label="Go to in" icon={<SkipBack size={16} />} />
        <Go id="review.previousFrame" label="Back one frame" icon={<StepBack size={16} />} />
        <button
          type="button"
          className="play-button"
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => registry.run('review.play')}
        >
          {playing ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
        </button>
        <Go id="review.nextFrame" label="Forward one frame" icon={<StepForward size={16} />} />
        <Go id="review.goOut" label="Go to out" icon={<SkipForward size={16} />} />
      </div>
      <div className="row review-end">
        <RangeText />
        <PaceMenu />
        <IconButton
          label="Loop"
          keys={registry.keysOf('review.loop')}
          on={loop}
          aria-pressed={loop}
          icon={<Repeat size={16} />}
          onClick={() => registry.run('review.loop')}
        />
        <Sound />
      </div>
    </div>
  )
}
