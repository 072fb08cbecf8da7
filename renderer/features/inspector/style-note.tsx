import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Storyboard } from '../../../shared/model.ts'
import { DraftMark } from '../../common/draft-mark.tsx'
import { useDraft } from '../../common/use-draft.ts'
import { call } from '../../state/requests.ts'
import { TextArea } from '../../ui/field.tsx'

/** The style every prompt of the storyboard ends with. */
export function StyleNote({ storyboard, collapsed }: { storyboard: Storyboard; collapsed?: boolean | undefined }) {
  const style = useDraft(storyboard.style, (text) =>
    call('storyboard.update', { storyboardId: storyboard.id, patch: { style: text } }),
  )
  const [touched, setTouched] = useState(false)
  const editor = (
    <>
      <TextArea
        aria-label="Style of the storyboard"
        placeholder="35 mm, soft dawn light"
        value={style.text}
        maxLength={20_000}
        onChange={(event) => {
          setTouched(true)
          style.edit(event.target.value)
        }}
        onBlur={style.flush}
      />
      <p className="field-note">Ends every prompt of {storyboard.title}.</p>
    </>
  )
  const mark = <DraftMark state={style.state} touched={touched} />
  if (!collapsed) {
    return (
      <section className="section" aria-label="Style">
        <div className="section-label">
          <span>Style</span>
          {mark}
        </div>
        {editor}
      </section>
    )
  }
  return (
    <details className="section fold">
      <summary className="section-label">
        <ChevronRight size={14} aria-hidden />
        <span>Style</span>
        <span className="fold-hint ell">{storyboard.style || 'None'}</span>
        {mark}
      </summary>
      {editor}
    </details>
  )
}
