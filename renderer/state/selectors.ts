import type { SceneId, StoryboardId } from '../../shared/ids.ts'
import {
  type Cast,
  type ProviderName,
  type Reference,
  type Scene,
  type Storyboard,
  type Take,
  needsDecision,
} from '../../shared/model.ts'
import { listPrice } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { sumUsd, type UsdMicros } from '../../shared/money.ts'
import type { ProjectView } from './apply-event.ts'
import { mentionedNames } from './mentions.ts'
import { matchesWords, searchWords } from './search.ts'
import { type Filter, filterOf, sceneState, type SceneState } from './scene-state.ts'

const EMPTY: readonly never[] = []

/** Remembers the answers for each list asked about, so that a selector returns the same object until rows change. */
function remembered<K extends object, S, T>(work: (key: K, detail: S) => T): (key: K, detail: S) => T {
  const answers = new WeakMap<K, Map<S, T>>()
  return (key, detail) => {
    const known = answers.get(key) ?? new Map<S, T>()
    answers.set(key, known)
    if (!known.has(detail)) known.set(detail, work(key, detail))
    return known.get(detail) as T
  }
}

const sortedScenes = remembered((scenes: ProjectView['scenes'], storyboardId: StoryboardId) =>
  [...scenes.values()]
    .filter((scene) => scene.storyboardId === storyboardId)
    .sort((a, b) => a.position - b.position || a.id.localeCompare(b.id)),
)

/** Scenes in board order. */
export const scenesOf = (view: ProjectView, storyboardId: StoryboardId | null): readonly Scene[] =>
  storyboardId === null ? EMPTY : sortedScenes(view.scenes, storyboardId)

const sortedStoryboards = remembered((storyboards: ProjectView['storyboards']) =>
  [...storyboards.values()].sort((a, b) => a.position - b.position || a.id.localeCompare(b.id)),
)
export const storyboardsOf = (view: ProjectView): readonly Storyboard[] => sortedStoryboards(view.storyboards, null)

/** The chosen storyboard while it exists, else the first. */
export const activeStoryboard = (view: ProjectView, chosen: StoryboardId | null): Storyboard | null =>
  (chosen === null ? undefined : view.storyboards.get(chosen)) ?? storyboardsOf(view)[0] ?? null

/** Takes of a scene in order of their number. */
export const takesOf = (view: ProjectView, sceneId: SceneId): readonly Take[] => view.takesByScene.get(sceneId) ?? EMPTY

export const castOf = (view: ProjectView, storyboard: Storyboard | null): Cast | null =>
  (storyboard && view.casts.get(storyboard.castId)) ?? null

const names = remembered((references: readonly Reference[]) => [...new Set(references.map(({ name }) => name))])
/** The names that can be mentioned, each once, in cast order. */
export const castNames = (cast: Cast | null): readonly string[] => (cast ? names(cast.references, null) : EMPTY)

/** Which references a scene sends: its own choice, else those its prompt mentions, else the whole cast; in cast order. */
export function sentReferences(scene: Scene, cast: Cast | null): readonly Reference[] {
  if (!cast) return EMPTY
  if (scene.references !== null) {
    const chosen = new Set(scene.references)
    return cast.references.filter(({ id }) => chosen.has(id))
  }
  const mentioned = new Set(mentionedNames(scene.prompt, castNames(cast)))
  return mentioned.size === 0 ? cast.references : cast.references.filter(({ name }) => mentioned.has(name))
}

const countMentions = remembered((scenes: readonly Scene[], cast: Cast | null): ReadonlyMap<string, number> => {
  const all = castNames(cast)
  const counts = new Map(all.map((name) => [name, 0]))
  for (const scene of scenes)
    for (const name of mentionedNames(scene.prompt, all)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
})
/** How many scenes mention each cast name. */
export const mentionCounts = (scenes: readonly Scene[], cast: Cast | null): ReadonlyMap<string, number> =>
  countMentions(scenes, cast)

/** What one take of the scene costs at the paid service, by the price table. */
export const scenePrice = (scene: Scene): UsdMicros => listPrice(scene.resolution, scene.duration)
export const totalPrice = (scenes: readonly Scene[]): UsdMicros => sumUsd(scenes.map(scenePrice))

const states = new WeakMap<Scene, { takes: readonly Take[]; provider: ProviderName; state: SceneState }>()

/** The state of a scene; the same object until the scene, its takes or the provider change. */
export function stateOf(view: ProjectView, scene: Scene): SceneState {
  const takes = takesOf(view, scene.id)
  const { provider } = view.project
  const known = states.get(scene)
  if (known?.takes === takes && known.provider === provider) return known.state
  const state = sceneState(scene, takes, provider)
  states.set(scene, { takes, provider, state })
  return state
}

/** How many scenes fall under each filter of the board. */
export function filterCounts(view: ProjectView, scenes: readonly Scene[]): Readonly<Record<Filter, number>> {
  const counts = { all: scenes.length, draft: 0, progress: 0, ready: 0, picked: 0, blocked: 0 }
  for (const scene of scenes) counts[filterOf(stateOf(view, scene).name)] += 1
  return counts
}

export const filtered = (view: ProjectView, scenes: readonly Scene[], filter: Filter): readonly Scene[] =>
  filter === 'all' ? scenes : scenes.filter((scene) => filterOf(stateOf(view, scene).name) === filter)

/** The scenes that a filter and the search leave. The same list as given when both leave all. */
export function shownScenes(
  view: ProjectView,
  scenes: readonly Scene[],
  filter: Filter,
  search: string,
): readonly Scene[] {
  const words = searchWords(search)
  const left = filtered(view, scenes, filter)
  return words.length === 0 ? left : left.filter((scene) => matchesWords(scene, words))
}

/** Takes of the project that wait for a decision of the artist. */
export const attentionCount = (view: ProjectView): number => {
  let count = 0
  for (const take of view.takes.values()) if (needsDecision(take)) count += 1
  return count
}

/** Scene numbers read better in line: `5` becomes `05`, `12A` stays. */
export const padNumber = (number: string): string => number.replace(/^\d(?!\d)/, (digit) => `0${digit}`)

/** `1:00`, `0:05`: the length of a list of scenes. */
export function runningTime(scenes: readonly Scene[]): string {
  const seconds = scenes.reduce((sum, scene) => sum + scene.duration, 0)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A text as the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
