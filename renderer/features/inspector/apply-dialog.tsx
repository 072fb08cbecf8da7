import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import type { BatchEdit } from '../../state/batch-edit.ts'
import {
  COPY_FIELDS,
  COPY_WORDS,
  copyEdits,
  type CopyField,
  type CopyTarget,
  USUAL_FIELDS,
} from '../../state/copy-settings.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { choiceText } from '../../state/references.ts'
import { attempt, call } from '../../state/requests.ts'
import { seedLabel } from '../../state/seeds.ts'
import { plural } from '../../state/selectors.ts'
import { textsSaved } from '../../state/texts-saved.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioList } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { MenuChoice } from '../../ui/menu.tsx'
import { BatchPrice } from './batch-price.tsx'
import { FieldMenu } from './field-menu.tsx'
import { sceneName } from './seed-reuse.tsx'

/** What a scene has in a field, in few words. */
function valueText(board: OpenBoard, scene: Scene, field: CopyField): string {
  switch (field) {
    case 'resolution':
    case 'aspectRatio':
      return scene[field]
    case 'duration':
      return `${scene.duration} s`
    case 'seed':
      return scene.seed.kind === 'random' ? 'Random' : seedLabel(board.view, scene).text
    case 'references':
      return scene.references === null ? 'As mentioned' : choiceText(scene.references, board.cast?.references ?? [])
    case 'prompt':
      return scene.prompt === '' ? 'Empty' : scene.prompt
  }
}

/** Gives other scenes what one has, in the fields that are ticked: one edit, one step of undo. */
export function ApplyDialog({
  board,
  sources,
  targets,
  onClose,
}: {
  board: OpenBoard
  /** The scenes one of which gives its settings; the first at first. */
  sources: readonly Scene[]
  targets: readonly CopyTarget[]
  onClose(): void
}) {
  const [sourceId, setSourceId] = useState(sources[0]?.id)
  const [key, setKey] = useState(targets[0]?.key)
  const [fields, setFields] = useState<ReadonlySet<CopyField>>(new Set(USUAL_FIELDS))
  const source = sources.find(({ id }) => id === sourceId) ?? sources[0]
  const target = targets.find((each) => each.key === key) ?? targets[0]
  if (!source || !target) return null
  const edits = copyEdits(source, target.scenes, fields)
  const edit: BatchEdit = {
    ...(fields.has('resolution') && { resolution: source.resolution }),
    ...(fields.has('duration') && { duration: source.duration }),
  }
  const apply = async () => {
    if (!(await textsSaved())) return
    const done = await attempt(() => call('scene.updateMany', { edits: [...edits] }))
    if (!done) return
    onClose()
    toastWithUndo(`Settings applied to ${plural(edits.length, 'scene')}`)
  }
  const tick = (field: CopyField, on: boolean) => {
    const next = new Set(fields)
    if (on) next.add(field)
    else next.delete(field)
    setFields(next)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Apply settings"
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={edits.length === 0} onClick={() => void apply()}>
            {edits.length === 0 ? 'Nothing changes' : `Apply to ${plural(edits.length, 'scene')}`}
          </Button>
        </>
      }
    >
      <div className="apply-body">
        <div className="setting">
          <span>From</span>
          {sources.length > 1 ? (
            <FieldMenu label="Scene to take settings from" value={sceneName(source)}>
              {sources.map((each) => (
                <MenuChoice key={each.id} checked={each.id === source.id} onClick={() => setSourceId(each.id)}>
                  {sceneName(each)}
                </MenuChoice>
              ))}
            </FieldMenu>
          ) : (
            <span className="ell">{sceneName(source)}</span>
          )}
        </div>
        <ul className="apply-fields">
          {COPY_FIELDS.map((field) => (
            <li key={field}>
              <label className="row">
                <Checkbox label={COPY_WORDS[field]} checked={fields.has(field)} onChange={(on) => tick(field, on)} />
                <span>{COPY_WORDS[field]}</span>
                <span className="ell grow t3 num apply-value">{valueText(board, source, field)}</span>
              </label>
            </li>
          ))}
        </ul>
        {targets.length > 1 && (
          <RadioList<CopyTarget['key']>
            label="Scenes to apply them to"
            value={target.key}
            options={targets.map((each) => ({
              value: each.key,
              label: each.label,
              aside: String(each.scenes.length),
            }))}
            onChange={setKey}
          />
        )}
        <div className="apply-price">
          <BatchPrice board={board} scenes={target.scenes} edit={edit} />
        </div>
      </div>
    </Dialog>
  )
}
