import type { Client } from '../../shared/client.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import type { TransportState } from '../../shared/transport.ts'
import { applyEvents, type Entities, knownSeq, studioFromSnapshot, viewFromSnapshot } from './apply-event.ts'

/** Where the entities are kept; the app uses the projection store. */
export interface SyncTarget {
  get(): Entities
  set(
    part: Partial<Entities> & {
      connection?: TransportState
      status?: 'loading' | 'ready' | 'failed'
      error?: TakeboardError | null
    },
  ): void
}

export interface SyncOptions {
  readonly client: Client
  readonly target: SyncTarget
  /** Which project to show when none was asked for; null shows the welcome. */
  chooseProject(projects: readonly { id: ProjectId; openedAt: number }[]): ProjectId | null
  /** Runs `work` soon; events that come in a burst are applied together. */
  schedule(work: () => void): void
}

export interface Sync {
  /** Shows another project, or takes new snapshots of the present one. */
  open(projectId: ProjectId | null): Promise<void>
  stop(): void
}

/**
 * Keeps the entities the same as the engine's: snapshots first, then numbered events; new snapshots when one is missing
 * or the connection comes back.
 */
export function startSync({ client, target, chooseProject, schedule }: SyncOptions): Sync {
  let queue: EngineEvent[] = []
  let loading = 0
  let scheduled = false
  let wanted: ProjectId | null = null
  let wasClosed = false

  const drain = () => {
    scheduled = false
    if (loading > 0 || target.get().studio === null) return
    const events = queue
    queue = []
    const before = target.get()
    let known = knownSeq(before)
    for (const { seq } of events) {
      if (seq !== null && seq > known + 1) {
        void load(wanted)
        return
      }
      if (seq !== null) known = Math.max(known, seq)
    }
    if (events.length > 0) target.set(applyEvents(before, events))
  }

  const load = async (projectId: ProjectId | null): Promise<void> => {
    const turn = ++loading
    wanted = projectId
    try {
      const studio = await client.call('studio.get', {})
      const has = (id: ProjectId | null) => id !== null && studio.projects.some((project) => project.id === id)
      const chosen = has(projectId) ? projectId : chooseProject(studio.projects)
      const project = chosen !== null && has(chosen) ? await client.call('project.get', { projectId: chosen }) : null
      if (turn !== loading) return
      wanted = chosen
      const parts = { studio: studioFromSnapshot(studio), view: project && viewFromSnapshot(project) }
      queue = queue.filter((event) => event.seq === null || event.seq > knownSeq({ ...parts, downloads: new Map() }))
      target.set({ ...parts, status: 'ready', error: null })
    } catch (error) {
      if (turn !== loading) return
      const failure =
        error instanceof TakeboardError ? error : new TakeboardError('internal', 'The library could not be read.')
      // Shown only before anything was loaded; later the connection banner says enough.
      if (target.get().studio === null) target.set({ status: 'failed', error: failure })
    } finally {
      if (turn === loading) {
        loading = 0
        drain()
      }
    }
  }

  const offs = [
    client.onEvent((event) => {
      queue.push(event)
      if (scheduled) return
      scheduled = true
      schedule(drain)
    }),
    client.onGap(() => void load(wanted)),
    client.onState((connection) => {
      target.set({ connection })
      if (connection === 'closed') wasClosed = true
      if (connection === 'open' && wasClosed) {
        wasClosed = false
        void load(wanted)
      }
    }),
  ]

  return {
    open: load,
    stop: () => offs.forEach((off) => off()),
  }
}
