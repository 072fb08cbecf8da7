import { AtSign } from 'lucide-react'
import { type RefObject, useId, useState } from 'react'
import type { Cast, Reference } from '../../../shared/model.ts'
import { setCharacter } from '../../commands/cast-actions.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { castNames } from '../../state/selectors.ts'
import { nameProblem, scenesMentioning } from './logic.ts'

/** Whom one image shows. When its only image gets another name, it is asked whether the prompts follow. */
export function NameField({
  view,
  cast,
  reference,
  field,
  onRename,
}: {
  view: ProjectView
  cast: Cast
  reference: Reference
  field: RefObject<HTMLInputElement | null>
  /** Asks to rename the character everywhere. */
  onRename(to: string): void
}) {
  const [text, setText] = useState<string | null>(null)
  const id = useId()
  const problem = text === null ? null : nameProblem(text)
  const finish = () => {
    const name = text?.trim()
    if (problem || name === undefined) return
    setText(null)
    if (name === reference.name) return
    const only = cast.references.filter((each) => each.name === reference.name).length === 1
    if (only && scenesMentioning(view, cast, reference.name).length > 0) onRename(name)
    else void setCharacter(reference, name)
  }
  return (
    <div className="field-group">
      <div className="setting">
        <label htmlFor={id} className="c12 t2">
          Character
        </label>
        <span className="text-field">
          <AtSign size={14} className="t3" aria-hidden />
          <input
            ref={field}
            id={id}
            list={`${id}-names`}
            value={text ?? reference.name}
            maxLength={60}
            autoComplete="off"
            aria-invalid={problem !== null}
            aria-describedby={problem ? `${id}-note` : undefined}
            onChange={(event) => setText(event.target.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === 'Enter') finish()
              if (event.key === 'Escape') setText(null)
            }}
          />
          <datalist id={`${id}-names`}>
            {castNames(cast).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </span>
      </div>
      {problem && (
        <p id={`${id}-note`} className="field-note error" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
