import { type FormEvent, useRef, useState } from 'react'
import type { Cast } from '../../../shared/model.ts'
import { renameCharacter } from '../../commands/cast-actions.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { castNames, plural } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { nameProblem, scenesMentioning } from './logic.ts'

/** A character about to get another name. */
export interface Renaming {
  readonly from: string
  /** What the field holds at first. */
  readonly to: string
}

function RenameForm({
  view,
  cast,
  renaming,
  onClose,
}: {
  view: ProjectView
  cast: Cast
  renaming: Renaming
  onClose(): void
}) {
  const { from } = renaming
  const [text, setText] = useState(renaming.to)
  const [follow, setFollow] = useState(true)
  const field = useRef<HTMLInputElement>(null)
  const to = text.trim()
  const problem = nameProblem(text)
  const scenes = scenesMentioning(view, cast, from).length
  const images = cast.references.filter(({ name }) => name === from).length
  const joins = to !== from && castNames(cast).includes(to)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (problem) return
    onClose()
    if (to !== from) void renameCharacter(cast, from, to, follow && scenes > 0)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename ${from}`}
      initialFocus={field}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form="rename-character" disabled={problem !== null || to === from}>
            {joins ? 'Join' : 'Rename'}
          </Button>
        </>
      }
    >
      <form id="rename-character" className="rename-form" onSubmit={save} noValidate>
        <Field
          label="Name"
          hint={
            joins
              ? `${to} is in the cast already: ${plural(images, 'image')} ${images === 1 ? 'joins' : 'join'} it.`
              : `${plural(images, 'image')} ${images === 1 ? 'shows' : 'show'} ${from}.`
          }
          error={problem}
        >
          {(ids) => (
            <TextField
              {...ids}
              ref={field}
              lead={<span className="t3">@</span>}
              value={text}
              maxLength={60}
              autoComplete="off"
              onFocus={(event) => event.target.select()}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {scenes > 0 && (
          // The box is a button of its own; the words beside it are its label for the pointer.
          // oxlint-disable-next-line jsx-a11y/label-has-associated-control
          <label className="rename-follow">
            <Checkbox label="Rename the mentions in prompts too" checked={follow} onChange={setFollow} />
            <span className="num">
              {to === '' || to === from
                ? `Rename the mentions in ${plural(scenes, 'scene')} too`
                : `Rename @${from} to @${to} in ${plural(scenes, 'scene')} too`}
            </span>
          </label>
        )}
        {scenes > 0 && !follow && !joins && (
          <p className="field-note">Prompts that mention @{from} cannot be sent until somebody has that name again.</p>
        )}
      </form>
    </Dialog>
  )
}

/** Gives a character another name in the whole cast, and in prompts. */
export const RenameDialog = (props: { view: ProjectView; cast: Cast; renaming: Renaming | null; onClose(): void }) =>
  props.renaming ? <RenameForm {...props} renaming={props.renaming} /> : null
