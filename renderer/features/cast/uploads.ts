import { create } from 'zustand'
import { TakeboardError } from '../../../shared/errors.ts'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import { IMAGE_LIMITS, IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { nameFromFile } from '../../commands/cast-actions.ts'
import { announce } from '../../common/announcer.ts'
import { media } from '../../state/media.ts'
import { currentView } from '../../state/projection.ts'
import { call } from '../../state/requests.ts'
import { fileProblem } from './logic.ts'

/** A file on its way into a cast, or turned down. */
export interface Upload {
  readonly id: string
  readonly castId: CastId
  readonly file: File
  /** Whom it shows; null takes the name from the file. */
  readonly character: string | null
  /** Of its picture, until it is dismissed. */
  readonly url: string
  readonly state: 'waiting' | 'adding' | 'failed'
  readonly error: unknown
}

/** Kept beside the screen, so that leaving it neither stops nor hides what is under way. */
export const useUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }))

let tail: Promise<void> = Promise.resolve()

const change = (id: string, patch: Partial<Upload>) =>
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...patch } : upload)),
  }))

function keep(test: (upload: Upload) => boolean): void {
  const { uploads } = useUploads.getState()
  for (const upload of uploads) if (!test(upload)) URL.revokeObjectURL(upload.url)
  useUploads.setState({ uploads: uploads.filter(test) })
}

export const dismissUpload = (id: string): void => keep((upload) => upload.id !== id)

const fullError = () =>
  new TakeboardError('conflict', `A cast holds ${IMAGES.max} images. Remove one, then add this one again.`)

async function put({ id, castId, file, character }: Upload, onAdded: (id: ReferenceId) => void): Promise<void> {
  try {
    const problem = fileProblem(file)
    if (problem) throw problem
    if ((currentView()?.casts.get(castId)?.references.length ?? 0) >= IMAGES.max) throw fullError()
    change(id, { state: 'adding' })
    const { sha256 } = await media().uploadImage(file)
    const name = character ?? nameFromFile(file.name)
    const { referenceId } = await call('reference.add', { castId, name, sha256 })
    dismissUpload(id)
    announce(`${name} added.`)
    onAdded(referenceId)
  } catch (error) {
    change(id, { state: 'failed', error })
  }
}

function queue(upload: Upload, onAdded: (id: ReferenceId) => void): void {
  tail = tail.then(() => put(upload, onAdded))
}

/**
 * Puts files into a cast one after the other, so that they keep their order. What was turned down stays to be read.
 * @param character whom they show; null takes the names of the files
 */
export function addUploads(
  castId: CastId,
  files: readonly File[],
  character: string | null,
  onAdded: (id: ReferenceId) => void,
): void {
  const added = files.map((file): Upload => ({
    id: crypto.randomUUID(),
    castId,
    file,
    character,
    url: URL.createObjectURL(file),
    state: 'waiting',
    error: null,
  }))
  keep((upload) => upload.castId !== castId || upload.state !== 'failed')
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }))
  for (const upload of added) queue(upload, onAdded)
}

/** True of a file that was turned down for its kind or weight, and that may be read as a picture here. */
export const mayConvert = ({ file, error }: Upload): boolean =>
  error instanceof TakeboardError &&
  (error.code === 'image-too-large' || (error.code === 'image-type' && file.type.startsWith('image/')))

/** Long side of a converted copy. */
const COPY_SIDE = 2048

async function jpegOf(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, COPY_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) throw new DOMException('There is no canvas to draw on.')
  // A JPEG has no transparency.
  brush.fillStyle = '#ffffff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
  return new File([blob], `${file.name.replace(/\.[^.]+$/, '')}.jpg`, { type: IMAGE_LIMITS.types[0] })
}

/** Adds a copy of a file that was turned down: a JPEG in sRGB, small enough. */
export async function addConverted(upload: Upload, onAdded: (id: ReferenceId) => void): Promise<void> {
  change(upload.id, { state: 'waiting', error: null })
  try {
    const file = await jpegOf(upload.file)
    change(upload.id, { file })
    queue({ ...upload, file }, onAdded)
  } catch {
    const error = new TakeboardError(
      'image-unreadable',
      'It cannot be opened as a picture. Save it as a PNG elsewhere.',
    )
    change(upload.id, { state: 'failed', error })
  }
}
