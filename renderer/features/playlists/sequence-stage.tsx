import { type RefObject, useEffect } from 'react'
import { DeckPlace } from '../../common/deck-place.tsx'
import { type PieceSchedule, type PieceSlot } from '../../media/sequence-schedule.ts'
import { clampFrame, slotAt } from '../../media/sequence-slots.ts'
import { useReview } from '../../state/review.ts'
import { useSequence } from '../../state/sequence.ts'
import { usePlayback } from './use-playlist.ts'

/** The piece in sight. */
export const usePiece = (schedule: PieceSchedule): PieceSlot | null =>
  useSequence((sequence) => slotAt(schedule, clampFrame(schedule, sequence.frame)))

/** The sound is as loud as in the review room. */
function useSound(stage: RefObject<HTMLElement | null>): void {
  const muted = useReview((review) => review.muted)
  const volume = useReview((review) => review.volume)
  useEffect(() => {
    stage.current?.querySelectorAll('video').forEach((video) => {
      video.muted = muted
      video.volume = volume
    })
  }, [stage, muted, volume])
}

/** Where the sequence is seen. */
export function SequenceStage({
  stage,
  schedule,
  source,
}: {
  stage: RefObject<HTMLDivElement | null>
  schedule: PieceSchedule
  /** Names what is played. */
  source: string
}) {
  usePlayback(stage, schedule, source)
  useSound(stage)
  const piece = usePiece(schedule)
  return (
    <div className="sequence-stage on-frame" ref={stage} data-piece={piece?.index}>
      <DeckPlace front />
      <DeckPlace front={false} />
      {piece?.take?.clipGone && (
        <p className="sequence-plate">The clip of {piece.entry.slate} is in the bin. Only its still is shown.</p>
      )}
    </div>
  )
}
