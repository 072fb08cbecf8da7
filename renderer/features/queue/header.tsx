import { History, Pause, Play, RotateCcw, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Take } from '../../../shared/model.ts'
import type { AccountLevel, Runner } from '../../../shared/studio-model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { askAgain, retryGroup } from '../../commands/queue-commands.ts'
import { registry } from '../../commands/registry.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { timeOfDay } from '../../common/take-words.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { groupOf, heldBy, presentBatch } from './queue.ts'

const LEVELS: Readonly<Record<AccountLevel, string | null>> = {
  bronze: 'Bronze account',
  silver: 'Silver account',
  gold: 'Gold account',
  ultra: 'Ultra account',
  custom: null,
}

function Concurrency({ runner }: { runner: Runner }) {
  const level = useProjection(({ studio }) => studio?.settings.level ?? 'custom')
  return (
    <>
      <span className="t2 c12 queue-wide">{LEVELS[level] ?? 'Concurrency'}</span>
      <NumberField
        label="Jobs at once"
        value={runner.concurrency}
        min={1}
        max={500}
        onChange={(concurrency) => run('settings.update', { patch: { level: 'custom', concurrency } })}
      />
    </>
  )
}

function CancelWaiting({ view, waiting }: { view: ProjectView; waiting: readonly Take[] }) {
  const [open, setOpen] = useState(false)
  const held = heldBy(waiting)
  const cancel = async () => {
    const done = await attempt(() => call('batch.cancelWaiting', { projectId: view.project.id }))
    if (done) showToast({ kind: 'info', title: `${plural(done.cancelled, 'take')} cancelled` })
  }
  return (
    <>
      <Button
        look="ghost"
        aria-label="Cancel waiting"
        title="Cancel waiting"
        icon={<X size={16} />}
        disabled={waiting.length === 0}
        onClick={() => setOpen(true)}
      >
        <span className="queue-wide">Cancel waiting</span>
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Cancel ${plural(waiting.length, 'waiting take')}?`}
        action={held > 0 ? `Cancel and release ${formatUsd(held)}` : `Cancel ${plural(waiting.length, 'take')}`}
        onConfirm={() => void cancel()}
      >
        {held > 0
          ? `${formatUsd(held)} goes back to what is left of the cap. What has been sent cannot be called back and goes on.`
          : 'What has been sent cannot be called back and goes on.'}
      </ConfirmDialog>
    </>
  )
}

function RetryFailed({ view }: { view: ProjectView }) {
  const inSight = useUi((ui) => ui.storyboardId)
  // The button says what the command would do now.
  const group = useMemo(() => retryGroup(view, inSight), [view, inSight])
  if (!group) return null
  const label = `Retry ${group.takes.length} failed`
  return (
    <Button
      look="ghost"
      aria-label={label}
      title={label}
      icon={<RotateCcw size={16} />}
      onClick={() => askAgain(group.storyboardId, group.takes)}
    >
      <span className="queue-wide">{label}</span>
    </Button>
  )
}

/** What the queue works on, and how fast. */
export function QueueHeader({ view, runner }: { view: ProjectView; runner: Runner }) {
  const batch = presentBatch(view.takes.values())
  const waiting = [...view.takes.values()].filter((take) => groupOf(take) === 'waiting')
  const boards = new Set(batch.map((take) => take.storyboardId))
  const [board] = boards
  const title = boards.size === 1 && board ? view.storyboards.get(board)?.title : plural(boards.size, 'storyboard')
  const since = Math.min(...batch.map((take) => take.createdAt))
  return (
    <div className="view-header">
      <h1>Queue</h1>
      {batch.length > 0 && (
        <span className="t3 c12 num ell">
          {title}, {plural(batch.length, 'take')}, from {timeOfDay(since, false)}
        </span>
      )}
      <span className="grow" />
      <RetryFailed view={view} />
      <Concurrency runner={runner} />
      <Button
        icon={runner.paused ? <Play size={16} /> : <Pause size={16} />}
        onClick={() => run(runner.paused ? 'runner.resume' : 'runner.pause', {})}
      >
        {runner.paused ? 'Resume' : 'Pause'}
      </Button>
      <CancelWaiting view={view} waiting={waiting} />
      <IconButton
        label="History of the project"
        icon={<History size={16} />}
        onClick={() => registry.run('view.history')}
      />
    </div>
  )
}
