import { Plus, X } from 'lucide-react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Reference, Scene } from '../../../shared/model.ts'
import { imageUrl } from '../../state/media.ts'
import { mentionedNames } from '../../state/mentions.ts'
import { chosenWith, chosenWithName, leftOutMentions } from '../../state/references.ts'
import { run } from '../../state/requests.ts'
import { castNames, plural, sentReferences } from '../../state/selectors.ts'
import { showView } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Thumb } from '../../ui/thumb.tsx'

const choose = (scene: Scene, references: ReferenceId[] | null) =>
  run('scene.update', { sceneId: scene.id, patch: { references } })

/** Why the automatic choice is what it is. */
const automaticText = (scene: Scene, cast: Cast): string =>
  mentionedNames(scene.prompt, castNames(cast)).length > 0
    ? 'Automatic: everybody the prompt mentions.'
    : 'Automatic: the prompt mentions nobody, so the whole cast is sent.'

/** Which references one scene sends, each with its number in the request. */
function Chooser({ scene, cast }: { scene: Scene; cast: Cast }) {
  const sent = sentReferences(scene, cast)
  return (
    <>
      <p className="field-note">
        {scene.references === null
          ? automaticText(scene, cast)
          : 'Chosen for this scene, whatever the prompt mentions.'}
      </p>
      <ul className="reference-choices">
        {cast.references.map((reference) => {
          const number = sent.indexOf(reference) + 1
          return (
            <li key={reference.id} className="row">
              <Checkbox
                label={`Send ${reference.name}, image ${cast.references.indexOf(reference) + 1} of the cast`}
                checked={number > 0}
                disabled={number > 0 && sent.length === 1}
                onChange={(on) => choose(scene, chosenWith(scene, cast, reference.id, on))}
              />
              <Thumb src={imageUrl(reference.image.sha256)} label="" size={32} />
              <span className="ell grow">{reference.name}</span>
              <span className="c11 t3 num">{number > 0 ? `Image ${number}` : 'Left out'}</span>
            </li>
          )
        })}
      </ul>
      <div className="row chooser-actions">
        <Button size="small" disabled={scene.references === null} onClick={() => choose(scene, null)}>
          Back to automatic
        </Button>
        <Button size="small" look="ghost" onClick={() => showView('cast')}>
          Open the cast
        </Button>
      </div>
      <p className="field-note">Images are sent in the order of the cast.</p>
    </>
  )
}

/** An image that is sent, with its number; pressing it leaves it out. */
function SentReference({
  scene,
  cast,
  reference,
  number,
  last,
  fit,
}: {
  scene: Scene
  cast: Cast
  reference: Reference
  number: number
  /** True when nothing else is sent: a request needs one image. */
  last: boolean
  fit: boolean
}) {
  return (
    <button
      type="button"
      className={fit ? 'sent-reference fit' : 'sent-reference'}
      aria-label={`Leave out image ${number}, ${reference.name}`}
      title={last ? `${reference.name}. A scene sends at least one image.` : `Leave out ${reference.name}`}
      disabled={last}
      onClick={() => choose(scene, chosenWith(scene, cast, reference.id, false))}
    >
      <Thumb src={imageUrl(reference.image.sha256)} number={number} label="" size={fit ? 'fit' : 32} />
      {!last && (
        <span className="leave-out" aria-hidden>
          <X size={14} />
        </span>
      )}
    </button>
  )
}

/** The references a scene sends, numbered as the prompt will name them. */
export function References({ scene, cast }: { scene: Scene; cast: Cast | null }) {
  if (!cast || cast.references.length === 0) {
    return (
      <div className="row references-row">
        <Button size="small" icon={<Plus size={14} />} onClick={() => showView('cast')}>
          Add references
        </Button>
        <span className="field-note">A take needs at least one image.</span>
      </div>
    )
  }
  const sent = sentReferences(scene, cast)
  const own = scene.references !== null
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div className="row references-row" role="group" aria-label="References as sent">
        {sent.map((reference, index) => (
          <SentReference
            key={reference.id}
            scene={scene}
            cast={cast}
            reference={reference}
            number={index + 1}
            last={sent.length === 1}
            fit={sent.length > 6}
          />
        ))}
        <Popover
          align="end"
          title="References of this scene"
          trigger={
            <button
              type="button"
              className={own ? 'add-reference own' : 'add-reference'}
              aria-label="Choose references"
            >
              <Plus size={16} />
            </button>
          }
        >
          <Chooser scene={scene} cast={cast} />
        </Popover>
        {sent.length < 6 && <span className="reference-count c11 t3 num">{plural(sent.length, 'reference')}</span>}
      </div>
      {own && (
        <p className="field-note">
          {sent.length === 0 ? 'None of the chosen images is in the cast any more.' : 'Chosen for this scene.'}{' '}
          <button type="button" className="text-link" onClick={() => choose(scene, null)}>
            Back to automatic
          </button>
        </p>
      )}
      {leftOutMentions(scene, cast).map((name) => (
        <p key={name} className="field-note left-out">
          @{name} is mentioned, but no image of {name} is sent.{' '}
          <button type="button" className="text-link" onClick={() => choose(scene, chosenWithName(scene, cast, name))}>
            Send {name}
          </button>
        </p>
      ))}
    </>
  )
}
