import { TakeboardError } from '../../../shared/errors.ts'
import type { Scene } from '../../../shared/model.ts'
import type { StoryboardId } from '../../../shared/ids.ts'
import { chosenReferences } from '../domain/compose-request.ts'
import { insertedSceneNumber, nextSceneNumber } from '../domain/slate.ts'
import type { Emit } from '../outbox.ts'
import type { Handlers } from '../router.ts'
import { listScenes, listStoryboards, putScene, putStoryboard, removeScene, removeStoryboard } from '../store/boards.ts'
import { listCasts } from '../store/casts.ts'
import type { WriteDb } from '../store/open-store.ts'
import { listBoardTakes, listSceneTakes } from '../store/takes.ts'
import { the, type HandlerContext } from './context.ts'
import { newScene, newStoryboard } from './new-entities.ts'
import { freeSeeds } from './free-seeds.ts'
import { boardComposer, refreshStale } from './stale.ts'
import { present } from '../../../shared/assert.ts'

type BoardCalls = Pick<
  Handlers,
  | 'storyboard.create'
  | 'storyboard.update'
  | 'storyboard.remove'
  | 'scene.create'
  | 'scene.update'
  | 'scene.move'
  | 'scene.duplicate'
  | 'scene.remove'
  | 'scene.pick'
  | 'scene.asSent'
>

/** Keeps what the patch does not name; `undefined` never overwrites. */
function patched<T extends object>(before: T, patch: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...before, ...(Object.fromEntries(given) as Partial<T>) }
}

/** Writes the order of a storyboard's scenes as dense positions, telling only of those that moved. */
function reorder(db: WriteDb, emit: Emit, scenes: readonly Scene[]): void {
  scenes.forEach((scene, position) => {
    if (scene.position === position) return
    const moved = { ...scene, position }
    putScene(db, moved)
    emit('scene.put', moved)
  })
}

function keepNumbersUnique(db: WriteDb, scene: Scene): void {
  const twin = listScenes(db, scene.storyboardId).find(({ number, id }) => number === scene.number && id !== scene.id)
  if (twin) throw new TakeboardError('conflict', `Scene number ${scene.number} is taken. Choose another label.`)
}

