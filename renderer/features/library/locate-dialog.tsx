import type { LibraryTake } from '../../../shared/contract.ts'
import { useProjection } from '../../state/projection.ts'
import { call } from '../../state/requests.ts'
import { padNumber } from '../../state/selectors.ts'
import { showToast } from '../../ui/toast.tsx'
import { examplePath, PathDialog } from './path-dialog.tsx'
import { lookAgain } from './search.ts'

/** Takes a clip back that lies elsewhere, such as in the bin or on another disk. */
export function LocateDialog({
  found,
  onClose,
  onFound,
}: {
  /** Null while it is closed. */
  found: LibraryTake | null
  onClose(): void
  onFound?: (() => void) | undefined
}) {
  const library = useProjection((projection) => projection.studio?.libraryPath ?? '')
  const locate = async (path: string) => {
    if (!found) return
    await call('take.locate', { takeId: found.take.id, path })
    showToast({ kind: 'info', title: `The clip of ${padNumber(found.slate)} is back in its place` })
    lookAgain()
    onFound?.()
  }
  return (
    <PathDialog
      open={found !== null}
      onClose={onClose}
      title={found ? `Locate the clip of ${padNumber(found.slate)}` : 'Locate the clip'}
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
