import { ArrowDown, ArrowUp, ArrowUpToLine, Pause, Play, RotateCcw, X } from 'lucide-react'
import { needsDecision, type Take } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { askAgain, cancelTakes, hold, moveWaiting } from '../../commands/queue-commands.ts'
import { askCancel, chooseNone, useQueueChoice } from '../../state/queue-choice.ts'
import { canFetchAgain, isUnsent } from '../../state/queue-order.ts'
import { plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { heldBy } from './queue.ts'

/** Failed takes of one storyboard among those chosen: a batch is of one. */
function retryable(takes: readonly Take[]) {
  const failed = takes.filter((take) => take.phase === 'failed' && !canFetchAgain(take))
  return failed.every(({ storyboardId }) => storyboardId === failed[0]?.storyboardId) ? failed : []
}

/** Takes the place of the header while several rows are chosen. */
export function ChosenBar({ takes }: { takes: readonly Take[] }) {
  const unsent = takes.filter(isUnsent)
  const ids = unsent.map(({ id }) => id)
  const held = unsent.filter(({ onHold }) => onHold)
  const failed = retryable(takes)
  const board = failed[0]?.storyboardId
  const reserved = heldBy(takes)
  return (
    <div className="view-header queue-chosen" role="toolbar" aria-label="Chosen takes">
      <h1 className="num">{takes.length} selected</h1>
      <span className="t3 c12 num">{formatUsd(reserved)} reserved</span>
      <span className="grow" />
      <Button
        look="ghost"
        icon={<Pause size={16} />}
        disabled={held.length === unsent.length}
        onClick={() => void hold(unsent, true)}
      >
        Hold
      </Button>
      <Button
        look="ghost"
        icon={<Play size={16} />}
        disabled={held.length === 0}
        onClick={() => void hold(held, false)}
      >
        Release
      </Button>
      <IconButton
        label="Move first in line"
        icon={<ArrowUpToLine size={16} />}
        disabled={unsent.length === 0}
        onClick={() => moveWaiting(ids, 'first')}
      />
      <IconButton
        label="Move up in line"
        keys="Alt+ArrowUp"
        icon={<ArrowUp size={16} />}
        disabled={unsent.length === 0}
        onClick={() => moveWaiting(ids, 'up')}
      />
      <IconButton
        label="Move down in line"
        keys="Alt+ArrowDown"
        icon={<ArrowDown size={16} />}
        disabled={unsent.length === 0}
        onClick={() => moveWaiting(ids, 'down')}
      />
      {board && (
        <Button look="ghost" icon={<RotateCcw size={16} />} onClick={() => askAgain(board, failed)}>
          Retry {failed.length} failed
        </Button>
      )}
      <Button
        look="ghost"
        icon={<X size={16} />}
        disabled={unsent.length === 0}
        title={unsent.length === 0 ? 'What has been sent cannot be called back' : undefined}
        onClick={() => askCancel(true)}
      >
        Cancel
      </Button>
      <span className="separator" />
      <IconButton label="Clear selection" keys="Escape" icon={<X size={16} />} onClick={chooseNone} />
    </div>
  )
}

/** Asks before chosen takes are cancelled, and says which cannot be. */
export function CancelChosen({ takes }: { takes: readonly Take[] }) {
  const asking = useQueueChoice(({ asking: now }) => now)
  const unsent = takes.filter(isUnsent)
  const sent = takes.filter(
    (take) => needsDecision(take) || ['submitting', 'running', 'downloading'].includes(take.phase),
  )
  const released = heldBy(unsent)
  return (
    <ConfirmDialog
      open={asking}
      onClose={() => askCancel(false)}
      title={`Cancel ${plural(unsent.length, 'waiting take')}?`}
      action={released > 0 ? `Cancel and release ${formatUsd(released)}` : `Cancel ${plural(unsent.length, 'take')}`}
      onConfirm={() => void cancelTakes(takes.filter((take) => isUnsent(take) || sent.includes(take)))}
    >
      {released > 0 && <p>{formatUsd(released)} goes back to what is left of the cap.</p>}
      {sent.length > 0 && (
        <p>
          {sent.length === 1 ? 'One of the chosen takes has' : `${sent.length} of the chosen takes have`} been sent,
          which cannot be called back: {sent.length === 1 ? 'it goes on and is' : 'they go on and are'} charged when
          made.
        </p>
      )}
      {released === 0 && sent.length === 0 && <p>Nothing was paid for {unsent.length === 1 ? 'it' : 'them'}.</p>}
    </ConfirmDialog>
  )
}
