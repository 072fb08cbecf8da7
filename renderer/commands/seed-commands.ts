import type { SceneId } from '../../shared/ids.ts'
import type { Scene, Take } from '../../shared/model.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call } from '../state/requests.ts'
import { padNumber, plural, takesOf } from '../state/selectors.ts'
import { useUi } from '../state/ui-store.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'
import { toastWithUndo } from './undo.ts'

/** Opens the window in which the seed of a take gets a name and goes into the bank; or is changed if it is there. */
export function saveSeedOf(take: Pick<Take, 'id' | 'request'>): void {
  const { seed } = take.request
  const saved = [...(currentView()?.savedSeeds.values() ?? [])].find((each) => each.seed === seed)
  useUi.setState({ savingSeed: { seed, takeId: take.id, savedSeedId: saved?.id ?? null } })
}

/** Opens the window in which several seeds of a scene are tried at the lowest price. */
export const exploreSeeds = (sceneId: SceneId): void => useUi.setState({ exploring: sceneId })

/** Locks a seed on scenes as one edit, and says so with the way back. @returns whether it was done */
export async function lockSeed(seed: number, scenes: readonly Pick<Scene, 'id' | 'number'>[]): Promise<boolean> {
  const [first, ...others] = scenes
  if (!first) return false
  const edits = scenes.map(({ id }) => ({ sceneId: id, patch: { seed: { kind: 'locked' as const, value: seed } } }))
  const done = await attempt(() => call('scene.updateMany', { edits }))
  if (!done) return false
  const where = others.length === 0 ? `scene ${padNumber(first.number)}` : plural(scenes.length, 'scene')
  toastWithUndo(`Seed ${seed} locked on ${where}`)
  return true
}

/** Lets scenes draw their seeds again, as one edit. */
export async function unlockSeeds(scenes: readonly Pick<Scene, 'id'>[]): Promise<void> {
  if (scenes.length === 0) return
  const edits = scenes.map(({ id }) => ({ sceneId: id, patch: { seed: { kind: 'random' as const } } }))
  const done = await attempt(() => call('scene.updateMany', { edits }))
  if (done) toastWithUndo(`${plural(scenes.length, 'scene')} unlocked`)
}

const oneChosen = (): Scene | null => {
  const chosen = boardNow()?.selected ?? []
  return chosen.length === 1 ? (chosen[0] ?? null) : null
}

/** The take whose seed is meant while one scene is chosen: its pick, else its latest. */
function chosenTake(): Take | null {
  const board = boardNow()
  const scene = oneChosen()
  if (!board || !scene) return null
  const takes = takesOf(board.view, scene.id).filter((take) => take.phase !== 'cancelled')
  return takes.find((take) => take.id === scene.pickTakeId) ?? takes.at(-1) ?? null
}

/** Commands on seeds. */
export const seedCommands = (): readonly Command[] => [
  {
    id: 'seed.save',
    title: 'Save the seed to the bank',
    words: 'remember bookmark star',
    group: 'Seeds',
    when: () => chosenTake() !== null,
    reason: () => (!oneChosen() ? 'Choose one scene first' : chosenTake() === null ? 'No take yet' : null),
    run() {
      const take = chosenTake()
      if (take) saveSeedOf(take)
    },
  },
  {
    id: 'seed.explore',
    title: 'Try several seeds of a scene',
    words: 'explore draw roll variations cheapest',
    group: 'Seeds',
    when: () => oneChosen() !== null,
    reason: () => (oneChosen() ? null : 'Choose one scene first'),
    run() {
      const scene = oneChosen()
      if (scene) exploreSeeds(scene.id)
    },
  },
]
