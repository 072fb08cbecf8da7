import { useRef, useState } from 'react'
import { TakeboardError } from '../../../shared/errors.ts'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { nameFromFile } from '../../commands/cast-actions.ts'
import { media } from '../../state/media.ts'
import { useProjection } from '../../state/projection.ts'
import { call } from '../../state/requests.ts'
import { fileProblem } from './logic.ts'

/** A file on its way into the cast, or turned down. */
export interface Upload {
  readonly id: string
  readonly file: File
  /** Of its picture, until it is dismissed. */
  readonly url: string
  /** Null while it is on its way. */
  readonly error: unknown
}

const fullError = () =>
  new TakeboardError('conflict', `A cast holds ${IMAGES.max} images. Remove one, then add this one again.`)

/** Puts files into a cast one after the other, so that they keep their order. What was turned down stays to be read. */
export function useUploads(castId: CastId, onAdded: (id: ReferenceId) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const tail = useRef<Promise<void>>(Promise.resolve())

  const fail = (id: string, error: unknown) =>
    setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, error } : upload)))
  const keep = (test: (upload: Upload) => boolean) =>
    setUploads((before) => {
      for (const upload of before) if (!test(upload)) URL.revokeObjectURL(upload.url)
      return before.filter(test)
    })
  const dismiss = (id: string) => keep((upload) => upload.id !== id)

  const put = async ({ id, file }: Upload) => {
    const problem = fileProblem(file)
    const there = useProjection.getState().view?.casts.get(castId)?.references.length ?? 0
    if (problem) return fail(id, problem)
    if (there >= IMAGES.max) return fail(id, fullError())
    try {
      const image = await media().uploadImage(file)
      const added = await call('reference.add', { castId, name: nameFromFile(file.name), sha256: image.sha256 })
      dismiss(id)
      onAdded(added.referenceId)
    } catch (error) {
      fail(id, error)
    }
  }

  return {
    uploads,
    dismiss,
    add(files: readonly File[]) {
      const added = files.map((file): Upload => ({
        id: crypto.randomUUID(),
        file,
        url: URL.createObjectURL(file),
        error: null,
      }))
      keep(({ error }) => error === null)
      setUploads((before) => [...before, ...added])
      for (const upload of added) tail.current = tail.current.then(() => put(upload))
    },
  }
}
