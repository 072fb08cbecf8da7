import { Clapperboard, CopyPlus, Ellipsis, ListOrdered, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { StoryboardId } from '../../../shared/ids.ts'
import type { Storyboard } from '../../../shared/model.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { InlineName } from '../../common/inline-name.tsx'
import { useProjection } from '../../state/projection.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { plural, scenesOf, storyboardsOf, takesOf } from '../../state/selectors.ts'
import { chooseStoryboard } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

/** The storyboards of the project: choose, add, rename, duplicate, number, delete those without takes. */
export function StoryboardList({ current }: { current: StoryboardId | null }) {
  const view = useProjection((projection) => projection.view)
  const [renaming, setRenaming] = useState<StoryboardId | null>(null)
  if (!view) return null
  const storyboards = storyboardsOf(view)

  const add = async () => {
    const title = `Storyboard ${storyboards.length + 1}`
    const made = await attempt(() => call('storyboard.create', { projectId: view.project.id, title }))
    if (!made) return
    chooseStoryboard(made.storyboardId)
    setRenaming(made.storyboardId)
  }
  const copy = async (storyboard: Storyboard) => {
    const made = await attempt(() => call('storyboard.duplicate', { storyboardId: storyboard.id }))
    if (!made) return
    chooseStoryboard(made.storyboardId)
    setRenaming(made.storyboardId)
  }
  const number = (storyboard: Storyboard, numbering: Storyboard['numbering']) => {
    if (numbering !== storyboard.numbering)
      run('storyboard.update', { storyboardId: storyboard.id, patch: { numbering } })
  }
  const renumber = async (storyboard: Storyboard) => {
    const done = await attempt(() => call('storyboard.renumber', { storyboardId: storyboard.id }))
    if (done) toastWithUndo(`Scenes of ${storyboard.title} renumbered`)
  }
  const remove = async (storyboard: Storyboard) => {
    const done = await attempt(() => call('storyboard.remove', { storyboardId: storyboard.id }))
    if (done) toastWithUndo(`${storyboard.title} deleted`)
  }
  const hasTakes = (storyboard: Storyboard) =>
    scenesOf(view, storyboard.id).some((scene) => takesOf(view, scene.id).length > 0)

  return (
    <section aria-label="Storyboards">
      <div className="rail-head">
        <h2>Storyboards</h2>
        <IconButton label="New storyboard" size="small" icon={<Plus size={14} />} onClick={() => void add()} />
      </div>
      <ul className="rail-list">
        {storyboards.map((storyboard) => (
          <li key={storyboard.id} className={storyboard.id === current ? 'rail-item on' : 'rail-item'}>
            {renaming === storyboard.id ? (
              <InlineName
                title={storyboard.title}
                label="Name of the storyboard"
                onDone={(title) => {
                  setRenaming(null)
                  if (title !== null) run('storyboard.update', { storyboardId: storyboard.id, patch: { title } })
                }}
              />
            ) : (
              <>
                <button
                  type="button"
                  className="rail-choice"
                  aria-current={storyboard.id === current}
                  aria-label={`${storyboard.title}, ${plural(scenesOf(view, storyboard.id).length, 'scene')}`}
                  onClick={() => chooseStoryboard(storyboard.id)}
                  onDoubleClick={() => setRenaming(storyboard.id)}
                >
                  <Clapperboard size={16} aria-hidden />
                  <span className="ell">{storyboard.title}</span>{' '}
                  <span className="rail-count num">{scenesOf(view, storyboard.id).length}</span>
                </button>
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
                  <MenuItem icon={<Pencil size={14} />} onClick={() => setRenaming(storyboard.id)}>
                    Rename
                  </MenuItem>
                  <MenuItem icon={<CopyPlus size={14} />} onClick={() => void copy(storyboard)}>
                    Duplicate
                  </MenuItem>
                  <MenuSeparator />
                  <MenuGroup label="Scene numbers">
                    <MenuChoice checked={storyboard.numbering === 'keep'} onClick={() => number(storyboard, 'keep')}>
                      Keep, insert as 12A
                    </MenuChoice>
                    <MenuChoice
                      checked={storyboard.numbering === 'renumber'}
                      onClick={() => number(storyboard, 'renumber')}
                    >
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
                    disabled={hasTakes(storyboard) || storyboards.length === 1}
                    hint={hasTakes(storyboard) ? 'has takes' : undefined}
                    onClick={() => void remove(storyboard)}
                  >
                    Delete
                  </MenuItem>
                </Menu>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
