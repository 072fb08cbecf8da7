import { createHash } from 'node:crypto'
import type { WireError } from '../../../shared/errors.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Sha256, TakeId } from '../../../shared/ids.ts'
import { present } from '../../../shared/assert.ts'
import type { Take } from '../../../shared/model.ts'
import { backoffMs } from '../domain/backoff.ts'
import { firstPollMs } from '../domain/poll-schedule.ts'
import { slate } from '../domain/slate.ts'
import type { SubmitBody, SubmitOutcome, VideoProvider } from '../ports.ts'
import { originOf } from '../recovery/origin.ts'
import { findScene } from '../store/boards.ts'
import { findImage } from '../store/casts.ts'
import { findUpload, putUpload } from '../store/records.ts'
import { findTake, isBound } from '../store/takes.ts'
import { wireOf, type JobContext } from './job.ts'
import { jobWindow } from './poller.ts'

/** The service keeps uploads for days; they are reused for one (wavespeed api notes, section 2). */
const UPLOAD_REUSE_MS = 24 * 60 * 60 * 1000
/** Nothing is submitted when the disk could not take the clips that are coming. */
const FREE_FLOOR_BYTES = 256 * 1024 * 1024
/** First look for a job whose submission went unanswered. */
const FIRST_LOOK_MS = 20_000
const RETRY = { base: 2_000, cap: 120_000 } as const

/** Errors that stop every submission, not just this one. */
const HALTING: ReadonlySet<string> = new Set(['key-missing', 'key-rejected', 'balance-too-low', 'disk-full'])
/** Errors of preparation that another try may not have. */
const PASSING: ReadonlySet<string> = new Set([
  'upload-failed',
  'provider-unreachable',
  'provider-fault',
  'rate-limited',
])

/** The artist bound the job to another take while its answer was on the way. */
const TAKEN: WireError = {
  code: 'submission-unknown',
  message:
    'The service answered with a job that was already given to another take. Its price stays reserved until you say what became of it.',
}

/** Sends a reserved take: at most one request per recorded intent, and the intent on disk before the first byte. */
export interface Submitter {
  submit(takeId: TakeId): Promise<void>
}

