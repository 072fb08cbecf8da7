import type { ReviewNow } from '../../commands/review-now.ts'

/** The takes of the scene in sight. */
export function TakesPanel({ now }: { now: ReviewNow }) {
  return <h2>{now.takes.length}</h2>
}
