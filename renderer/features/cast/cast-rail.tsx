import { AtSign, Clapperboard, CopyPlus, Ellipsis, Pencil, Plus, Trash2, Users } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Storyboard } from '../../../shared/model.ts'
import { createCast, duplicateCast, giveCast, removeCast } from '../../commands/cast-actions.ts'
import { FileButton } from '../../common/file-button.tsx'
import { InlineName } from '../../common/inline-name.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { run } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { ANY_IMAGE } from './cards.tsx'
import { boardsOf, byCharacter } from './logic.ts'
import { makeCastTarget } from './use-card-drag.ts'

const moreButton = (label: string) => (
  <IconButton className="rail-more" label={label} size="small" tip={false} icon={<Ellipsis size={14} />} />
)

function CastRow({
  view,
  cast,
  open,
  board,
  target,
  onChoose,
}: {
  view: ProjectView
  cast: Cast
  open: boolean
  board: Storyboard | null
  /** True while an image is held over it. */
  target: boolean
  onChoose(castId: CastId): void
}) {
  const [renaming, setRenaming] = useState(false)
  const users = boardsOf(view, cast).map(({ title }) => title)
  const makeTarget = useCallback(
    (element: HTMLLIElement | null) => (element && !open ? makeCastTarget(element, cast.id) : undefined),
    [cast.id, open],
  )
  const copy = async () => {
    const made = await duplicateCast(cast)
    if (made) onChoose(made)
  }
  return (
    <li
      ref={makeTarget}
      className={`rail-item cast-row ${open ? 'on' : ''} ${target ? 'drop-target' : ''}`}
      data-cast={cast.id}
    >
      {renaming ? (
        <InlineName
          title={cast.title}
          label="Name of the cast"
          onDone={(title) => {
            setRenaming(false)
            if (title !== null) run('cast.update', { castId: cast.id, patch: { title } })
          }}
        />
      ) : (
        <>
          <button
            type="button"
            className="rail-choice"
            aria-current={open}
            title={users.length > 0 ? `Used by ${users.join(', ')}` : undefined}
            onClick={() => onChoose(cast.id)}
            onDoubleClick={() => setRenaming(true)}
            onKeyDown={(event) => {
              if (event.key === 'F2') setRenaming(true)
            }}
          >
            <Users size={16} aria-hidden />
            <span className="cast-row-words">
              <span className="ell">{cast.title}</span>{' '}
              <span className="cast-row-users ell">
                {users.length > 0 && <span className="hidden-text">used by </span>}
                {users.length > 0 ? users.join(', ') : 'Not used'}
              </span>
            </span>{' '}
            <span className="rail-count num">
              {cast.references.length}
              <span className="hidden-text">{cast.references.length === 1 ? ' image' : ' images'}</span>
            </span>
          </button>
          <Menu align="start" trigger={moreButton(`More for ${cast.title}`)}>
            <MenuItem
              icon={<Clapperboard size={14} />}
              disabled={!board || board.castId === cast.id}
              hint={board?.castId === cast.id ? 'in use' : undefined}
              onClick={() => board && void giveCast(view, board, cast)}
            >
              Use in {board?.title ?? 'this storyboard'}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Pencil size={14} />} onClick={() => setRenaming(true)}>
              Rename
            </MenuItem>
            <MenuItem icon={<CopyPlus size={14} />} onClick={() => void copy()}>
              Duplicate
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              icon={<Trash2 size={14} />}
              danger
              disabled={users.length > 0}
              hint={users.length > 0 ? 'in use' : undefined}
              onClick={() => void removeCast(cast)}
            >
              Remove
            </MenuItem>
          </Menu>
        </>
      )}
    </li>
  )
}

/** The casts of the project and the storyboards that send them, and who is in the one in sight. */
export function CastRail({
  view,
  cast,
  board,
  overCast,
  onChoose,
  onSelect,
  onRename,
  onFiles,
}: {
  view: ProjectView
  cast: Cast
  /** The storyboard that is open. */
  board: Storyboard | null
  overCast: CastId | null
  onChoose(castId: CastId): void
  onSelect(referenceId: ReferenceId): void
  onRename(name: string): void
  onFiles(files: readonly File[]): void
}) {
  const add = async () => {
    const made = await createCast(view)
    if (made) onChoose(made)
  }
  return (
    <aside className="panel rail" aria-label="Reference sets">
      <div className="scroll">
        <div className="rail-head">
          <h2>Reference sets</h2>
          <IconButton label="New set" size="small" icon={<Plus size={14} />} onClick={() => void add()} />
        </div>
        <ul className="rail-list" aria-label="Casts">
          {[...view.casts.values()].map((each) => (
            <CastRow
              key={each.id}
              view={view}
              cast={each}
              open={each.id === cast.id}
              board={board}
              target={overCast === each.id}
              onChoose={onChoose}
            />
          ))}
        </ul>
        <div className="rail-head">
          <h2>Characters</h2>
          <FileButton label="Add a character" accept={ANY_IMAGE} multiple className="icon-btn small" onFiles={onFiles}>
            <Plus size={14} />
          </FileButton>
        </div>
        <ul className="rail-list" aria-label="Characters">
          {byCharacter(cast).map(({ name, references }) => (
            <li key={name} className="rail-item">
              <button
                type="button"
                className="rail-choice"
                onClick={() => references[0] && onSelect(references[0].id)}
                onDoubleClick={() => onRename(name)}
              >
                <AtSign size={16} aria-hidden />
                <span className="ell">{name}</span>
                <span className="rail-count num">{plural(references.length, 'image')}</span>
              </button>
              <Menu align="start" trigger={moreButton(`More for ${name}`)}>
                <MenuItem icon={<Pencil size={14} />} onClick={() => onRename(name)}>
                  Rename everywhere
                </MenuItem>
              </Menu>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  )
}
