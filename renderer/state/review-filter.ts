import { create } from 'zustand'
import type { Scene, Take } from '../../shared/model.ts'
import { TAKE_LABELS, type TakeLabel } from '../../shared/review.ts'
import type { ProjectView } from './apply-event.ts'
import { takesOf } from './selectors.ts'
import { keep, recalled } from './window-memory.ts'

export const VERDICTS = ['any', 'unjudged', 'picked', 'unpicked', 'rejected', 'kept'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Which takes the room shows, and the scenes they are of. */
export interface RoomFilter {
  readonly verdict: Verdict
  /** At least so many; 0 for any. */
  readonly stars: number
  readonly label: TakeLabel | 'any'
  /** True leaves takes with a note that is not resolved. */
  readonly openNotes: boolean
}

export const EVERYTHING: RoomFilter = { verdict: 'any', stars: 0, label: 'any', openNotes: false }

export const TAKE_ORDERS = ['newest', 'oldest', 'rating', 'label', 'seed', 'price', 'notes'] as const
export type TakeOrder = (typeof TAKE_ORDERS)[number]
export const SCENE_ORDERS = ['board', 'rating', 'newest', 'price', 'notes'] as const
export type SceneOrder = (typeof SCENE_ORDERS)[number]

interface Room {
  readonly filter: RoomFilter
  readonly takeOrder: TakeOrder
  readonly sceneOrder: SceneOrder
  /** True goes on to what is not judged yet after each verdict. */
  readonly advance: boolean
}

export const useRoom = create<Room>(() => ({
  filter: EVERYTHING,
  takeOrder: 'newest',
  sceneOrder: 'board',
  advance: recalled('autoAdvance') === 'yes',
}))

export const narrowRoom = (patch: Partial<RoomFilter>): void =>
  useRoom.setState(({ filter }) => ({ filter: { ...filter, ...patch } }))
export const showEverything = (): void => useRoom.setState({ filter: EVERYTHING })

/** Kept for this window. */
export function setAdvance(advance: boolean): void {
  useRoom.setState({ advance })
  keep('autoAdvance', advance ? 'yes' : 'no')
}

/** How many of the four conditions leave something out. */
export const narrowings = ({ verdict, stars, label, openNotes }: RoomFilter): number =>
  [verdict !== 'any', stars > 0, label !== 'any', openNotes].filter(Boolean).length

/** One that had its clip counts while that is downloaded again. */
const isReady = (take: Take) => take.phase === 'ready' || (take.phase === 'downloading' && take.clip !== null)
const openNotesOf = (view: Pick<ProjectView, 'notes'>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { takeId, resolved } of view.notes.values())
    if (!resolved) counts.set(takeId, (counts.get(takeId) ?? 0) + 1)
  return counts
}
const counted = new WeakMap<ProjectView['notes'], ReadonlyMap<string, number>>()
/** How many notes on each take are not resolved. */
export function openNotes(view: Pick<ProjectView, 'notes'>): ReadonlyMap<string, number> {
  const known = counted.get(view.notes) ?? openNotesOf(view)
  counted.set(view.notes, known)
  return known
}

/** Nobody said anything of it yet. */
export const isUnjudged = (scene: Scene, take: Take): boolean =>
  take.rating === 0 && !take.rejected && scene.pickTakeId !== take.id

const VERDICT_HOLDS: Readonly<Record<Verdict, (scene: Scene, take: Take) => boolean>> = {
  any: () => true,
  unjudged: isUnjudged,
  picked: (scene, take) => scene.pickTakeId === take.id,
  unpicked: (scene) => scene.pickTakeId === null,
  rejected: (_, take) => take.rejected,
  kept: (_, take) => !take.rejected,
}

/** Whether a filter leaves a take. */
export const isLeft = (view: Pick<ProjectView, 'notes'>, filter: RoomFilter, scene: Scene, take: Take): boolean =>
  VERDICT_HOLDS[filter.verdict](scene, take) &&
  take.rating >= filter.stars &&
  (filter.label === 'any' || take.label === filter.label) &&
  (!filter.openNotes || (openNotes(view).get(take.id) ?? 0) > 0)

type Compare<T> = (one: T, other: T) => number
const newest: Compare<Take> = (one, other) => other.number - one.number
const labelPlace = ({ label }: Take) => (label === 'none' ? TAKE_LABELS.length : TAKE_LABELS.indexOf(label))

