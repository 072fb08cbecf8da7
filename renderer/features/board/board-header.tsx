import { Plus } from 'lucide-react'
import { registry } from '../../commands/registry.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { type Filter, FILTERS } from '../../state/scene-state.ts'
import { filterCounts, plural, runningTime } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Tip } from '../../ui/tooltip.tsx'

const LABELS: Readonly<Record<Filter, string>> = {
  all: 'All',
  draft: 'Draft',
  progress: 'In progress',
  ready: 'Ready',
  picked: 'Picked',
  blocked: 'Blocked',
}

const TONES: Readonly<Record<Filter, string>> = {
  all: '',
  draft: 'state-draft',
  progress: 'state-generating',
  ready: 'state-ready',
  picked: 'state-picked',
  blocked: 'state-attention',
}

function Filters({ board }: { board: OpenBoard }) {
  const current = useUi((ui) => ui.filter)
  const counts = filterCounts(board.view, board.scenes)
  return (
    <fieldset className="filters" aria-label="Show scenes">
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          className={`filter ${TONES[filter]}`}
          aria-pressed={filter === current}
          aria-label={`${LABELS[filter]}, ${counts[filter]}`}
          title={LABELS[filter]}
          onClick={() => useUi.setState({ filter })}
        >
          {filter !== 'all' && <i className="state-dot" />}
          <span className="filter-label">{LABELS[filter]}</span>{' '}
          <span className="filter-count num">{counts[filter]}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** What board this is, which of its scenes are shown, and a way to add one. */
export function BoardHeader({ board }: { board: OpenBoard }) {
  return (
    <div className="view-header board-header">
      <h1 className="ell">{board.storyboard.title}</h1>
      <span className="t3 c12 num">
        {plural(board.scenes.length, 'scene')} · {runningTime(board.scenes)}
      </span>
      <span className="grow" />
      <Filters board={board} />
      <span className="separator" />
      <Tip text="New scene" keys={registry.keysOf('scene.new')}>
        <Button look="ghost" aria-label="New scene" icon={<Plus size={16} />} onClick={() => registry.run('scene.new')}>
          <span className="wide-only">Scene</span>
        </Button>
      </Tip>
    </div>
  )
}
