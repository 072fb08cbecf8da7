import { useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import { needsDecision, type Scene, type Take } from '../../../shared/model.ts'
import { registry } from '../../commands/registry.ts'
import { TakeHistory } from '../../common/take-history.tsx'
import { useCommand } from '../../common/use-command.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { stateOf, takesOf } from '../../state/selectors.ts'
import { compareTake, useUi } from '../../state/ui-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { OpenTake, TroubledTake } from './take-open.tsx'
import { DifferenceDialog, StaleNote } from './stale-note.tsx'
import { ReadyTake } from './take-row.tsx'

/** Shows the takes that are ticked. Registered by the view that can. */
const COMPARE = 'review.compare'

/** Every take of a scene, newest first, with what can be done about each. */
export function Takes({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const [past, setPast] = useState<TakeId | null>(null)
  const [beside, setBeside] = useState<TakeId | null>(null)
  const canCompare = useCommand(COMPARE)
  const compared = useUi((ui) => ui.compared)
  const all = takesOf(board.view, scene.id)
  const takes = all
    .filter((take) => take.phase !== 'cancelled' && !(take.phase === 'failed' && take.rejected))
    .toReversed()
  const state = stateOf(board.view, scene)
  const ticked = takes.filter((take) => compared.has(take.id)).length
  const history = all.find(({ id }) => id === past)

  const row = (take: Take) => {
    const onHistory = () => setPast(take.id)
    if (take.phase === 'ready')
      return (
        <ReadyTake
          key={take.id}
          board={board}
          scene={scene}
          take={take}
          current={state.poster?.id === take.id}
          compared={canCompare ? compared.has(take.id) : null}
          onCompare={(on) => compareTake(take.id, on)}
          onHistory={onHistory}
          onDifference={() => setBeside(take.id)}
        />
      )
    return take.phase === 'failed' || needsDecision(take) ? (
      <TroubledTake key={take.id} take={take} onHistory={onHistory} />
    ) : (
      <OpenTake key={take.id} take={take} onHistory={onHistory} />
    )
  }

  return (
    <section className="section" aria-label="Takes">
      <div className="section-label">
        <span>Takes</span>
        {canCompare && ticked > 1 ? (
          <button type="button" className="label-button" onClick={() => registry.run(COMPARE)}>
            Compare {ticked}
          </button>
        ) : (
          takes.length > 0 && <span className="t3 num">{takes.length}</span>
        )}
      </div>
      <StaleNote board={board} scene={scene} take={state.take} />
      {takes.length === 0 ? (
        <p className="field-note">No takes yet. A rehearsal is free and shows the timing.</p>
      ) : (
        <ul className="take-list">{takes.map(row)}</ul>
      )}
      <DifferenceDialog
        board={board}
        scene={scene}
        take={all.find(({ id }) => id === beside) ?? null}
        onClose={() => setBeside(null)}
      />
      <Dialog
        open={history !== undefined}
        onClose={() => setPast(null)}
        title={history ? `Take ${history.number}` : 'Take'}
        bare
      >
        {history && (
          <div className="scroll">
            <TakeHistory take={history} />
          </div>
        )}
      </Dialog>
    </section>
  )
}
