import type { UsdMicros } from '../../shared/money.ts'
import { currentView, useProjection } from '../state/projection.ts'
import { attempt, call, run } from '../state/requests.ts'
import { obstacleNow } from '../state/obstacle.ts'
import { plural, totalPrice } from '../state/selectors.ts'
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

const VIEW_TITLES: Readonly<Record<View, string>> = {
  board: 'Board',
  review: 'Review',
  queue: 'Queue',
  cast: 'Cast',
  seeds: 'Seeds',
  spend: 'Spend',
  history: 'History',
  library: 'Library',
  sequence: 'Playlists',
}

/** What Generate would take: the chosen scenes when there are several, else all. */
function scope() {
  const board = boardNow()
  return board ? (board.selected.length > 1 ? board.selected : board.scenes) : []
}

const needsProject = () => (currentView() === null ? 'Open a project first' : null)
const rehearsing = () => currentView()?.project.provider === 'rehearsal'
const runner = () => useProjection.getState().studio?.runner ?? null

function generateReason(): string | null {
  if (!currentView()) return 'Open a project first'
  return scope().length === 0 ? 'No scenes yet' : obstacleNow()
}

const generatePrice = (): UsdMicros | null => (rehearsing() ? null : totalPrice(scope()))

const projectCommands = (): readonly Command[] => [
  {
    id: 'project.new',
    title: 'New board',
    group: 'Everywhere',
    words: 'project start',
    keys: ['$mod+Alt+KeyN'],
    run: () => useUi.setState({ newBoardOpen: true }),
  },
  {
    id: 'project.import',
    title: 'Open a board file',
    group: 'Everywhere',
    words: 'import bundle json',
    run: () => useUi.setState({ importOpen: true }),
  },
  {
    id: 'project.exportBundle',
    title: 'Export bundle',
    group: 'Everywhere',
    words: 'save share board file',
    when: () => boardNow() !== null,
    reason: needsProject,
    run: () => void exportBundle(),
  },
  {
    id: 'project.sample',
    title: 'Open the sample project',
    group: 'Everywhere',
    run: () => void openSample(),
  },
  {
    id: 'project.start',
    title: 'Start screen',
    group: 'Everywhere',
    words: 'all recent projects welcome',
    when: () => currentView() !== null && !useUi.getState().startOpen,
    run: () => useUi.setState({ startOpen: true }),
  },
  {
    id: 'project.provider',
    title: 'Rehearsal mode on or off',
    group: 'Everywhere',
    words: 'free paid takes provider',
    label: () => (rehearsing() ? 'Turn rehearsal mode off' : 'Turn rehearsal mode on'),
    when: () => currentView() !== null,
    run: () => rehearsalSwitch(!rehearsing()),
  },
]

/** Commands that work in every view. */
export const studioCommands = (): readonly Command[] => [
  ...VIEWS.map((view, index): Command => ({
    id: `view.${view}`,
    title: VIEW_TITLES[view],
    label: () => `Open ${VIEW_TITLES[view]}`,
    group: 'Everywhere',
    family: 'Switch view',
    keys: [`$mod+${index + 1}`],
    when: () => currentView() !== null,
    run: () => showView(view),
  })),
  {
    id: 'view.history',
    title: VIEW_TITLES.history,
    label: () => `Open ${VIEW_TITLES.history}`,
    group: 'Everywhere',
    words: 'log past batches takes edits restore repeat',
    when: () => currentView() !== null,
    reason: needsProject,
    run: () => showView('history'),
  },
  {
    id: 'view.library',
    title: VIEW_TITLES.library,
    label: () => `Open ${VIEW_TITLES.library}`,
    group: 'Everywhere',
    words: 'all takes clips search storage disk clean bin check copy',
    when: () => currentView() !== null,
    reason: () => 'Open a project first',
    run: () => showView('library'),
  },
  {
    id: 'studio.generate',
    title: 'Generate',
    group: 'Everywhere',
    words: 'rehearse submit batch takes',
    keys: ['$mod+Enter'],
    label: () => `${rehearsing() ? 'Rehearse' : 'Generate'} ${plural(scope().length, 'scene')}`,
    price: generatePrice,
    when: () => generateReason() === null && useUi.getState().generate === null,
    reason: generateReason,
    run: generateFromBoard,
  },
  {
    id: 'runner.pause',
    title: 'Pause submissions',
    group: 'Queue',
    words: 'stop queue',
    when: () => runner()?.paused === false,
    run: () => run('runner.pause', {}),
  },
  {
    id: 'runner.resume',
    title: 'Resume submissions',
    group: 'Queue',
    words: 'go on queue',
    when: () => runner()?.paused === true || Boolean(runner()?.halted),
    run: () => run('runner.resume', {}),
  },
  {
    id: 'studio.budget',
    title: 'Set the spending cap',
    group: 'Everywhere',
    words: 'budget money limit',
    when: () => currentView() !== null,
    reason: needsProject,
    run: () => useUi.setState({ budgetOpen: true }),
  },
  { id: 'studio.settings', title: 'Settings', group: 'Everywhere', keys: ['$mod+,'], run: openSettings },
  ...projectCommands(),
]

/** Chooses what Generate uses in this project: the free rehearsal, or the paid service. */
export function rehearsalSwitch(rehearsing: boolean): void {
  const view = currentView()
  if (view)
    run('project.update', { projectId: view.project.id, patch: { provider: rehearsing ? 'rehearsal' : 'wavespeed' } })
}
