import { ArrowRight, Dice5, Proportions } from 'lucide-react'
import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { ASPECT_RATIOS, DURATION, RESOLUTIONS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, usdMicros } from '../../../shared/money.ts'
import { type BatchEdit, common, editsFor, mixedSeconds, priceChange } from '../../state/batch-edit.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { attempt, call } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { parseSeed, rollSeed } from '../../state/seeds.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented, Slider } from '../../ui/choice.tsx'
import { Popover } from '../../ui/popover.tsx'
import { TextField } from '../../ui/field.tsx'

const options = <V extends string>(values: readonly V[]) => values.map((value) => ({ value, label: value }))

/** What the change does to the money, before it is made. */
function PriceLine({ board, chosen, edit }: { board: OpenBoard; chosen: readonly Scene[]; edit: BatchEdit }) {
  const { before, after, more } = priceChange(chosen, edit)
  const { left } = board.view.budget
  const rehearsing = board.view.project.provider === 'rehearsal'
  const over = !rehearsing && left !== null && after > left
  return (
    <output className="batch-price">
      <span className="price-words">{rehearsing ? 'One take of each would cost' : 'One take of each'}</span>
      <span className="price-change num">
        {more === 0 ? (
          <b>{formatUsd(before)}</b>
        ) : (
          <>
            {formatUsd(before)} <ArrowRight size={12} aria-label="becomes" /> <b>{formatUsd(after)}</b>{' '}
            <span className="t3">
              {more > 0 ? '+' : '−'}
              {formatUsd(usdMicros(Math.abs(more)))}
            </span>
          </>
        )}
      </span>
      {over && left !== null && <span className="price-over">More than the {formatUsd(left)} left of the cap.</span>}
    </output>
  )
}

type SeedChoice = 'keep' | 'one' | 'random'

/** Resolution, aspect, duration and seed of several scenes, with what they have now and what the change would cost. */
function Params({ board, chosen, onDone }: { board: OpenBoard; chosen: readonly Scene[]; onDone(): void }) {
  const [edit, setEdit] = useState<BatchEdit>({})
  const [seedChoice, setSeedChoice] = useState<SeedChoice>('keep')
  const [seedText, setSeedText] = useState(() => String(rollSeed()))
  const seed = parseSeed(seedText)
  const full: BatchEdit =
    seedChoice === 'keep'
      ? edit
      : seedChoice === 'random'
        ? { ...edit, seed: { kind: 'random' } }
        : seed.ok
          ? { ...edit, seed: { kind: 'locked', value: seed.value } }
          : edit
  const edits = editsFor(chosen, full)
  const mixed = edit.duration === undefined ? mixedSeconds(chosen) : null
  const seconds = edit.duration ?? common(chosen.map(({ duration }) => duration))
  const middle = Math.round(chosen.reduce((sum, scene) => sum + scene.duration, 0) / chosen.length)
  const invalid = seedChoice === 'one' && !seed.ok
  const apply = async () => {
    const done = await attempt(() => call('scene.updateMany', { edits: [...edits] }))
    if (done) onDone()
  }
  return (
    <form
      className="batch-params"
      onSubmit={(event) => {
        event.preventDefault()
        if (edits.length > 0 && !invalid) void apply()
      }}
    >
      <div className="param-row">
        <span>Resolution</span>
        <Segmented
          label="Resolution"
          full
          value={edit.resolution ?? common(chosen.map(({ resolution }) => resolution))}
          options={options(RESOLUTIONS)}
          onChange={(resolution) => setEdit({ ...edit, resolution })}
        />
      </div>
      <div className="param-row">
        <span>Aspect</span>
        <Segmented
          label="Aspect"
          full
          value={edit.aspectRatio ?? common(chosen.map(({ aspectRatio }) => aspectRatio))}
          options={options(ASPECT_RATIOS)}
          onChange={(aspectRatio) => setEdit({ ...edit, aspectRatio })}
        />
      </div>
      <div className="param-row">
        <span>Duration</span>
        <span className="row">
          <Slider
            label="Duration of the chosen scenes"
            unit="seconds"
            min={DURATION.min}
            max={DURATION.max}
            value={seconds ?? middle}
            onChange={(duration) => setEdit({ ...edit, duration })}
          />
          <span className={mixed ? 'param-value num t3' : 'param-value num'}>{mixed ?? `${seconds ?? middle} s`}</span>
        </span>
      </div>
      <div className="param-row">
        <span>Seed</span>
        <Segmented<SeedChoice>
          label="Seed"
          full
          value={seedChoice}
          options={[
            { value: 'keep', label: 'Keep each' },
            { value: 'one', label: 'One seed' },
            { value: 'random', label: 'Random' },
          ]}
          onChange={setSeedChoice}
        />
      </div>
      {seedChoice === 'one' && (
        <div className="param-row">
          <span />
          <span className="row">
            <TextField
              className="grow"
              aria-label="Seed for the chosen scenes"
              aria-invalid={invalid}
              inputMode="numeric"
              value={seedText}
              onChange={(event) => setSeedText(event.target.value)}
            />
            <IconButton
              label="Roll a seed"
              icon={<Dice5 size={16} />}
              onClick={() => setSeedText(String(rollSeed()))}
              type="button"
            />
          </span>
          {!seed.ok && (
            <p className="field-note error" role="alert">
              {seed.message}
            </p>
          )}
        </div>
      )}
      <PriceLine board={board} chosen={chosen} edit={full} />
      <div className="row batch-actions">
        <Button
          type="button"
          disabled={edits.length === 0 && seedChoice === 'keep'}
          onClick={() => {
            setEdit({})
            setSeedChoice('keep')
          }}
        >
          Revert
        </Button>
        <Button type="submit" className="grow" disabled={edits.length === 0 || invalid}>
          {edits.length === 0 ? 'Nothing changes' : `Apply to ${plural(edits.length, 'scene')}`}
        </Button>
      </div>
    </form>
  )
}

/** A button of the batch bar with the settings of the chosen scenes behind it. */
export function ParamsButton({ board, chosen }: { board: OpenBoard; chosen: readonly Scene[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      title="Settings of the chosen scenes"
      align="start"
      className="batch-popover"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="ghost" aria-label="Settings of the selected scenes" icon={<Proportions size={16} />}>
          <span className="wide-only">Settings</span>
        </Button>
      }
    >
      <Params board={board} chosen={chosen} onDone={() => setOpen(false)} />
    </Popover>
  )
}
