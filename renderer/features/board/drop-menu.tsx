import { ImagePlus, ListPlus } from 'lucide-react'
import { useState } from 'react'
import { addReferences } from '../../commands/cast-actions.ts'
import { addScenesFromImages, castRoom } from '../../commands/scene-clipboard.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { plural } from '../../state/selectors.ts'
import { MenuItem, PointMenu } from '../../ui/menu.tsx'
import { beforeOf } from './scene-field.tsx'
import type { DroppedImages } from './use-drop-in.ts'

/** Asks what pictures let go on the board shall become. */
export function DropMenu({
  board,
  dropped,
  onClose,
}: {
  board: OpenBoard
  dropped: DroppedImages | null
  onClose(): void
}) {
  // While it fades it still says what it was about.
  const [last, setLast] = useState(dropped)
  if (dropped && dropped !== last) setLast(dropped)
  const files = last?.files ?? []
  const room = castRoom()
  const fits = files.length <= room
  const hint = fits ? undefined : room === 0 ? 'the cast is full' : `room for ${room}`
  return (
    <PointMenu point={dropped} label={plural(files.length, 'picture')} onClose={onClose}>
      <MenuItem
        icon={<ImagePlus size={14} />}
        disabled={room === 0}
        hint={hint}
        onClick={() => board.cast && void addReferences(board.cast, files)}
      >
        Add {plural(Math.min(files.length, Math.max(1, room)), 'reference')} to the cast
      </MenuItem>
      <MenuItem
        icon={<ListPlus size={14} />}
        disabled={!fits}
        hint={hint}
        onClick={() => void addScenesFromImages(files, beforeOf(board.scenes, last?.place ?? null))}
      >
        Make {plural(files.length, 'scene')}
      </MenuItem>
    </PointMenu>
  )
}
