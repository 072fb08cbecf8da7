import type { ReviewNow } from '../../commands/review-now.ts'

/** Notes on the take in sight. */
export function NotesPanel({ now }: { now: ReviewNow }) {
  return <section aria-label="Notes" data-scene={now.scene.id} />
}