const takeOrders = (notes: ReadonlyMap<string, number>): Readonly<Record<TakeOrder, Compare<Take>>> => ({
  newest,
  oldest: (one, other) => one.number - other.number,
  rating: (one, other) => Number(one.rejected) - Number(other.rejected) || other.rating - one.rating,
  label: (one, other) => labelPlace(one) - labelPlace(other),
  seed: (one, other) => one.request.seed - other.request.seed,
  price: (one, other) => other.price - one.price,
  notes: (one, other) => (notes.get(other.id) ?? 0) - (notes.get(one.id) ?? 0),
})

/** The ready takes of a scene in an order; takes that are alike in it are newest first. */
export const orderedTakes = (view: ProjectView, scene: Scene, order: TakeOrder): readonly Take[] => {
  const compare = takeOrders(openNotes(view))[order]
  return takesOf(view, scene.id)
    .filter(isReady)
    .toSorted((one, other) => compare(one, other) || newest(one, other))
}

/** The ready takes of a scene that a filter leaves, in an order. */
export const leftTakes = (view: ProjectView, scene: Scene, filter: RoomFilter, order: TakeOrder): readonly Take[] =>
  orderedTakes(view, scene, order).filter((take) => isLeft(view, filter, scene, take))

const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)

/** What a scene counts for in an order; the highest comes first. */
function weightOf(view: ProjectView, scene: Scene, order: SceneOrder): number {
  const takes = takesOf(view, scene.id).filter(isReady)
  switch (order) {
    case 'board':
      return 0
    case 'rating':
      return Math.max(-1, ...takes.map(({ rating }) => rating))
    case 'newest':
      return Math.max(-1, ...takes.map(({ createdAt }) => createdAt))
    case 'price':
      return takes.length === 0 ? -1 : sum(takes.map(({ price }) => price))
    case 'notes':
      return sum(takes.map(({ id }) => openNotes(view).get(id) ?? 0))
  }
}

/**
 * The scenes with a take that a filter leaves, in an order; scenes that are alike in it stay in that of the board. Scenes
 * without takes are left only while nothing narrows.
 */
export function leftScenes(
  view: ProjectView,
  scenes: readonly Scene[],
  filter: RoomFilter,
  order: SceneOrder,
): readonly Scene[] {
  const left =
    narrowings(filter) === 0
      ? scenes
      : scenes.filter((scene) =>
          takesOf(view, scene.id).some((take) => isReady(take) && isLeft(view, filter, scene, take)),
        )
  if (order === 'board') return left
  const weights = new Map(left.map((scene) => [scene.id, weightOf(view, scene, order)]))
  return left.toSorted((one, other) => (weights.get(other.id) ?? 0) - (weights.get(one.id) ?? 0))
}

/** The nearest one before or after in a list, of those that are left. The one it starts from need not be. */
export function beside<T extends { readonly id: string }>(
  all: readonly T[],
  from: string,
  by: -1 | 1,
  left: (each: T) => boolean,
): T | null {
  const start = all.findIndex(({ id }) => id === from)
  if (start < 0) return (by === 1 ? all.find(left) : all.findLast(left)) ?? null
  for (let at = start + by; at >= 0 && at < all.length; at += by) {
    const each = all[at]
    if (each && left(each)) return each
  }
  return null
}

/** What is looked at next; the scene's own take when none of its takes waits for a verdict. */
export interface NextToJudge {
  readonly scene: Scene
  readonly take: Take
}

/**
 * What is judged after a take: the next one of its scene that nobody judged, unless the scene has its pick; then the next
 * scene without a pick that has one, from the top again after the last. Null when all is judged.
 * @param scenes in the order of the room
 * @param takesIn the takes of a scene that the room shows, in their order
 * @param done the take that has just got its verdict
 * @param given takes with a verdict, and scenes with a pick, that the library has not told of yet
 */
export function nextToJudge(
  scenes: readonly Scene[],
  takesIn: (scene: Scene) => readonly Take[],
  done: Take,
  given: { has(what: Take | Scene): boolean },
): NextToJudge | null {
  const open = (scene: Scene) => (take: Take) => take.id !== done.id && !given.has(take) && isUnjudged(scene, take)
  const isPicked = (scene: Scene) => scene.pickTakeId !== null || given.has(scene)
  const own = scenes.find(({ id }) => id === done.sceneId)
  if (own && !isPicked(own)) {
    const takes = takesIn(own)
    const next = takes.length > 0 ? (beside(takes, done.id, 1, open(own)) ?? takes.find(open(own))) : undefined
    if (next) return { scene: own, take: next }
  }
  const at = scenes.findIndex(({ id }) => id === done.sceneId)
  for (const scene of [...scenes.slice(at + 1), ...scenes.slice(0, Math.max(0, at))]) {
    if (isPicked(scene)) continue
    const take = takesIn(scene).find(open(scene))
    if (take) return { scene, take }
  }
  return null
}
