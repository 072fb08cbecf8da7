import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { MoneyField } from '../../common/money-field.tsx'
import type { Previews } from '../../common/use-previews.ts'
import type { GenerateWish, Pass } from '../../state/generate-wish.ts'
import { PASSES } from '../../state/generate-wish.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { imageUrl } from '../../state/media.ts'
import { call } from '../../state/requests.ts'
import { parseSeed, SEED_RANGE_TEXT } from '../../state/seeds.ts'
import { plural, sentReferences } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioList, Segmented } from '../../ui/choice.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { coverText } from './lines.ts'
import type { Choices, SeedKind } from './order.ts'
import { RerunOptions } from './rerun-options.tsx'

const PASS_WORDS: Readonly<Record<Pass, { label: string; text: string }>> = {
  '720p': { label: 'Draft, 720p', text: 'Good for timing and choosing seeds.' },
  '1080p': { label: 'Final, 1080p', text: '' },
  scenes: { label: 'As set per scene', text: '' },
}

const SEED_OPTIONS: readonly { value: SeedKind; label: string }[] = [
  { value: 'keep', label: 'Keep locked, roll the rest' },
  { value: 'pick', label: 'Seed of each pick' },
  { value: 'one', label: 'One seed for all' },
  { value: 'random', label: 'New random seeds' },
]

const TAKE_SEED_OPTIONS: readonly { value: SeedKind; label: string }[] = [
  { value: 'keep', label: 'The seed of each take' },
  { value: 'random', label: 'New random seeds' },
]

const TAKES = ['1', '2', '3', '4'] as const

const ofTakes = (wish: GenerateWish) => wish.kind === 'takes' || wish.kind === 'final'

function PassChoice({
  wish,
  choices,
  previews,
  rehearsing,
  onChange,
}: {
  wish: GenerateWish
  choices: Choices
  previews: Previews['byPass']
  rehearsing: boolean
  onChange(choices: Choices): void
}) {
  return (
    <section className="option" aria-label="Pass">
      <h3 className="section-label">Pass</h3>
      <RadioList<Pass>
        cards
        label="Pass"
        value={choices.pass}
        onChange={(pass) => onChange({ ...choices, pass })}
        options={PASSES.map((pass) => {
          const preview = previews[pass]
          const { label, text } = PASS_WORDS[pass]
          return {
            value: pass,
            label: pass === 'scenes' && ofTakes(wish) ? 'As each take was' : label,
            aside: preview ? `${rehearsing ? 'would cost ' : ''}${formatUsd(preview.total)}` : '',
            text: [preview && !rehearsing && coverText(preview), text].filter(Boolean).join(' ') || undefined,
          }
        })}
      />
    </section>
  )
}

function OneSeed({ choices, onChange }: { choices: Choices; onChange(choices: Choices): void }) {
  const wrong = !parseSeed(choices.seedText).ok
  return (
    <span className="one-seed">
      <span className="text-field num">
        <input
          aria-label="Seed for all scenes"
          aria-invalid={wrong}
          inputMode="numeric"
          autoComplete="off"
          value={choices.seedText}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange({ ...choices, seedText: event.target.value })}
        />
      </span>
      {wrong && (
        <span className="field-note error" role="alert">
          {SEED_RANGE_TEXT}
        </span>
      )}
    </span>
  )
}

function SeedChoice({
  wish,
  choices,
  onChange,
}: {
  wish: GenerateWish
  choices: Choices
  onChange(choices: Choices): void
}) {
  if (wish.kind === 'cells') return null
  return (
    <section className="option" aria-label="Seeds">
      <h3 className="section-label">Seeds</h3>
      <RadioList<SeedKind>
        label="Seeds"
        value={choices.seeds}
        onChange={(seeds) => onChange({ ...choices, seeds })}
        options={(ofTakes(wish) ? TAKE_SEED_OPTIONS : SEED_OPTIONS).map(({ value, label }) => ({
          value,
          label:
            value === 'one' && choices.seeds !== 'one' ? (
              <>
                {label} <span className="t3 num">{choices.seedText}</span>
              </>
            ) : (
              label
            ),
          text: value === 'one' && choices.seeds === 'one' && <OneSeed choices={choices} onChange={onChange} />,
        }))}
      />
    </section>
  )
}

