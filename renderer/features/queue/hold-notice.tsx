import { Play, X } from 'lucide-react'
import { hold } from '../../commands/queue-commands.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { askCancel, chooseTakes } from '../../state/queue-choice.ts'
import { waitingTakes } from '../../state/queue-order.ts'
import { plural } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { isHeldByStop } from './queue.ts'

/** Why the engine put takes on hold, and the ways on. */
export function HoldNotice({ view }: { view: ProjectView }) {
  const stopped = waitingTakes(view).filter(isHeldByStop)
  const why = stopped[0]?.error?.message
  if (stopped.length === 0 || why === undefined) return null
  return (
    <div className="queue-notice" role="alert">
      <Notice
        tone="attention"
        title={`${plural(stopped.length, 'take')} on hold after failures`}
        action={
          <>
            <Button size="small" icon={<Play size={14} />} onClick={() => void hold(stopped, false)}>
              Release all
            </Button>
            <Button
              size="small"
              look="ghost"
              icon={<X size={14} />}
              onClick={() => {
                chooseTakes(stopped.map(({ id }) => id))
                askCancel(true)
              }}
            >
              Cancel them…
            </Button>
          </>
        }
      >
        {why} Nothing more was sent, and their price stays reserved.
      </Notice>
    </div>
  )
}
