import { TakeboardError } from '../../../shared/errors.ts'
import { ReferenceId, type Sha256 } from '../../../shared/ids.ts'
import type { Cast, ImageFile, Reference } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Emit } from '../outbox.ts'
import type { Handlers } from '../router.ts'
import { listScenes, listStoryboards, putScene } from '../store/boards.ts'
import { findImage, putCast } from '../store/casts.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { the, type HandlerContext } from './context.ts'
import { refreshCast } from './stale.ts'

type CastCalls = Pick<Handlers, 'reference.add' | 'reference.update' | 'reference.move' | 'reference.remove'>

function uploaded(db: ReadDb, sha256: Sha256): ImageFile {
  const image = findImage(db, sha256)
  if (image === null) throw new TakeboardError('image-unreadable', 'That image was not uploaded. Add the file again.')
  return image
}

/** Writes a changed cast and re-examines every take made with it. */
function save(db: WriteDb, emit: Emit, cast: Cast): void {
  putCast(db, cast)
  emit('cast.put', cast)
  refreshCast(db, emit, cast)
}

export function castHandlers({ ports, outbox }: HandlerContext): CastCalls {
  const checkName = (name: string) => {
    if (name !== name.trim() || name.includes('@'))
      throw new TakeboardError(
        'bad-input',
        'A name has no @ and no spaces at its ends, so that prompts can mention it.',
      )
  }

  return {
    'reference.add': ({ castId, name, sha256 }) =>
      outbox.write((db, emit) => {
        const cast = the.cast(db, castId)
        checkName(name)
        if (cast.references.length >= IMAGES.max)
          throw new TakeboardError('conflict', `A cast holds ${IMAGES.max} references at most. Remove one first.`)
        const reference: Reference = { id: ReferenceId.parse(ports.ids.next()), name, image: uploaded(db, sha256) }
        save(db, emit, { ...cast, references: [...cast.references, reference] })
        return { referenceId: reference.id }
      }),

    'reference.update': ({ referenceId, patch }) =>
      outbox.write((db, emit) => {
        const cast = the.castOf(db, referenceId)
        if (patch.name !== undefined) checkName(patch.name)
        const references = cast.references.map((reference) =>
          reference.id === referenceId
            ? {
                ...reference,
                name: patch.name ?? reference.name,
                image: patch.sha256 === undefined ? reference.image : uploaded(db, patch.sha256),
              }
            : reference,
        )
        save(db, emit, { ...cast, references })
        return {}
      }),

    'reference.move': ({ referenceId, to }) =>
      outbox.write((db, emit) => {
        const cast = the.castOf(db, referenceId)
        const moved = cast.references.filter(({ id }) => id === referenceId)
        const others = cast.references.filter(({ id }) => id !== referenceId)
        save(db, emit, { ...cast, references: [...others.slice(0, to), ...moved, ...others.slice(to)] })
        return {}
      }),

    'reference.remove': ({ referenceId }) =>
      outbox.write((db, emit) => {
        const cast = the.castOf(db, referenceId)
        for (const board of listStoryboards(db, cast.projectId)) {
          for (const scene of listScenes(db, board.id)) {
            if (!scene.references?.includes(referenceId)) continue
            const left = scene.references.filter((id) => id !== referenceId)
            const freed = { ...scene, references: left.length === 0 ? null : left }
            putScene(db, freed)
            emit('scene.put', freed)
          }
        }
        save(db, emit, { ...cast, references: cast.references.filter(({ id }) => id !== referenceId) })
        return {}
      }),
  }
}
