import type { SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import type { Scene, Storyboard } from '../../shared/model.ts'
import type { ProjectView } from '../state/apply-event.ts'
import { currentView, useProjection } from '../state/projection.ts'
import { attempt, call, newRequestId, run } from '../state/requests.ts'
import { rollSeed, seedValue } from '../state/seeds.ts'
import { keepExisting, selectOnly } from '../state/selection.ts'
import { activeStoryboard, filtered, plural, scenesOf } from '../state/selectors.ts'
import { useUi } from '../state/ui-store.ts'

/** The board as it stands: what every action on scenes starts from. */
export interface BoardNow {
  readonly view: ProjectView
  readonly storyboard: Storyboard
  /** All scenes in board order. */
  readonly scenes: readonly Scene[]
  /** Those the filter shows. */
  readonly shown: readonly Scene[]
  /** The chosen ones, in board order. */
  readonly selected: readonly Scene[]
}

/** Null while no board is open. */
export function boardNow(): BoardNow | null {
  const view = currentView()
  const { storyboardId, filter, selected } = useUi.getState()
  const storyboard = view && activeStoryboard(view, storyboardId)
  if (!view || !storyboard) return null
  const scenes = scenesOf(view, storyboard.id)
  return {
    view,
    storyboard,
    scenes,
    shown: filtered(view, scenes, filter),
    selected: scenes.filter((scene) => selected.has(scene.id)),
  }
}

/** Where a message about what was done goes; the app shows a toast. */
let tell: (title: string, text?: string, tone?: 'info' | 'attention') => void = () => {}
export const tellThrough = (listener: typeof tell): void => {
  tell = listener
}

/** Adds a scene after the chosen one, else at the end, and chooses it. */
export async function addScene(): Promise<void> {
  const board = boardNow()
  if (!board) return
  const after = board.selected.at(-1)?.id ?? board.scenes.at(-1)?.id ?? null
  const made = await attempt(() => call('scene.create', { storyboardId: board.storyboard.id, after }))
  if (made) useUi.setState({ ...selectOnly(made.sceneId), filter: 'all' })
}

export async function duplicateScenes(scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) {
    const made = await attempt(() => call('scene.duplicate', { sceneId: scene.id }))
    if (!made) return
    if (scenes.length === 1) useUi.setState(selectOnly(made.sceneId))
  }
}

/** Removes scenes without takes; the engine refuses those with takes, and says so. */
export async function removeScenes(scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) {
    const done = await attempt(() => call('scene.remove', { sceneId: scene.id }))
    if (!done) return
  }
  const board = boardNow()
  if (board)
    useUi.setState((ui) =>
      keepExisting(
        ui,
        board.shown.map((scene) => scene.id),
      ),
    )
}

/**
 * Which scene a moved one comes before.
 * @param by places to move; negative is earlier
 * @returns null for the end, undefined when it cannot move that way
 */
export function beforeAfterMove(order: readonly SceneId[], id: SceneId, by: number): SceneId | null | undefined {
  const from = order.indexOf(id)
  const to = Math.max(0, Math.min(order.length - 1, from + by))
  if (from === -1 || to === from) return undefined
  const others = order.filter((each) => each !== id)
  return others[to] ?? null
}

/** The order that moves under way lead to, so that keys pressed faster than the engine answers add up. */
let coming: { readonly storyboardId: StoryboardId; readonly order: readonly SceneId[] } | null = null
let moving = 0

/** Forgets the coming order once the board shows it, or shows anything newer. */
function arrived(): void {
  moving -= 1
  if (moving > 0 || coming === null) return
  const shown = boardNow()?.scenes.map((scene) => scene.id) ?? []
  if (shown.join() === coming.order.join()) coming = null
  else {
    const off = useProjection.subscribe(() => {
      off()
      if (moving === 0) coming = null
    })
  }
}

export function moveScene(id: SceneId, by: number): void {
  const board = boardNow()
  if (!board) return
  const storyboardId = board.storyboard.id
  const shown = board.scenes.map((scene) => scene.id)
  const known =
    coming?.storyboardId === storyboardId && coming.order.length === shown.length && coming.order.includes(id)
  const order = known && coming ? coming.order : shown
  const before = beforeAfterMove(order, id, by)
  if (before === undefined) return
  const others = order.filter((each) => each !== id)
  const at = before === null ? others.length : others.indexOf(before)
  coming = { storyboardId, order: others.toSpliced(at, 0, id) }
  moving += 1
  void attempt(() => call('scene.move', { sceneId: id, before })).then((done) => {
    if (done === null) coming = null
    arrived()
  })
}

/** Makes free takes of the scenes at once. */
export async function rehearse(sceneIds: readonly SceneId[]): Promise<void> {
  const board = boardNow()
  if (!board || sceneIds.length === 0) return
  const requestId = newRequestId()
  const result = await attempt(() =>
    call('batch.start', {
      requestId,
      storyboardId: board.storyboard.id,
      order: {
        provider: 'rehearsal',
        sceneIds: [...sceneIds],
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        // A rehearsal costs nothing, so an open question about money is no reason to hold it back.
        includeUnconfirmed: true,
      },
    }),
  )
  if (!result) return
  if (result.takeIds.length > 0) tell(`Rehearsing ${plural(result.takeIds.length, 'scene')}`)
  for (const held of result.heldBack.slice(0, 3)) tell(`Scene ${held.number} was held back`, held.message, 'attention')
}

export const pickTake = (sceneId: SceneId, takeId: TakeId | null): void => run('scene.pick', { sceneId, takeId })
export const rateTake = (takeId: TakeId, rating: number): void => run('take.update', { takeId, patch: { rating } })
export const rejectTake = (takeId: TakeId, rejected: boolean): void =>
  run('take.update', { takeId, patch: { rejected } })

/** Locks a random seed to the number it got last, or to a fresh one; unlocks a locked one. */
export function toggleSeedLock(scene: Scene): void {
  const view = currentView()
  if (!view) return
  const seed =
    scene.seed.kind === 'locked'
      ? ({ kind: 'random' } as const)
      : ({
          kind: 'locked',
          value: seedValue(view, scene.seed) ?? seedValue(view, { kind: 'scene', sceneId: scene.id }) ?? rollSeed(),
        } as const)
  run('scene.update', { sceneId: scene.id, patch: { seed } })
}

/** Locks the scene to a new number by chance. */
export const rollSceneSeed = (scene: Scene): void =>
  run('scene.update', { sceneId: scene.id, patch: { seed: { kind: 'locked', value: rollSeed() } } })

/** Locks several scenes to one seed. */
export async function lockSeeds(scenes: readonly Scene[], value: number): Promise<void> {
  for (const scene of scenes) {
    const done = await attempt(() =>
      call('scene.update', { sceneId: scene.id, patch: { seed: { kind: 'locked', value } } }),
    )
    if (!done) return
  }
}
