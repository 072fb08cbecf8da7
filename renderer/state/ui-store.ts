import { create } from 'zustand'
import type { SavedSeedId, SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import type { GenerateWish } from './generate-wish.ts'
import { resetReview, reviewTakes, useReview } from './review.ts'
import type { Filter } from './scene-state.ts'
import { currentView } from './projection.ts'
import { keep, recalled } from './window-memory.ts'

export const VIEWS = ['board', 'review', 'queue', 'cast', 'seeds', 'spend'] as const
/** The views with a tab and a number key, and those that are opened by name. */
export type View = (typeof VIEWS)[number] | 'history' | 'library' | 'sequence'

export type BoardLook = 'grid' | 'list'

/** Sizes of the cards, from the smallest; `usual` is that of a new window. */
export const ZOOM = { min: 0, max: 6, usual: 2 } as const

/** Where the caret stands, or last stood, in the prompt of a scene. */
export interface PromptCaret {
  readonly sceneId: SceneId
  /** Characters before it. */
  readonly at: number
}

/** A seed on its way into the bank, with the take it comes from if any; or one that is in it. */
export interface SavingSeed {
  readonly seed: number
  readonly takeId: TakeId | null
  readonly savedSeedId: SavedSeedId | null
}

/** What only this window knows, and a reload may lose. */
export interface UiState {
  readonly view: View
  readonly storyboardId: StoryboardId | null
  /** Chosen scenes; the inspector shows one, the batch bar several. */
  readonly selected: ReadonlySet<SceneId>
  /** The scene that arrow keys move from, and Shift extends to. */
  readonly cursor: SceneId | null
  readonly anchor: SceneId | null
  readonly filter: Filter
  /** Which dialog is open. */
  readonly generate: GenerateWish | null
  /** Scenes that are to fit an amount of money; all of the storyboard with null. */
  readonly fit: { readonly sceneIds: readonly SceneId[] | null } | null
  /** The scene several seeds are to be tried on. */
  readonly exploring: SceneId | null
  /** The takes of the latest such trial, shown side by side in the seed matrix. */
  readonly explored: { readonly sceneId: SceneId; readonly takeIds: readonly TakeId[] } | null
  /** The seed that is being put into the bank, or changed there. */
  readonly savingSeed: SavingSeed | null
  readonly settingsOpen: boolean
  /** The page settings open with; null for the one shown last. */
  readonly settingsPage: string | null
  readonly paletteOpen: boolean
  readonly shortcutsOpen: boolean
  /** True shows the ways to begin although a project is open. */
  readonly startOpen: boolean
  readonly newBoardOpen: boolean
  readonly importOpen: boolean
  /** Files that were dropped on the window, with their places, until the dialog has taken them. */
  readonly importFiles: readonly { readonly path: string; readonly file: File }[] | null
  /** The budget with its cap. */
  readonly budgetOpen: boolean
  /** The view to go back to from the review room. */
  readonly reviewedFrom: View
  /** Takes ticked to be looked at side by side. */
  readonly compared: ReadonlySet<TakeId>
  /** Raised to move the focus into the prompt of the inspector. */
  readonly promptFocus: number
  readonly promptCaret: PromptCaret | null
  readonly look: BoardLook
  /** Size of the cards, `ZOOM.min` to `ZOOM.max`. */
  readonly zoom: number
  /** What is looked for among the scenes of the board. */
  readonly search: string
  /** Raised to move the focus into the search field. */
  readonly searchFocus: number
  /** Scenes whose headings are folded. */
  readonly folded: ReadonlySet<SceneId>
  /** The scene whose heading is being named. */
  readonly namingSection: SceneId | null
}

function zoomWithin(zoom: number): number {
  return Number.isInteger(zoom) ? Math.max(ZOOM.min, Math.min(ZOOM.max, zoom)) : ZOOM.usual
}

const START: UiState = {
  view: 'board',
  storyboardId: null,
  selected: new Set(),
  cursor: null,
  anchor: null,
  filter: 'all',
  generate: null,
  fit: null,
  exploring: null,
  explored: null,
  savingSeed: null,
  settingsOpen: false,
  settingsPage: null,
  paletteOpen: false,
  shortcutsOpen: false,
  startOpen: false,
  newBoardOpen: false,
  importOpen: false,
  importFiles: null,
  budgetOpen: false,
  reviewedFrom: 'board',
  compared: new Set(),
  promptFocus: 0,
  promptCaret: null,
  look: recalled('look') === 'list' ? 'list' : 'grid',
  zoom: zoomWithin(Number(recalled('zoom') ?? ZOOM.usual)),
  search: '',
  searchFocus: 0,
  folded: new Set(),
  namingSection: null,
}

export const useUi = create<UiState>(() => START)

export const showView = (view: View): void =>
  useUi.setState((ui) => ({
    view,
    startOpen: false,
    ...(view === 'review' && ui.view !== 'review' ? { reviewedFrom: ui.view } : {}),
  }))

/** Forgets what belonged to another project. */
export function resetUi(): void {
  resetReview()
  useUi.setState(({ view, look, zoom }) => ({ ...START, view, look, zoom }))
}

export const chooseStoryboard = (storyboardId: StoryboardId): void =>
  useUi.setState({ storyboardId, selected: new Set(), cursor: null, anchor: null, filter: 'all', search: '' })

/** Opens the pre-flight of a batch. @param sceneIds null for every scene of the storyboard */
export const openGenerate = (sceneIds: readonly SceneId[] | null): void => openPreflight({ kind: 'scenes', sceneIds })
/** Opens the pre-flight of anything that can be made. */
export const openPreflight = (generate: GenerateWish): void => useUi.setState({ generate })
export const closeGenerate = (): void => useUi.setState({ generate: null })

/** @param page such as `keys`; without it the page shown last */
export const openSettingsPage = (page: string): void => useUi.setState({ settingsOpen: true, settingsPage: page })
export const openSettings = (): void => useUi.setState({ settingsOpen: true, settingsPage: null })
export const closeSettings = (): void => useUi.setState({ settingsOpen: false })

/** Shows takes in the review room, the first as A; several side by side. They are ready ones of the open project. */
export function openTakes(sceneId: SceneId, takeIds: readonly TakeId[]): void {
  reviewTakes(sceneId, takeIds)
  showView('review')
}

/** Plays a take in the review room. */
export function playTake(takeId: TakeId): void {
  const take = currentView()?.takes.get(takeId)
  if (take?.phase !== 'ready') return
  openTakes(take.sceneId, [takeId])
  useReview.setState({ startWhenThere: true })
}

/** Ticks a take to be compared, or clears its tick. */
export const compareTake = (takeId: TakeId, on: boolean): void =>
  useUi.setState(({ compared }) => ({
    compared: new Set([...compared].filter((id) => id !== takeId).concat(on ? [takeId] : [])),
  }))

export const editPrompt = (): void => useUi.setState(({ promptFocus }) => ({ promptFocus: promptFocus + 1 }))

/** Cards or rows; kept for this window. */
export function chooseLook(look: BoardLook): void {
  useUi.setState({ look })
  keep('look', look)
}

/** Makes the cards larger or smaller; kept for this window. */
export function chooseZoom(zoom: number): void {
  const next = zoomWithin(zoom)
  useUi.setState({ zoom: next })
  keep('zoom', String(next))
}

export const focusSearch = (): void => useUi.setState(({ searchFocus }) => ({ searchFocus: searchFocus + 1 }))

/** Folds the scenes under a heading away, or shows them again. */
export function toggleFold(head: SceneId): void {
  useUi.setState(({ folded }) => {
    const next = new Set(folded)
    if (!next.delete(head)) next.add(head)
    return { folded: next }
  })
}
