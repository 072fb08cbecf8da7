import './choice.css'
import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Radio } from '@base-ui/react/radio'
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group'
import { Slider as BaseSlider } from '@base-ui/react/slider'
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'

export interface SegmentedOption<V extends string> {
  readonly value: V
  readonly label: string
  /** What to draw instead of the label, which then becomes the accessible name. */
  readonly picture?: ReactNode
}

/** One of two to five, all visible. */
export function Segmented<V extends string>({
  value,
  options,
  onChange,
  label,
  full,
}: {
  value: V | null
  options: readonly SegmentedOption<V>[]
  onChange(value: V): void
  label: string
  /** True to fill the width with equal parts. */
  full?: boolean | undefined
}) {
  return (
    <ToggleGroup<V>
      className={full ? 'segmented full' : 'segmented'}
      aria-label={label}
      value={value === null ? [] : [value]}
      onValueChange={([next]) => next !== undefined && onChange(next)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          aria-label={option.label}
          title={option.picture ? option.label : undefined}
        >
          {option.picture ?? option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}

export function Switch({ checked, onChange, label }: { checked: boolean; onChange(on: boolean): void; label: string }) {
  return (
    <BaseSwitch.Root className="switch" checked={checked} onCheckedChange={onChange} aria-label={label}>
      <BaseSwitch.Thumb className="switch-thumb" />
    </BaseSwitch.Root>
  )
}

/** A box to tick; `mixed` shows a dash for a group that is partly ticked. */
export function Checkbox({
  checked,
  mixed,
  onChange,
  label,
  disabled,
}: {
  checked: boolean
  mixed?: boolean | undefined
  onChange(on: boolean): void
  label: string
  disabled?: boolean | undefined
}) {
  return (
    <BaseCheckbox.Root
      className="checkbox"
      // The hidden input of one without a name is fixed to the window, and layered apart from the page.
      name={label}
      checked={checked}
      indeterminate={mixed ?? false}
      disabled={disabled ?? false}
      onCheckedChange={onChange}
      aria-label={label}
    >
      <BaseCheckbox.Indicator className="checkbox-mark">
        {mixed ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  )
}

export function Slider({
  value,
  min,
  max,
  label,
  unit,
  onChange,
  onCommit,
}: {
  value: number
  min: number
  max: number
  label: string
  /** Read aloud after the value. */
  unit?: string | undefined
  onChange(value: number): void
  /** When the thumb is let go or a key is pressed. */
  onCommit?: ((value: number) => void) | undefined
}) {
  return (
    <BaseSlider.Root<number>
      className="slider"
      value={value}
      min={min}
      max={max}
      onValueChange={(next) => onChange(next)}
      onValueCommitted={(next) => onCommit?.(next)}
    >
      <BaseSlider.Control className="slider-control">
        <BaseSlider.Track className="slider-track">
          <BaseSlider.Indicator className="slider-fill" />
          <BaseSlider.Thumb
            className="slider-thumb"
            aria-label={label}
            getAriaValueText={(_text, current) => (unit ? `${current} ${unit}` : String(current))}
          />
        </BaseSlider.Track>
      </BaseSlider.Control>
    </BaseSlider.Root>
  )
}

export interface RadioOption<V extends string> {
  readonly value: V
  readonly label: ReactNode
  /** At the right of the label. */
  readonly aside?: ReactNode
  readonly text?: ReactNode
}

/** One of a list; as `cards` each option is a framed block with a line of text. */
export function RadioList<V extends string>({
  value,
  options,
  onChange,
  label,
  cards,
}: {
  value: V
  options: readonly RadioOption<V>[]
  onChange(value: V): void
  label: string
  cards?: boolean | undefined
}) {
  return (
    <BaseRadioGroup<V>
      className={cards ? 'radio-list cards' : 'radio-list'}
      value={value}
      onValueChange={(next) => onChange(next)}
      aria-label={label}
    >
      {options.map((option) => (
        <label key={option.value} className="radio-option">
          <Radio.Root value={option.value} className="radio">
            <Radio.Indicator className="radio-dot" />
          </Radio.Root>
          <span className="radio-label">{option.label}</span>
          {option.aside && <span className="radio-aside num">{option.aside}</span>}
          {option.text && <span className="radio-text">{option.text}</span>}
        </label>
      ))}
    </BaseRadioGroup>
  )
}
