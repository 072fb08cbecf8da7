import type { EngineEvent, ProjectSnapshot, StudioSnapshot } from '../../shared/contract.ts'
import type { EditState } from '../../shared/edits.ts'
import type {
  CastId,
  NoteId,
  PlaylistId,
  ProjectId,
  SavedSeedId,
  SceneId,
  StoryboardId,
  TakeId,
} from '../../shared/ids.ts'
import {
  type Budget,
  type Cast,
  isOpen,
  type LibraryBudget,
  type Project,
  type Scene,
  type Storyboard,
  type Take,
} from '../../shared/model.ts'
import type { KeyStatus, Runner, Settings } from '../../shared/studio-model.ts'
import type { Note, Playlist } from '../../shared/review.ts'
import type { SavedSeed } from '../../shared/seed-bank.ts'

/** What is true of the whole library, up to event `seq`. */
export interface StudioView {
  readonly seq: number
  readonly version: string
  readonly libraryPath: string
  readonly projects: ReadonlyMap<ProjectId, Project>
  readonly settings: Settings
  readonly key: KeyStatus
  readonly runner: Runner
  readonly money: LibraryBudget
}

/** One project with everything in it, up to event `seq`. Takes of a scene are in order of their number. */
export interface ProjectView {
  readonly seq: number
  readonly project: Project
  readonly storyboards: ReadonlyMap<StoryboardId, Storyboard>
  readonly casts: ReadonlyMap<CastId, Cast>
  readonly scenes: ReadonlyMap<SceneId, Scene>
  /** Scenes taken off their boards that takes still belong to: for their slates. */
  readonly removedScenes: ReadonlyMap<SceneId, ProjectSnapshot['removedScenes'][number]>
  readonly takes: ReadonlyMap<TakeId, Take>
  readonly takesByScene: ReadonlyMap<SceneId, readonly Take[]>
  readonly budget: Budget
  readonly savedSeeds: ReadonlyMap<SavedSeedId, SavedSeed>
  readonly notes: ReadonlyMap<NoteId, Note>
  readonly playlists: ReadonlyMap<PlaylistId, Playlist>
  /** What undo and redo would do next. */
  readonly edits: EditState
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
    removedScenes: byId(snapshot.removedScenes),
    takes: byId(snapshot.takes),
    takesByScene,
    savedSeeds: byId(snapshot.savedSeeds),
    notes: byId(snapshot.notes),
    playlists: byId(snapshot.playlists),
    edits: snapshot.edits,
  }
}

/** Changes maps by copying each once: a burst of events on a large project then costs one copy, not one per event. */
function createEdits() {
  const copied = new WeakSet<object>()
  const own = <K, V>(map: ReadonlyMap<K, V>): Map<K, V> => {
    if (copied.has(map)) return map as Map<K, V>
    const copy = new Map(map)
    copied.add(copy)
    return copy
  }
  return {
    put: <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => own(map).set(key, value),
    drop<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
      if (!map.has(key)) return map
      const copy = own(map)
      copy.delete(key)
      return copy
    },
  }
}
type Edits = ReturnType<typeof createEdits>

/** The list with the take in its place, in order of take numbers. */
function withTake(takes: readonly Take[], take: Take): readonly Take[] {
  const others = takes.filter((other) => other.id !== take.id)
  const after = others.findIndex((other) => other.number > take.number)
  return after === -1 ? [...others, take] : [...others.slice(0, after), take, ...others.slice(after)]
}

function applyToStudio(edits: Edits, studio: StudioView, event: EngineEvent): StudioView {
  const { name, payload } = event
  if (name === 'project.put') return { ...studio, projects: edits.put(studio.projects, payload.id, payload) }
  if (name === 'settings.put') return { ...studio, settings: payload }
  if (name === 'key.put') return { ...studio, key: payload }
  if (name === 'runner.put') return { ...studio, runner: payload }
  if (name === 'library.budget') return { ...studio, money: payload }
  return studio
}

