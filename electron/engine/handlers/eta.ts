import type { Take } from '../../../shared/model.ts'
import { batchEta, type Remaining } from '../domain/eta.ts'
import { jobWindow } from '../jobs/poller.ts'
import type { Handlers } from '../router.ts'
import { listOpenTakes } from '../store/takes.ts'
import type { HandlerContext } from './context.ts'

/** When the queue will be empty but for what is on hold, as an honest range from past inference times. */
export function etaHandlers(context: HandlerContext): Pick<Handlers, 'queue.eta'> {
  const { store, ports, pace } = context

  /** Windows by kind of job, since takes of a batch share a few. */
  function windows() {
    const known = new Map<string, Remaining>()
    return (take: Take): Remaining => {
      const key = `${take.provider} ${take.request.resolution} ${take.request.duration}`
      const window = known.get(key) ?? jobWindow(context, take)
      known.set(key, window)
      return window
    }
  }

  return {
    'queue.eta': ({ projectId }) => {
      const now = ports.clock.now()
      const windowOf = windows()
      const open = listOpenTakes(store.read).filter(({ take }) => projectId === null || take.projectId === projectId)
      const inFlight = open.flatMap(({ take, state }): Remaining[] => {
        if (state.phase !== 'submitting' && state.phase !== 'running') return []
        const window = windowOf(take)
        const begun = state.acceptedAt ?? now
        return [{ from: begun + window.from - now, to: begun + window.to - now }]
      })
      const waiting = open.filter(({ state }) => state.phase === 'reserved' && !state.onHold)
      const provider = open[0]?.take.provider ?? 'rehearsal'
      const eta = batchEta(
        inFlight,
        waiting.map(({ take }) => windowOf(take)),
        pace(provider).concurrency,
      )
      return { eta: eta === null ? null : { from: Math.round(now + eta.from), to: Math.round(now + eta.to) } }
    },
  }
}
