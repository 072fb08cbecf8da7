import { CircleCheck, CircleX, CloudUpload, GripVertical, ImagePlus, TriangleAlert, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useCallback } from 'react'
import type { Reference } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { FileButton } from '../../common/file-button.tsx'
import { imageUrl } from '../../state/media.ts'
import { errorText } from '../../state/requests.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { sizeText } from './logic.ts'
import type { Hint } from './quality.ts'
import { makeReferenceDraggable } from './use-card-drag.ts'
import { mayConvert, type Upload } from './uploads.ts'

export const IMAGE_TYPES = IMAGE_LIMITS.types.join(',')

/** What the files of a picture are asked for when any picture will do: others can be converted. */
export const ANY_IMAGE = 'image/*'

/** Shown of a picture whose file is gone or damaged. */
export const UNREADABLE = 'Cannot be read. Replace the image.'

/** What is said of a picture under its name. */
function CardHints({ image, hints, unreadable }: Pick<Reference, 'image'> & CardState) {
  const [first, ...more] = hints
  const Icon = unreadable ? CircleX : first ? TriangleAlert : CircleCheck
  return (
    <span className={unreadable ? 'ref-hint error' : first ? 'ref-hint attention' : 'ref-hint'}>
      <Icon size={12} aria-hidden />
      <span className="num">
        {unreadable ? UNREADABLE : first ? first.text : `${image.width} × ${image.height}`}
        {more.length > 0 && <span className="ref-more"> +{more.length}</span>}
      </span>
    </span>
  )
}

interface CardState {
  readonly hints: readonly Hint[]
  readonly unreadable: boolean
}

/** One reference of the cast. Drag it, or move it with Alt and the arrow keys. */
export function ReferenceCard({
  reference,
  number,
  hints,
  unreadable,
  selected,
  dragged,
  drop,
  onSelect,
  onKeyDown,
  ref,
}: CardState & {
  reference: Reference
  number: number
  selected: boolean
  dragged: boolean
  /** Where a dragged card would go: beside this one, or to its character. */
  drop: 'left' | 'right' | 'into' | null
  onSelect(): void
  onKeyDown(event: KeyboardEvent): void
  ref?: Ref<HTMLButtonElement>
}) {
  const { image, name } = reference
  const makeDraggable = useCallback(
    (element: HTMLLIElement | null) => (element ? makeReferenceDraggable(element, reference.id) : undefined),
    [reference.id],
  )
  const said = unreadable ? [UNREADABLE] : hints.map(({ text }) => text)
  return (
    <li ref={makeDraggable} className={`ref-place ${drop ? `drop-${drop}` : ''}`} data-reference={reference.id}>
      <button
        ref={ref}
        type="button"
        className={`ref-card ${selected ? 'selected' : ''} ${dragged ? 'dragging' : ''}`}
        aria-pressed={selected}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete F2"
        tabIndex={selected ? 0 : -1}
        onClick={onSelect}
        onKeyDown={onKeyDown}
      >
        <span className="hidden-text">
          {`Image ${number}, ${name}, ${image.width} by ${image.height}`}
          {said.length > 0 && `. ${said.join(' ')}`}
        </span>
        <span className="ref-picture" aria-hidden>
          <Thumb src={imageUrl(image.sha256)} label={name} />
          <span className="ref-number num">
            <GripVertical size={14} aria-hidden />
            {number}
          </span>
        </span>
        <span className="ref-words" aria-hidden>
          <span className="row">
            <b className="ell grow">{name}</b>
            <span className="c11 t3">{unreadable ? 'Unreadable' : 'Uploaded'}</span>
          </span>
          <CardHints image={image} hints={hints} unreadable={unreadable} />
        </span>
      </button>
    </li>
  )
}

/** A file on its way into the cast, or why it was turned down. */
export function UploadCard({
  upload,
  number,
  onDismiss,
  onConvert,
}: {
  upload: Upload
  number: number
  onDismiss(): void
  onConvert(): void
}) {
  const { file, error, state } = upload
  const words = state === 'failed' ? errorText(error) : null
  return (
    <li className={words ? 'ref-place ref-upload failed' : 'ref-place ref-upload'}>
      <span className="ref-picture">
        <Thumb src={upload.url} label="" />
        {!words && (
          <span className="ref-cloud" aria-hidden>
            <CloudUpload size={20} />
          </span>
        )}
        {!words && <span className="ref-number plain num">{number}</span>}
      </span>
      <div className="ref-words">
        <span className="row">
          <b className="ell grow" title={file.name}>
            {file.name}
          </b>
          {words && (
            <IconButton label={`Dismiss ${file.name}`} size="small" icon={<X size={14} />} onClick={onDismiss} />
          )}
        </span>
        {words ? (
          <>
            <span className="ref-hint error" role="alert">
              <CircleX size={12} aria-hidden />
              <span>
                <b>{words.title}.</b> {words.text}
              </span>
            </span>
            {mayConvert(upload) && (
              <Button size="small" onClick={onConvert}>
                Convert a copy
              </Button>
            )}
          </>
        ) : (
          <>
            {state === 'adding' && <ProgressBar value={null} tone="downloading" label={`Adding ${file.name}`} />}
            <span className="ref-hint">
              <CloudUpload size={12} aria-hidden />
              <span className="num">
                {state === 'adding' ? 'Uploading' : 'Waiting'}, {sizeText(file.size)}
              </span>
            </span>
          </>
        )}
      </div>
    </li>
  )
}

/** A place without an image: drop files on it, or choose them. */
export const FreeSlot = ({ number, onFiles }: { number: number; onFiles(files: readonly File[]): void }) => (
  <li className="ref-place">
    <FileButton
      label={`Slot ${number} is free. Drop an image here, or choose some.`}
      accept={ANY_IMAGE}
      multiple
      className="ref-free"
      onFiles={onFiles}
    >
      <ImagePlus size={20} strokeWidth={1.5} aria-hidden />
      <span className="num">
        Slot {number} is free.
        <br />
        Drop an image here.
      </span>
    </FileButton>
  </li>
)