function TakesChoice({
  choices,
  sameSeed,
  onChange,
}: {
  choices: Choices
  sameSeed: boolean
  onChange(choices: Choices): void
}) {
  return (
    <section className="option" aria-label="Takes per scene">
      <h3 className="section-label">Takes per scene</h3>
      <Segmented
        full
        label="Takes per scene"
        value={String(choices.takes)}
        options={TAKES.map((value) => ({ value, label: value }))}
        onChange={(value) => onChange({ ...choices, takes: Number(value) })}
      />
      {choices.takes > 1 && sameSeed && (
        <p className="field-note">Takes of a scene with a locked seed all get that seed.</p>
      )}
      <div className="row c12 t2">
        <Checkbox
          label="Leave out what is made already"
          checked={choices.missingOnly}
          onChange={(missingOnly) => onChange({ ...choices, missingOnly })}
        />
        Leave out what is made already
      </div>
    </section>
  )
}

function BatchLimit({ board }: { board: OpenBoard }) {
  const [open, setOpen] = useState(false)
  const { id, batchLimit } = board.view.project
  return (
    <section className="option" aria-label="Limit for one batch">
      <h3 className="section-label">
        <span>Limit for one batch</span>
        <Button
          look="ghost"
          size="small"
          className="num limit-button"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          {batchLimit === null ? 'None' : formatUsd(batchLimit)}
        </Button>
      </h3>
      {open && (
        <MoneyField
          key={`batch${batchLimit}`}
          label="The most one batch may reserve"
          hint="Whatever is left of the cap. Nothing for no limit."
          saved={batchLimit}
          onSave={(limit) => call('project.update', { projectId: id, patch: { batchLimit: limit } })}
        />
      )}
    </section>
  )
}

function CastSent({ board, scenes, onOpenCast }: { board: OpenBoard; scenes: readonly Scene[]; onOpenCast(): void }) {
  const { cast } = board
  if (!cast || cast.references.length === 0) {
    return (
      <section className="option" aria-label="Cast">
        <h3 className="section-label">Cast</h3>
        <Notice
          tone="attention"
          title="No reference images yet"
          action={
            <button type="button" className="btn small" onClick={onOpenCast}>
              Add images
            </button>
          }
        >
          A take needs at least one.
        </Notice>
      </section>
    )
  }
  const sent = scenes.map((scene) => sentReferences(scene, cast))
  const used = new Set(sent.flatMap((references) => references.map(({ id }) => id)))
  const shown = cast.references.filter(({ id }) => used.has(id))
  const differs = sent.some((references) => references.length !== shown.length)
  return (
    <section className="option" aria-label="Cast">
      <h3 className="section-label">
        <span>Cast</span>
        <span className="t3 num">
          {cast.title}, {plural(shown.length, 'image')}
        </span>
      </h3>
      <ul className="cast-sent">
        {shown.map((reference) => (
          <li key={reference.id}>
            <Thumb src={imageUrl(reference.image.sha256)} label={reference.name} size={33} />
          </li>
        ))}
      </ul>
      {differs && <p className="field-note">Each scene sends the images its prompt mentions.</p>}
    </section>
  )
}

/** The left column: how the batch is made. */
export function Options({
  board,
  wish,
  choices,
  previews,
  scenes,
  sameSeed,
  edits,
  onChange,
  onOpenCast,
}: {
  board: OpenBoard
  wish: GenerateWish
  choices: Choices
  previews: Previews['byPass']
  /** Those that are asked for. */
  scenes: readonly Scene[]
  sameSeed: boolean
  /** Prompts edited in the dialog. */
  edits: number
  onChange(choices: Choices): void
  onOpenCast(): void
}) {
  const rehearsing = board.view.project.provider === 'rehearsal'
  return (
    <div className="generate-options">
      {wish.kind === 'rerun' ? (
        <RerunOptions
          choices={choices.rerun}
          preview={previews.scenes ?? null}
          rehearsing={rehearsing}
          edits={edits}
          onChange={(rerun) => onChange({ ...choices, rerun })}
        />
      ) : (
        <>
          <PassChoice wish={wish} choices={choices} previews={previews} rehearsing={rehearsing} onChange={onChange} />
          <SeedChoice wish={wish} choices={choices} onChange={onChange} />
        </>
      )}
      {wish.kind === 'scenes' && <TakesChoice choices={choices} sameSeed={sameSeed} onChange={onChange} />}
      {ofTakes(wish) ? (
        <p className="field-note">
          Each is made again from the prompt and the references of its take, also when the scene was changed since.
        </p>
      ) : (
        <CastSent board={board} scenes={scenes} onOpenCast={onOpenCast} />
      )}
      {!rehearsing && <BatchLimit board={board} />}
    </div>
  )
}
