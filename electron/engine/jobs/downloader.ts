import { TakeboardError, type WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import { backoffMs } from '../domain/backoff.ts'
import type { VideoProvider } from '../ports.ts'
import { findTake, type StoredTake } from '../store/takes.ts'
import { wireOf, type JobContext } from './job.ts'

/** Wrong answers in a row before the artist is asked; torn connections are tried without end. */
const MAX_WRONG = 5
/** The same of a clip that was here once: the artist waits for it, and has other ways to get it back. */
const MAX_WRONG_AGAIN = 2
/** The service answered, but not with the clip. */
const WRONG: ReadonlySet<string> = new Set(['result-unavailable', 'clip-invalid', 'url-refused'])
const RETRY = { base: 1_000, cap: 300_000 } as const
const NO_ADDRESS =
  'The service says that the clip is made, but its result lists no clip. The take is charged, but a download costs nothing more. Download it again later, or look for it in the account.'
/** Progress is told at most this often per take. */
const PROGRESS_MS = 100

/** Brings the clip of a completed job to disk. It is paid for by then, so nothing short of the service losing it ends the effort. */
export interface Downloader {
  download(takeId: TakeId): Promise<void>
}

export function createDownloader(context: JobContext): Downloader {
  const { driver, ports, store, outbox } = context
  /** Wrong answers in a row. A restart forgives them. */
  const wrong = new Map<TakeId, number>()

  /** Clip addresses expire, and the rehearsal's change with every launch; the result may list a fresh one. */
  async function refresh(provider: VideoProvider, { take, state }: StoredTake): Promise<void> {
    const outcome = await provider.poll(present(state.predictionId, 'a completed take has one'))
    if (outcome.kind !== 'completed' || outcome.outputs[0] === state.outputs[0]) return
    driver.apply(take.id, { type: 'completed', outputs: outcome.outputs, inferenceMs: outcome.inferenceMs })
  }

  function defer({ take, state }: StoredTake, error: WireError, base: number): void {
    const wait = backoffMs(state.failures, { ...RETRY, base, unit: ports.random.unit() })
    driver.apply(take.id, { type: 'download-deferred', error, retryAt: ports.clock.now() + wait })
  }

  async function failed(provider: VideoProvider, stored: StoredTake, error: WireError): Promise<void> {
    if (error.code === 'disk-full') context.halt(error)
    else if (error.code !== 'clip-invalid') await refresh(provider, stored)
    const isWrong = WRONG.has(error.code) || stored.state.outputs.length === 0
    const wrongs = isWrong ? (wrong.get(stored.take.id) ?? 0) + 1 : 0
    if (wrongs < (stored.state.clip === null ? MAX_WRONG : MAX_WRONG_AGAIN)) {
      wrong.set(stored.take.id, wrongs)
      // Each such try asks for the result again, and the service wants polls some time apart.
      defer(stored, error, isWrong ? Math.max(RETRY.base, provider.pacing.floorMs) : RETRY.base)
    } else {
      wrong.delete(stored.take.id)
      driver.apply(stored.take.id, { type: 'download-failed', error })
    }
  }

  return {
    async download(takeId) {
      const stored = present(findTake(store.read, takeId), 'it was scheduled')
      if (stored.state.phase !== 'downloading') return
      const { clip: known } = stored.state
      if (known !== null && (await context.clips.verify(known))) {
        // Asked for again although it is here: the service may no longer have it, and nothing is to be gained.
        driver.apply(takeId, { type: 'downloaded', clip: known })
        return
      }
      const provider = ports.providers[stored.take.provider]
      let told = Number.NEGATIVE_INFINITY
      try {
        const [url] = stored.state.outputs
        if (url === undefined) throw new TakeboardError('download-failed', NO_ADDRESS)
        const clip = await context.clips.receive(
          takeId,
          (from, etag) => provider.openClip(url, { from, etag, signal: context.signal }),
          (received, total) => {
            const now = ports.clock.monotonic()
            if (now - told < PROGRESS_MS) return
            told = now
            outbox.tell({ seq: null, name: 'take.progress', payload: { takeId, received, total } })
          },
        )
        await context.published(stored.take, clip)
        wrong.delete(takeId)
        driver.apply(takeId, { type: 'downloaded', clip })
      } catch (error) {
        if (context.signal.aborted) return
        await failed(provider, stored, wireOf(error))
      }
    },
  }
}
