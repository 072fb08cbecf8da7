import type { TakeId } from '../../../shared/ids.ts'
import type { Clip } from '../../../shared/model.ts'
import { canDownloadAgain } from '../domain/take-machine.ts'
import type { ClipStore } from '../media/clip-store.ts'
import type { PassportEntry, Passports } from '../media/passports.ts'
import type { Logger } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { findTake, isBound, type StoredTake } from '../store/takes.ts'
import { densifyBoards } from './place.ts'
import { recreateTake, type RecreateContext } from './recreate.ts'

export interface RelinkContext extends RecreateContext {
  readonly store: Store
  readonly clips: ClipStore
  readonly passports: Passports
  readonly logger: Logger
}

/** Takes that have their clip, or ended in a way no clip can follow. */
const isHome = ({ state }: StoredTake): boolean =>
  state.phase === 'ready' || state.phase === 'cancelled' || (state.phase === 'failed' && !canDownloadAgain(state))

/** Every take whose passport says that its clip is here, but which the database does not have or not as ready. */
export async function unlinkedTakes({
  store,
  passports,
}: Pick<RelinkContext, 'store' | 'passports'>): Promise<{ clip: Clip; entry: PassportEntry }[]> {
  const folder = await passports.list()
  const found: { clip: Clip; entry: PassportEntry }[] = []
  for (const sha256 of folder.clips) {
    if (!folder.passports.has(sha256)) continue
    const passport = await passports.read(sha256)
    for (const entry of passport?.takes ?? []) {
      const stored = findTake(store.read, entry.takeId)
      if (stored && isHome(stored)) continue
      const { bytes, mime } = passport ?? { bytes: 0, mime: '' }
      found.push({ clip: { sha256, bytes, mime }, entry })
    }
  }
  return found
}

/** Takes a take the rest of its way by the events that once took it there, at their times. */
function bringHome({ store, driverAt }: RelinkContext, takeId: TakeId, clip: Clip, entry: PassportEntry): void {
  const phase = () => findTake(store.read, takeId)?.state.phase
  const { downloadedAt: at, predictionId } = entry
  const sent = entry.submittedAt ?? entry.createdAt
  const then = driverAt(at)
  if (phase() === 'reserved') driverAt(sent).apply(takeId, { type: 'submission-begun' })
  if (predictionId !== null)
    driverAt(sent).apply(takeId, { type: 'accepted', predictionId, recovered: true, pollAt: at })
  then.apply(takeId, { type: 'completed', outputs: [], inferenceMs: null })
  then.apply(takeId, { type: 'download-again' })
  then.apply(takeId, { type: 'downloaded', clip })
}

/**
 * Gives every clip on disk back to the takes its passport names: the take is made again where the database does not
 * have it, and made ready where it does. Only clips whose bytes still hash to their name count.
 * @returns how many takes got their clip
 */
export async function relinkClips(context: RelinkContext): Promise<number> {
  const { store, clips, logger } = context
  let relinked = 0
  for (const { clip, entry } of await unlinkedTakes(context)) {
    const { takeId, predictionId, provider } = entry
    if (!(await clips.verify(clip))) continue
    const known = findTake(store.read, takeId)
    const bound = predictionId !== null && isBound(store.read, provider, predictionId)
    if (bound && known?.state.predictionId !== predictionId) continue
    try {
      if (!known) recreateTake(context, takeId, entry)
      bringHome(context, takeId, clip, entry)
      if (findTake(store.read, takeId)?.state.phase === 'ready') relinked++
    } catch (error) {
      logger.error('A clip could not be given back to its take', { takeId, clip: clip.sha256, error: String(error) })
    }
  }
  if (relinked > 0) densifyBoards(context.outbox)
  return relinked
}
