import { useMemo } from 'react'
import { USUAL_RATE } from '../../../shared/frame-rate.ts'
import type { Take } from '../../../shared/model.ts'
import { framesInSight } from '../../commands/drawing-commands.ts'
import { ownFrames } from '../../state/own-frames.ts'
import type { Frames } from '../../state/drawing.ts'
import { useReview } from '../../state/review.ts'
import { useFacts } from './review-state.ts'

const SAME = { rate: USUAL_RATE, own: (frame: number) => frame, ofA: (frame: number) => frame }

/** How the frames of a take go with those of A; the same until the files have told. */
export function useOwnFrames(a: Take | undefined, take: Take) {
  const factsA = useFacts(a)
  const facts = useFacts(take)
  const shift = useReview(({ shifts }) => shifts[take.id] ?? 0)
  return useMemo(() => (factsA && facts ? ownFrames(factsA, facts, shift) : SAME), [factsA, facts, shift])
}

/** What a note on the take would be about now, in its own frames. */
export function useFramesInSight(own: ReturnType<typeof useOwnFrames>): Frames {
  const frame = useReview((review) => review.frame)
  const range = useReview((review) => review.range)
  const told = useReview((review) => review.told)
  return framesInSight(own, { frame, range, told })
}
