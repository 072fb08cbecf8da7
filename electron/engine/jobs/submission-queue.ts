import type { StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { ProviderName } from '../../../shared/model.ts'

/** A take that is ready to be sent, or occupies a slot at its service. */
export interface QueuedTake {
  readonly takeId: TakeId
  readonly provider: ProviderName
  readonly storyboardId: StoryboardId
  /** Order among waiting takes, lowest first; the artist may change it. */
  readonly place: number
}

/**
 * Takes that wait to be sent, fair across storyboards: a large batch does not keep a small one out, and a place in the
 * order decides only between the takes of one storyboard and between storyboards that have as many slots in use.
 */
export interface SubmissionQueue {
  add(take: QueuedTake): void
  /** False when it did not wait. */
  remove(takeId: TakeId): boolean
  /**
   * Takes the next one for a service out of the queue: the first by place of the storyboard with the fewest slots in
   * use; of several such storyboards, of the one whose first take comes first. Null when none is eligible.
   */
  next(
    provider: ProviderName,
    inUse: (storyboard: StoryboardId) => number,
    eligible: (takeId: TakeId) => boolean,
  ): QueuedTake | null
  size(): number
}

const before = (a: QueuedTake, b: QueuedTake): boolean =>
  a.place === b.place ? a.takeId < b.takeId : a.place < b.place

/** Index of the first of the sorted `takes` that does not come before `take`. */
function indexFor(takes: readonly QueuedTake[], take: QueuedTake): number {
  let low = 0
  let high = takes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = takes[middle]
    if (there && before(there, take)) low = middle + 1
    else high = middle
  }
  return low
}

export function createSubmissionQueue(): SubmissionQueue {
  /** Per service and storyboard, sorted by place. */
  const boards = new Map<string, QueuedTake[]>()
  const waiting = new Map<TakeId, QueuedTake>()
  const keyOf = ({ provider, storyboardId }: QueuedTake) => `${provider} ${storyboardId}`

  function remove(takeId: TakeId): boolean {
    const take = waiting.get(takeId)
    if (take === undefined) return false
    waiting.delete(takeId)
    const key = keyOf(take)
    const board = boards.get(key) ?? []
    board.splice(indexFor(board, take), 1)
    if (board.length === 0) boards.delete(key)
    return true
  }

  return {
    add(take) {
      remove(take.takeId)
      const key = keyOf(take)
      const board = boards.get(key) ?? []
      board.splice(indexFor(board, take), 0, take)
      boards.set(key, board)
      waiting.set(take.takeId, take)
    },
    remove,
    next(provider, inUse, eligible) {
      let best: { readonly take: QueuedTake; readonly used: number } | null = null
      for (const board of boards.values()) {
        if (board[0]?.provider !== provider) continue
        const take = board.find(({ takeId }) => eligible(takeId))
        if (take === undefined) continue
        const used = inUse(take.storyboardId)
        if (best === null || used < best.used || (used === best.used && before(take, best.take))) best = { take, used }
      }
      if (best) remove(best.take.takeId)
      return best?.take ?? null
    },
    size: () => waiting.size,
  }
}
