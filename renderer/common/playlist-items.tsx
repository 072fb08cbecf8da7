import { ListPlus, Plus } from 'lucide-react'
import type { TakeId } from '../../shared/ids.ts'
import { addToPlaylist, lists, makePlaylist } from '../commands/sequence-actions.ts'
import { MenuGroup, MenuItem } from '../ui/menu.tsx'

/** Items of a menu that put takes into a playlist, or into a new one. @param text what the group is called */
export function PlaylistItems({ takeIds, text = 'Add to' }: { takeIds: readonly TakeId[]; text?: string }) {
  return (
    <MenuGroup label={text}>
      {lists().map(({ id, title }) => (
        <MenuItem key={id} icon={<ListPlus size={14} />} onClick={() => void addToPlaylist(id, takeIds)}>
          {title}
        </MenuItem>
      ))}
      <MenuItem icon={<Plus size={14} />} onClick={() => void makePlaylist(takeIds)}>
        New playlist
      </MenuItem>
    </MenuGroup>
  )
}
