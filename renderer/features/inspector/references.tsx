import { Plus, SlidersHorizontal } from 'lucide-react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Scene } from '../../../shared/model.ts'
import { imageUrl } from '../../state/media.ts'
import { run } from '../../state/requests.ts'
import { plural, sentReferences } from '../../state/selectors.ts'
import { showView } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox, RadioList } from '../../ui/choice.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Thumb } from '../../ui/thumb.tsx'

/** Which references one scene sends: as its prompt mentions them, or a choice of its own. */
function Chooser({ scene, cast }: { scene: Scene; cast: Cast }) {
  const sent = new Set(sentReferences(scene, cast).map(({ id }) => id))
  const choose = (references: ReferenceId[] | null) => run('scene.update', { sceneId: scene.id, patch: { references } })
  const own = scene.references !== null
  return (
    <>
      <RadioList
        label="References of this scene"
        value={own ? 'own' : 'mentioned'}
        onChange={(value) => choose(value === 'own' ? [...sent] : null)}
        options={[
          { value: 'mentioned', label: 'As mentioned', text: 'Those the prompt mentions, or the whole cast.' },
          { value: 'own', label: 'Chosen for this scene' },
        ]}
      />
      <ul className={own ? 'reference-choices' : 'reference-choices fixed'}>
        {cast.references.map((reference, index) => {
          const on = sent.has(reference.id)
          return (
            <li key={reference.id} className="row">
              <Checkbox
                label={`Image ${index + 1}, ${reference.name}`}
                checked={on}
                disabled={on && sent.size === 1}
                onChange={(checked) =>
                  choose(
                    cast.references.map(({ id }) => id).filter((id) => (id === reference.id ? checked : sent.has(id))),
                  )
                }
              />
              <Thumb src={imageUrl(reference.image.sha256)} label="" size={28} />
              <span className="ell">{reference.name}</span>
            </li>
          )
        })}
      </ul>
      <p className="field-note">Images are sent in the order of the cast.</p>
    </>
  )
}

/** The references a scene sends, numbered as the prompt will name them. */
export function References({ scene, cast }: { scene: Scene; cast: Cast | null }) {
  if (!cast || cast.references.length === 0) {
    return (
      <Button size="small" icon={<Plus size={14} />} onClick={() => showView('cast')}>
        Add references
      </Button>
    )
  }
  const sent = sentReferences(scene, cast)
  const count = plural(sent.length, 'reference')
  return (
    <>
      <span className="row sent-references" title={`${count}, in the order sent`}>
        {sent.map((reference, index) => (
          <Thumb
            key={reference.id}
            src={imageUrl(reference.image.sha256)}
            number={index + 1}
            label={reference.name}
            size={sent.length > 6 ? 'fit' : 32}
          />
        ))}
      </span>
      <Popover
        align="start"
        title={count.replace(/^1 /, 'One ')}
        trigger={
          <IconButton
            label={scene.references === null ? 'Choose references' : 'References chosen for this scene'}
            size="small"
            accent={scene.references !== null}
            tip={false}
            icon={<SlidersHorizontal size={14} />}
          />
        }
      >
        <Chooser scene={scene} cast={cast} />
      </Popover>
      {sent.length < 6 && (
        <>
          <span className="grow" />
          <span className="c11 t3 num">{count}</span>
        </>
      )}
    </>
  )
}
