import './seeds.css'
import { type FormEvent, useRef, useState } from 'react'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call } from '../../state/requests.ts'
import { castNames } from '../../state/selectors.ts'
import { type SavingSeed, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { RadioList } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextArea, TextField } from '../../ui/field.tsx'
import { Stars } from '../../ui/stars.tsx'
import { showToast } from '../../ui/toast.tsx'
import { announce } from '../../common/announcer.ts'

const close = () => useUi.setState({ savingSeed: null })
const NOBODY = 'nobody'

type Fields = Pick<SavedSeed, 'name' | 'character' | 'stars' | 'note'>

/** What is filled in at first: as saved, else what the take says of itself. */
function firstFields(view: ProjectView, wish: SavingSeed): Fields {
  const saved = wish.savedSeedId === null ? null : view.savedSeeds.get(wish.savedSeedId)
  if (saved) return saved
  const take = wish.takeId === null ? null : view.takes.get(wish.takeId)
  const names = new Set(take?.request.references.map(({ name }) => name))
  const [only] = names
  return { name: '', character: names.size === 1 ? (only ?? null) : null, stars: take?.rating ?? 0, note: '' }
}

function Content({ view, names, wish }: { view: ProjectView; names: readonly string[]; wish: SavingSeed }) {
  const [fields, setFields] = useState(() => firstFields(view, wish))
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { seed, savedSeedId } = wish
  const saved = savedSeedId === null ? null : view.savedSeeds.get(savedSeedId)
  const takeId = saved?.takeId ?? wish.takeId
  const take = takeId === null ? null : (view.takes.get(takeId) ?? null)
  const scene = take && (view.scenes.get(take.sceneId) ?? null)
  const characters = [...new Set([...names, ...(fields.character ? [fields.character] : [])])]

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const { name, character, stars, note } = fields
    const patch = { name: name.trim(), character, stars, note: note.trim() }
    const done = await attempt(async () => {
      if (saved) await call('seed.update', { savedSeedId: saved.id, patch })
      else await call('seed.save', { projectId: view.project.id, seed, takeId, ...patch })
      return true
    })
    setBusy(false)
    if (!done) return
    close()
    const title = saved ? `Seed ${seed} changed in the bank` : `Seed ${seed} saved to the bank`
    announce(title)
    showToast({ kind: 'info', title })
  }

  return (
    <Dialog
      open
      onClose={close}
      initialFocus={field}
      title={saved ? `Saved seed ${seed}` : `Save seed ${seed}`}
      footer={
        <>
          <Button look="ghost" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form="save-seed" disabled={busy}>
            {saved ? 'Save changes' : 'Save to the bank'}
          </Button>
        </>
      }
    >
      <form id="save-seed" className="save-seed" onSubmit={(event) => void save(event)}>
        {take && (
          <div className="promote-take">
            <TakePicture scene={scene} take={take} />
            <p className="t2">
              <b className="num">
                {scene ? `Scene ${scene.number} ${scene.title}` : 'A removed scene'}, take {take.number}
              </b>
              {take.request.resolution}, {take.request.duration} s. The seed repeats this under the same request; it
              promises nothing under another.
            </p>
          </div>
        )}
        <Field label="Name">
          {(ids) => (
            <TextField
              {...ids}
              ref={field}
              value={fields.name}
              maxLength={80}
              placeholder={`Seed ${seed}`}
              autoComplete="off"
              onChange={(event) => setFields({ ...fields, name: event.target.value })}
            />
          )}
        </Field>
        <div className="row">
          <span className="section-label grow">Stars</span>
          <Stars label="Stars" value={fields.stars} onChange={(stars) => setFields({ ...fields, stars })} />
        </div>
        {characters.length > 0 && (
          <div className="field-group">
            <span className="section-label">Goes well with</span>
            <RadioList
              label="Goes well with"
              value={fields.character ?? NOBODY}
              onChange={(value) => setFields({ ...fields, character: value === NOBODY ? null : value })}
              options={[
                { value: NOBODY, label: 'Nobody in particular' },
                ...characters.map((name) => ({ value: name, label: name })),
              ]}
            />
          </div>
        )}
        <Field label="Note">
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={fields.note}
              maxLength={500}
              placeholder="Warm light, soft mist"
              onChange={(event) => setFields({ ...fields, note: event.target.value })}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}

/** Puts a seed into the bank with a name, or changes what the bank says of it. */
export default function SaveSeedDialog() {
  const view = useProjection((projection) => projection.view)
  const board = useBoard()
  const wish = useUi((ui) => ui.savingSeed)
  if (!view || !wish) return null
  return (
    <Content key={`${wish.seed} ${wish.savedSeedId}`} view={view} names={castNames(board?.cast ?? null)} wish={wish} />
  )
}
