import type { TakeId } from '../../shared/ids.ts'
import { isOpen, type Take } from '../../shared/model.ts'
import type { ProjectView } from './apply-event.ts'

/** True of a take that has not been sent: it can still be held, moved and cancelled. */
export const isUnsent = ({ phase }: Pick<Take, 'phase'>): boolean => phase === 'planned' || phase === 'reserved'

/** Takes that wait to be sent, in the order in which they will be. */
export const waitingTakes = (view: ProjectView): readonly Take[] =>
  [...view.takes.values()]
    .filter(isUnsent)
    .sort((a, b) => a.place - b.place || a.createdAt - b.createdAt || a.id.localeCompare(b.id))

export const QUEUE_MOVES = ['first', 'up', 'down', 'last'] as const
export type QueueMove = (typeof QUEUE_MOVES)[number]

/** The others with the moved ones put in at an index, in their own order. */
function placed(order: readonly TakeId[], moved: ReadonlySet<TakeId>, index: number) {
  const others = order.filter((id) => !moved.has(id))
  const next = [...others.slice(0, index), ...order.filter((id) => moved.has(id)), ...others.slice(index)]
  const changes = next.some((id, at) => id !== order[at])
  return changes ? { before: others[index] ?? null, order: next } : null
}

export interface Placed {
  /** What they go before; null for the end. */
  readonly before: TakeId | null
  /** How everything stands then. */
  readonly order: readonly TakeId[]
}

/** Where takes go that are moved by keys; they stay or come together. Null when nothing would change. */
export function moveBy(order: readonly TakeId[], moved: ReadonlySet<TakeId>, move: QueueMove): Placed | null {
  const at = order.flatMap((id, index) => (moved.has(id) ? [index] : []))
  const first = at[0]
  const last = at.at(-1)
  if (first === undefined || last === undefined) return null
  const others = order.length - at.length
  switch (move) {
    case 'first':
      return placed(order, moved, 0)
    case 'up':
      return placed(order, moved, Math.max(0, first - 1))
    case 'down':
      return placed(order, moved, Math.min(others, last - at.length + 2))
    case 'last':
      return placed(order, moved, others)
  }
}

/** Where takes go that are dropped over or under another. Null when nothing would change. */
export function moveTo(
  order: readonly TakeId[],
  moved: ReadonlySet<TakeId>,
  target: TakeId,
  side: 'top' | 'bottom',
): Placed | null {
  const at = order.indexOf(target)
  if (at < 0) return null
  const end = side === 'top' ? at : at + 1
  return placed(order, moved, order.slice(0, end).filter((id) => !moved.has(id)).length)
}

const DOWNLOAD_FAULTS = new Set(['download-failed', 'clip-invalid', 'disk-full', 'result-unavailable'])

/** A paid clip that could not be fetched may be fetched again without paying again. */
export const canFetchAgain = (take: Take): boolean =>
  take.phase === 'failed' && take.predictionId !== null && DOWNLOAD_FAULTS.has(take.error?.code ?? '')

/**
 * Failed takes that asking for again makes sense of: not dismissed, not waiting for their clip to be fetched again, and
 * without a newer take of their scene that is ready or under way.
 */
export const failedTakes = (view: ProjectView): readonly Take[] =>
  [...view.takes.values()].filter(
    (take) =>
      take.phase === 'failed' &&
      !take.rejected &&
      !canFetchAgain(take) &&
      !(view.takesByScene.get(take.sceneId) ?? []).some(
        ({ number, phase }) => number > take.number && (phase === 'ready' || isOpen(phase)),
      ),
  )
