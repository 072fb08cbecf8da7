import { create } from 'zustand'
import type { SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import type { Filter } from './scene-state.ts'

export const VIEWS = ['board', 'queue', 'cast'] as const
export type View = (typeof VIEWS)[number]

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
  readonly generate: { readonly sceneIds: readonly SceneId[] | null } | null
  readonly settingsOpen: boolean
  readonly newBoardOpen: boolean
  readonly importOpen: boolean
  /** The budget with its cap. */
  readonly budgetOpen: boolean
  /** The take being played large. */
  readonly playing: TakeId | null
  /** Raised to move the focus into the prompt of the inspector. */
  readonly promptFocus: number
  /** True while it is asked whether the chosen scenes shall be deleted. */
  readonly removeOpen: boolean
}

const START: UiState = {
  view: 'board',
  storyboardId: null,
  selected: new Set(),
  cursor: null,
  anchor: null,
  filter: 'all',
  generate: null,
  settingsOpen: false,
  newBoardOpen: false,
  importOpen: false,
  budgetOpen: false,
  playing: null,
  promptFocus: 0,
  removeOpen: false,
}

export const useUi = create<UiState>(() => START)

export const showView = (view: View): void => useUi.setState({ view })

/** Forgets what belonged to another project. */
export const resetUi = (): void => useUi.setState({ ...START, view: useUi.getState().view })

export const chooseStoryboard = (storyboardId: StoryboardId): void =>
  useUi.setState({ storyboardId, selected: new Set(), cursor: null, anchor: null, filter: 'all' })

/** Opens the pre-flight of a batch. @param sceneIds null for every scene of the storyboard */
export const openGenerate = (sceneIds: readonly SceneId[] | null): void => useUi.setState({ generate: { sceneIds } })
export const closeGenerate = (): void => useUi.setState({ generate: null })

export const openSettings = (): void => useUi.setState({ settingsOpen: true })
export const closeSettings = (): void => useUi.setState({ settingsOpen: false })

export const playTake = (takeId: TakeId): void => useUi.setState({ playing: takeId })
export const stopPlaying = (): void => useUi.setState({ playing: null })

export const editPrompt = (): void => useUi.setState(({ promptFocus }) => ({ promptFocus: promptFocus + 1 }))
