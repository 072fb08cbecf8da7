import type { TakeId } from '../../shared/ids.ts'
import { useProjection } from '../state/projection.ts'
import { call } from '../state/requests.ts'
import { padNumber } from '../state/selectors.ts'
import { showToast } from '../ui/toast.tsx'
import { examplePath, PathDialog } from './path-dialog.tsx'

/** Takes a clip back that lies elsewhere, such as in the bin or on another disk. */
export function LocateClip({
  take,
  onClose,
  onFound,
}: {
  /** Null while it is closed. */
  take: { readonly id: TakeId; readonly slate: string } | null
  onClose(): void
  onFound?: (() => void) | undefined
}) {
  const library = useProjection((projection) => projection.studio?.libraryPath ?? '')
  const locate = async (path: string) => {
    if (!take) return
    await call('take.locate', { takeId: take.id, path })
    showToast({ kind: 'info', title: `The clip of ${padNumber(take.slate)} is back in its place` })
    onFound?.()
  }
  return (
    <PathDialog
      open={take !== null}
      onClose={onClose}
      title={take ? `Locate the clip of ${padNumber(take.slate)}` : 'Locate the clip'}
      label="Path of the file"
      placeholder={examplePath(library, '/home/me/found.mp4', String.raw`D:\found.mp4`)}
      action="Put it back"
      busyAction="Reading the file"
      onPath={locate}
    >
      Name the file on this computer, whatever it is called now. It is copied back when its content is exactly that of
      the take, and left where it is.
    </PathDialog>
  )
}
