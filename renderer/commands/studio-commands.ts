import { currentView } from '../state/projection.ts'
import { attempt, call, run } from '../state/requests.ts'
import { openProject } from '../state/session.ts'
import { openGenerate, openSettings, showView, useUi, type View, VIEWS } from '../state/ui-store.ts'
import { exportBundle } from './export-bundle.ts'
import type { Command } from './registry.ts'
import { boardNow } from './scene-actions.ts'

/** Opens the sample project, adding it to the library the first time. */
export async function openSample(): Promise<void> {
  const made = await attempt(() => call('project.openSample', {}))
  if (made) await openProject(made.projectId)
}

/** Starts an empty project with one storyboard of the same name. */
export async function createBoard(title: string): Promise<boolean> {
  const projectId = await attempt(async () => {
    const made = await call('project.create', { title })
    const snapshot = await call('project.get', { projectId: made.projectId })
    if (snapshot.storyboards.length === 0) await call('storyboard.create', { projectId: made.projectId, title })
    return made.projectId
  })
  if (projectId) await openProject(projectId)
  return projectId !== null
}

/** Opens the pre-flight for the chosen scenes when there are several, else for the whole storyboard. */
export function generateFromBoard(): void {
  const board = boardNow()
  if (!board) return
  openGenerate(board.selected.length > 1 ? board.selected.map((scene) => scene.id) : null)
}

const VIEW_TITLES: Readonly<Record<View, string>> = { board: 'Board', queue: 'Queue', cast: 'Cast' }

/** Commands that work in every view. */
export const studioCommands = (): readonly Command[] => [
  ...VIEWS.map((view, index) => ({
    id: `view.${view}`,
    title: VIEW_TITLES[view],
    group: 'Everywhere' as const,
    keys: [`$mod+${index + 1}`],
    run: () => showView(view),
  })),
  {
    id: 'studio.generate',
    title: 'Generate',
    group: 'Everywhere',
    keys: ['$mod+Enter'],
    when: () => boardNow() !== null && useUi.getState().generate === null,
    run: generateFromBoard,
  },
  { id: 'studio.settings', title: 'Settings', group: 'Everywhere', keys: ['$mod+,'], run: openSettings },
  {
    id: 'project.new',
    title: 'New board',
    group: 'Everywhere',
    run: () => useUi.setState({ newBoardOpen: true }),
  },
  {
    id: 'project.import',
    title: 'Open a board file',
    group: 'Everywhere',
    run: () => useUi.setState({ importOpen: true }),
  },
  {
    id: 'project.exportBundle',
    title: 'Export bundle',
    group: 'Everywhere',
    when: () => boardNow() !== null,
    run: () => void exportBundle(),
  },
  { id: 'project.sample', title: 'Open the sample project', group: 'Everywhere', run: () => void openSample() },
]

/** Chooses what Generate uses in this project: the free rehearsal, or the paid service. */
export function rehearsalSwitch(rehearsing: boolean): void {
  const view = currentView()
  if (view)
    run('project.update', { projectId: view.project.id, patch: { provider: rehearsing ? 'rehearsal' : 'wavespeed' } })
}
