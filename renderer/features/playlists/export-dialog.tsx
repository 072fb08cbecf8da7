import type { PlaylistNow } from '../../state/playlist.ts'

export function ExportDialog({ now }: { now: PlaylistNow }) {
  return now.entries.length < 0 ? <p /> : null
}
