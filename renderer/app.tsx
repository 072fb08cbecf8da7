import { CSPProvider } from '@base-ui/react/csp-provider'
import { LucideProvider } from 'lucide-react'
import { type ComponentType, useEffect, useState } from 'react'
import { type HostRequest, readHostRequest } from '../shared/host-request.ts'
import { boardCommands } from './commands/board-commands.ts'
import { bindKeys } from './commands/keymap.ts'
import { registry } from './commands/registry.ts'
import { tellThrough } from './commands/scene-actions.ts'
import { studioCommands } from './commands/studio-commands.ts'
import { undoCommands } from './commands/undo.ts'
import { showFailure } from './common/failure-toast.ts'
import { connect } from './connect.ts'
import { BoardView } from './features/board/board-view.tsx'
import { CastView } from './features/cast/cast-view.tsx'
import { FirstRun } from './features/first-run/first-run.tsx'
import { GenerateDialog } from './features/generate/generate-dialog.tsx'
import { Inspector } from './features/inspector/inspector.tsx'
import { Player } from './features/player/player.tsx'
import { ImportDialog, NewBoardDialog } from './features/projects/dialogs.tsx'
import { QueueView } from './features/queue/queue-view.tsx'
import { Rail } from './features/rail/rail.tsx'
import { FailedScreen, LoadingScreen } from './features/shell/start-screens.tsx'
import { SettingsDialog } from './features/settings/settings-dialog.tsx'
import { LiveRegion, StatusBanner } from './features/shell/status.tsx'
import { TopBar, type ViewTab } from './features/shell/top-bar.tsx'
import { provideMedia } from './state/media.ts'
import { useProjection } from './state/projection.ts'
import { reportFailuresTo } from './state/requests.ts'
import { openProject, reload, startSession } from './state/session.ts'
import { useUi, type View } from './state/ui-store.ts'
import { EmptyState } from './ui/empty.tsx'
import { showToast, Toaster } from './ui/toast.tsx'
import { TipProvider } from './ui/tooltip.tsx'

const BoardScreen = () => (
  <main className="board-screen">
    <Rail />
    <BoardView />
    <Inspector />
  </main>
)

/** The views that exist. A view without an entry has no tab. */
const SCREENS: Readonly<Partial<Record<View, { label: string; screen: ComponentType }>>> = {
  board: { label: 'Board', screen: BoardScreen },
  queue: { label: 'Queue', screen: QueueView },
  cast: { label: 'Cast', screen: CastView },
}

const TABS: readonly ViewTab[] = Object.entries(SCREENS).map(([view, { label }]) => ({ view: view as View, label }))

/** Dark, light, or as the system says. */
function useTheme(): void {
  const theme = useProjection((projection) => projection.studio?.settings.theme ?? 'dark')
  useEffect(() => {
    const light = matchMedia('(prefers-color-scheme: light)')
    const apply = () => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme
    }
    apply()
    light.addEventListener('change', apply)
    return () => light.removeEventListener('change', apply)
  }, [theme])
}

function useStudio(): { failure: unknown; retry(): void } {
  const [failure, setFailure] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let current = true
    connect().then(
      ({ client, media, probe }) => {
        if (!current) return client.close()
        provideMedia(media)
        const request = takeHostRequest()
        startSession(client, request?.kind === 'project' ? request.projectId : null, probe)
        if (request) follow(request)
      },
      (error: unknown) => current && setFailure(error),
    )
    return () => {
      current = false
    }
  }, [turn])
  return {
    failure,
    retry() {
      setFailure(null)
      setTurn((before) => before + 1)
    },
  }
}

/** What the host asks of this page by its address; the address is then plain again. */
function takeHostRequest(): HostRequest | null {
  const request = readHostRequest(location.hash)
  if (request) history.replaceState(null, '', location.pathname + location.search)
  return request
}

function follow(request: HostRequest): void {
  if (request.kind === 'command') registry.run(request.command)
}

function useHostRequests(): void {
  useEffect(() => {
    const heard = () => {
      const request = takeHostRequest()
      if (request?.kind === 'project') void openProject(request.projectId)
      else if (request) follow(request)
    }
    window.addEventListener('hashchange', heard)
    return () => window.removeEventListener('hashchange', heard)
  }, [])
}

function useCommands(): void {
  useEffect(() => {
    tellThrough((title, text, tone) => showToast({ kind: tone ?? 'info', title, text }))
    reportFailuresTo(showFailure)
    const offs = [
      registry.register([...studioCommands(), ...undoCommands(), ...boardCommands()]),
      bindKeys(registry, window),
    ]
    return () => offs.forEach((off) => off())
  }, [])
}

function Screen() {
  const status = useProjection((projection) => projection.status)
  const error = useProjection((projection) => projection.error)
  const hasProject = useProjection((projection) => projection.view !== null)
  const view = useUi((ui) => ui.view)
  if (status === 'failed') return <FailedScreen error={error} onRetry={reload} />
  if (status === 'loading') return <LoadingScreen />
  if (!hasProject) return <FirstRun />
  const Current = SCREENS[view]?.screen ?? SCREENS.board?.screen
  return Current ? <Current /> : <EmptyState title="Nothing to show" />
}

/** The whole studio. */
export function App() {
  useTheme()
  useCommands()
  useHostRequests()
  const { failure, retry } = useStudio()
  return (
    <CSPProvider disableStyleElements>
      <LucideProvider strokeWidth={1.75}>
        <TipProvider>
          <div className="app">
            <TopBar tabs={TABS} />
            <StatusBanner />
            {failure ? <FailedScreen error={failure} onRetry={retry} /> : <Screen />}
          </div>
          <NewBoardDialog />
          <ImportDialog />
          <GenerateDialog />
          <Player />
          <SettingsDialog />
          <LiveRegion />
          <Toaster />
        </TipProvider>
      </LucideProvider>
    </CSPProvider>
  )
}
