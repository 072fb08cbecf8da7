import { ArrowUpRight, BookmarkPlus, Check, Dices, LayoutGrid, Lock, Play } from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { pickTake } from '../../commands/scene-actions.ts'
import { exploreSeeds, lockSeed, saveSeedOf } from '../../commands/seed-commands.ts'
import { selectOnly } from '../../state/selection.ts'
import { padNumber } from '../../state/selectors.ts'
import { playTake, showView, useUi } from '../../state/ui-store.ts'
import { MenuItem, MenuSeparator, PointMenu } from '../../ui/menu.tsx'

function openOnBoard(scene: Scene): void {
  showView('board')
  useUi.setState({ filter: 'all', search: '', ...selectOnly(scene.id) })
}

/** What can be done with a cell and its takes. */
export function CellMenu({
  point,
  scene,
  seed,
  takes,
  take,
  onClose,
  onPromote,
}: {
  point: { readonly x: number; readonly y: number } | null
  scene: Scene
  seed: number
  /** All of the cell. */
  takes: readonly Take[]
  /** The one shown. */
  take: Take | null
  onClose(): void
  onPromote(take: Take): void
}) {
  const picked = take !== null && scene.pickTakeId === take.id
  return (
    <PointMenu point={point} label={`Scene ${scene.number}, seed ${seed}`} onClose={onClose}>
      {takes
        .filter(({ phase }) => phase === 'ready')
        .map((each) => (
          <MenuItem key={each.id} icon={<Play size={14} />} onClick={() => playTake(each.id)}>
            Play take {each.number}
          </MenuItem>
        ))}
      {take?.phase === 'ready' && (
        <>
          <MenuItem icon={<Check size={14} />} onClick={() => pickTake(scene.id, picked ? null : take.id)}>
            {picked ? `Unpick take ${take.number}` : `Pick take ${take.number}`}
          </MenuItem>
          <MenuItem icon={<ArrowUpRight size={14} />} onClick={() => onPromote(take)}>
            Promote this seed
          </MenuItem>
        </>
      )}
      {take && (
        <MenuItem icon={<BookmarkPlus size={14} />} onClick={() => saveSeedOf(take)}>
          Save the seed to the bank
        </MenuItem>
      )}
      <MenuItem icon={<Lock size={14} />} onClick={() => void lockSeed(seed, [scene])}>
        Lock on scene {padNumber(scene.number)}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Dices size={14} />} onClick={() => exploreSeeds(scene.id)}>
        Try several seeds of scene {padNumber(scene.number)}
      </MenuItem>
      <MenuItem icon={<LayoutGrid size={14} />} onClick={() => openOnBoard(scene)}>
        Open on the board
      </MenuItem>
    </PointMenu>
  )
}
