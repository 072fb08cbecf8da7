import { useMemo } from 'react'
import type { ClipFacts } from '../../../shared/clip-facts.ts'
import type { Take } from '../../../shared/model.ts'
import { readReview, type ReviewNow } from '../../commands/review-now.ts'
import { factsOf, useKnownClips } from '../../media/known-clips.ts'
import { useProjection } from '../../state/projection.ts'
import { useReview } from '../../state/review.ts'
import { useUi } from '../../state/ui-store.ts'

/** What is in sight in the room; null before a project with scenes is open. */
export function useReviewNow(): ReviewNow | null {
  const view = useProjection((projection) => projection.view)
  const storyboardId = useUi((ui) => ui.storyboardId)
  const selected = useUi((ui) => ui.selected)
  const sceneId = useReview((review) => review.sceneId)
  const takeIds = useReview((review) => review.takeIds)
  return useMemo(
    () => readReview(view, { storyboardId, selected }, { sceneId, takeIds }),
    [view, storyboardId, selected, sceneId, takeIds],
  )
}

/** The take that is looked at: notes and judgement are about it. */
export function useActiveTake(now: ReviewNow | null): Take | null {
  const active = useReview((review) => review.active)
  return now?.takes[active] ?? now?.takes[0] ?? null
}

/** What a clip's file says of itself; null while it is not known, or could not be read. */
export const useFacts = (take: Take | null | undefined): ClipFacts | null =>
  useKnownClips(({ probes }) => factsOf(probes, take?.clip?.sha256))

/** `A` to `D`. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const
