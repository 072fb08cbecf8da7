import type { Scene, Take } from '../../shared/model.ts'
import {
  type CompareMode,
  MASKS,
  MAX_TAKES,
  nextSpeed,
  PACES,
  playReview,
  reviewTakes,
  setReviewSound,
  useReview,
} from '../state/review.ts'
import {
  beside,
  EVERYTHING,
  isLeft,
  leftScenes,
  leftTakes,
  narrowings,
  orderedTakes,
  useRoom,
} from '../state/review-filter.ts'
import { plural, stateOf } from '../state/selectors.ts'
import { openTakes, showView, useUi } from '../state/ui-store.ts'
import { boardNow } from './board-now.ts'
import { playableTakes, type ReviewNow, reviewNow } from './review-now.ts'
import { focusScene, tellArtist } from './scene-actions.ts'

/** Shows a scene: its pick or newest take, or that it has none. */
export function reviewScene(scene: Scene): void {
  const now = reviewNow()
  const { filter, takeOrder } = useRoom.getState()
  const left = now && narrowings(filter) > 0 ? leftTakes(now.view, scene, filter, takeOrder)[0] : undefined
  const poster = now ? (left ?? stateOf(now.view, scene).poster) : null
  reviewTakes(scene.id, poster ? [poster.id] : [], 'single')
}

/** The take before or after the one in sight, in its scene; null at the ends. */
export function besideTake(now: ReviewNow, by: -1 | 1): Take | null {
  const { active } = useReview.getState()
  const take = now.takes[active] ?? now.takes[0]
  const scene = take && now.view.scenes.get(take.sceneId)
  if (!take || !scene) return null
  const { filter, takeOrder } = useRoom.getState()
  // The newest is shown first, and yet the one after take 2 is take 3.
  const byNumber = takeOrder === 'newest' || takeOrder === 'oldest'
  const all = byNumber ? playableTakes(now.view, scene) : orderedTakes(now.view, scene, takeOrder)
  return beside(all, take.id, by, (each) => isLeft(now.view, filter, scene, each))
}

/** The next or previous scene that the room shows and that has a take; null at the ends. */
export function besideScene({ view, scenes, scene }: ReviewNow, by: -1 | 1): Scene | null {
  const { filter, sceneOrder } = useRoom.getState()
  const left = new Set(leftScenes(view, scenes, filter, sceneOrder))
  return beside(
    leftScenes(view, scenes, EVERYTHING, sceneOrder),
    scene.id,
    by,
    (each) => left.has(each) && stateOf(view, each).poster !== null,
  )
}

/** Puts another take of the scene where the active one is. */
export function goBesideTake(by: -1 | 1): void {
  const now = reviewNow()
  const next = now && besideTake(now, by)
  if (!now || !next) return
  const { active, mode } = useReview.getState()
  const ids = now.takes.map(({ id }) => id)
  const known = ids.indexOf(next.id)
  // One that is compared already changes places.
  if (known >= 0) return useReview.setState({ active: known })
  ids[Math.min(active, ids.length - 1)] = next.id
  useReview.setState({ takeIds: ids, sceneId: now.scene.id, mode })
}

export function goBesideScene(by: -1 | 1): void {
  const now = reviewNow()
  const next = now && besideScene(now, by)
  if (next) reviewScene(next)
}

/** The take that is best put beside one: the pick, else the newest other one. */
function partner({ view, scene, takes }: ReviewNow): Take | null {
  const [first] = takes
  const others = playableTakes(view, scene).filter(({ id }) => id !== first?.id)
  return (
    others.find(({ id }) => id === scene.pickTakeId) ??
    others.findLast(({ rejected }) => !rejected) ??
    others.at(-1) ??
    null
  )
}

/** Looks at takes in another way; a way that needs two takes finds the second itself. */
export function lookAs(mode: CompareMode): void {
  const now = reviewNow()
  if (!now || now.takes.length === 0) return
  const ids = now.takes.map(({ id }) => id)
  if (mode !== 'single' && ids.length < 2) {
    const second = partner(now)
    if (!second)
      return tellArtist(
        'There is one take of this scene',
        'Choose a take of another scene in its list, or make another.',
      )
    ids.push(second.id)
  }
  useReview.setState(({ active }) => ({
    mode,
    takeIds: ids,
    sceneId: now.scene.id,
    active: Math.min(active, ids.length - 1),
  }))
}

