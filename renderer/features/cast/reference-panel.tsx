import { ArrowLeft, ArrowRight, CopyPlus, Pencil, Trash2 } from 'lucide-react'
import { type RefObject, useState } from 'react'
import type { Cast, Reference } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { copyReference } from '../../commands/cast-actions.ts'
import { Failure } from '../../common/failure.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { imageUrl } from '../../state/media.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { Frame } from '../../ui/thumb.tsx'
import { NameField } from './name-field.tsx'
import type { Hint } from './quality.ts'
import { QualitySection } from './quality-section.tsx'
import { ReplaceImage } from './replace-image.tsx'
import { MadeWith, UsedIn } from './used-in.tsx'

/** Everything about one reference. Mount it anew (by key) for another one. */
export function ReferencePanel({
  view,
  cast,
  reference,
  hints,
  known,
  unreadable,
  nameField,
  onMove,
  onRemove,
  onRename,
}: {
  view: ProjectView
  cast: Cast
  reference: Reference
  hints: readonly Hint[]
  known: boolean
  unreadable: boolean
  nameField: RefObject<HTMLInputElement | null>
  onMove(by: -1 | 1): void
  onRemove(): void
  /** Asks to rename the character everywhere. @param to what the field of the question holds */
  onRename(to: string): void
}) {
  const [error, setError] = useState<unknown>(null)
  const at = cast.references.findIndex(({ id }) => id === reference.id)
  const others = [...view.casts.values()].filter(({ id }) => id !== cast.id)
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
        <ReplaceImage view={view} reference={reference} onError={setError} />
        <IconButton label={`Remove image ${at + 1}`} keys="Delete" icon={<Trash2 size={16} />} onClick={onRemove} />
      </header>
      <div className="scroll">
        <section className="section" aria-label="Image">
          <div className="ref-large">
            <Frame src={imageUrl(reference.image.sha256)} alt={reference.name} ratio="1" contain />
          </div>
          {error !== null && <Failure error={error} />}
        </section>
        <section className="section" aria-label="Whom it shows">
          <NameField view={view} cast={cast} reference={reference} field={nameField} onRename={onRename} />
          <div className="row wrap ref-actions">
            <Button size="small" look="ghost" icon={<Pencil size={14} />} onClick={() => onRename(reference.name)}>
              Rename everywhere
            </Button>
            {others.length > 0 && (
              <Menu
                align="end"
                trigger={
                  <Button size="small" look="ghost" icon={<CopyPlus size={14} />}>
                    Add to
                  </Button>
                }
              >
                {others.map((other) => {
                  const full = other.references.length >= IMAGES.max
                  return (
                    <MenuItem
                      key={other.id}
                      disabled={full}
                      hint={full ? 'full' : `${other.references.length} of ${IMAGES.max}`}
                      onClick={() => void copyReference(reference, other)}
                    >
                      {other.title}
                    </MenuItem>
                  )
                })}
              </Menu>
            )}
          </div>
        </section>
        <QualitySection image={reference.image} hints={hints} known={known} unreadable={unreadable} />
        <UsedIn view={view} cast={cast} reference={reference} />
        <MadeWith view={view} reference={reference} />
      </div>
    </>
  )
}
