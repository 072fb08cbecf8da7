import { CSPProvider } from '@base-ui/react/csp-provider'
import { LucideProvider } from 'lucide-react'
import { type ComponentType, lazy, type LazyExoticComponent, Suspense, useEffect, useState } from 'react'
import { type HostRequest, readHostRequest } from '../shared/host-request.ts'
import { boardCommands } from './commands/board-commands.ts'
import { bindKeys } from './commands/keymap.ts'
import { generateCommands } from './commands/generate-commands.ts'
import { lookCommands } from './commands/look-commands.ts'
import { queueCommands } from './commands/queue-commands.ts'
import { registry } from './commands/registry.ts'
import { drawingCommands } from './commands/drawing-commands.ts'
import { judgeCommands } from './commands/judge-commands.ts'
import { rerunCommands } from './commands/rerun-commands.ts'
import { reviewCommands } from './commands/review-commands.ts'
import { tellThrough } from './commands/scene-actions.ts'
import { sequenceCommands } from './commands/sequence-commands.ts'
import { seedCommands } from './commands/seed-commands.ts'
import { studioCommands } from './commands/studio-commands.ts'
import { timelineCommands } from './commands/timeline-commands.ts'
import { undoCommands, undoInField } from './commands/undo.ts'
import { askAtFirstBatch, showBatchEnd } from './common/batch-notice.ts'
import { showFailure } from './common/failure-toast.ts'
import { connect } from './connect.ts'
import { BoardView } from './features/board/board-view.tsx'
import { CastView } from './features/cast/cast-view.tsx'
import { FirstRun } from './features/first-run/first-run.tsx'
import { Inspector } from './features/inspector/inspector.tsx'
import { ImportDialog, NewBoardDialog } from './features/projects/dialogs.tsx'
import { DropImport } from './features/projects/drop-import.tsx'
import { QueueView } from './features/queue/queue-view.tsx'
import { Rail } from './features/rail/rail.tsx'
import { FailedScreen, LoadingScreen } from './features/shell/start-screens.tsx'
import { LiveRegion, StatusBanner } from './features/shell/status.tsx'
import { TopBar, type ViewTab } from './features/shell/top-bar.tsx'
import { TimelineDock } from './features/timeline/dock.tsx'
import { useAnimatic } from './state/animatic.ts'
import { provideMedia } from './state/media.ts'
import { useProjection } from './state/projection.ts'
import { reportFailuresTo, watchCalls } from './state/requests.ts'
import { openProject, reload, startSession, tellBatchEndsTo } from './state/session.ts'
import { type UiState, useUi, type View, VIEWS } from './state/ui-store.ts'
import { EmptyState } from './ui/empty.tsx'
import { showToast, Toaster } from './ui/toast.tsx'
import { TipProvider } from './ui/tooltip.tsx'

function BoardScreen() {
  const covered = useAnimatic((animatic) => animatic.open)
  return (
    <main className="board-screen with-dock">
      <Rail />
      <div className="board-cell" inert={covered}>
        <BoardView />
      </div>
      <Inspector />
      <TimelineDock />
    </main>
  )
}

/** A view that few minutes need: loaded when first opened. */
function lazyScreen(load: () => Promise<{ default: ComponentType }>): ComponentType {
  const Loaded = lazy(load)
  return () => (
    <Suspense fallback={<main className="panel" aria-busy="true" aria-label="Opening the view" />}>
      <Loaded />
    </Suspense>
  )
}

const SeedsView = lazy(() => import('./features/seeds/seeds-view.tsx'))
const SeedsScreen = () => (
  <Suspense fallback={<main className="panel" aria-busy="true" aria-label="Seeds" />}>
    <SeedsView />
  </Suspense>
)

/** The views that exist. A view without an entry has no tab. */
const SCREENS: Readonly<Partial<Record<View, { label: string; screen: ComponentType }>>> = {
  board: { label: 'Board', screen: BoardScreen },
  review: { label: 'Review', screen: lazyScreen(() => import('./features/review/review-view.tsx')) },
  queue: { label: 'Queue', screen: QueueView },
  cast: { label: 'Cast', screen: CastView },
  seeds: { label: 'Seeds', screen: SeedsScreen },
  spend: { label: 'Spend', screen: lazyScreen(() => import('./features/spend/spend-view.tsx')) },
  library: { label: 'Library', screen: lazyScreen(() => import('./features/library/library-view.tsx')) },
  sequence: { label: 'Playlists', screen: lazyScreen(() => import('./features/playlists/playlists-view.tsx')) },
  history: { label: 'History', screen: lazyScreen(() => import('./features/history/history-view.tsx')) },
}

