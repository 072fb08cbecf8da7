import './volume.css'
import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { IconButton } from './button.tsx'
import { Slider } from './choice.tsx'

/** How loud something plays, and whether it is heard at all. @param volume 0 to 1; kept while it is muted */
export function Volume({
  muted,
  volume,
  keys,
  onChange,
}: {
  muted: boolean
  volume: number
  /** Of the button that mutes. */
  keys?: string | undefined
  onChange(muted: boolean, volume: number): void
}) {
  const Icon = muted ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  return (
    <span className="volume">
      <IconButton
        label={muted ? 'Unmute' : 'Mute'}
        keys={keys}
        aria-pressed={muted}
        icon={<Icon size={16} />}
        onClick={() => onChange(!muted, volume)}
      />
      <span className="volume-slider">
        <Slider
          label="Volume"
          unit="percent"
          min={0}
          max={100}
          value={muted ? 0 : Math.round(volume * 100)}
          onChange={(percent) => onChange(percent === 0, percent === 0 ? volume : percent / 100)}
        />
      </span>
    </span>
  )
}
