import { ImagePlus, Pencil } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Reference } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { plural } from '../../state/selectors.ts'
import { FileButton } from '../../common/file-button.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { ANY_IMAGE, FreeSlot, ReferenceCard, UploadCard } from './cards.tsx'
import { arrowTarget } from './logic.ts'
import type { Hint } from './quality.ts'
import { addConverted, dismissUpload, type Upload } from './uploads.ts'
import type { OverCard } from './use-card-drag.ts'

interface Group {
  /** Null for the whole cast in one. */
  readonly name: string | null
  readonly references: readonly Reference[]
}

interface Quality {
  readonly hints: readonly Hint[]
  readonly unreadable: boolean
}

const columnsOf = (list: HTMLElement | null) =>
  list ? getComputedStyle(list).gridTemplateColumns.split(' ').length : 1

/** The slots of a cast: images, files on their way, and the next free place; in one grid or one for each character. */
export function CastGrid({
  cast,
  groups,
  uploads,
  quality,
  selected,
  drag,
  register,
  onSelect,
  onKey,
  onFiles,
  onRename,
}: {
  cast: Cast
  groups: readonly Group[]
  uploads: readonly Upload[]
  quality: ReadonlyMap<ReferenceId, Quality>
  selected: ReferenceId | null
  drag: { readonly dragged: ReferenceId | null; readonly over: OverCard | null }
  /** Told of the button of every card, null when it goes. */
  register(id: ReferenceId, element: HTMLButtonElement | null): void
  onSelect(id: ReferenceId): void
  /** @param target the card an arrow key leads to */
  onKey(event: KeyboardEvent, reference: Reference, target: Reference | null): void
  onFiles(files: readonly File[], character?: string | null): void
  onRename(name: string): void
}) {
  const list = useRef<HTMLUListElement>(null)

  const order = groups.flatMap(({ references }) => references)
  const sizes = groups.map(({ references }) => references.length)
  const numberOf = (id: ReferenceId) => cast.references.findIndex((reference) => reference.id === id) + 1
  const free = IMAGES.max - cast.references.length - uploads.filter(({ state }) => state !== 'failed').length
  const draggedName = cast.references.find(({ id }) => id === drag.dragged)?.name

  const card = (reference: Reference, grouped: boolean) => {
    const side = drag.over?.reference === reference.id ? drag.over.side : null
    return (
      <ReferenceCard
        key={reference.id}
        ref={(element) => register(reference.id, element)}
        reference={reference}
        number={numberOf(reference.id)}
        hints={quality.get(reference.id)?.hints ?? []}
        unreadable={quality.get(reference.id)?.unreadable ?? false}
        selected={reference.id === selected}
        dragged={drag.dragged === reference.id}
        drop={side && grouped && draggedName !== reference.name ? 'into' : side}
        onSelect={() => onSelect(reference.id)}
        onKeyDown={(event) => {
          const to = arrowTarget(event.key, order.indexOf(reference), sizes, columnsOf(list.current))
          onKey(event, reference, to === null ? null : (order[to] ?? null))
        }}
      />
    )
  }
  const more = [
    ...uploads.map((upload, index) => (
      <UploadCard
        key={upload.id}
        upload={upload}
        number={cast.references.length + index + 1}
        onDismiss={() => dismissUpload(upload.id)}
        onConvert={() => void addConverted(upload, onSelect)}
      />
    )),
    ...(free > 0 ? [<FreeSlot key="free" number={IMAGES.max - free + 1} onFiles={onFiles} />] : []),
  ]
  const [first] = groups
  const whole = groups.length === 0 || first?.name === null

  if (cast.references.length === 0 && uploads.length === 0)
    return (
      <EmptyState
        picture={<Drawn kind="faces" />}
        title="Nobody in the cast yet"
        text={`Drop up to ${IMAGES.max} images here: a face, a figure, a place. Prompts mention them by name, and every take sends them to keep characters the same.`}
      >
        <FileButton
          label="Choose images"
          accept={ANY_IMAGE}
          multiple
          className="btn"
          onFiles={(files) => onFiles(files)}
        >
          <ImagePlus size={16} />
          Choose images
        </FileButton>
      </EmptyState>
    )
  return (
    <div className="scroll">
      {whole ? (
        <ul className="cast-grid" ref={list} aria-label={`Images of ${cast.title}`}>
          {first?.references.map((reference) => card(reference, false))}
          {more}
        </ul>
      ) : (
        <>
          {groups.map(({ name, references }, index) => (
            <section key={name} className="cast-group" aria-label={name ?? undefined}>
              <div className="cast-group-head">
                <h2 className="ell">{name}</h2>
                <span className="c11 t3 num">{plural(references.length, 'image')}</span>
                <IconButton
                  label={`Rename ${name ?? ''}`}
                  size="small"
                  icon={<Pencil size={14} />}
                  onClick={() => name !== null && onRename(name)}
                />
              </div>
              <ul className="cast-grid" ref={index === 0 ? list : null} aria-label={`Images of ${name ?? ''}`}>
                {references.map((reference) => card(reference, true))}
              </ul>
            </section>
          ))}
          {more.length > 0 && (
            <section className="cast-group" aria-label="More images">
              <ul className="cast-grid">{more}</ul>
            </section>
          )}
        </>
      )}
      {cast.references.length > 0 && (
        <p className="cast-order">
          Sent in this order: [Image 1] is the first. A scene sends those its prompt mentions, or all of them. Drag to
          reorder, or press Alt with the arrow keys.
          {!whole && ' Drag an image to another character to let it show that one.'}
        </p>
      )}
    </div>
  )
}
