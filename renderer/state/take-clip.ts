import type { Take } from '../../shared/model.ts'

/** The service keeps what it made for about a week (its documentation, and its history). */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** Whether the clip of a finished take can probably still be had from where it was made, at no cost. */
export const canDownloadAgain = (take: Take, now: number): boolean =>
  take.predictionId !== null &&
  (take.phase === 'ready' || take.phase === 'failed') &&
  (take.provider === 'rehearsal' || now - (take.finishedAt ?? take.createdAt) < KEPT_MS)
