import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Scene } from '../../shared/model.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call, newRequestId, run } from '../state/requests.ts'
import { rollSeed, seedValue } from '../state/seeds.ts'
import { selectOnly, type Selection } from '../state/selection.ts'
import { padNumber, plural, takesOf } from '../state/selectors.ts'
import { useUi } from '../state/ui-store.ts'
import { textsSaved } from '../state/texts-saved.ts'
import { type BoardNow, boardNow } from './board-now.ts'
import { toastWithUndo } from './undo.ts'

export { boardNow }

/** Where a message about what was done goes; the app shows a toast. */
let tell: (title: string, text?: string, tone?: 'info' | 'attention') => void = () => {}
export const tellThrough = (listener: typeof tell): void => {
  tell = listener
}

/** Says something in passing. */
export const tellArtist = (title: string, text: string): void => tell(title, text)

/** Puts the keyboard focus on a card; the board provides it. */
let focusCard: (id: SceneId) => void = () => {}
export const focusCardsThrough = (focus: typeof focusCard): void => {
  focusCard = focus
}
/** Puts the keyboard on a scene's card, also on one that is about to be drawn. */
export const focusScene = (id: SceneId): void => focusCard(id)

/** Chooses scenes, in the order of the board, and puts the keyboard on the first. */
export function chooseScenes(ids: readonly SceneId[]): void {
  const [first] = ids
  if (first === undefined) return
  useUi.setState({ ...selectionOf(ids), filter: 'all', search: '' })
  focusCard(first)
}

const selectionOf = (ids: readonly SceneId[]): Selection => ({
  selected: new Set(ids),
  cursor: ids[0] ?? null,
  anchor: ids[0] ?? null,
})

/** Adds a scene and chooses it. @param before null for the end */
async function createScene({ storyboard }: BoardNow, before: SceneId | null): Promise<void> {
  const made = await attempt(() => call('scene.create', { storyboardId: storyboard.id, before }))
  if (made) chooseScenes([made.sceneId])
}

/** The scene that follows the chosen ones; null for the end of the board. */
export const nextOfSelection = ({ scenes, selected }: BoardNow): SceneId | null => {
  const last = selected.at(-1)
  return (last && scenes[scenes.indexOf(last) + 1]?.id) ?? null
}

/** Adds a scene after the chosen ones, else at the end, and chooses it. */
export async function addScene(): Promise<void> {
  const board = boardNow()
  if (board) await createScene(board, nextOfSelection(board))
}

/** Adds a scene before the chosen ones, and chooses it. */
export async function addSceneBefore(): Promise<void> {
  const board = boardNow()
  const first = board?.selected[0]
  if (board && first) await createScene(board, first.id)
}

/** Copies scenes, each after its original, and chooses the copies. */
export async function duplicateScenes(scenes: readonly Scene[]): Promise<void> {
  if (scenes.length === 0) return
  const made = await attempt(() => call('scene.duplicateMany', { sceneIds: scenes.map(({ id }) => id) }))
  if (made) chooseScenes(made.sceneIds)
}

/** Deletes scenes; their takes stay in the library. The next card is chosen, and a toast leads back. */
export async function removeScenes(scenes: readonly Scene[]): Promise<void> {
  const board = boardNow()
  const last = scenes.at(-1)
  if (!board || !last) return
  const gone = new Set(scenes.map(({ id }) => id))
  const at = board.open.findIndex(({ id }) => id === last.id)
  const next =
    board.open.slice(at + 1).find(({ id }) => !gone.has(id)) ?? board.open.findLast(({ id }) => !gone.has(id)) ?? null
  const takes = scenes.reduce((sum, { id }) => sum + takesOf(board.view, id).length, 0)
  const done = await attempt(() => call('scene.removeMany', { sceneIds: [...gone] }))
  if (!done) return
  if (next) {
    useUi.setState(selectOnly(next.id))
    focusCard(next.id)
  }
  const what = scenes.length === 1 ? `Scene ${padNumber(last.number)} deleted` : `${scenes.length} scenes deleted`
  toastWithUndo(
    what,
    takes > 0 ? `${plural(takes, 'take')} ${takes === 1 ? 'stays' : 'stay'} in the library.` : undefined,
  )
}

/** Cuts the prompt of a scene in two; what follows becomes the next scene. @param at characters of the first half */
export async function splitScene(sceneId: SceneId, at: number): Promise<void> {
  if (!(await textsSaved())) return
  const made = await attempt(() => call('scene.split', { sceneId, at }))
  if (!made) return
  chooseScenes([sceneId, made.sceneId])
  toastWithUndo('Scene split in two')
}

/** Makes neighbours one scene and chooses it. */
export async function mergeScenes(scenes: readonly Scene[]): Promise<void> {
  if (!(await textsSaved())) return
  const made = await attempt(() => call('scene.merge', { sceneIds: scenes.map(({ id }) => id) }))
  if (!made) return
  chooseScenes([made.sceneId])
  toastWithUndo(`${scenes.length} scenes merged`)
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
        kind: 'scenes',
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

export const pickTake = (sceneId: SceneId, takeId: TakeId | null, onRefused?: () => void): void =>
  run('scene.pick', { sceneId, takeId }, onRefused)
export const rateTake = (takeId: TakeId, rating: number, onRefused?: () => void): void =>
  run('take.update', { takeId, patch: { rating } }, onRefused)
export const rejectTake = (takeId: TakeId, rejected: boolean, onRefused?: () => void): void =>
  run('take.update', { takeId, patch: { rejected } }, onRefused)

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

/** Gives several scenes the same kind of seed, as one edit. */
export async function setSeeds(scenes: readonly Scene[], seed: Scene['seed']): Promise<void> {
  if (scenes.length === 0) return
  await attempt(() => call('scene.updateMany', { edits: scenes.map(({ id }) => ({ sceneId: id, patch: { seed } })) }))
}

/** Says which references several scenes send, as one edit. @param references null for those each prompt mentions */
export async function setReferences(scenes: readonly Scene[], references: Scene['references']): Promise<void> {
  if (scenes.length === 0) return
  await attempt(() =>
    call('scene.updateMany', { edits: scenes.map(({ id }) => ({ sceneId: id, patch: { references } })) }),
  )
}

/** Sets the heading that begins with a scene; null takes it away. */
export const setSection = (sceneId: SceneId, section: string | null): void =>
  run('scene.update', { sceneId, patch: { section } })

/** Begins a section with a scene and lets its heading be named. */
export async function beginSection(scene: Scene): Promise<void> {
  if (scene.section === null) {
    const done = await attempt(() => call('scene.update', { sceneId: scene.id, patch: { section: 'New section' } }))
    if (!done) return
  }
  useUi.setState({ namingSection: scene.id })
}
