import { TakeboardError } from '../../../shared/errors.ts'
import { SavedSeedId } from '../../../shared/ids.ts'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import type { Handlers } from '../router.ts'
import type { ReadDb } from '../store/open-store.ts'
import { findSavedSeed, putSavedSeed, removeSavedSeed } from '../store/saved-seeds.ts'
import { the, type HandlerContext } from './context.ts'

function savedSeed(db: ReadDb, id: SavedSeedId): SavedSeed {
  const found = findSavedSeed(db, id)
  if (found === null) throw new TakeboardError('not-found', 'That seed is no longer in the seed bank.')
  return found
}

/** The seed bank of a project. Every change is an edit that can be undone. */
export function seedHandlers({
  ports,
  store,
  history,
}: HandlerContext): Pick<Handlers, 'seed.save' | 'seed.update' | 'seed.remove'> {
  return {
    'seed.save': (given) => {
      the.project(store.read, given.projectId)
      if (given.takeId !== null && the.take(store.read, given.takeId).take.projectId !== given.projectId)
        throw new TakeboardError('bad-input', 'A seed is saved from a take of the same project.')
      const saved: SavedSeed = {
        ...given,
        id: SavedSeedId.parse(ports.ids.next()),
        createdAt: ports.clock.now(),
      }
      return history.edit({ projectId: given.projectId, label: `save seed ${given.seed}` }, (db, emit) => {
        putSavedSeed(db, saved)
        emit('seed.put', saved)
        return { savedSeedId: saved.id }
      })
    },

    'seed.update': ({ savedSeedId, patch }) => {
      const { projectId, seed } = savedSeed(store.read, savedSeedId)
      const label = `change saved seed ${seed}`
      return history.edit({ projectId, label, mergeKey: `seed ${savedSeedId}` }, (db, emit) => {
        const before = savedSeed(db, savedSeedId)
        const saved: SavedSeed = {
          ...before,
          ...(patch.name === undefined ? {} : { name: patch.name }),
          ...(patch.character === undefined ? {} : { character: patch.character }),
          ...(patch.stars === undefined ? {} : { stars: patch.stars }),
          ...(patch.note === undefined ? {} : { note: patch.note }),
        }
        putSavedSeed(db, saved)
        emit('seed.put', saved)
        return {}
      })
    },

    'seed.remove': ({ savedSeedId }) => {
      const { projectId, seed } = savedSeed(store.read, savedSeedId)
      return history.edit({ projectId, label: `remove saved seed ${seed}` }, (db, emit) => {
        removeSavedSeed(db, savedSeedId)
        emit('seed.removed', { projectId, savedSeedId })
        return {}
      })
    },
  }
}