export function createSubmitter(context: JobContext): Submitter {
  const { driver, ports, store, journal } = context
  const uploading = new Map<string, Promise<string>>()

  const retryAt = (failures: number, retryAfterMs: number | null = null) =>
    ports.clock.now() + backoffMs(failures, { ...RETRY, unit: ports.random.unit(), retryAfterMs })

  async function upload(provider: VideoProvider, sha256: Sha256): Promise<string> {
    const known = findUpload(store.read, provider.name, sha256, ports.clock.now() - UPLOAD_REUSE_MS)
    if (known !== null) return known
    const image = findImage(store.read, sha256)
    if (!image)
      throw new TakeboardError(
        'image-unreadable',
        'A reference of this take is no longer in the library. Nothing was charged.',
      )
    const { url } = await provider.upload({
      sha256,
      path: context.images.path(sha256, image.mime),
      mime: image.mime,
      bytes: image.bytes,
    })
    store.write((db) => putUpload(db, provider.name, sha256, url, ports.clock.now()))
    return url
  }

  /** Scenes share a cast: the same image is put up once however many takes wait for it. */
  function uploadOnce(provider: VideoProvider, sha256: Sha256): Promise<string> {
    const key = `${provider.name} ${sha256}`
    let pending = uploading.get(key)
    if (!pending) {
      pending = upload(provider, sha256).finally(() => uploading.delete(key))
      uploading.set(key, pending)
    }
    return pending
  }

  async function prepare(provider: VideoProvider, take: Take): Promise<SubmitBody> {
    if (!provider.ready()) {
      throw new TakeboardError(
        'key-missing',
        'No API key is set, so nothing was sent. Add the key in Settings and resume.',
      )
    }
    if ((await context.freeBytes()) < FREE_FLOOR_BYTES) {
      throw new TakeboardError(
        'disk-full',
        'Less than 256 MB are free where the library is, so nothing was sent. Free some space and resume.',
      )
    }
    const images = await Promise.all(take.request.references.map(({ sha256 }) => uploadOnce(provider, sha256)))
    const { prompt, resolution, aspectRatio, duration, seed } = take.request
    return { prompt, images, resolution, aspect_ratio: aspectRatio, duration, seed }
  }

  function preparationFailed(take: Take, failures: number, error: WireError): void {
    if (HALTING.has(error.code)) {
      context.halt(error)
      driver.apply(take.id, { type: 'not-sent', error, retryAt: ports.clock.now() })
    } else if (PASSING.has(error.code)) {
      driver.apply(take.id, { type: 'not-sent', error, retryAt: retryAt(failures) })
    } else {
      driver.apply(take.id, { type: 'rejected', error })
    }
  }

  /**
   * A job that exists must be remembered even when the disk is full at that moment, or another program holds the
   * database: keep trying until it is stored. Until then the engine stays halted and says so.
   */
  async function untilStored(work: () => void): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        work()
        return
      } catch (error) {
        const reason = wireOf(error)
        ports.logger.error('What became of a submission could not be stored yet', { reason: reason.message })
        context.halt(reason)
        // Quitting is held up for a few tries only; the next start finds the take unconfirmed and looks for its job.
        if (context.signal.aborted && failures >= 3) throw error
        const wait = backoffMs(failures, { base: 500, cap: 10_000, unit: ports.random.unit() })
        await new Promise<void>((resolve) => ports.clock.setTimeout(resolve, wait))
      }
    }
  }

  const unanswered = (take: Take, error: WireError): Promise<void> =>
    untilStored(() => {
      driver.apply(take.id, { type: 'outcome-unknown', error, lookAt: ports.clock.now() + FIRST_LOOK_MS })
    })

  async function conclude(take: Take, attempt: number, failures: number, outcome: SubmitOutcome): Promise<void> {
    const now = ports.clock.now()
    switch (outcome.kind) {
      case 'accepted': {
        const provider = ports.providers[take.provider]
        const { predictionId } = outcome
        if (isBound(store.read, take.provider, predictionId)) return unanswered(take, TAKEN)
        await untilStored(() => journal.append({ type: 'accepted', takeId: take.id, attempt, predictionId }))
        const window = jobWindow(context, take)
        const pollAt = now + firstPollMs(window, provider.pacing.floorMs)
        const expected = { from: Math.round(now + window.from), to: Math.round(now + window.to) }
        await untilStored(() =>
          driver.apply(take.id, { type: 'accepted', predictionId, recovered: false, pollAt }, { expected }),
        )
        return
      }
      case 'unknown':
        return unanswered(take, outcome.error)
      case 'not-sent':
      case 'rate-limited': {
        const after = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : null
        if (outcome.kind === 'rate-limited') context.refused(take.provider)
        await untilStored(() => {
          journal.append({ type: 'void', takeId: take.id, attempt })
          driver.apply(take.id, { type: outcome.kind, error: outcome.error, retryAt: retryAt(failures, after) })
        })
        return
      }
      case 'rejected':
        if (HALTING.has(outcome.error.code)) context.halt(outcome.error)
        await untilStored(() => {
          journal.append({ type: 'void', takeId: take.id, attempt })
          driver.apply(take.id, { type: 'rejected', error: outcome.error })
        })
        return
    }
  }

  return {
    async submit(takeId) {
      const { take, state } = present(findTake(store.read, takeId), 'it was scheduled')
      const provider = ports.providers[take.provider]
      let body: SubmitBody
      try {
        body = await prepare(provider, take)
      } catch (error) {
        if (context.signal.aborted) return
        preparationFailed(take, state.failures, wireOf(error))
        return
      }
      if (context.signal.aborted) return
      // Preparing may take minutes, and submissions may have been stopped meanwhile.
      if (context.standing()) return context.queueAgain(takeId)
      const begun = driver.apply(takeId, { type: 'submission-begun' })
      if (!begun.changed) return
      const { attempt, submittedAt } = begun.stored.state
      try {
        const request = createHash('sha256').update(JSON.stringify(body)).digest('hex')
        const origin = originOf(store.read, take)
        journal.append({ type: 'intent', takeId, attempt, at: submittedAt ?? 0, seed: body.seed, request, origin })
      } catch (error) {
        context.halt(wireOf(error))
        // The disk that refused the journal may refuse this too, and a take left as being sent would stay so.
        await untilStored(() => {
          driver.apply(takeId, { type: 'not-sent', error: wireOf(error), retryAt: ports.clock.now() })
        })
        return
      }
      const scene = findScene(store.read, take.sceneId)
      const outcome = await provider.submit(body, slate(scene?.number ?? '?', take.number))
      await conclude(take, attempt, state.failures, outcome)
    },
  }
}
