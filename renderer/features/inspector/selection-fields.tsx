import { Dice5, Lock } from 'lucide-react'
import type { Cast, Scene } from '../../../shared/model.ts'
import {
  ASPECT_RATIOS,
  DURATION,
  listPrice,
  type Resolution,
  RESOLUTIONS,
} from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { type BatchEdit, common, mixedSeconds, type SeedChoice } from '../../state/batch-edit.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { choiceText, referencesText } from '../../state/references.ts'
import { listText, parseSeed, rollSeed } from '../../state/seeds.ts'
import { castNames, padNumber, plural } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { MenuChoice, MenuGroup, MenuSeparator } from '../../ui/menu.tsx'
import { FieldMenu } from './field-menu.tsx'
import { RatioPicture } from './ratio-picture.tsx'

const SECONDS = Array.from({ length: DURATION.max - DURATION.min + 1 }, (_, at) => DURATION.min + at)

interface Props {
  readonly board: OpenBoard
  readonly chosen: readonly Scene[]
  readonly edit: BatchEdit
  onChange(patch: BatchEdit): void
}

/** `Mixed, 3 at 720p and 1 at 1080p`; null when all have the same. */
function mixedResolutions(scenes: readonly Scene[]): string | null {
  if (common(scenes.map(({ resolution }) => resolution)) !== null) return null
  const counts = RESOLUTIONS.map(
    (resolution) => `${scenes.filter((scene) => scene.resolution === resolution).length} at ${resolution}`,
  )
  return `Mixed, ${listText(counts)}`
}

/** Which of the cast all chosen scenes shall send. */
function ReferenceField({ cast, chosen, edit, onChange }: { cast: Cast } & Omit<Props, 'board'>) {
  const now = referencesText(chosen, cast)
  const wished =
    edit.references === undefined
      ? null
      : edit.references === null
        ? 'As mentioned'
        : choiceText(edit.references, cast.references)
  const shown = wished ?? now
  const choice = (label: string, references: Scene['references']) => (
    <MenuChoice key={label} checked={shown === label} onClick={() => onChange({ references })}>
      {label}
    </MenuChoice>
  )
  return (
    <div className="setting">
      <span>References</span>
      <FieldMenu
        label="References of the chosen scenes"
        value={shown}
        mixed={shown === 'Mixed'}
        hint={cast.references.length}
      >
        <MenuGroup label={cast.title}>
          {choice('As mentioned', null)}
          {choice(
            'Whole cast',
            cast.references.map(({ id }) => id),
          )}
          {castNames(cast).length > 1 &&
            castNames(cast).map((name) =>
              choice(
                `Only ${name}`,
                cast.references.filter((reference) => reference.name === name).map(({ id }) => id),
              ),
            )}
        </MenuGroup>
      </FieldMenu>
    </div>
  )
}

/** Resolution, aspect, seconds and references of several scenes: what they have, or what they shall have. */
export function SelectionSettings({ board, chosen, edit, onChange }: Props) {
  const aspect = edit.aspectRatio ?? common(chosen.map(({ aspectRatio }) => aspectRatio))
  const seconds = edit.duration ?? common(chosen.map(({ duration }) => duration))
  const resolution = edit.resolution ?? common(chosen.map((scene) => scene.resolution))
  return (
    <section className="section" aria-label="Shot">
      <div className="setting">
        <span>Resolution</span>
        <Segmented<Resolution>
          full
          label="Resolution"
          value={resolution}
          options={RESOLUTIONS.map((value) => ({ value, label: value }))}
          onChange={(value) => onChange({ resolution: value })}
        />
      </div>
      {resolution === null && <p className="field-note setting-note">{mixedResolutions(chosen)}</p>}
      <div className="setting">
        <span>Aspect</span>
        <FieldMenu label="Aspect of the chosen scenes" value={aspect ?? 'Mixed'} mixed={aspect === null}>
          {ASPECT_RATIOS.map((ratio) => (
            <MenuChoice
              key={ratio}
              checked={aspect === ratio}
              hint={<RatioPicture ratio={ratio} />}
              onClick={() => onChange({ aspectRatio: ratio })}
            >
              {ratio}
            </MenuChoice>
          ))}
        </FieldMenu>
      </div>
      <div className="setting">
        <span>Duration</span>
        <FieldMenu
          label="Duration of the chosen scenes"
          value={seconds === null ? mixedSeconds(chosen) : `${seconds} s`}
          mixed={seconds === null}
        >
          {SECONDS.map((each) => (
            <MenuChoice
              key={each}
              checked={seconds === each}
              hint={resolution && formatUsdExact(listPrice(resolution, each))}
              onClick={() => onChange({ duration: each })}
            >
              {each} s
            </MenuChoice>
          ))}
          <MenuSeparator />
          <p className="menu-label">Price of one take</p>
        </FieldMenu>
      </div>
      {board.cast && board.cast.references.length > 0 && (
        <ReferenceField cast={board.cast} chosen={chosen} edit={edit} onChange={onChange} />
      )}
    </section>
  )
}

