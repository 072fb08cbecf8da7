import type { Handlers } from '../router.ts'
import { forgetUploads, readSettings, writeSettings, writePaused } from '../store/records.ts'
import { listStoryboards } from '../store/boards.ts'
import { listProjects } from '../store/projects.ts'
import type { HandlerContext } from './context.ts'
import { refreshStale } from './stale.ts'

type SettingsCalls = Pick<
  Handlers,
  'settings.update' | 'key.set' | 'key.clear' | 'provider.check' | 'runner.pause' | 'runner.resume'
>

export function settingsHandlers(context: HandlerContext): SettingsCalls {
  const { ports, store, outbox, scheduler } = context

  function keyChanged() {
    // Uploads belong to the account of the key that made them.
    store.write((db) => forgetUploads(db, 'wavespeed'))
    const status = ports.secrets.status()
    outbox.tell({ seq: null, name: 'key.put', payload: status })
    return status
  }

  return {
    'settings.update': ({ patch }) => {
      outbox.write((db, emit) => {
        const before = readSettings(db)
        const settings = {
          theme: patch.theme ?? before.theme,
          level: patch.level ?? before.level,
          concurrency: patch.concurrency ?? before.concurrency,
          perMinute: patch.perMinute === undefined ? before.perMinute : patch.perMinute,
          imagePlaceholder: patch.imagePlaceholder ?? before.imagePlaceholder,
          keys: patch.keys ?? before.keys,
          notify: patch.notify ?? before.notify,
        }
        writeSettings(db, settings)
        emit('settings.put', settings)
        if (settings.imagePlaceholder === before.imagePlaceholder) return
        for (const project of listProjects(db))
          for (const board of listStoryboards(db, project.id)) refreshStale(db, emit, board.id)
      })
      scheduler.repace()
      return {}
    },
    'key.set': ({ key, persist }) => {
      ports.secrets.write(key.trim(), persist)
      return keyChanged()
    },
    'key.clear': () => {
      ports.secrets.clear()
      return keyChanged()
    },
    'provider.check': async ({ provider }) => ({ balance: await ports.providers[provider].balance() }),
    'runner.pause': () => {
      store.write((db) => writePaused(db, true))
      scheduler.pause()
      return {}
    },
    'runner.resume': () => {
      store.write((db) => writePaused(db, false))
      scheduler.resume()
      return {}
    },
  }
}
