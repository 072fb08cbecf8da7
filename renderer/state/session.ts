import type { Client } from '../../shared/client.ts'
import type { ProjectId } from '../../shared/ids.ts'
import { type BatchEnd, createBatchWatch } from './batch-watch.ts'
import { watchHost } from './host-watch.ts'
import { useProjection } from './projection.ts'
import { provideClient } from './requests.ts'
import { startSync, type Sync } from './sync.ts'
import { resetUi } from './ui-store.ts'

const LAST_PROJECT = 'takeboard.project'
let sync: Sync | null = null

let onBatchEnd: (end: BatchEnd) => void = () => {}

/** Told when a batch of any project ends while this window is open. */
export const tellBatchEndsTo = (listener: (end: BatchEnd) => void): void => {
  onBatchEnd = listener
}

/** The storage of a browser may be switched off; then the newest project opens. */
function remembered(): string | null {
  try {
    return localStorage.getItem(LAST_PROJECT)
  } catch {
    return null
  }
}

function remember(projectId: ProjectId): void {
  try {
    localStorage.setItem(LAST_PROJECT, projectId)
  } catch {
    // Nothing is lost but the choice of the first project next time.
  }
}

/**
 * Starts to keep the projection the same as the engine's state.
 * @param first the project to show; without it the one that was open last, or the newest
 * @param probe asks the host whether it still knows this page; null where that is no question
 */
export function startSession(
  client: Client,
  first: ProjectId | null = null,
  probe: (() => Promise<unknown>) | null = null,
): void {
  provideClient(client)
  if (probe) watchHost({ client, probe, onState: (host) => useProjection.setState({ host }) })
  const batches = createBatchWatch((end) => onBatchEnd(end))
  client.onEvent(batches.hear)
  sync = startSync({
    client,
    target: {
      get: useProjection.getState,
      set(part) {
        useProjection.setState(part)
        // Only a snapshot brings the status.
        if (part.status === 'ready' && part.view) batches.know(part.view.takes.values())
      },
    },
    chooseProject: (projects) =>
      (
        projects.find((project) => project.id === remembered()) ??
        projects.toSorted((a, b) => b.openedAt - a.openedAt)[0]
      )?.id ?? null,
    schedule: (work) => setTimeout(work, 16),
  })
  void sync.open(first)
}

/** Shows another project. */
export async function openProject(projectId: ProjectId): Promise<void> {
  remember(projectId)
  resetUi()
  useProjection.setState({ opening: true })
  try {
    await sync?.open(projectId)
  } finally {
    useProjection.setState({ opening: false })
  }
}

/** Asks for everything again, after a failure at the start. */
export const reload = (): void => {
  useProjection.setState({ status: 'loading', error: null })
  void sync?.open(null)
}
