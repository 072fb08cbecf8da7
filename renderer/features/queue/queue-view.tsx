import './queue.css'
import { Clapperboard } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { generateFromBoard } from '../../commands/studio-commands.ts'
import { useProjection } from '../../state/projection.ts'
import { chooseNone, useQueueChoice } from '../../state/queue-choice.ts'
import { showView } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { CancelChosen, ChosenBar } from './chosen-bar.tsx'
import { QueueHeader } from './header.tsx'
import { HoldNotice } from './hold-notice.tsx'
import { QueueTable } from './queue-table.tsx'
import { SidePanel } from './side-panel.tsx'
import { Stats } from './stats.tsx'

/** Every take that was asked for, and how far each is. */
export function QueueView() {
  const view = useProjection((projection) => projection.view)
  const runner = useProjection(({ studio }) => studio?.runner ?? null)
  const ids = useQueueChoice(({ chosen: now }) => now)
  const chosen = useMemo(() => [...ids].flatMap((id) => view?.takes.get(id) ?? []), [ids, view])
  // What is chosen is forgotten with the view.
  useEffect(() => chooseNone, [])
  if (!view || !runner) return <main className="panel" aria-busy="true" aria-label="Queue" />
  return (
    <main className="queue-screen">
      <section className="panel" aria-label="Queue">
        {chosen.length > 1 ? <ChosenBar takes={chosen} /> : <QueueHeader view={view} runner={runner} />}
        {view.takes.size === 0 ? (
          <EmptyState
            picture={<Drawn kind="rows" />}
            title="Nothing in the queue"
            text="Takes appear here from the moment they are asked for until their clip is on this computer."
          >
            <Button look="primary" size="large" icon={<Clapperboard size={16} />} onClick={generateFromBoard}>
              Choose what to make
            </Button>
            <Button size="large" onClick={() => showView('board')}>
              Go to the board
            </Button>
          </EmptyState>
        ) : (
          <>
            <Stats view={view} runner={runner} />
            <HoldNotice view={view} />
            <QueueTable view={view} chosen={ids} />
          </>
        )}
      </section>
      <SidePanel view={view} chosen={chosen} />
      <CancelChosen takes={chosen} />
    </main>
  )
}
