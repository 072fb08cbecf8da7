import {
  Copy,
  Download,
  Ellipsis,
  FolderOpen,
  GitCompare,
  History,
  Lock,
  Play,
  RefreshCw,
  Sprout,
  X,
} from 'lucide-react'
import type { Scene, Take } from '../../../shared/model.ts'
import { rejectTake } from '../../commands/scene-actions.ts'
import { saveSeedOf } from '../../commands/seed-commands.ts'
import { copyClipPath, downloadClip, lockSeedOf, revealClip } from '../../commands/take-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { sectionAround } from '../../state/sections.ts'
import { padNumber } from '../../state/selectors.ts'
import { openPreflight, playTake } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

interface Props {
  readonly board: OpenBoard
  readonly scene: Scene
  readonly take: Take
  onHistory(): void
  onDifference(): void
}

function SeedItems({ board, scene, take }: Pick<Props, 'board' | 'scene' | 'take'>) {
  const section = sectionAround(board.scenes, scene)
  const ids = (scenes: readonly Scene[]) => scenes.map(({ id }) => id)
  const saved = [...board.view.savedSeeds.values()].some(({ seed }) => seed === take.request.seed)
  return (
    <MenuGroup label={`Seed ${take.request.seed}`}>
      <MenuItem icon={<Lock size={14} />} onClick={() => void lockSeedOf(take, [scene.id])}>
        Lock on scene {padNumber(scene.number)}
      </MenuItem>
      {section.length > 1 && section.length < board.scenes.length && (
        <MenuItem icon={<Lock size={14} />} onClick={() => void lockSeedOf(take, ids(section))}>
          Lock on the {section.length} scenes of its section
        </MenuItem>
      )}
      {board.scenes.length > 1 && (
        <MenuItem icon={<Lock size={14} />} onClick={() => void lockSeedOf(take, ids(board.scenes))}>
          Lock on all {board.scenes.length} scenes
        </MenuItem>
      )}
      <MenuItem icon={<Sprout size={14} />} onClick={() => saveSeedOf(take)}>
        {saved ? 'Change it in the seed bank' : 'Save to the seed bank'}
      </MenuItem>
    </MenuGroup>
  )
}

function Items({ board, scene, take, onHistory, onDifference }: Props) {
  return (
    <>
      <MenuItem icon={<Play size={14} />} onClick={() => playTake(take.id)}>
        Play
      </MenuItem>
      <MenuItem icon={<X size={14} />} onClick={() => rejectTake(take.id, !take.rejected)}>
        {take.rejected ? 'Take it back in' : 'Reject'}
      </MenuItem>
      <MenuItem
        icon={<RefreshCw size={14} />}
        onClick={() => openPreflight({ kind: 'takes', takeIds: [take.id], seeds: 'new' })}
      >
        Make it again with another seed
      </MenuItem>
      <MenuSeparator />
      <SeedItems board={board} scene={scene} take={take} />
      <MenuSeparator />
      <MenuItem icon={<GitCompare size={14} />} onClick={onDifference}>
        Beside the scene now
      </MenuItem>
      <MenuItem icon={<History size={14} />} onClick={onHistory}>
        Activity
      </MenuItem>
      {take.clip && (
        <>
          <MenuItem icon={<Download size={14} />} onClick={() => void downloadClip(take)}>
            Save a copy of the clip
          </MenuItem>
          <MenuItem icon={<FolderOpen size={14} />} onClick={() => void revealClip(take)}>
            Show in folder
          </MenuItem>
          <MenuItem icon={<Copy size={14} />} onClick={() => void copyClipPath(take)}>
            Copy the path of its file
          </MenuItem>
        </>
      )}
    </>
  )
}

/** What can be done with a finished take, besides judging it. */
export const TakeMenu = (props: Props) => (
  <Menu
    trigger={
      <IconButton
        label={`More for take ${props.take.number}`}
        size="small"
        tip={false}
        className="take-more"
        icon={<Ellipsis size={14} />}
      />
    }
  >
    <Items {...props} />
  </Menu>
)
