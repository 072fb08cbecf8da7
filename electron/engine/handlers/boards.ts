import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import { SceneId, type StoryboardId } from '../../../shared/ids.ts'
import type { Scene, SeedPolicy } from '../../../shared/model.ts'
import { carryReferences } from '../domain/carry-references.ts'
import type { Emit } from '../outbox.ts'
import type { Handlers } from '../router.ts'
import { listScenes, listStoryboards, putStoryboard, removeStoryboard } from '../store/boards.ts'
import { listCasts } from '../store/casts.ts'
import type { WriteDb } from '../store/open-store.ts'
import { listBoardTakes } from '../store/takes.ts'
import { arrange, writeScenes } from './arrange.ts'
import { the, type HandlerContext } from './context.ts'
import { newStoryboard } from './new-entities.ts'
import { namedIn, patched } from './patched.ts'
import { refreshStale } from './stale.ts'

type BoardCalls = Pick<
  Handlers,
  | 'storyboard.create'
  | 'storyboard.update'
  | 'storyboard.move'
  | 'storyboard.remove'
  | 'storyboard.renumber'
  | 'storyboard.duplicate'
>

const FIELDS: Readonly<Record<string, string>> = {
  title: 'title',
  style: 'style',
  defaults: 'defaults',
  castId: 'cast',
  numbering: 'numbering',
}

/** A title that says it is a copy: `Act one copy`, then `Act one copy 2`. */
export function copyTitle(title: string, taken: readonly { readonly title: string }[]): string {
  const titles = new Set(taken.map((each) => each.title))
  for (let count = 1; ; count++) {
    const behind = count === 1 ? ' copy' : ` copy ${count}`
    const copy = title.slice(0, 200 - behind.length) + behind
    if (!titles.has(copy)) return copy
  }
}

export function boardHandlers({ ports, store, history }: HandlerContext): BoardCalls {
  const relabel = (db: WriteDb, emit: Emit, storyboardId: StoryboardId) => {
    const scenes = listScenes(db, storyboardId)
    arrange(db, emit, { ...the.storyboard(db, storyboardId), numbering: 'renumber' }, scenes, scenes)
  }

  return {
    'storyboard.create': ({ projectId, title }) => {
      const db = store.read
      the.project(db, projectId)
      const cast = present(listCasts(db, projectId)[0], 'every project has a cast')
      const board = newStoryboard(ports, projectId, cast.id, title, listStoryboards(db, projectId).length)
      return history.edit({ projectId, label: `add the storyboard ${title}` }, (write, emit) => {
        putStoryboard(write, board)
        emit('storyboard.put', board)
        return { storyboardId: board.id }
      })
    },

    'storyboard.update': ({ storyboardId, patch }) => {
      const before = the.storyboard(store.read, storyboardId)
      const board = patched(before, patch)
      const cast = the.cast(store.read, board.castId)
      if (cast.projectId !== board.projectId)
        throw new TakeboardError('bad-input', 'That cast belongs to another project.')
      const fields = namedIn(patch)
      const [only] = fields.flatMap((name) => FIELDS[name] ?? [])
      const label = fields.length === 1 ? `change the ${only} of ${before.title}` : `change ${before.title}`
      const isTyped = fields.every((name) => name === 'title' || name === 'style')
      const mergeKey = isTyped ? { mergeKey: `${storyboardId} ${fields.join(' ')}` } : {}
      return history.edit({ projectId: board.projectId, label, ...mergeKey }, (db, emit) => {
        putStoryboard(db, board)
        emit('storyboard.put', board)
        if (before.castId !== board.castId) {
          const old = the.cast(db, before.castId)
          const scenes = listScenes(db, storyboardId)
          const carried = scenes.map((scene) => ({
            ...scene,
            references: carryReferences(scene.references, old.references, cast.references),
          }))
          writeScenes(db, emit, storyboardId, new Map(scenes.map((scene) => [scene.id, scene])), carried)
        }
        if (before.numbering !== board.numbering && board.numbering === 'renumber') relabel(db, emit, storyboardId)
        if (before.castId !== board.castId || before.style !== board.style) refreshStale(db, emit, storyboardId)
        return {}
      })
    },

    'storyboard.move': ({ storyboardId, before }) => {
      const moved = the.storyboard(store.read, storyboardId)
      const { projectId, title } = moved
      const others = listStoryboards(store.read, projectId).filter(({ id }) => id !== storyboardId)
      const at = before === null ? others.length : others.findIndex(({ id }) => id === before)
      if (at === -1) throw new TakeboardError('bad-input', 'There is no such storyboard beside it in its project.')
      const order = others.toSpliced(at, 0, moved)
      const changed = order.flatMap((board, position) => (board.position === position ? [] : [{ ...board, position }]))
      if (changed.length === 0) return {}
      return history.edit({ projectId, label: `move the storyboard ${title}` }, (db, emit) => {
        for (const board of changed) {
          putStoryboard(db, board)
          emit('storyboard.put', board)
        }
        return {}
      })
    },

    'storyboard.remove': ({ storyboardId }) => {
      const board = the.storyboard(store.read, storyboardId)
      if (listBoardTakes(store.read, storyboardId).length > 0)
        throw new TakeboardError('conflict', 'This storyboard has takes, so it stays in the library.')
      if (listStoryboards(store.read, board.projectId).length === 1)
        throw new TakeboardError('conflict', 'A project keeps at least one storyboard.')
      const { projectId, title } = board
      return history.edit({ projectId, label: `remove the storyboard ${title}` }, (db, emit) => {
        removeStoryboard(db, storyboardId)
        emit('storyboard.removed', { projectId, storyboardId })
        return {}
      })
    },

    'storyboard.renumber': ({ storyboardId }) => {
      const { projectId, title } = the.storyboard(store.read, storyboardId)
      return history.edit({ projectId, label: `renumber the scenes of ${title}` }, (db, emit) => {
        relabel(db, emit, storyboardId)
        return {}
      })
    },

    'storyboard.duplicate': ({ storyboardId }) => {
      const original = the.storyboard(store.read, storyboardId)
      const { projectId } = original
      const boards = listStoryboards(store.read, projectId)
      const title = copyTitle(original.title, boards)
      const { id } = newStoryboard(ports, projectId, original.castId, title, boards.length)
      const scenes = listScenes(store.read, storyboardId)
      const ids = new Map(scenes.map((scene) => [scene.id, SceneId.parse(ports.ids.next())]))
      const seedHere = (seed: SeedPolicy): SeedPolicy => {
        if (seed.kind !== 'scene') return seed
        const sceneId = ids.get(seed.sceneId)
        return sceneId === undefined ? { kind: 'random' } : { kind: 'scene', sceneId }
      }
      const copies = scenes.map((scene): Scene => ({
        ...scene,
        id: present(ids.get(scene.id), 'one for each'),
        storyboardId: id,
        seed: seedHere(scene.seed),
        pickTakeId: null,
      }))
      const defaults = { ...original.defaults, seed: seedHere(original.defaults.seed) }
      const board = { ...original, id, title, defaults, position: boards.length }
      return history.edit({ projectId, label: `duplicate the storyboard ${original.title}` }, (db, emit) => {
        putStoryboard(db, board)
        emit('storyboard.put', board)
        writeScenes(db, emit, id, new Map(), copies)
        return { storyboardId: id }
      })
    },
  }
}
