import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { formatUsd } from '../../../shared/money.ts'
import type { Scene, Take } from '../../../shared/model.ts'
import { rehearse } from '../../commands/scene-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { staleText } from '../../state/scene-state.ts'
import { scenePrice } from '../../state/selectors.ts'
import { openGenerate } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { RequestDifference } from './request-difference.tsx'

/** Makes the scene once more as it is now: at once when that is free, else after the pre-flight. */
const again = (board: OpenBoard, scene: Scene) =>
  board.view.project.provider === 'rehearsal' ? void rehearse([scene.id]) : openGenerate([scene.id])

/** What changed between a take and its scene, in a window. */
export function DifferenceDialog({
  board,
  scene,
  take,
  onClose,
}: {
  board: OpenBoard
  scene: Scene
  /** Null while it is closed. */
  take: Take | null
  onClose(): void
}) {
  const rehearsing = board.view.project.provider === 'rehearsal'
  return (
    <Dialog
      open={take !== null}
      onClose={onClose}
      size="medium"
      title={take ? `Take ${take.number} and the scene now` : 'Difference'}
      footer={
        <Button
          icon={<RefreshCw size={16} />}
          onClick={() => {
            onClose()
            again(board, scene)
          }}
        >
          Make it again
          {!rehearsing && <span className="num t2">{formatUsd(scenePrice(scene))}</span>}
        </Button>
      }
    >
      {take && <RequestDifference scene={scene} take={take} storyboard={board.storyboard} cast={board.cast} />}
    </Dialog>
  )
}

/** Says that the take a scene shows is not what the scene would send now, and what can be done. */
export function StaleNote({ board, scene, take }: { board: OpenBoard; scene: Scene; take: Take | null }) {
  const [shown, setShown] = useState(false)
  const text = staleText(take)
  if (!text || !take) return null
  return (
    <div className="stale-notice">
      <Notice
        tone="attention"
        title={`${text.replace(/^c/, 'C')}.`}
        action={
          <>
            <Button size="small" icon={<RefreshCw size={14} />} onClick={() => again(board, scene)}>
              Make it again
            </Button>
            <Button size="small" look="ghost" onClick={() => setShown(true)}>
              Show the difference
            </Button>
          </>
        }
      />
      <DifferenceDialog board={board} scene={scene} take={shown ? take : null} onClose={() => setShown(false)} />
    </div>
  )
}
