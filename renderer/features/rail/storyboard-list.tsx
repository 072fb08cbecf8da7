import { ArrowDown, ArrowUp, Clapperboard, CopyPlus, Ellipsis, ListOrdered, Pencil, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { StoryboardId } from '../../../shared/ids.ts'
import type { Storyboard } from '../../../shared/model.ts'
import { moveStoryboard } from '../../commands/storyboard-actions.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { InlineName } from '../../common/inline-name.tsx'
import { dropBeside, makeRowDraggable, useListDrag } from '../../common/use-list-drag.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { plural, scenesOf, storyboardsOf, takesOf } from '../../state/selectors.ts'
import { chooseStoryboard } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

const MOVE_UP = 'Alt+ArrowUp'
const MOVE_DOWN = 'Alt+ArrowDown'

function number(storyboard: Storyboard, numbering: Storyboard['numbering']): void {
  if (numbering !== storyboard.numbering)
    run('storyboard.update', { storyboardId: storyboard.id, patch: { numbering } })
}
async function renumber(storyboard: Storyboard): Promise<void> {
  const done = await attempt(() => call('storyboard.renumber', { storyboardId: storyboard.id }))
  if (done) toastWithUndo(`Scenes of ${storyboard.title} renumbered`)
}
async function remove(storyboard: Storyboard): Promise<void> {
  const done = await attempt(() => call('storyboard.remove', { storyboardId: storyboard.id }))
  if (done) toastWithUndo(`${storyboard.title} deleted`)
}

interface ItemProps {
  readonly view: ProjectView
  readonly storyboard: Storyboard
  readonly index: number
  readonly count: number
  onRename(): void
  onCopy(): void
}

function StoryboardMenu({ view, storyboard, index, count, onRename, onCopy }: ItemProps) {
  const hasTakes = scenesOf(view, storyboard.id).some((scene) => takesOf(view, scene.id).length > 0)
  return (
    <Menu
      align="start"
      trigger={
        <IconButton
          className="rail-more"
          label={`More for ${storyboard.title}`}
          size="small"
          tip={false}
          icon={<Ellipsis size={14} />}
        />
      }
    >
      <MenuItem icon={<Pencil size={14} />} onClick={onRename}>
        Rename
      </MenuItem>
      <MenuItem icon={<CopyPlus size={14} />} onClick={onCopy}>
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<ArrowUp size={14} />}
        keys={MOVE_UP}
        disabled={index === 0}
        onClick={() => void moveStoryboard(index, index - 1)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={14} />}
        keys={MOVE_DOWN}
        disabled={index === count - 1}
        onClick={() => void moveStoryboard(index, index + 1)}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuGroup label="Scene numbers">
        <MenuChoice checked={storyboard.numbering === 'keep'} onClick={() => number(storyboard, 'keep')}>
          Keep, insert as 12A
        </MenuChoice>
        <MenuChoice checked={storyboard.numbering === 'renumber'} onClick={() => number(storyboard, 'renumber')}>
          Always 1, 2, 3
        </MenuChoice>
        <MenuItem
          icon={<ListOrdered size={14} />}
          disabled={storyboard.numbering === 'renumber'}
          onClick={() => void renumber(storyboard)}
        >
          Renumber now
        </MenuItem>
      </MenuGroup>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={14} />}
        danger
        disabled={hasTakes || count === 1}
        hint={hasTakes ? 'has takes' : undefined}
        onClick={() => void remove(storyboard)}
      >
        Delete
      </MenuItem>
    </Menu>
  )
}

/** A storyboard of the rail, and where it is dragged. */
function StoryboardItem(
  props: ItemProps & { current: boolean; gap: number | null; renaming: boolean; onNamed(): void },
) {
  const { view, storyboard, index, count, current, gap, renaming, onRename, onNamed } = props
  const row = useRef<HTMLLIElement>(null)
  useEffect(
    () => (count > 1 && !renaming && row.current ? makeRowDraggable('storyboards', row.current, index) : undefined),
    [count, renaming, index],
  )
  const scenes = scenesOf(view, storyboard.id).length
  return (
    <li ref={row} className={current ? 'rail-item on' : 'rail-item'} data-drop={dropBeside(gap, index, count)}>
      {renaming ? (
        <InlineName
          title={storyboard.title}
          label="Name of the storyboard"
          onDone={(title) => {
            onNamed()
            if (title !== null) run('storyboard.update', { storyboardId: storyboard.id, patch: { title } })
          }}
        />
      ) : (
        <>
          <button
            type="button"
            className="rail-choice"
            aria-current={current}
            aria-label={`${storyboard.title}, ${plural(scenes, 'scene')}`}
            onClick={() => chooseStoryboard(storyboard.id)}
            onDoubleClick={onRename}
            onKeyDown={(event) => {
              if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
              event.preventDefault()
              event.stopPropagation()
              void moveStoryboard(index, index + (event.key === 'ArrowUp' ? -1 : 1))
            }}
          >
            <Clapperboard size={16} aria-hidden />
            <span className="ell">{storyboard.title}</span> <span className="rail-count num">{scenes}</span>
          </button>
          <StoryboardMenu {...props} />
        </>
      )}
    </li>
  )
}

/** The storyboards of the project: choose, add, rename, order, duplicate, number, delete those without takes. */
export function StoryboardList({ current }: { current: StoryboardId | null }) {
  const view = useProjection((projection) => projection.view)
  const [renaming, setRenaming] = useState<StoryboardId | null>(null)
  const gap = useListDrag('storyboards', (from, to) => void moveStoryboard(from, to))
  if (!view) return null
  const storyboards = storyboardsOf(view)

  const open = (made: { storyboardId: StoryboardId } | null) => {
    if (!made) return
    chooseStoryboard(made.storyboardId)
    setRenaming(made.storyboardId)
  }
  const add = async () => {
    const title = `Storyboard ${storyboards.length + 1}`
    open(await attempt(() => call('storyboard.create', { projectId: view.project.id, title })))
  }
  const copy = async (storyboard: Storyboard) =>
    open(await attempt(() => call('storyboard.duplicate', { storyboardId: storyboard.id })))

  return (
    <section aria-label="Storyboards">
      <div className="rail-head">
        <h2>Storyboards</h2>
        <IconButton label="New storyboard" size="small" icon={<Plus size={14} />} onClick={() => void add()} />
      </div>
      <ul className="rail-list">
        {storyboards.map((storyboard, index) => (
          <StoryboardItem
            key={storyboard.id}
            view={view}
            storyboard={storyboard}
            index={index}
            count={storyboards.length}
            current={storyboard.id === current}
            gap={gap}
            renaming={renaming === storyboard.id}
            onRename={() => setRenaming(storyboard.id)}
            onNamed={() => setRenaming(null)}
            onCopy={() => void copy(storyboard)}
          />
        ))}
      </ul>
    </section>
  )
}
