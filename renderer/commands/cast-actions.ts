import type { Cast } from '../../shared/model.ts'
import { IMAGES } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { media } from '../state/media.ts'
import { attempt, call } from '../state/requests.ts'

/** What a reference is called until the artist says otherwise: the file's name without its ending, in capitals at the start. */
export function nameFromFile(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]+$/, '')
    .split(/[-_\s.]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  const first = words[0] ?? 'Reference'
  return (first.charAt(0).toUpperCase() + first.slice(1)).slice(0, 60)
}

/** Uploads pictures and adds them at the end of the cast, as many as it has room for. */
export async function addReferences(cast: Cast, files: readonly File[]): Promise<void> {
  const room = IMAGES.max - cast.references.length
  for (const file of files.slice(0, room)) {
    const added = await attempt(async () => {
      const image = await media().uploadImage(file)
      return call('reference.add', { castId: cast.id, name: nameFromFile(file.name), sha256: image.sha256 })
    })
    if (!added) return
  }
}
