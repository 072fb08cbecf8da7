import { useMemo, useSyncExternalStore } from 'react'
import type { Cast, Scene, Storyboard } from '../../shared/model.ts'
import type { ProjectView } from './apply-event.ts'
import { useProjection } from './projection.ts'
import { activeStoryboard, castOf, scenesOf } from './selectors.ts'
import { useUi } from './ui-store.ts'

/** The open project with the storyboard in sight. */
export interface OpenBoard {
  readonly view: ProjectView
  readonly storyboard: Storyboard
  readonly scenes: readonly Scene[]
  readonly cast: Cast | null
}

/** The open board, or null before a project with a storyboard is there. */
export function useBoard(): OpenBoard | null {
  const view = useProjection((projection) => projection.view)
  const chosen = useUi((ui) => ui.storyboardId)
  return useMemo(() => {
    const storyboard = view && activeStoryboard(view, chosen)
    if (!view || !storyboard) return null
    return { view, storyboard, scenes: scenesOf(view, storyboard.id), cast: castOf(view, storyboard) }
  }, [view, chosen])
}

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
/** Whether `now` was read in this turn of the page. All who ask in one turn hear the same. */
let isFresh = false

function tick(): void {
  now = Date.now()
  listeners.forEach((each) => each())
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}
const idle = () => () => {}
function readNow(): number {
  if (timer !== null || isFresh) return now
  isFresh = true
  queueMicrotask(() => (isFresh = false))
  const time = Date.now()
  // Whole seconds, so that asking again soon is no news.
  return (now = Math.max(now, time - (time % 1000)))
}

/** The time in milliseconds, once a second while `running`. All users share one timer. */
export const useNow = (running: boolean): number => useSyncExternalStore(running ? subscribe : idle, readNow)
