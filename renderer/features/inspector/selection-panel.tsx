import { CopyCheck, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { registry } from '../../commands/registry.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { type BatchEdit, editsFor, type SeedChoice, seedEdit } from '../../state/batch-edit.ts'
import { currentView } from '../../state/projection.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { attempt, call } from '../../state/requests.ts'
import { parseSeed, rollSeed } from '../../state/seeds.ts'
import { padNumber, plural, stateOf } from '../../state/selectors.ts'
import { textsSaved } from '../../state/texts-saved.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { ApplyDialog } from './apply-dialog.tsx'
import { BatchPrice } from './batch-price.tsx'
import { SelectionSeeds, SelectionSettings } from './selection-fields.tsx'

const SHOWN = 8

/** The pictures of the chosen scenes, with what the row has no room for as a number. */
function Pictures({ board, chosen }: { board: OpenBoard; chosen: readonly Scene[] }) {
  const shown = chosen.length > SHOWN ? SHOWN - 1 : SHOWN
  return (
    <section className="section" aria-label="Chosen scenes">
      <div className="chosen-scenes">
        {chosen.slice(0, shown).map((scene) => (
          <ScenePicture key={scene.id} scene={scene} state={stateOf(board.view, scene)}>
            <span className="plate num chosen-number">{padNumber(scene.number)}</span>
          </ScenePicture>
        ))}
        {chosen.length > shown && <span className="more-scenes num t2">+{chosen.length - shown}</span>}
      </div>
    </section>
  )
}

/** The scenes as they are now, in the order given; those that are gone meanwhile are left out. */
const asTheyAre = (chosen: readonly Scene[]): readonly Scene[] =>
  chosen.flatMap(({ id }) => currentView()?.scenes.get(id) ?? [])

/** Everything several scenes have, changed together: nothing happens before it is applied, and the price shows first. */
export function SelectionPanel({ board, chosen }: { board: OpenBoard; chosen: readonly Scene[] }) {
  const [edit, setEdit] = useState<BatchEdit>({})
  const [seedChoice, setSeedChoice] = useState<SeedChoice>('keep')
  const [seedText, setSeedText] = useState(() => String(rollSeed()))
  const [applying, setApplying] = useState(false)
  const cursor = useUi((ui) => ui.cursor)
  const seed = parseSeed(seedText)
  const full: BatchEdit = { ...edit, ...seedEdit(seedChoice, seed.ok ? seed.value : null) }
  const edits = editsFor(chosen, full)
  const invalid = seedChoice === 'one' && !seed.ok
  const touched = Object.keys(edit).length > 0 || seedChoice !== 'keep'
  const change = (patch: BatchEdit) => setEdit({ ...edit, ...patch })
  const revert = () => {
    setEdit({})
    setSeedChoice('keep')
  }
  const apply = async () => {
    // What is still being typed into one of them comes first: the text is added to that.
    if (!(await textsSaved())) return
    const now = editsFor(asTheyAre(chosen), full)
    if (now.length === 0) return revert()
    const done = await attempt(() => call('scene.updateMany', { edits: [...now] }))
    if (!done) return
    revert()
    toastWithUndo(`${plural(now.length, 'scene')} changed`)
  }
  const first = chosen.find(({ id }) => id === cursor)
  return (
    <>
      <header className="inspector-head">
        <h2 className="grow ell num">{chosen.length} scenes selected</h2>
        <Button look="ghost" size="small" onClick={() => registry.run('scene.deselect')}>
          Clear
          <Kbd keys="Escape" />
        </Button>
      </header>
      <div className="scroll">
        <Pictures board={board} chosen={chosen} />
        <section className="section" aria-label="Add to every prompt">
          <div className="section-label">
            <span>Add to every prompt</span>
            <span className="aside t3">At the end</span>
          </div>
          <TextArea
            aria-label="Text to add to every prompt"
            value={edit.append ?? ''}
            maxLength={2000}
            placeholder="Overcast light, 35 mm"
            onChange={(event) => {
              const { append: _before, ...rest } = edit
              setEdit(event.target.value === '' ? rest : { ...rest, append: event.target.value })
            }}
          />
          <p className="field-note">Prompts differ. Text is appended, nothing is replaced.</p>
        </section>
        <SelectionSettings board={board} chosen={chosen} edit={edit} onChange={change} />
        <SelectionSeeds
          chosen={chosen}
          choice={seedChoice}
          text={seedText}
          onChoose={setSeedChoice}
          onType={setSeedText}
        />
        <section className="section">
          <Button look="ghost" icon={<CopyCheck size={16} />} onClick={() => setApplying(true)}>
            Take settings from one of them…
          </Button>
        </section>
      </div>
      <footer className="inspector-foot">
        <BatchPrice board={board} scenes={chosen} edit={full} />
        <div className="row actions">
          <Button icon={<Undo2 size={16} />} disabled={!touched} onClick={revert}>
            Revert
          </Button>
          <Button className="paid" disabled={edits.length === 0 || invalid} onClick={() => void apply()}>
            {edits.length === 0 ? 'Nothing changes' : `Apply to ${plural(edits.length, 'scene')}`}
          </Button>
        </div>
      </footer>
      {applying && (
        <ApplyDialog
          board={board}
          sources={first ? [first, ...chosen.filter((scene) => scene !== first)] : chosen}
          targets={[{ key: 'selection', label: 'The other chosen scenes', scenes: chosen }]}
          onClose={() => setApplying(false)}
        />
      )}
    </>
  )
}
