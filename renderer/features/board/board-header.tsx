import { LayoutGrid, Plus, Rows3 } from 'lucide-react'
import { useState } from 'react'
import { registry } from '../../commands/registry.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { type Filter, FILTERS } from '../../state/scene-state.ts'
import { filterCounts, plural, runningTime } from '../../state/selectors.ts'
import { chooseLook, chooseZoom, useUi, ZOOM } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Slider } from '../../ui/choice.tsx'
import { SearchField } from './search-field.tsx'

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

/** How large the cards are. */
function ZoomSlider() {
  const zoom = useUi((ui) => ui.zoom)
  return (
    <span className="zoom">
      <Slider
        label="Size of the cards"
        unit={`of ${ZOOM.max}`}
        min={ZOOM.min}
        max={ZOOM.max}
        value={zoom}
        onChange={chooseZoom}
      />
    </span>
  )
}

const LOOKS = [
  { value: 'grid', label: 'Cards', Icon: LayoutGrid },
  { value: 'list', label: 'List', Icon: Rows3 },
] as const

/**
 * What board this is, which of its scenes are shown and how, and a way to add one.
 * @param search true to begin in the search field
 */
export function BoardHeader({ board, search: wanted }: { board: OpenBoard; search: boolean }) {
  const look = useUi((ui) => ui.look)
  const search = useUi((ui) => ui.search)
  const [searching, setSearching] = useState(wanted)
  const narrow = searching || search !== ''
  return (
    <div className={narrow ? 'view-header board-header searching' : 'view-header board-header'}>
      <h1 className="ell" title={board.storyboard.title}>
        {board.storyboard.title}
      </h1>
      <span className="board-length t3 c12 num">
        {plural(board.scenes.length, 'scene')} · {runningTime(board.scenes)}
      </span>
      <span className="grow" />
      <SearchField open={searching} onOpen={setSearching} total={board.scenes.length} />
      <Filters board={board} />
      <span className="separator" />
      {look === 'grid' && <ZoomSlider />}
      <fieldset className="looks" aria-label="Show the board as">
        {LOOKS.map(({ value, label, Icon }) => (
          <IconButton
            key={value}
            label={label}
            aria-pressed={look === value}
            on={look === value}
            keys={look === value ? undefined : registry.keysOf('board.look')}
            icon={<Icon size={16} />}
            onClick={() => chooseLook(value)}
          />
        ))}
      </fieldset>
      <IconButton
        label="New scene"
        keys={registry.keysOf('scene.new')}
        icon={<Plus size={16} />}
        onClick={() => registry.run('scene.new')}
      />
    </div>
  )
}
