import type { Take } from '../../shared/model.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** The service keeps what it made for about a week (its documentation, and its history). */
const KEPT_DAYS = 7

/** Since when the service has it, as far as is known: a second download does not make a clip younger. */
const madeAt = (take: Take): number => take.submittedAt ?? take.finishedAt ?? take.createdAt

/** Whether the clip of a finished take can probably still be had from where it was made, at no cost. */
export const canDownloadAgain = (take: Take, now: number): boolean =>
  take.predictionId !== null &&
  (take.phase === 'ready' || take.phase === 'failed') &&
  take.error?.code !== 'prediction-deleted' &&
  (take.provider === 'rehearsal' || now - madeAt(take) < KEPT_DAYS * DAY_MS)

/** Whether the clip of a take can be asked for from where it was made, and what is to be known of that, as sentences. */
export function clipAtService(take: Take, now: number): { readonly can: boolean; readonly text: string } {
  const can = canDownloadAgain(take, now)
  if (take.provider === 'rehearsal') return { can, text: 'A rehearsal is free, and can be made again as it was.' }
  if (take.predictionId === null) return { can, text: 'The service has no job of it to ask for.' }
  const keeps = `The service keeps clips for about ${KEPT_DAYS} days`
  const days = Math.floor((now - madeAt(take)) / DAY_MS)
  if (!can) {
    const over =
      take.error?.code === 'prediction-deleted'
        ? 'and the job of this one was deleted there'
        : `and this one is ${days} days old`
    return { can, text: `${keeps}, ${over}. Without a copy of the file it cannot be had again for nothing.` }
  }
  const left = KEPT_DAYS - days
  const old = days === 0 ? 'is from today' : `is ${days === 1 ? '1 day' : `${days} days`} old`
  const until = left === 1 ? 'less than a day is' : `${left} days are`
  return { can, text: `${keeps}; this one ${old}, so ${until} left. Downloading it again costs nothing.` }
}
