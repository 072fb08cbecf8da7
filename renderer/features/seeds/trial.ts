import { create } from 'zustand'
import type { StoryboardId } from '../../../shared/ids.ts'
import type { WishedCell } from '../../state/generate-wish.ts'
import { type Place, placeKey } from './grid-keys.ts'
import type { Mode } from './matrix.ts'

/** What an artist has put together on the seeds of a storyboard, before anything is run. */
export interface Trial {
  /** Seeds put there by hand, the latest last. */
  readonly added: readonly number[]
  /** Cells to run, by `placeKey`. */
  readonly chosen: ReadonlyMap<string, WishedCell>
  readonly mode: Mode
  /** Where the keyboard was; null before it was anywhere. */
  readonly wanted: Place | null
}

const START: Trial = { added: [], chosen: new Map(), mode: 'all', wanted: null }

const useTrials = create<{ readonly trials: ReadonlyMap<StoryboardId, Trial> }>(() => ({ trials: new Map() }))

/** The trial of a storyboard. It stays while the window is open, also when another view is shown. */
export const useTrial = (id: StoryboardId): Trial => useTrials(({ trials }) => trials.get(id) ?? START)

/** Changes the trial of a storyboard. */
export function changeTrial(id: StoryboardId, change: (trial: Trial) => Partial<Trial>): void {
  useTrials.setState(({ trials }) => {
    const trial = trials.get(id) ?? START
    return { trials: new Map(trials).set(id, { ...trial, ...change(trial) }) }
  })
}

/** With some cells chosen, or no longer. */
export function withCells(
  chosen: Trial['chosen'],
  cells: readonly (WishedCell & { readonly seed: number })[],
  on: boolean,
): Trial['chosen'] {
  const next = new Map(chosen)
  for (const cell of cells) {
    const key = placeKey(cell)
    if (on) next.set(key, cell)
    else next.delete(key)
  }
  return next
}