/** How many scenes are named in a sentence. */
const NAMED = 4

/** What one seed for all would change. */
function seedNote(chosen: readonly Scene[], value: number): string {
  const same = chosen.filter(({ seed }) => seed.kind === 'locked' && seed.value === value)
  const rest = chosen.length - same.length
  const change = rest === 0 ? 'Nothing changes.' : `${plural(rest, 'scene')} ${rest === 1 ? 'changes' : 'change'}.`
  if (same.length === 0) return change
  const names = same.map(({ number }) => padNumber(number))
  const named =
    names.length > NAMED ? `${names.length} scenes` : `${names.length === 1 ? 'Scene' : 'Scenes'} ${listText(names)}`
  return `${named} already ${names.length === 1 ? 'uses' : 'use'} this seed. ${change}`
}

/** The seeds of several scenes: each its own, all one, or drawn for each take. */
export function SelectionSeeds({
  chosen,
  choice,
  text,
  onChoose,
  onType,
}: {
  chosen: readonly Scene[]
  choice: SeedChoice
  /** The one seed, as typed. */
  text: string
  onChoose(choice: SeedChoice): void
  onType(text: string): void
}) {
  const seed = parseSeed(text)
  const begin = (next: SeedChoice) => {
    // The seed that is there already is the likeliest one to be shared.
    const known = chosen.find((scene) => scene.seed.kind === 'locked')?.seed
    if (next === 'one' && choice !== 'one' && known?.kind === 'locked') onType(String(known.value))
    onChoose(next)
  }
  return (
    <section className="section" aria-label="Seed">
      <div className="section-label">
        <span>Seed</span>
      </div>
      <Segmented<SeedChoice>
        full
        label="Seed of the chosen scenes"
        value={choice}
        options={[
          { value: 'keep', label: 'Keep each' },
          { value: 'one', label: 'One seed' },
          { value: 'random', label: 'Random' },
        ]}
        onChange={begin}
      />
      {choice === 'one' && (
        <>
          <div className="row seed-row">
            <span className="text-field grow num seed-field">
              <Lock size={14} className="acc" aria-hidden />
              <input
                aria-label="Seed for the chosen scenes"
                aria-invalid={!seed.ok}
                aria-describedby="selection-seed-note"
                inputMode="numeric"
                autoComplete="off"
                value={text}
                onFocus={(event) => event.target.select()}
                onChange={(event) => onType(event.target.value)}
              />
            </span>
            <IconButton label="Roll a seed" icon={<Dice5 size={16} />} onClick={() => onType(String(rollSeed()))} />
          </div>
          <p
            id="selection-seed-note"
            className={seed.ok ? 'field-note' : 'field-note error'}
            role={seed.ok ? undefined : 'alert'}
          >
            {seed.ok ? seedNote(chosen, seed.value) : seed.message}
          </p>
        </>
      )}
      {choice === 'random' && <p className="field-note">Drawn for each take and kept with it.</p>}
    </section>
  )
}
