import type { SavedSeed } from '../../shared/seed-bank.ts'
import type { Take } from '../../shared/model.ts'
import type { ProjectView } from './apply-event.ts'
import { padNumber } from './selectors.ts'

/** A seed that was used, and where. */
export interface UsedSeed {
  readonly seed: number
  /** Of the newest take with it, such as `05-2`. */
  readonly slate: string
}

/** `05-2`; the scene may have been taken off its board since. */
export function takeSlate(view: ProjectView, take: Pick<Take, 'sceneId' | 'number'>): string {
  const scene = view.scenes.get(take.sceneId) ?? view.removedScenes.get(take.sceneId)
  return `${scene ? padNumber(scene.number) : '?'}-${take.number}`
}

/** The seeds of the newest takes of the project, each once. */
export function recentSeeds(view: ProjectView, most: number): readonly UsedSeed[] {
  const used = new Map<number, UsedSeed>()
  const newest = [...view.takes.values()]
    .filter((take) => take.phase !== 'cancelled')
    .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number)
  for (const take of newest) {
    if (used.size === most) break
    const { seed } = take.request
    if (!used.has(seed)) used.set(seed, { seed, slate: takeSlate(view, take) })
  }
  return [...used.values()]
}

/** The seeds of the bank, the best first. */
export const bankSeeds = (view: ProjectView): readonly SavedSeed[] =>
  [...view.savedSeeds.values()].sort((a, b) => b.stars - a.stars || b.createdAt - a.createdAt)
