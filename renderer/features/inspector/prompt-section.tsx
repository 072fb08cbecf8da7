import { memo, useState } from 'react'
import type { Cast, Scene, Storyboard } from '../../../shared/model.ts'
import { PROMPT_ADVICE_CHARS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { DraftMark } from '../../common/draft-mark.tsx'
import { useDraft } from '../../common/use-draft.ts'
import { call } from '../../state/requests.ts'
import { useUi } from '../../state/ui-store.ts'
import { Tip } from '../../ui/tooltip.tsx'
import { AsSent } from './as-sent.tsx'
import { mentionNames } from './mention-list.tsx'
import { PromptEditor } from './prompt-editor.tsx'
import { References } from './references.tsx'

interface Props {
  readonly scene: Scene
  readonly storyboard: Storyboard
  readonly cast: Cast | null
}

/** The words themselves. Typing draws this anew and nothing else, until the text is saved. */
function PromptText({ scene, storyboard, cast }: Props) {
  const prompt = useDraft(scene.prompt, (text) => call('scene.update', { sceneId: scene.id, patch: { prompt: text } }))
  const [touched, setTouched] = useState(false)
  const { length } = prompt.text
  const long = length > PROMPT_ADVICE_CHARS
  return (
    <>
      <div className="section-label">
        <span>Prompt</span>
        <span className="row">
          <DraftMark state={prompt.state} touched={touched} />
          <AsSent scene={scene} storyboard={storyboard} cast={cast} />
          <Tip
            text={`There is no fixed limit. Beyond ${PROMPT_ADVICE_CHARS} characters the service may cut the end off without a word.`}
          >
            <span className={long ? 'count num long' : 'count num'}>
              {length} / {PROMPT_ADVICE_CHARS}
            </span>
          </Tip>
        </span>
      </div>
      <PromptEditor
        text={prompt.text}
        cast={mentionNames(cast)}
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
    </>
  )
}

/** The prompt, how long it is, and the references that go with it. */
export const PromptSection = memo(function PromptSection({ scene, storyboard, cast }: Props) {
  return (
    <section className="section" aria-label="Prompt">
      <PromptText scene={scene} storyboard={storyboard} cast={cast} />
      <References scene={scene} cast={cast} />
    </section>
  )
})
