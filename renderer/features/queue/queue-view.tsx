import './queue.css'
import { Clapperboard } from 'lucide-react'
import { useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import { generateFromBoard } from '../../commands/studio-commands.ts'
import { useProjection } from '../../state/projection.ts'
import { showView } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty.tsx'
import { QueueHeader } from './header.tsx'
import { QueueTable } from './queue-table.tsx'
import { SidePanel } from './side-panel.tsx'
import { Stats } from './stats.tsx'

const DrawnQueue = () => (
  <div className="drawn-queue" aria-hidden>
    <i />
    <i />
    <i />
  </div>
)

/** Every take that was asked for, and how far each is. */
export function QueueView() {
  const view = useProjection((projection) => projection.view)
  const runner = useProjection(({ studio }) => studio?.runner ?? null)
  const [selected, setSelected] = useState<TakeId | null>(null)
  if (!view || !runner) return <main className="panel" aria-busy="true" aria-label="Queue" />
  return (
    <main className="queue-screen">
      <section className="panel" aria-label="Queue">
        <QueueHeader view={view} runner={runner} />
        {view.takes.size === 0 ? (
          <EmptyState
            picture={<DrawnQueue />}
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
            <QueueTable view={view} selected={selected} onSelect={setSelected} />
          </>
        )}
      </section>
      <SidePanel view={view} selected={selected} />
    </main>
  )
}
