import { ArrowLeft, ArrowRight, AtSign, RefreshCw, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { Sha256 } from '../../../shared/ids.ts'
import type { Cast, Reference, Scene } from '../../../shared/model.ts'
import { Failure } from '../../common/failure.tsx'
import { FileButton } from '../../common/file-button.tsx'
import { ScenePicture } from '../../common/pictures.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { imageUrl, media } from '../../state/media.ts'
import { call, run } from '../../state/requests.ts'
import { selectOnly } from '../../state/selection.ts'
import { castNames, padNumber, plural, stateOf } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Frame } from '../../ui/thumb.tsx'
import { IMAGE_TYPES } from './cards.tsx'
import { fileProblem, nameProblem, removalText, scenesUsing, sizeHint, sizeText, staleWarning } from './logic.ts'

function NameField({ cast, reference }: { cast: Cast; reference: Reference }) {
  const [text, setText] = useState<string | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  const id = useId()
  const problem = text === null ? null : nameProblem(text)
  const finish = () => {
    const name = text?.trim()
    if (problem || name === undefined) return
    setText(null)
    if (name === reference.name) return
    setRefused(null)
    call('reference.update', { referenceId: reference.id, patch: { name } }).catch((error: unknown) =>
      setRefused(error),
    )
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
      {refused !== null && <Failure error={refused} />}
    </div>
  )
}

/** Puts another picture in the place of a reference, after saying which takes that outdates. */
function Replace({ view, reference }: { view: ProjectView; reference: Reference }) {
  const [ready, setReady] = useState<Sha256 | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const warning = staleWarning(view, reference.id)
  const replace = (sha256: Sha256) => {
    setError(null)
    call('reference.update', { referenceId: reference.id, patch: { sha256 } }).catch((failure: unknown) =>
      setError(failure),
    )
  }
  const take = async (file: File) => {
    const problem = fileProblem(file)
    setError(problem)
    if (problem) return
    setBusy(true)
    try {
      const { sha256 } = await media().uploadImage(file)
      if (sha256 === reference.image.sha256) return
      if (warning) setReady(sha256)
      else replace(sha256)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <FileButton
        label={`Replace image of ${reference.name}`}
        accept={IMAGE_TYPES}
        className="btn"
        onFiles={([file]) => file && void take(file)}
      >
        <RefreshCw size={16} />
        {busy ? 'Reading' : 'Replace image'}
      </FileButton>
      {error !== null && <Failure error={error} />}
      <ConfirmDialog
        open={ready !== null}
        onClose={() => setReady(null)}
        title="Replace the image?"
        action="Replace the image"
        onConfirm={() => ready && replace(ready)}
      >
        {warning}
      </ConfirmDialog>
    </>
  )
}

const showScene = (scene: Scene) =>
  useUi.setState({ view: 'board', storyboardId: scene.storyboardId, filter: 'all', ...selectOnly(scene.id) })

function UsedIn({ view, scenes }: { view: ProjectView; scenes: readonly Scene[] }) {
  const [first] = scenes
  const select = () =>
    first &&
    useUi.setState({
      view: 'board',
      storyboardId: first.storyboardId,
      filter: 'all',
      selected: new Set(scenes.filter((scene) => scene.storyboardId === first.storyboardId).map(({ id }) => id)),
      cursor: first.id,
      anchor: first.id,
    })
  return (
    <section className="section" aria-label="Used in">
      <div className="section-label">
        <span className="num">
          {scenes.length === 0 ? 'Not sent by any scene' : `Used in ${plural(scenes.length, 'scene')}`}
        </span>
        {scenes.length > 1 && (
          <button type="button" className="label-button" onClick={select}>
            Select on board
          </button>
        )}
      </div>
      {scenes.length === 0 ? (
        <p className="field-note">A scene sends it once its prompt mentions the name, or mentions nobody.</p>
      ) : (
        <ul className="used-scenes">
          {scenes.map((scene) => (
            <li key={scene.id}>
              <button
                type="button"
                aria-label={`Scene ${padNumber(scene.number)}, ${scene.title || 'untitled'}`}
                title={scene.title}
                onClick={() => showScene(scene)}
              >
                <ScenePicture scene={scene} state={stateOf(view, scene)}>
                  <span className="plate num used-number">{padNumber(scene.number)}</span>
                </ScenePicture>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Everything about one reference. */
export function ReferencePanel({
  view,
  cast,
  reference,
  removing,
  onRemoving,
  onMove,
}: {
  view: ProjectView
  cast: Cast
  reference: Reference
  /** True while it is asked whether it shall go. */
  removing: boolean
  onRemoving(asking: boolean): void
  onMove(by: -1 | 1): void
}) {
  const at = cast.references.findIndex(({ id }) => id === reference.id)
  const { image } = reference
  const hint = sizeHint(image)
  return (
    <>
      <header className="view-header">
        <span className="chip num">{at + 1}</span>
        <h2 className="grow ell">{reference.name}</h2>
        <IconButton
          label="Send earlier"
          keys="Alt+ArrowLeft"
          icon={<ArrowLeft size={16} />}
          disabled={at === 0}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label="Send later"
          keys="Alt+ArrowRight"
          icon={<ArrowRight size={16} />}
          disabled={at === cast.references.length - 1}
          onClick={() => onMove(1)}
        />
        <IconButton label={`Remove image ${at + 1}`} icon={<Trash2 size={16} />} onClick={() => onRemoving(true)} />
      </header>
      <div className="scroll">
        <section className="section" aria-label="Image">
          <div className="ref-large">
            <Frame src={imageUrl(image.sha256)} alt={reference.name} ratio="1" contain />
          </div>
          <NameField key={reference.id} cast={cast} reference={reference} />
          <div className="row wrap">
            <Replace key={`r${reference.id}`} view={view} reference={reference} />
          </div>
        </section>
        <section className="section" aria-label="File">
          <dl className="facts">
            <dt>Size</dt>
            <dd>
              {image.width} × {image.height}
            </dd>
            <dt>File</dt>
            <dd>
              {image.mime.replace('image/', '').toUpperCase()}, {sizeText(image.bytes)}
            </dd>
          </dl>
          {hint && <p className="field-note attention">{hint}</p>}
        </section>
        <UsedIn view={view} scenes={scenesUsing(view, cast, reference.id)} />
      </div>
      <ConfirmDialog
        open={removing}
        onClose={() => onRemoving(false)}
        title={`Remove image ${at + 1}, ${reference.name}?`}
        action="Remove the image"
        onConfirm={() => run('reference.remove', { referenceId: reference.id })}
      >
        {removalText(view, cast, reference)}
      </ConfirmDialog>
    </>
  )
}