function applyToView(edits: Edits, view: ProjectView, event: EngineEvent): ProjectView {
  const projectId = view.project.id
  switch (event.name) {
    case 'project.put':
      return event.payload.id === projectId ? { ...view, project: event.payload } : view
    case 'storyboard.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, storyboards: edits.put(view.storyboards, event.payload.id, event.payload) }
    case 'storyboard.removed':
      return { ...view, storyboards: edits.drop(view.storyboards, event.payload.storyboardId) }
    case 'cast.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, casts: edits.put(view.casts, event.payload.id, event.payload) }
    case 'cast.removed':
      return { ...view, casts: edits.drop(view.casts, event.payload.castId) }
    case 'seed.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, savedSeeds: edits.put(view.savedSeeds, event.payload.id, event.payload) }
    case 'seed.removed':
      return { ...view, savedSeeds: edits.drop(view.savedSeeds, event.payload.savedSeedId) }
    case 'note.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, notes: edits.put(view.notes, event.payload.id, event.payload) }
    case 'note.removed':
      return { ...view, notes: edits.drop(view.notes, event.payload.noteId) }
    case 'playlist.put':
      if (event.payload.projectId !== projectId) return view
      return { ...view, playlists: edits.put(view.playlists, event.payload.id, event.payload) }
    case 'playlist.removed':
      return { ...view, playlists: edits.drop(view.playlists, event.payload.playlistId) }
    case 'edits.put':
      return event.payload.projectId === projectId ? { ...view, edits: event.payload } : view
    case 'scene.put':
      if (!view.storyboards.has(event.payload.storyboardId)) return view
      return {
        ...view,
        scenes: edits.put(view.scenes, event.payload.id, event.payload),
        removedScenes: edits.drop(view.removedScenes, event.payload.id),
      }
    case 'scene.removed': {
      const { sceneId } = event.payload
      const scene = view.scenes.get(sceneId)
      const hasTakes = view.takesByScene.has(sceneId)
      return {
        ...view,
        scenes: edits.drop(view.scenes, sceneId),
        removedScenes: scene && hasTakes ? edits.put(view.removedScenes, sceneId, scene) : view.removedScenes,
      }
    }
    case 'take.put': {
      const take = event.payload
      if (take.projectId !== projectId) return view
      const takes = withTake(view.takesByScene.get(take.sceneId) ?? [], take)
      return {
        ...view,
        takes: edits.put(view.takes, take.id, take),
        takesByScene: edits.put(view.takesByScene, take.sceneId, takes),
      }
    }
    case 'budget.put':
      return event.payload.projectId === projectId ? { ...view, budget: event.payload } : view
    case 'batch.put':
    case 'settings.put':
    case 'key.put':
    case 'runner.put':
    case 'library.budget':
    case 'take.progress':
      return view
  }
}

function applyToDownloads(edits: Edits, downloads: Entities['downloads'], event: EngineEvent): Entities['downloads'] {
  if (event.name === 'take.progress') {
    const { takeId, received, total } = event.payload
    return edits.put(downloads, takeId, { received, total })
  }
  if (event.name === 'take.put' && !isOpen(event.payload.phase)) return edits.drop(downloads, event.payload.id)
  return downloads
}

function applyOne(edits: Edits, entities: Entities, event: EngineEvent): Entities {
  const { seq } = event
  const isNew = (part: { readonly seq: number } | null) => part !== null && (seq === null || seq > part.seq)
  const moved = <P extends { readonly seq: number }>(part: P): P => (seq === null ? part : { ...part, seq })
  const { studio, view } = entities
  return {
    studio: studio && isNew(studio) ? moved(applyToStudio(edits, studio, event)) : studio,
    view: view && isNew(view) ? moved(applyToView(edits, view, event)) : view,
    downloads: applyToDownloads(edits, entities.downloads, event),
  }
}

/**
 * The entities after some events, in their order; those given stay as they were. An event that a snapshot already
 * contains changes nothing in the part that snapshot was for; events without a number always count.
 */
export function applyEvents(entities: Entities, events: readonly EngineEvent[]): Entities {
  const edits = createEdits()
  return events.reduce((so, event) => applyOne(edits, so, event), entities)
}

/** The number up to which every part is known: the next event must carry the one after it. */
export const knownSeq = ({ studio, view }: Entities): number =>
  Math.min(studio?.seq ?? Number.MAX_SAFE_INTEGER, view?.seq ?? Number.MAX_SAFE_INTEGER)
