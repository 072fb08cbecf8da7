import { CircleCheck, GripVertical, ImagePlus, TriangleAlert, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useCallback } from 'react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Reference } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { FileButton } from '../../common/file-button.tsx'
import { imageUrl } from '../../state/media.ts'
import { errorText } from '../../state/requests.ts'
import { IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { sizeHint, sizeText } from './logic.ts'
import { makeReferenceDraggable } from './use-card-drag.ts'
import type { Upload } from './use-uploads.ts'

export const IMAGE_TYPES = IMAGE_LIMITS.types.join(',')

/** One reference of the cast. Drag it, or move it with Alt and the arrow keys. */
export function ReferenceCard({
  reference,
  number,
  selected,
  current,
  dragged,
  dropSide,
  onSelect,
  onKeyDown,
  ref,
}: {
  reference: Reference
  number: number
  selected: boolean
  current: boolean
  dragged: boolean
  dropSide: 'left' | 'right' | null
  onSelect(): void
  onKeyDown(event: KeyboardEvent): void
  ref?: Ref<HTMLButtonElement>
}) {
  const { image, name } = reference
  const hint = sizeHint(image)
  const makeDraggable = useCallback(
    (element: HTMLLIElement | null) => (element ? makeReferenceDraggable(element, reference.id) : undefined),
    [reference.id],
  )
  return (
    <li ref={makeDraggable} className={`ref-place ${dropSide ? `drop-${dropSide}` : ''}`} data-reference={reference.id}>
      <button
        ref={ref}
        type="button"
        className={`ref-card ${selected ? 'selected' : ''} ${dragged ? 'dragging' : ''}`}
        aria-pressed={selected}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
        tabIndex={current ? 0 : -1}
        onClick={onSelect}
        onKeyDown={onKeyDown}
      >
        <span className="hidden-text">
          {`Image ${number}, ${name}, ${image.width} by ${image.height}${hint ? `. ${hint}` : ''}`}
        </span>
        <span className="ref-picture" aria-hidden>
          <Thumb src={imageUrl(image.sha256)} label={name} />
          <span className="ref-number num">
            <GripVertical size={14} aria-hidden />
            {number}
          </span>
        </span>
        <span className="ref-words" aria-hidden>
          <b className="ell">{name}</b>
          <span className={hint ? 'ref-hint attention' : 'ref-hint'}>
            {hint ? <TriangleAlert size={12} aria-hidden /> : <CircleCheck size={12} aria-hidden />}
            <span className="num">
              {image.width} × {image.height}
              {hint && <span className="ref-advice">{hint}</span>}
            </span>
          </span>
        </span>
      </button>
    </li>
  )
}

/** A file on its way into the cast, or why it was turned down. */
export function UploadCard({ upload, onDismiss }: { upload: Upload; onDismiss(): void }) {
  const { file, error } = upload
  const words = error === null ? null : errorText(error)
  return (
    <li className={words ? 'ref-place ref-upload failed' : 'ref-place ref-upload'}>
      <span className="ref-picture">
        <Thumb src={upload.url} label="" />
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
          <span className="ref-hint error" role="alert">
            <TriangleAlert size={12} aria-hidden />
            <span>
              <b>{words.title}.</b> {words.text}
            </span>
          </span>
        ) : (
          <>
            <ProgressBar value={null} tone="downloading" label={`Adding ${file.name}`} />
            <span className="ref-hint">
              <span className="num">Adding, {sizeText(file.size)}</span>
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
      accept={IMAGE_TYPES}
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

/** Which card an arrow key leads to, by its place. */
export function arrowTarget(key: string, at: number, count: number, columns: number): number | null {
  const by =
    key === 'ArrowLeft'
      ? -1
      : key === 'ArrowRight'
        ? 1
        : key === 'ArrowUp'
          ? -columns
          : key === 'ArrowDown'
            ? columns
            : 0
  const to = at + by
  return by === 0 || to < 0 || to >= count ? null : to
}

export type CardRefs = Map<ReferenceId, HTMLButtonElement>
