import './rail.css'
import { HardDrive, Film } from 'lucide-react'
import { rehearsalSwitch } from '../../commands/studio-commands.ts'
import { useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { plural } from '../../state/selectors.ts'
import { showView } from '../../state/ui-store.ts'
import { Switch } from '../../ui/choice.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { CastStrip } from './cast-strip.tsx'
import { StoryboardList } from './storyboard-list.tsx'

function Foot() {
  const view = useProjection((projection) => projection.view)
  const libraryPath = useProjection((projection) => projection.studio?.libraryPath ?? '')
  if (!view) return null
  const ready = [...view.takes.values()].filter((take) => take.phase === 'ready').length
  const rehearsing = view.project.provider === 'rehearsal'
  return (
    <footer className="rail-foot">
      <Tip text={`Clips are kept in ${libraryPath}`} side="right">
        <button type="button" className="row rail-library" onClick={() => showView('library')}>
          <HardDrive size={16} className="t3" aria-hidden />
          <span className="grow ell">Library</span>
          <span className="num t3">{plural(ready, 'take')}</span>
        </button>
      </Tip>
      <div className="row">
        <Film size={16} className="t3" aria-hidden />
        <span className="grow ell">Rehearsal mode</span>
        <Switch label="Rehearsal mode" checked={rehearsing} onChange={rehearsalSwitch} />
      </div>
    </footer>
  )
}

/** Storyboards, cast and library of the project. */
export function Rail() {
  const board = useBoard()
  return (
    <aside className="panel rail" aria-label="Project">
      <div className="scroll">
        <StoryboardList current={board?.storyboard.id ?? null} />
        {board && <CastStrip board={board} />}
      </div>
      <Foot />
    </aside>
  )
}
