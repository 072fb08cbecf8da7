import './review.css'
import { useEffect, useRef } from 'react'
import { rehearse } from '../../commands/scene-actions.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { useReview } from '../../state/review.ts'
import { showView } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { ContactSheet } from './contact-sheet.tsx'
import { DifferencePanel } from './difference-panel.tsx'
import { ReviewHeader } from './header.tsx'
import { KeyHints } from './key-hints.tsx'
import { NotePins, NotesPanel } from './notes-panel.tsx'
import { useActiveTake, useReviewNow } from './review-state.ts'
import { SceneRail } from './scene-rail.tsx'
import { Scrubber } from './scrubber.tsx'
import { Stage } from './stage.tsx'
import { TakesPanel } from './takes-panel.tsx'
import { Transport } from './transport.tsx'

/**
 * Keeps the screen and the state of the room of one mind about filling it. The whole page is made to fill it, since menus
 * and dialogs are not within the room.
 */
function useFullScreen(): boolean {
  const wanted = useReview((review) => review.fullScreen)
  useEffect(() => {
    const isFull = document.fullscreenElement !== null
    if (wanted === isFull) return
    const change = wanted ? document.documentElement.requestFullscreen() : document.exitFullscreen()
    change.catch(() => useReview.setState({ fullScreen: isFull }))
  }, [wanted])
  useEffect(() => {
    const changed = () => useReview.setState({ fullScreen: document.fullscreenElement !== null })
    document.addEventListener('fullscreenchange', changed)
    return () => {
      document.removeEventListener('fullscreenchange', changed)
      useReview.setState({ fullScreen: false })
    }
  }, [])
  return wanted
}

function NothingToPlay({ now }: { now: ReviewNow }) {
  return (
    <EmptyState title="This scene has no take to look at" text="A rehearsal is free and shows the timing.">
      <Button onClick={() => void rehearse([now.scene.id])}>Rehearse it</Button>
    </EmptyState>
  )
}

function Room({ now }: { now: ReviewNow }) {
  const room = useRef<HTMLElement>(null)
  const full = useFullScreen()
  // Space is to play, not to press again what opened the room.
  useEffect(() => room.current?.focus({ preventScroll: true }), [])
  const take = useActiveTake(now)
  const requests = useReview((review) => review.requests) && now.takes.length > 1
  return (
    <main className="review" data-full={full}>
      <SceneRail now={now} />
      <section className="panel review-main" ref={room} aria-label="Picture" tabIndex={-1}>
        <ReviewHeader now={now} />
        {now.takes.length > 0 ? (
          <Stage now={now} />
        ) : (
          <div className="review-stage">
            <NothingToPlay now={now} />
          </div>
        )}
        <div className="review-controls">
          <Transport />
          <Scrubber take={take} pins={<NotePins now={now} />} />
          <KeyHints />
        </div>
      </section>
      {requests ? (
        <aside className="panel review-side" aria-label="Requests compared">
          <DifferencePanel now={now} />
        </aside>
      ) : (
        <aside className="panel review-side" aria-label="Takes and notes">
          <TakesPanel now={now} />
          <NotesPanel now={now} />
        </aside>
      )}
      <ContactSheet now={now} />
    </main>
  )
}

/** Where takes are watched, compared, judged and chosen. */
export default function ReviewView() {
  const now = useReviewNow()
  return now ? (
    <Room now={now} />
  ) : (
    <main className="panel">
      <EmptyState picture={<Drawn kind="cells" />} title="Takes are reviewed here" text="Make a take of a scene first.">
        <Button onClick={() => showView('board')}>Open the board</Button>
      </EmptyState>
    </main>
  )
}