export function boardHandlers(context: HandlerContext): BoardCalls {
  const { ports, store, outbox } = context

  /** Inserts a scene after another, or last, and returns it with its final position. */
  function insert(
    db: WriteDb,
    emit: Emit,
    board: StoryboardId,
    after: Scene | null,
    make: (number: string, position: number) => Scene,
  ) {
    const scenes = listScenes(db, board)
    const taken = scenes.map(({ number }) => number)
    const index = after === null ? scenes.length : scenes.findIndex(({ id }) => id === after.id) + 1
    const last = index === scenes.length
    const number = last ? nextSceneNumber(taken) : insertedSceneNumber(after?.number ?? null, taken)
    const scene = make(number, index)
    putScene(db, scene)
    emit('scene.put', scene)
    reorder(db, emit, [...scenes.slice(0, index), scene, ...scenes.slice(index)])
    return scene
  }

  return {
    'storyboard.create': ({ projectId, title }) =>
      outbox.write((db, emit) => {
        the.project(db, projectId)
        const cast = present(listCasts(db, projectId)[0], 'every project has a cast')
        const board = newStoryboard(ports, projectId, cast.id, title, listStoryboards(db, projectId).length)
        putStoryboard(db, board)
        emit('storyboard.put', board)
        return { storyboardId: board.id }
      }),

    'storyboard.update': ({ storyboardId, patch }) =>
      outbox.write((db, emit) => {
        const board = patched(the.storyboard(db, storyboardId), patch)
        if (the.cast(db, board.castId).projectId !== board.projectId)
          throw new TakeboardError('bad-input', 'That cast belongs to another project.')
        putStoryboard(db, board)
        emit('storyboard.put', board)
        refreshStale(db, emit, storyboardId)
        return {}
      }),

    'storyboard.remove': ({ storyboardId }) =>
      outbox.write((db, emit) => {
        const board = the.storyboard(db, storyboardId)
        if (listBoardTakes(db, storyboardId).length > 0)
          throw new TakeboardError('conflict', 'This storyboard has takes, so it stays in the library.')
        if (listStoryboards(db, board.projectId).length === 1)
          throw new TakeboardError('conflict', 'A project keeps at least one storyboard.')
        removeStoryboard(db, storyboardId)
        emit('storyboard.removed', { projectId: board.projectId, storyboardId })
        return {}
      }),

    'scene.create': ({ storyboardId, after }) =>
      outbox.write((db, emit) => {
        const board = the.storyboard(db, storyboardId)
        const previous = after === null ? null : the.scene(db, after)
        const scene = insert(db, emit, storyboardId, previous, (number, position) =>
          newScene(ports, board, number, position),
        )
        return { sceneId: scene.id }
      }),

    'scene.duplicate': ({ sceneId }) =>
      outbox.write((db, emit) => {
        const original = the.scene(db, sceneId)
        const board = the.storyboard(db, original.storyboardId)
        const copy = insert(db, emit, board.id, original, (number, position) => ({
          ...original,
          id: newScene(ports, board, number, position).id,
          number,
          position,
          pickTakeId: null,
        }))
        return { sceneId: copy.id }
      }),

    'scene.update': ({ sceneId, patch }) =>
      outbox.write((db, emit) => {
        const scene = patched(the.scene(db, sceneId), patch)
        if (patch.number !== undefined) keepNumbersUnique(db, scene)
        if (patch.seed?.kind === 'scene') {
          const source = the.scene(db, patch.seed.sceneId)
          if (source.storyboardId !== scene.storyboardId || source.id === scene.id)
            throw new TakeboardError(
              'seed-unresolved',
              'A seed can be taken from another scene of the same storyboard.',
            )
        }
        putScene(db, scene)
        emit('scene.put', scene)
        refreshStale(db, emit, scene.storyboardId, sceneId)
        return {}
      }),

    'scene.move': ({ sceneId, before }) =>
      outbox.write((db, emit) => {
        const scene = the.scene(db, sceneId)
        if (before === sceneId) return {}
        const others = listScenes(db, scene.storyboardId).filter(({ id }) => id !== sceneId)
        const index = before === null ? others.length : others.findIndex(({ id }) => id === before)
        if (index < 0) throw new TakeboardError('not-found', 'That scene is no longer in the storyboard.')
        reorder(db, emit, [...others.slice(0, index), scene, ...others.slice(index)])
        return {}
      }),

    'scene.remove': ({ sceneId }) =>
      outbox.write((db, emit) => {
        const scene = the.scene(db, sceneId)
        if (listSceneTakes(db, sceneId).length > 0)
          throw new TakeboardError('conflict', `Scene ${scene.number} has takes, so it stays on the board.`)
        removeScene(db, sceneId)
        emit('scene.removed', { storyboardId: scene.storyboardId, sceneId })
        freeSeeds(db, emit, scene.storyboardId)
        reorder(db, emit, listScenes(db, scene.storyboardId))
        return {}
      }),

    'scene.pick': ({ sceneId, takeId }) =>
      outbox.write((db, emit) => {
        const scene = the.scene(db, sceneId)
        if (takeId !== null) {
          const { take } = the.take(db, takeId)
          if (take.sceneId !== sceneId || take.phase !== 'ready')
            throw new TakeboardError('conflict', 'Only a finished take of this scene can be its pick.')
        }
        const picked = { ...scene, pickTakeId: takeId }
        putScene(db, picked)
        emit('scene.put', picked)
        return {}
      }),

    'scene.asSent': ({ sceneId }) => {
      const db = store.read
      const scene = the.scene(db, sceneId)
      const composed = boardComposer(db, scene.storyboardId)(scene)
      if (composed.ok)
        return { prompt: composed.request.prompt, references: [...composed.request.references], problem: null }
      const cast = the.cast(db, the.storyboard(db, scene.storyboardId).castId)
      const references = chosenReferences(scene, cast.references)
      return {
        prompt: composed.prompt,
        references: references.map(({ id, name, image }) => ({ referenceId: id, name, sha256: image.sha256 })),
        problem: composed.problem.message,
      }
    },
  }
}
