import '../../ui/tabs.css'
import './shell.css'
import { Search, Settings, TriangleAlert } from 'lucide-react'
import { registry } from '../../commands/registry.ts'
import { useProjection } from '../../state/projection.ts'
import { attentionCount } from '../../state/selectors.ts'
import { openSettings, showView, useUi, type View } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { LoadingBar } from '../../ui/empty.tsx'
import { BudgetMeter } from './budget-meter.tsx'
import { GenerateButton } from './generate-button.tsx'
import { OfflineMark } from './offline-mark.tsx'
import { ProjectMenu } from './project-menu.tsx'
import { SaveMark } from './save-mark.tsx'

export interface ViewTab {
  readonly view: View
  readonly label: string
}

function QueueCount() {
  const view = useProjection((projection) => projection.view)
  const running = useProjection(({ studio }) => (studio ? studio.runner.inFlight + studio.runner.waiting : 0))
  const attention = view ? attentionCount(view) : 0
  if (attention > 0) {
    return (
      <span className="tab-count attention">
        <TriangleAlert size={12} aria-hidden />
        {attention}
        <span className="hidden-text"> need attention</span>
      </span>
    )
  }
  return running > 0 ? <span className="tab-count">{running}</span> : null
}

/** Project, views, budget, and the one paid action. @param tabs the views that exist */
export function TopBar({ tabs }: { tabs: readonly ViewTab[] }) {
  const current = useUi((ui) => ui.view)
  const start = useUi((ui) => ui.startOpen)
  const budget = useProjection((projection) => projection.view?.budget ?? null)
  const opening = useProjection((projection) => projection.opening)
  return (
    <header className="top-bar">
      <ProjectMenu />
      <SaveMark />
      {budget && tabs.length > 1 && (
        <nav className="view-tabs" aria-label="Views">
          {tabs.map(({ view, label }) => (
            <button
              key={view}
              type="button"
              className="tab"
              aria-current={view === current && !start ? 'page' : undefined}
              onClick={() => showView(view)}
            >
              {label}
              {view === 'queue' && <QueueCount />}
              {view === 'queue' && <OfflineMark />}
            </button>
          ))}
        </nav>
      )}
      <span className="grow" />
      {budget && !start && <BudgetMeter budget={budget} />}
      <IconButton
        label="Search and commands"
        keys={registry.keysOf('studio.palette')}
        icon={<Search size={16} />}
        onClick={() => registry.run('studio.palette')}
      />
      <IconButton
        label="Settings"
        keys={registry.keysOf('studio.settings')}
        icon={<Settings size={16} />}
        onClick={openSettings}
      />
      {!start && <GenerateButton />}
      {opening && <LoadingBar label="Opening the project" />}
    </header>
  )
}
