import { type ReactNode, useState } from 'react'
import type { SceneDefaults } from '../../../shared/model.ts'
import {
  ASPECT_RATIOS,
  type AspectRatio,
  DURATION,
  type Resolution,
  RESOLUTIONS,
} from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { Segmented, Slider } from '../../ui/choice.tsx'
import { RatioPicture } from './ratio-picture.tsx'

type Shot = Pick<SceneDefaults, 'resolution' | 'aspectRatio' | 'duration'>

/** Slider and field of one value. While the thumb is dragged only this control changes; the engine hears the end of it. */
function Duration({ value, onChange }: { value: number; onChange(seconds: number): void }) {
  const [dragged, setDragged] = useState<number | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setDragged(null)
  }
  const shown = dragged ?? value
  const number = typed === null ? Number.NaN : Number(typed)
  const valid = typed === null || (Number.isInteger(number) && number >= DURATION.min && number <= DURATION.max)
  const range = `${DURATION.min} to ${DURATION.max} whole seconds.`
  const finish = () => {
    if (typed !== null && valid && number !== value) onChange(number)
    setTyped(null)
  }
  return (
    <div className="duration">
      <Slider
        label="Duration"
        unit="seconds"
        min={DURATION.min}
        max={DURATION.max}
        value={shown}
        onChange={setDragged}
        onCommit={(seconds) => (seconds === value ? setDragged(null) : onChange(seconds))}
      />
      <span className="text-field duration-field num">
        <input
          aria-label="Duration in seconds"
          aria-invalid={!valid}
          title={range}
          inputMode="numeric"
          value={typed ?? String(shown)}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <span>s</span>
      </span>
      {!valid && (
        <p className="field-note error" role="alert">
          {range}
        </p>
      )}
    </div>
  )
}

/** Resolution, aspect ratio and duration, of a scene or of a storyboard's new scenes. */
export function ShotSettings({
  value,
  title,
  onChange,
  children,
}: {
  value: Shot
  title?: string | undefined
  onChange(patch: Partial<Shot>): void
  /** Further settings below. */
  children?: ReactNode
}) {
  return (
    <section className="section" aria-label={title ?? 'Shot'}>
      {title && (
        <div className="section-label">
          <span>{title}</span>
        </div>
      )}
      <div className="setting">
        <span>Resolution</span>
        <Segmented<Resolution>
          full
          label="Resolution"
          value={value.resolution}
          options={RESOLUTIONS.map((resolution) => ({ value: resolution, label: resolution }))}
          onChange={(resolution) => onChange({ resolution })}
        />
      </div>
      <div className="setting">
        <span>Aspect</span>
        <Segmented<AspectRatio>
          full
          label="Aspect ratio"
          value={value.aspectRatio}
          options={ASPECT_RATIOS.map((ratio) => ({
            value: ratio,
            label: ratio,
            picture:
              ratio === value.aspectRatio ? <span className="num c11">{ratio}</span> : <RatioPicture ratio={ratio} />,
          }))}
          onChange={(aspectRatio) => onChange({ aspectRatio })}
        />
      </div>
      <div className="setting">
        <span>Duration</span>
        <Duration value={value.duration} onChange={(duration) => onChange({ duration })} />
      </div>
      {children}
    </section>
  )
}
