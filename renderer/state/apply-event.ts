import type { EngineEvent, ProjectSnapshot, StudioSnapshot } from '../../shared/contract.ts'
import type { CastId, ProjectId, SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import {
  type Budget,
  type Cast,
  isOpen,
  type KeyStatus,
  type Project,
  type Runner,
  type Scene,
  type Settings,
  type Storyboard,
  type Take,
} from '../../shared/model.ts'

/** What is true of the whole library, up to event `seq`. */
export interface StudioView {
  readonly seq: number
  readonly version: string
  readonly libraryPath: string
  readonly projects: ReadonlyMap<ProjectId, Project>
  readonly settings: Settings
  readonly key: KeyStatus
  readonly runner: Runner
}

/** One project with everything in it, up to event `seq`. Takes of a scene are in order of their number. */
export interface ProjectView {
  readonly seq: number
  readonly project: Project
  readonly storyboards: ReadonlyMap<StoryboardId, Storyboard>
  readonly casts: ReadonlyMap<CastId, Cast>
  readonly scenes: ReadonlyMap<SceneId, Scene>
  readonly takes: ReadonlyMap<TakeId, Take>
  readonly takesByScene: ReadonlyMap<SceneId, readonly Take[]>
  readonly budget: Budget
}

export interface Download {
  readonly received: number
  readonly total: number | null
}

/** The engine's rows as this client knows them. Never changed in place. */
export interface Entities {
  readonly studio: StudioView | null
  readonly view: ProjectView | null
  readonly downloads: ReadonlyMap<TakeId, Download>
}

export const NO_ENTITIES: Entities = { studio: null, view: null, downloads: new Map() }

const byId = <I, T extends { readonly id: I }>(rows: readonly T[]): ReadonlyMap<I, T> =>
  new Map(rows.map((row) => [row.id, row]))

export const studioFromSnapshot = (snapshot: StudioSnapshot): StudioView => ({
  ...snapshot,
  projects: byId(snapshot.projects),
})

export function viewFromSnapshot(snapshot: ProjectSnapshot): ProjectView {
  const takesByScene = new Map<SceneId, Take[]>()
  for (const take of [...snapshot.takes].sort((a, b) => a.number - b.number)) {
    const takes = takesByScene.get(take.sceneId)
    if (takes) takes.push(take)
    else takesByScene.set(take.sceneId, [take])
  }
  return {
    seq: snapshot.seq,
    project: snapshot.project,
    budget: snapshot.budget,
    storyboards: byId(snapshot.storyboards),
    casts: byId(snapshot.casts),
    scenes: byId(snapshot.scenes),
    takes: byId(snapshot.takes),
    takesByScene,
  }
}

const withRow = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Map<K, V> => new Map(map).set(key, value)

function withoutRow<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map
  const next = new Map(map)
  next.delete(key)
  return next
}

/** The list with the take in its place, in order of take numbers. */
function withTake(takes: readonly Take[], take: Take): readonly Take[] {
  const others = takes.filter((other) => other.id !== take.id)
  const after = others.findIndex((other) => other.number > take.number)
  return after === -1 ? [...others, take] : [...others.slice(0, after), take, ...others.slice(after)]
}

function applyToStudio(studio: StudioView, event: EngineEvent): StudioView {
  const { name, payload } = event
  if (name === 'project.put') return { ...studio, projects: withRow(studio.projects, payload.id, payload) }
  if (name === 'settings.put') return { ...studio, settings: payload }
  if (name === 'key.put') return { ...studio, key: payload }
  if (name === 'runner.put') return { ...studio, runner: payload }
  return studio
}

function applyToView(view: ProjectView, event: EngineEvent): ProjectView {
  const projectId = view.project.id
  switch (event.name) {
    case 'project.put':
      return event.payload.id === projectId ? { ...view, project: event.payload } : view
    case 'storyboard.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, storyboards: withRow(view.storyboards, event.payload.id, event.payload) }
    case 'storyboard.removed':
      return { ...view, storyboards: withoutRow(view.storyboards, event.payload.storyboardId) }
    case 'cast.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, casts: withRow(view.casts, event.payload.id, event.payload) }
    case 'scene.put':
      if (!view.storyboards.has(event.payload.storyboardId)) return view
      return { ...view, scenes: withRow(view.scenes, event.payload.id, event.payload) }
    case 'scene.removed':
      return { ...view, scenes: withoutRow(view.scenes, event.payload.sceneId) }
    case 'take.put': {
      const take = event.payload
      if (take.projectId !== projectId) return view
      const takes = withTake(view.takesByScene.get(take.sceneId) ?? [], take)
      return {
        ...view,
        takes: withRow(view.takes, take.id, take),
        takesByScene: withRow(view.takesByScene, take.sceneId, takes),
      }
    }
    case 'budget.put':
      return event.payload.projectId === projectId ? { ...view, budget: event.payload } : view
    case 'batch.put':
    case 'settings.put':
    case 'key.put':
    case 'runner.put':
    case 'take.progress':
      return view
  }
}

function applyToDownloads(downloads: Entities['downloads'], event: EngineEvent): Entities['downloads'] {
  if (event.name === 'take.progress') {
    const { takeId, received, total } = event.payload
    return withRow(downloads, takeId, { received, total })
  }
  if (event.name === 'take.put' && !isOpen(event.payload.phase)) return withoutRow(downloads, event.payload.id)
  return downloads
}

/**
 * The entities after an event. Pure. An event that a snapshot already contains changes nothing in the part that
 * snapshot was for; events without a number always count.
 */
export function applyEvent(entities: Entities, event: EngineEvent): Entities {
  const { seq } = event
  const isNew = (part: { readonly seq: number } | null) => part !== null && (seq === null || seq > part.seq)
  const moved = <P extends { readonly seq: number }>(part: P): P => (seq === null ? part : { ...part, seq })
  const { studio, view } = entities
  return {
    studio: studio && isNew(studio) ? moved(applyToStudio(studio, event)) : studio,
    view: view && isNew(view) ? moved(applyToView(view, event)) : view,
    downloads: applyToDownloads(entities.downloads, event),
  }
}

/** The number up to which every part is known: the next event must carry the one after it. */
export const knownSeq = ({ studio, view }: Entities): number =>
  Math.min(studio?.seq ?? Number.MAX_SAFE_INTEGER, view?.seq ?? Number.MAX_SAFE_INTEGER)