/** Shows the other of A and B where one is seen; chooses the other elsewhere. */
export function toggleAB(): void {
  const now = reviewNow()
  if (!now) return
  if (now.takes.length < 2) lookAs('side')
  if ((reviewNow()?.takes.length ?? 0) < 2) return
  if (now.takes.length < 2) useReview.setState({ mode: 'single' })
  useReview.setState(({ active }) => ({ active: active === 0 ? 1 : 0 }))
}

/** Shows what the compared takes were asked for, or their takes and notes again. */
export function toggleRequests(): void {
  const now = reviewNow()
  if (!now) return
  if (now.takes.length < 2) lookAs('side')
  if ((reviewNow()?.takes.length ?? 0) < 2) return
  useReview.setState(({ requests }) => ({ requests: now.takes.length < 2 || !requests }))
}

export const faster = (direction: -1 | 1): void => playReview(nextSpeed(useReview.getState().speed, direction))

export function changePace(by: -1 | 1): void {
  const at = PACES.indexOf(useReview.getState().pace as (typeof PACES)[number])
  const pace = PACES[at + by]
  if (pace !== undefined) useReview.setState({ pace })
}

export function nextMask(): void {
  const { mask } = useReview.getState()
  useReview.setState({ mask: MASKS[(MASKS.indexOf(mask) + 1) % MASKS.length] ?? 'none' })
}

export function zoomBy(factor: number): void {
  useReview.setState(({ zoom, fitted }) => ({
    zoom: Math.max(0.1, Math.min(8, (zoom === 'fit' ? fitted : zoom) * factor)),
  }))
}

export const fitPicture = (): void => useReview.setState({ zoom: 'fit', pan: { x: 0, y: 0 } })
export const toggleZoom = (): void =>
  useReview.getState().zoom === 'fit' ? useReview.setState({ zoom: 1 }) : fitPicture()

/** Moves an enlarged picture, in pixels of the screen. */
export const panBy = (x: number, y: number): void =>
  useReview.setState(({ pan }) => ({ pan: { x: pan.x + x, y: pan.y + y } }))

export function toggleMute(): void {
  const { muted, volume } = useReview.getState()
  setReviewSound(!muted, volume)
}

/** Moves the line of a wipe, or the strength of an overlay. */
export function moveBlend(by: number): void {
  const within = (share: number) => Math.max(0, Math.min(1, Math.round((share + by) * 1000) / 1000))
  useReview.setState(({ mode, wipe, opacity }) =>
    mode === 'wipe' ? { wipe: within(wipe) } : mode === 'overlay' ? { opacity: within(opacity) } : {},
  )
}

/** The takes ticked in the inspector, as far as they can be shown. */
export function tickedTakes(): readonly Take[] {
  const board = boardNow()
  if (!board) return []
  return [...useUi.getState().compared].flatMap((id) => {
    const take = board.view.takes.get(id)
    return take?.phase === 'ready' ? [take] : []
  })
}

export function compareTicked(): void {
  const takes = tickedTakes()
  const [first] = takes
  if (!first || takes.length < 2) return
  if (takes.length > MAX_TAKES)
    tellArtist(`The first ${MAX_TAKES} are shown`, `${plural(takes.length, 'take')} were ticked.`)
  useUi.setState({ compared: new Set() })
  openTakes(
    first.sceneId,
    takes.map(({ id }) => id),
  )
}

/** Opens the room at the chosen scene. */
export function openReview(): void {
  const scene = boardNow()?.selected[0]
  if (scene && useUi.getState().view === 'board') reviewScene(scene)
  showView('review')
}

/** Goes back to where the room was opened from; on the board the scene that was looked at has the focus. */
export function leaveReview(): void {
  const sceneId = reviewNow()?.scene.id
  const { reviewedFrom } = useUi.getState()
  showView(reviewedFrom)
  // The board is there after the next picture.
  if (reviewedFrom === 'board' && sceneId) requestAnimationFrame(() => focusScene(sceneId))
}
