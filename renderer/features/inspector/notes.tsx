import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { DraftMark } from '../../common/draft-mark.tsx'
import { useDraft } from '../../common/use-draft.ts'
import { call } from '../../state/requests.ts'
import { TextArea } from '../../ui/field.tsx'

function Fold({
  scene,
  field,
  title,
  hint,
}: {
  scene: Scene
  field: 'notes' | 'dialogue'
  title: string
  hint: string
}) {
  const draft = useDraft(scene[field], (text) => call('scene.update', { sceneId: scene.id, patch: { [field]: text } }))
  const [touched, setTouched] = useState(false)
  return (
    <details className="section fold">
      <summary className="section-label">
        <ChevronRight size={14} aria-hidden />
        <span>{title}</span>
        <span className="fold-hint ell">{scene[field] || 'None'}</span>
        <DraftMark state={draft.state} touched={touched} />
      </summary>
      <TextArea
        aria-label={title}
        value={draft.text}
        maxLength={20_000}
        onChange={(event) => {
          setTouched(true)
          draft.edit(event.target.value)
        }}
        onBlur={draft.flush}
      />
      <p className="field-note">{hint}</p>
    </details>
  )
}

/** Words that stay here: they are never sent to the service. */
export const Notes = ({ scene }: { scene: Scene }) => (
  <>
    <Fold scene={scene} field="notes" title="Notes" hint="For you and your crew. Never sent." />
    <Fold scene={scene} field="dialogue" title="Dialogue" hint="For timing and the script. Never sent." />
  </>
)
