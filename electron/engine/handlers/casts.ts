import { present } from '../../../shared/assert.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { ReferenceId, type Sha256 } from '../../../shared/ids.ts'
import { type Cast, type ImageFile, type Reference, Scene } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { renameMentions } from '../domain/mentions.ts'
import type { Emit } from '../outbox.ts'
import type { Handlers } from '../router.ts'
import { listScenes, listStoryboards, putScene } from '../store/boards.ts'
import { findImage, listCasts, putCast, removeCast } from '../store/casts.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { copyTitle } from './boards.ts'
import { the, type HandlerContext } from './context.ts'
import { newCast } from './new-entities.ts'
import { refreshCast } from './stale.ts'

type CastCalls = Pick<
  Handlers,
  | 'reference.add'
  | 'reference.update'
  | 'reference.move'
  | 'reference.remove'
  | 'cast.create'
  | 'cast.update'
  | 'cast.renameCharacter'
  | 'cast.duplicate'
  | 'cast.remove'
>

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

/** Codes: bad-input. */
function checkName(name: string): void {
  if (name !== name.trim() || name.includes('@'))
    throw new TakeboardError('bad-input', 'A name has no @ and no spaces at its ends, so that prompts can mention it.')
}

/** The scenes that mention somebody of a cast, with another name in their prompts. Codes: conflict. */
function scenesRenamed(db: ReadDb, cast: Cast, from: string, to: string): readonly Scene[] {
  const names = [...new Set(cast.references.map(({ name }) => name))]
  return listStoryboards(db, cast.projectId)
    .filter((board) => board.castId === cast.id)
    .flatMap((board) => listScenes(db, board.id))
    .flatMap((scene) => {
      const prompt = renameMentions(scene.prompt, names, from, to)
      if (prompt === scene.prompt) return []
      if (!Scene.shape.prompt.safeParse(prompt).success)
        throw new TakeboardError('conflict', `The prompt of scene ${scene.number} has no room for the longer name.`)
      return [{ ...scene, prompt }]
    })
}

export function castHandlers({ ports, store, history }: HandlerContext): CastCalls {
  const nextReference = () => ReferenceId.parse(ports.ids.next())

  /** One step of undo that leaves a cast as it is given. */
  function change(cast: Cast, label: string, mergeKey?: string) {
    const options = { projectId: cast.projectId, label, ...(mergeKey === undefined ? {} : { mergeKey }) }
    history.edit(options, (db, emit) => save(db, emit, cast))
    return {}
  }

  const named = (cast: Cast, id: ReferenceId) =>
    present(
      cast.references.find((each) => each.id === id),
      'it was found',
    )

  return {
    'reference.add': ({ castId, name, sha256 }) => {
      const cast = the.cast(store.read, castId)
      checkName(name)
      if (cast.references.length >= IMAGES.max)
        throw new TakeboardError('conflict', `A cast holds ${IMAGES.max} references at most. Remove one first.`)
      const reference: Reference = { id: nextReference(), name, image: uploaded(store.read, sha256) }
      change({ ...cast, references: [...cast.references, reference] }, `add a reference of ${name}`)
      return { referenceId: reference.id }
    },

    'reference.update': ({ referenceId, patch }) => {
      const cast = the.castOf(store.read, referenceId)
      const before = named(cast, referenceId)
      if (patch.name !== undefined) checkName(patch.name)
      const after: Reference = {
        ...before,
        name: patch.name ?? before.name,
        image: patch.sha256 === undefined ? before.image : uploaded(store.read, patch.sha256),
      }
      const references = cast.references.map((each) => (each.id === referenceId ? after : each))
      if (patch.sha256 !== undefined) return change({ ...cast, references }, `replace an image of ${before.name}`)
      return change({ ...cast, references }, `rename ${before.name}`, `${referenceId} name`)
    },

    'reference.move': ({ referenceId, to }) => {
      const cast = the.castOf(store.read, referenceId)
      const moved = named(cast, referenceId)
      const others = cast.references.filter(({ id }) => id !== referenceId)
      return change(
        { ...cast, references: [...others.slice(0, to), moved, ...others.slice(to)] },
        `move a reference of ${moved.name}`,
      )
    },

    'reference.remove': ({ referenceId }) => {
      const cast = the.castOf(store.read, referenceId)
      const { projectId } = cast
      const label = `remove a reference of ${named(cast, referenceId).name}`
      return history.edit({ projectId, label }, (db, emit) => {
        for (const board of listStoryboards(db, projectId)) {
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
      })
    },

    'cast.create': ({ projectId, title }) => {
      the.project(store.read, projectId)
      const cast: Cast = { ...newCast(ports, projectId), title }
      change(cast, `add the cast ${title}`)
      return { castId: cast.id }
    },

    'cast.update': ({ castId, patch }) => {
      const cast = the.cast(store.read, castId)
      return change({ ...cast, title: patch.title ?? cast.title }, `rename the cast ${cast.title}`, `${castId} title`)
    },

    'cast.renameCharacter': ({ castId, from, to, mentions }) => {
      const cast = the.cast(store.read, castId)
      checkName(to)
      const images = cast.references.filter(({ name }) => name === from).length
      if (images === 0) throw new TakeboardError('not-found', `Nobody in ${cast.title} is called ${from}.`)
      const { projectId } = cast
      return history.edit({ projectId, label: `rename ${from} to ${to}` }, (db, emit) => {
        const scenes = mentions ? scenesRenamed(db, cast, from, to) : []
        for (const scene of scenes) {
          putScene(db, scene)
          emit('scene.put', scene)
        }
        const references = cast.references.map((each) => (each.name === from ? { ...each, name: to } : each))
        save(db, emit, { ...cast, references })
        return { images, scenes: scenes.length }
      })
    },

    'cast.duplicate': ({ castId }) => {
      const cast = the.cast(store.read, castId)
      const copy: Cast = {
        id: newCast(ports, cast.projectId).id,
        projectId: cast.projectId,
        title: copyTitle(cast.title, listCasts(store.read, cast.projectId)),
        references: cast.references.map((reference) => ({ ...reference, id: nextReference() })),
      }
      change(copy, `duplicate the cast ${cast.title}`)
      return { castId: copy.id }
    },

    'cast.remove': ({ castId }) => {
      const cast = the.cast(store.read, castId)
      const { projectId, title } = cast
      const users = listStoryboards(store.read, projectId).filter((board) => board.castId === castId)
      if (users.length > 0)
        throw new TakeboardError(
          'conflict',
          `${title} is the cast of ${users.map((board) => board.title).join(', ')}. Give them another cast first.`,
        )
      return history.edit({ projectId, label: `remove the cast ${title}` }, (db, emit) => {
        removeCast(db, castId)
        emit('cast.removed', { projectId, castId })
        return {}
      })
    },
  }
}