const TABS: readonly ViewTab[] = VIEWS.flatMap((view) => {
  const entry = SCREENS[view]
  return entry ? [{ view, label: entry.label }] : []
})

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
  if (request.kind === 'command' && !undoInField(request.command)) registry.run(request.command)
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
    tellBatchEndsTo(showBatchEnd)
    watchCalls((name) => name === 'batch.start' && askAtFirstBatch())
    const offs = [
      registry.register([
        // Its keys come first while something is drawn.
        ...drawingCommands(),
        ...studioCommands(),
        ...lookCommands(),
        ...undoCommands(),
        ...boardCommands(),
        ...timelineCommands(),
        ...reviewCommands(),
        ...judgeCommands(),
        ...sequenceCommands(),
        ...generateCommands(),
        ...rerunCommands(),
        ...seedCommands(),
        ...queueCommands(),
      ]),
      bindKeys(registry, window),
    ]
    return () => offs.forEach((off) => off())
  }, [])
}

/** Keys work as the artist chose them. */
function useChosenKeys(): void {
  const keys = useProjection((projection) => projection.studio?.settings.keys)
  useEffect(() => {
    if (keys) registry.chooseKeys(keys)
  }, [keys])
}

const loadPalette = () => import('./features/palette/palette.tsx')

/** Windows that few minutes need: loaded when first opened, then kept. */
const LAZY: readonly { isOpen(ui: UiState): boolean; Window: LazyExoticComponent<ComponentType> }[] = [
  { isOpen: (ui) => ui.paletteOpen, Window: lazy(loadPalette) },
  { isOpen: (ui) => ui.shortcutsOpen, Window: lazy(() => import('./features/shortcuts/shortcuts.tsx')) },
  { isOpen: (ui) => ui.generate !== null, Window: lazy(() => import('./features/generate/generate-dialog.tsx')) },
  { isOpen: (ui) => ui.fit !== null, Window: lazy(() => import('./features/fit/fit-view.tsx')) },
  { isOpen: (ui) => ui.exploring !== null, Window: lazy(() => import('./features/seeds/explore-dialog.tsx')) },
  { isOpen: (ui) => ui.savingSeed !== null, Window: lazy(() => import('./features/seeds/save-dialog.tsx')) },
  { isOpen: (ui) => ui.settingsOpen, Window: lazy(() => import('./features/settings/settings-dialog.tsx')) },
]

/** The palette is typed into at once, so it is fetched before it is asked for, when nothing else is to do. */
function usePaletteSoon(): void {
  useEffect(() => {
    const soon = requestIdleCallback(() => void loadPalette())
    return () => cancelIdleCallback(soon)
  }, [])
}

function LazyWindow({ isOpen, Window }: (typeof LAZY)[number]) {
  const open = useUi(isOpen)
  const [wanted, setWanted] = useState(false)
  if (open && !wanted) setWanted(true)
  return wanted ? (
    <Suspense>
      <Window />
    </Suspense>
  ) : null
}

function skipToMain(): void {
  const main = document.querySelector('main')
  main?.setAttribute('tabindex', '-1')
  main?.focus()
}

function Screen() {
  const status = useProjection((projection) => projection.status)
  const error = useProjection((projection) => projection.error)
  const hasProject = useProjection((projection) => projection.view !== null)
  const view = useUi((ui) => ui.view)
  const start = useUi((ui) => ui.startOpen)
  if (status === 'failed') return <FailedScreen error={error} onRetry={reload} />
  if (status === 'loading') return <LoadingScreen />
  if (!hasProject || start) return <FirstRun />
  const Current = SCREENS[view]?.screen ?? SCREENS.board?.screen
  return Current ? <Current /> : <EmptyState title="Nothing to show" />
}

/** The whole studio. */
export function App() {
  useTheme()
  useCommands()
  useHostRequests()
  useChosenKeys()
  usePaletteSoon()
  const { failure, retry } = useStudio()
  return (
    <CSPProvider disableStyleElements>
      <LucideProvider strokeWidth={1.75}>
        <TipProvider>
          <div className="app">
            <button type="button" className="skip-link" onClick={skipToMain}>
              Skip to the content
            </button>
            <TopBar tabs={TABS} />
            <StatusBanner />
            {failure ? <FailedScreen error={failure} onRetry={retry} /> : <Screen />}
          </div>
          <NewBoardDialog />
          <ImportDialog />
          {LAZY.map((each, index) => (
            <LazyWindow key={index} {...each} />
          ))}
          <DropImport />
          <LiveRegion />
          <Toaster />
        </TipProvider>
      </LucideProvider>
    </CSPProvider>
  )
}
