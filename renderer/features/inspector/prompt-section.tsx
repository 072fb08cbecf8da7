import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { PROMPT_ADVICE_CHARS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { DraftMark } from '../../common/draft-mark.tsx'
import { useDraft } from '../../common/use-draft.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { call } from '../../state/requests.ts'
import { useUi } from '../../state/ui-store.ts'
import { Tip } from '../../ui/tooltip.tsx'
import { AsSent } from './as-sent.tsx'
import { PromptEditor } from './prompt-editor.tsx'
import { References } from './references.tsx'

/** The prompt, how long it is, and the references that go with it. */
export function PromptSection({ board, scene, names }: { board: OpenBoard; scene: Scene; names: readonly string[] }) {
  const prompt = useDraft(scene.prompt, (text) => call('scene.update', { sceneId: scene.id, patch: { prompt: text } }))
  const [touched, setTouched] = useState(false)
  const long = prompt.text.length > PROMPT_ADVICE_CHARS
  return (
    <section className="section" aria-label="Prompt">
      <div className="section-label">
        <span>Prompt</span>
        <span className="row">
          <DraftMark state={prompt.state} touched={touched} />
          <AsSent board={board} scene={scene} />
          <Tip
            text={`There is no fixed limit. Beyond ${PROMPT_ADVICE_CHARS} characters the service may cut the end off without a word.`}
          >
            <span className={long ? 'count num long' : 'count num'}>{prompt.text.length}</span>
          </Tip>
        </span>
      </div>
      <PromptEditor
        text={prompt.text}
        names={names}
        onEdit={(text) => {
          setTouched(true)
          prompt.edit(text)
        }}
        onCaret={(at) => useUi.setState({ promptCaret: { sceneId: scene.id, at } })}
        onLeave={prompt.flush}
      />
      {long && (
        <p className="field-note">
          Longer than {PROMPT_ADVICE_CHARS} characters: the service may cut the end off without a word.
        </p>
      )}
      <div className="row references-row">
        <References scene={scene} cast={board.cast} />
      </div>
    </section>
  )
}
