import type { StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { ProviderName } from '../../../shared/model.ts'

/** A take that is ready to be sent, or occupies a slot at its service. */
export interface QueuedTake {
  readonly takeId: TakeId
  readonly provider: ProviderName
  readonly storyboardId: StoryboardId
}

/** Takes that wait to be sent, fair across storyboards: a large batch does not keep a small one out. */
export interface SubmissionQueue {
  add(take: QueuedTake): void
  /** Puts a take before all others of its storyboard. */
  addFirst(take: QueuedTake): void
  /** False when it did not wait. */
  remove(takeId: TakeId): boolean
  /**
   * Takes the next one for a service out of the queue: of the storyboard with the fewest slots in use, the one that has
   * waited longest. Null when none is eligible.
   */
  next(
    provider: ProviderName,
    inUse: (storyboard: StoryboardId) => number,
    eligible: (takeId: TakeId) => boolean,
  ): QueuedTake | null
  size(): number
}

export function createSubmissionQueue(): SubmissionQueue {
  /** Per service and storyboard in order of arrival; a Map keeps that order and forgets cheaply. */
  const boards = new Map<string, Map<TakeId, QueuedTake>>()
  const homes = new Map<TakeId, string>()
  const keyOf = ({ provider, storyboardId }: QueuedTake) => `${provider} ${storyboardId}`

  function remove(takeId: TakeId): boolean {
    const key = homes.get(takeId)
    if (key === undefined) return false
    homes.delete(takeId)
    const board = boards.get(key)
    board?.delete(takeId)
    if (board?.size === 0) boards.delete(key)
    return true
  }

  function firstEligible(board: ReadonlyMap<TakeId, QueuedTake>, eligible: (takeId: TakeId) => boolean) {
    for (const take of board.values()) if (eligible(take.takeId)) return take
    return null
  }

  function place(take: QueuedTake, among: (others: Map<TakeId, QueuedTake>) => Map<TakeId, QueuedTake>): void {
    remove(take.takeId)
    const key = keyOf(take)
    boards.set(key, among(boards.get(key) ?? new Map<TakeId, QueuedTake>()))
    homes.set(take.takeId, key)
  }

  return {
    add: (take) => place(take, (others) => others.set(take.takeId, take)),
    addFirst: (take) => place(take, (others) => new Map([[take.takeId, take], ...others])),
    remove,
    next(provider, inUse, eligible) {
      let best: QueuedTake | null = null
      for (const board of boards.values()) {
        const take = firstEligible(board, eligible)
        if (take?.provider !== provider) continue
        if (best === null || inUse(take.storyboardId) < inUse(best.storyboardId)) best = take
      }
      if (best) remove(best.takeId)
      return best
    },
    size: () => homes.size,
  }
}
