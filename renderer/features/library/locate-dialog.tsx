import type { LibraryTake } from '../../../shared/contract.ts'
import { LocateClip } from '../../common/locate-clip.tsx'
import { lookAgain } from './search.ts'

/** Takes the clip of a take that was found in the library back. */
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
  return (
    <LocateClip
      take={found && { id: found.take.id, slate: found.slate }}
      onClose={onClose}
      onFound={() => {
        lookAgain()
        onFound?.()
      }}
    />
  )
}
