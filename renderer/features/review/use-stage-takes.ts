import { useCallback, useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'

/** A take of the stage, with its place among A to D; `null` while its first picture is on the way. */
export interface StagePlace {
  readonly take: Take
  readonly place: number | null
}

/**
 * Keeps what is on screen until the pictures of what comes next are there, so that nothing flashes.
 * @returns the places, and what tells that the picture of a take is presented or will never be
 */
export function useStageTakes(takes: readonly Take[]): { places: readonly StagePlace[]; present(id: TakeId): void } {
  const [present, setPresent] = useState<ReadonlySet<TakeId>>(new Set())
  const [shown, setShown] = useState(takes)
  const wanted = takes.map(({ id }) => id).join(' ')
  const isShown = shown.map(({ id }) => id).join(' ') === wanted
  // Nothing to keep: what is there now has gone, or never came.
  const held = shown.some(({ id }) => present.has(id))
  if (shown !== takes && (isShown || !held || takes.every(({ id }) => present.has(id)))) {
    setShown(takes)
    setPresent(new Set([...present].filter((id) => takes.some((take) => take.id === id))))
  }
  const coming = takes.filter(({ id }) => !shown.some((take) => take.id === id))
  return {
    places: [
      ...shown.map((take, place) => ({ take, place })),
      ...coming.map((take) => ({ take, place: null })),
    ].toSorted((a, b) => a.take.id.localeCompare(b.take.id)),
    present: useCallback((id) => setPresent((before) => (before.has(id) ? before : new Set(before).add(id))), []),
  }
}
