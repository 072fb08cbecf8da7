import type { SceneId } from '../../../shared/ids.ts'
import { isOpen, type ProviderName, type Scene, type Take } from '../../../shared/model.ts'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import type { ProjectView } from '../../state/apply-event.ts'

/** What of a cell is shown: its latest take, its best one, or picks alone. */
export const MODES = ['all', 'best', 'picks'] as const
export type Mode = (typeof MODES)[number]

/** One seed of the matrix. */
export interface Column {
  readonly seed: number
  /** In the bank, if it is there. */
  readonly saved: SavedSeed | null
  /** Scenes that have a take with it. */
  readonly scenes: number
  /** Scenes locked to it. */
  readonly lockedOn: number
  /** True of those tried together just now, which come first. */
  readonly pinned: boolean
}

export interface Matrix {
  readonly columns: readonly Column[]
  /** Takes of a scene with a seed, in order of their numbers. */
  takesAt(sceneId: SceneId, seed: number): readonly Take[]
}

const NONE: readonly Take[] = []

/** Nothing came of a cancelled take; a failed one counts until it is dismissed. */
const counts = (take: Take) => take.phase !== 'cancelled' && !(take.phase === 'failed' && take.rejected)

interface Use {
  scenes: number
  lockedOn: number
  latest: number
}

/** Finds the saved seed of each number; the newest where one was saved twice. */
export function savedBySeed(view: Pick<ProjectView, 'savedSeeds'>): ReadonlyMap<number, SavedSeed> {
  const sorted = [...view.savedSeeds.values()].sort((a, b) => a.createdAt - b.createdAt)
  return new Map(sorted.map((saved) => [saved.seed, saved]))
}

/**
 * Scenes against seeds. The seeds are those of takes, of locks, and those put there by hand; by use, the latest first
 * among equals.
 * @param added put there in this window, the latest last
 * @param pinned always first, in this order
 */
export function matrixOf(
  view: Pick<ProjectView, 'takesByScene' | 'savedSeeds'>,
  scenes: readonly Scene[],
  added: readonly number[] = [],
  pinned: readonly number[] = [],
): Matrix {
  const uses = new Map<number, Use>()
  const entry = (seed: number): Use => {
    const use = uses.get(seed) ?? { scenes: 0, lockedOn: 0, latest: 0 }
    uses.set(seed, use)
    return use
  }
  const cells = new Map<SceneId, ReadonlyMap<number, readonly Take[]>>()
  for (const scene of scenes) {
    if (scene.seed.kind === 'locked') entry(scene.seed.value).lockedOn += 1
    const bySeed = Map.groupBy((view.takesByScene.get(scene.id) ?? NONE).filter(counts), (take) => take.request.seed)
    for (const [seed, takes] of bySeed) {
      const use = entry(seed)
      use.scenes += 1
      use.latest = Math.max(use.latest, ...takes.map(({ createdAt }) => createdAt))
    }
    cells.set(scene.id, bySeed)
  }
  for (const seed of [...added, ...pinned]) entry(seed)
  const place = (list: readonly number[], seed: number) => {
    const at = list.lastIndexOf(seed)
    return at === -1 ? Infinity : at
  }
  const saved = savedBySeed(view)
  const order = [...uses].sort(
    ([a, one], [b, two]) =>
      (place(pinned, a) === place(pinned, b) ? 0 : place(pinned, a) - place(pinned, b)) ||
      two.scenes - one.scenes ||
      two.lockedOn - one.lockedOn ||
      added.lastIndexOf(b) - added.lastIndexOf(a) ||
      two.latest - one.latest ||
      a - b,
  )
  const isPinned = new Set(pinned)
  return {
    columns: order.map(([seed, use]) => ({
      seed,
      saved: saved.get(seed) ?? null,
      scenes: use.scenes,
      lockedOn: use.lockedOn,
      pinned: isPinned.has(seed),
    })),
    takesAt: (sceneId, seed) => cells.get(sceneId)?.get(seed) ?? NONE,
  }
}

/** The best of takes: the pick, else the ready one rated highest, the later of equals; else whatever came last. */
export function bestTake(takes: readonly Take[], pickTakeId: Scene['pickTakeId']): Take | null {
  const pick = takes.find(({ id }) => id === pickTakeId)
  if (pick) return pick
  let best: Take | null = null
  for (const take of takes)
    if (take.phase === 'ready' && !take.rejected && take.rating >= (best?.rating ?? 0)) best = take
  return best ?? takes.at(-1) ?? null
}

/** The take a cell shows, if any. */
export function shownTake(takes: readonly Take[], pickTakeId: Scene['pickTakeId'], mode: Mode): Take | null {
  if (mode === 'best') return bestTake(takes, pickTakeId)
  if (mode === 'picks') return takes.find(({ id }) => id === pickTakeId) ?? null
  return takes.at(-1) ?? null
}

/**
 * Whether a cell is worth running: not while its take is as the scene would be sent now, since that buys the same clip,
 * and not while an earlier one is unsettled. `why`: what there was before.
 */
export type Runnable =
  | { readonly ok: true; readonly why: string | null }
  | { readonly ok: false; readonly reason: 'made' | 'unsettled' }

export function runnable(takes: readonly Take[], provider: ProviderName): Runnable {
  const ours = takes.filter((take) => take.provider === provider)
  if (provider !== 'rehearsal' && ours.some(({ phase }) => phase === 'unconfirmed'))
    return { ok: false, reason: 'unsettled' }
  // The seed is the column's own, whatever the scene is locked to.
  const current = (take: Take) => take.stale.every((field) => field === 'seed')
  const there = ours.filter((take) => take.phase === 'ready' || isOpen(take.phase))
  if (there.some(current)) return { ok: false, reason: 'made' }
  const last = there.at(-1)
  if (last) return { ok: true, why: `changed since take ${last.number}` }
  if (ours.some(({ phase }) => phase === 'failed')) return { ok: true, why: 'failed before' }
  return { ok: true, why: takes.length > 0 ? 'rehearsed' : null }
}

/** What is known of one seed over the whole storyboard. */
export interface SeedFacts {
  /** The best take made with it. */
  readonly best: { readonly take: Take; readonly scene: Scene } | null
  readonly usedIn: number
  readonly pickedIn: number
  /** Of the rated takes, with one decimal; null while none is. */
  readonly rating: number | null
  readonly lockedOn: readonly Scene[]
}

export function factsOf(matrix: Matrix, scenes: readonly Scene[], seed: number): SeedFacts {
  let best: SeedFacts['best'] = null
  let [usedIn, pickedIn, stars, rated] = [0, 0, 0, 0]
  let bestScore = 0
  for (const scene of scenes) {
    const takes = matrix.takesAt(scene.id, seed)
    if (takes.length > 0) usedIn += 1
    for (const take of takes) {
      const picked = take.id === scene.pickTakeId
      if (picked) pickedIn += 1
      if (take.rating > 0) [stars, rated] = [stars + take.rating, rated + 1]
      if (take.phase !== 'ready' || take.rejected) continue
      // A rating says most, then a pick, then that it was paid for.
      const score = 1 + take.rating * 4 + (picked ? 2 : 0) + (take.provider === 'wavespeed' ? 1 : 0)
      if (score > bestScore) [best, bestScore] = [{ take, scene }, score]
    }
  }
  const lockedOn = scenes.filter(({ seed: own }) => own.kind === 'locked' && own.value === seed)
  return { best, usedIn, pickedIn, rating: rated === 0 ? null : Math.round((stars / rated) * 10) / 10, lockedOn }
}
