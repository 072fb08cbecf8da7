import './rerun.css'
import { ChevronDown, ChevronRight, Undo2 } from 'lucide-react'
import type { Scene } from '../../../shared/model.ts'
import {
  dropEdit,
  editPrompt,
  hasNote,
  isSameAgain,
  promptIn,
  promptProblem,
  type Rejected,
  RERUN_SEEDS,
  type RerunChoices,
  type RerunSeed,
  seedForOne,
  seedOf,
  toggleUnfolded,
  withNote,
  withoutNote,
} from '../../state/rerun.ts'
import { capital, padNumber, plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import type { SeedLabel } from '../../state/seeds.ts'
import type { Item } from './items.ts'
import type { Line } from './lines.ts'

/** What is set for scenes that are tried again, and how it is changed. */
export interface Rerun {
  readonly choices: RerunChoices
  /** That can be mentioned in a prompt. */
  readonly names: readonly string[]
  onChange(choices: RerunChoices): void
}

/** A scene of such a batch with what was rejected of it. */
const triedOf = ({ scene, again }: Item): { scene: Scene; again: Rejected } | null =>
  scene && again ? { scene, again } : null

/** How the seed of another try reads. */
function chipOf({
  scene,
  again,
  seed,
  value,
}: {
  scene: Scene
  again: Rejected
  seed: RerunSeed
  value: number | null
}): SeedLabel {
  if (seed === 'same') return { kind: 'locked', text: String(again.take.request.seed) }
  if (seed === 'new') return { kind: 'random', text: 'New' }
  const { kind } = scene.seed
  if (kind === 'random') return { kind, text: 'Random' }
  return { kind, text: value === null ? (kind === 'walk' ? 'Walk' : 'Linked') : String(value) }
}

const SEED_WORDS: Readonly<Record<RerunSeed, string>> = {
  new: 'A new seed',
  same: 'The seed of the rejected take',
  scene: 'As the scene says',
}

/** The seed of one scene, to choose otherwise than for the rest. */
export function RerunSeedCell({ line, rerun }: { line: Line & { kind: 'item' }; rerun: Rerun }) {
  const tried = triedOf(line.item)
  if (!tried) return null
  const { scene, again } = tried
  const seed = seedOf(rerun.choices, scene.id)
  const locked = scene.seed.kind === 'locked' ? scene.seed.value : null
  const chip = chipOf({ scene, again, seed, value: seed === 'scene' ? (line.row?.seedValue ?? locked) : null })
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="rerun-seed"
          aria-label={`Seed of scene ${scene.number}: ${SEED_WORDS[seed]}, ${chip.text}`}
        >
          <SeedChip {...chip} />
          <ChevronDown size={12} aria-hidden />
        </button>
      }
    >
      {RERUN_SEEDS.map((each) => (
        <MenuChoice
          key={each}
          checked={each === seed}
          hint={each === 'same' ? String(again.take.request.seed) : undefined}
          onClick={() => rerun.onChange(seedForOne(rerun.choices, scene.id, each))}
        >
          {SEED_WORDS[each]}
        </MenuChoice>
      ))}
    </Menu>
  )
}

/** Shows the prompt of a scene with its notes, or folds it away. */
export function RerunFold({ item, rerun }: { item: Item; rerun: Rerun }) {
  const tried = triedOf(item)
  if (!tried) return null
  const { scene, again } = tried
  const open = rerun.choices.unfolded.has(scene.id)
  const notes = again.notes.length
  const Icon = open ? ChevronDown : ChevronRight
  return (
    <IconButton
      size="small"
      label={`Prompt of scene ${scene.number}${notes > 0 ? ` and ${plural(notes, 'open note')}` : ''}`}
      aria-expanded={open}
      icon={<Icon size={14} />}
      onClick={() => rerun.onChange(toggleUnfolded(rerun.choices, scene.id))}
    />
  )
}

/** What is to be known of another try before it is paid for. */
export function rerunNote(
  item: Item,
  { choices }: Pick<Rerun, 'choices'>,
): { text: string; attention: boolean } | null {
  const tried = triedOf(item)
  if (!tried) return null
  const { scene, again } = tried
  const edited = promptIn(choices, scene) !== scene.prompt
  if (again.doubt) return { text: again.doubt, attention: false }
  if (isSameAgain(scene, again, seedOf(choices, scene.id), edited))
    return { text: 'Same seed and nothing changed: the same clip again', attention: true }
  const notes = again.notes.length > 0 ? `, ${plural(again.notes.length, 'open note')}` : ''
  const text = `${edited ? 'prompt edited, ' : ''}take ${again.take.number} rejected${notes}`
  return { text: capital(text), attention: false }
}

/** The prompt of a scene that is tried again, and the notes that could go into it. Nothing goes in by itself. */
export function PromptRow({ item, rerun }: { item: Item; rerun: Rerun }) {
  const tried = triedOf(item)
  if (!tried) return null
  const { scene, again } = tried
  const { choices, names, onChange } = rerun
  const prompt = promptIn(choices, scene)
  const write = (text: string) =>
    onChange(text === scene.prompt ? dropEdit(choices, scene.id) : editPrompt(choices, scene.id, text))
  return (
    <tr className="rerun-prompt">
      <td colSpan={7}>
        <div className="rerun-editor">
          <Field
            label={`Prompt of scene ${padNumber(scene.number)}`}
            aside={
              prompt !== scene.prompt && (
                <Button size="small" look="ghost" icon={<Undo2 size={14} />} onClick={() => write(scene.prompt)}>
                  Put back
                </Button>
              )
            }
            error={promptProblem(prompt, names)}
          >
            {(ids) => (
              <TextArea
                {...ids}
                value={prompt}
                onChange={(event) => write(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return
                  event.stopPropagation()
                  onChange(toggleUnfolded(choices, scene.id))
                }}
              />
            )}
          </Field>
          <ul aria-label={`Open notes on scene ${padNumber(scene.number)}`}>
            {again.notes.length === 0 && <li className="t3 c12">No open note on the rejected takes.</li>}
            {again.notes.map(({ note, take }) => {
              const inside = hasNote(prompt, note.text)
              return (
                <li key={note.id}>
                  <p className="c12">
                    <span className="t3 num">
                      Take {take.number}, frame {note.from + 1}
                    </span>{' '}
                    {note.text}
                  </p>
                  <Button
                    size="small"
                    aria-pressed={inside}
                    onClick={() => write(inside ? withoutNote(prompt, note.text) : withNote(prompt, note.text))}
                  >
                    {inside ? 'Take out' : 'Add to the prompt'}
                  </Button>
                </li>
              )
            })}
          </ul>
        </div>
      </td>
    </tr>
  )
}
