import { ChevronDown } from 'lucide-react'
import type { FrameRate } from '../../../shared/frame-rate.ts'
import { type ClipForm, rateText, sizeText } from '../../../shared/sequence.ts'
import { SLATE_PARTS, type SlatePart } from '../../../shared/slate-band.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Switch } from '../../ui/choice.tsx'
import { NumberField } from '../../ui/field.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'

/** What the artist chose. Null keeps what the first clip has. */
export interface ExportChoice {
  readonly size: { readonly width: number; readonly height: number } | null
  readonly rate: FrameRate | null
  readonly slates: boolean
  readonly parts: readonly SlatePart[]
  /** Null writes them throughout. */
  readonly slateFrames: number | null
}

export const USUAL_CHOICE: ExportChoice = {
  size: null,
  rate: null,
  slates: false,
  parts: ['slate', 'scene', 'take', 'seed', 'date'],
  slateFrames: null,
}

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 1080, height: 1920 },
]
const RATES: readonly FrameRate[] = [24, 25, 30].map((num) => ({ num, den: 1 }))

/** Those of the clips first, then the usual ones, each once. */
function distinct<T>(all: readonly T[], text: (value: T) => string): readonly T[] {
  return [...new Map(all.map((value) => [text(value), value])).values()]
}

function Choice<T>({
  label,
  first,
  value,
  options,
  text,
  onChange,
}: {
  label: string
  /** How it is with the first clip. */
  first: string
  value: T | null
  options: readonly T[]
  text(value: T): string
  onChange(value: T | null): void
}) {
  const shown = value === null ? `${first}, as the first clip` : text(value)
  return (
    <div className="export-row">
      <span className="t2">{label}</span>
      <Menu
        align="start"
        trigger={
          <Button size="small" className="num" aria-label={`${label}: ${shown}`}>
            {shown}
            <ChevronDown size={12} aria-hidden />
          </Button>
        }
      >
        <MenuChoice checked={value === null} onClick={() => onChange(null)}>
          {first}, as the first clip
        </MenuChoice>
        {options
          .filter((option) => text(option) !== first)
          .map((option) => (
            <MenuChoice
              key={text(option)}
              checked={value !== null && text(value) === text(option)}
              onClick={() => onChange(option)}
            >
              {text(option)}
            </MenuChoice>
          ))}
      </Menu>
    </div>
  )
}

const PART_NAMES: Readonly<Record<SlatePart, string>> = {
  slate: 'Slate',
  scene: 'Scene',
  take: 'Take',
  seed: 'Seed',
  date: 'Date',
}

/** Size, rate and slates of the file. */
export function ExportOptions({
  forms,
  choice,
  onChange,
}: {
  /** Of the clips, in their order; at least one. */
  forms: readonly ClipForm[]
  choice: ExportChoice
  onChange(choice: ExportChoice): void
}) {
  const [first] = forms
  if (!first) return null
  const toggle = (part: SlatePart, on: boolean) =>
    onChange({ ...choice, parts: SLATE_PARTS.filter((each) => (each === part ? on : choice.parts.includes(each))) })
  const ofSize = ({ width, height }: { width: number; height: number }) => sizeText(width, height)
  return (
    <div className="export-options">
      <Choice
        label="Size"
        first={sizeText(first.shownWidth, first.shownHeight)}
        value={choice.size}
        options={distinct(
          [...forms.map(({ shownWidth, shownHeight }) => ({ width: shownWidth, height: shownHeight })), ...SIZES],
          ofSize,
        )}
        text={ofSize}
        onChange={(size) => onChange({ ...choice, size })}
      />
      <Choice
        label="Rate"
        first={rateText(first.rate)}
        value={choice.rate}
        options={distinct([...forms.map(({ rate }) => rate), ...RATES], rateText)}
        text={rateText}
        onChange={(rate) => onChange({ ...choice, rate })}
      />
      <div className="export-row">
        <span className="t2">Slates</span>
        <Switch
          label="Write slates into the pictures"
          checked={choice.slates}
          onChange={(slates) => onChange({ ...choice, slates })}
        />
        <span className="c12 t3">Written into the pictures, so they are encoded again</span>
      </div>
      {choice.slates && (
        <>
          <fieldset className="export-row" aria-label="What the slate says">
            <span />
            {SLATE_PARTS.map((part) => (
              // The box inside carries its own name.
              // oxlint-disable-next-line jsx-a11y/label-has-associated-control
              <label key={part} className="export-part">
                <Checkbox
                  label={PART_NAMES[part]}
                  checked={choice.parts.includes(part)}
                  onChange={(on) => toggle(part, on)}
                />
                <span>{PART_NAMES[part]}</span>
              </label>
            ))}
          </fieldset>
          <div className="export-row">
            <span />
            {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control */}
            <label className="export-part">
              <Checkbox
                label="Throughout"
                checked={choice.slateFrames === null}
                onChange={(on) => onChange({ ...choice, slateFrames: on ? null : 24 })}
              />
              <span>Throughout</span>
            </label>
            {choice.slateFrames !== null && (
              <NumberField
                label="Frames with a slate"
                unit="frames of each clip"
                min={1}
                max={9999}
                value={choice.slateFrames}
                onChange={(slateFrames) => onChange({ ...choice, slateFrames })}
              />
            )}
          </div>
        </>
      )}
    </div>
  )
}
