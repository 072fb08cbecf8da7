import { announce } from '../common/announcer.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call } from '../state/requests.ts'
import { storyboardsOf } from '../state/selectors.ts'

/** Puts a storyboard in another place of its project, and says where it is then. @param from, to places from 0 */
export async function moveStoryboard(from: number, to: number): Promise<void> {
  const view = currentView()
  const storyboards = view ? storyboardsOf(view) : []
  const moved = storyboards[from]
  if (!moved || to === from || to < 0 || to >= storyboards.length) return
  const before = storyboards.toSpliced(from, 1)[to]?.id ?? null
  const done = await attempt(() => call('storyboard.move', { storyboardId: moved.id, before }))
  if (done) announce(`${moved.title} moved to position ${to + 1} of ${storyboards.length}`)
}
