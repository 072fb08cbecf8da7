import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { Sha256 } from '../../../shared/ids.ts'
import type { Reference } from '../../../shared/model.ts'
import { replaceImage } from '../../commands/cast-actions.ts'
import { FileButton } from '../../common/file-button.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { media } from '../../state/media.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { IMAGE_TYPES } from './cards.tsx'
import { fileProblem, staleWarning, takesWith } from './logic.ts'

/** Puts another picture in the place of a reference, after saying which takes that outdates. */
export function ReplaceImage({
  view,
  reference,
  onError,
}: {
  view: ProjectView
  reference: Reference
  onError(error: unknown): void
}) {
  const [ready, setReady] = useState<Sha256 | null>(null)
  const warning = staleWarning(view, reference)
  const replace = (sha256: Sha256) => {
    setReady(null)
    void replaceImage(reference, sha256, takesWith(view, reference).length)
  }
  const take = async (file: File) => {
    const problem = fileProblem(file)
    onError(problem)
    if (problem) return
    try {
      const { sha256 } = await media().uploadImage(file)
      if (sha256 === reference.image.sha256) return
      if (warning) setReady(sha256)
      else replace(sha256)
    } catch (failure) {
      onError(failure)
    }
  }
  return (
    <>
      <FileButton
        label={`Replace image of ${reference.name}`}
        accept={IMAGE_TYPES}
        className="icon-btn normal"
        onFiles={([file]) => file && void take(file)}
      >
        <RefreshCw size={16} />
      </FileButton>
      <Dialog
        open={ready !== null}
        onClose={() => setReady(null)}
        title="Replace the image?"
        footer={
          <>
            <Button look="ghost" onClick={() => setReady(null)}>
              Cancel
            </Button>
            <Button onClick={() => ready && replace(ready)}>Replace the image</Button>
          </>
        }
      >
        <p className="t2 num">{warning}</p>
      </Dialog>
    </>
  )
}
