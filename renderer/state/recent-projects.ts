import type { ProjectId } from '../../shared/ids.ts'
import type { StudioView } from './apply-event.ts'

export interface RecentProject {
  readonly id: ProjectId
  readonly title: string
  /** `just now`, `3 hours ago`, `yesterday`, `12 May`. */
  readonly opened: string
  readonly rehearsal: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago something was, in words; beyond a week its date. */
export function agoText(at: number, now: number): string {
  const past = Math.max(0, now - at)
  if (past < MINUTE) return 'just now'
  if (past < HOUR) return words.format(-Math.floor(past / MINUTE), 'minute')
  if (past < DAY) return words.format(-Math.floor(past / HOUR), 'hour')
  if (past < 7 * DAY) return words.format(-Math.floor(past / DAY), 'day')
  const date = new Date(at)
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}

/** Every project: the open one, then the one opened last, and so on. */
export function recentProjects(
  studio: StudioView | null,
  now: number,
  open: ProjectId | null,
): readonly RecentProject[] {
  const when = ({ id, openedAt }: { id: ProjectId; openedAt: number }) => (id === open ? now : openedAt)
  return [...(studio?.projects.values() ?? [])]
    .toSorted((a, b) => when(b) - when(a))
    .map((project) => ({
      id: project.id,
      title: project.title,
      opened: agoText(when(project), now),
      rehearsal: project.provider === 'rehearsal',
    }))
}
