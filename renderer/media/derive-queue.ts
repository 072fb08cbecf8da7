import type { Sha256, TakeId } from '../../shared/ids.ts'

/** What is wanted first is made first; among equals, what was asked for first. */
export const WISH = { seen: 1, playing: 2 } as const
type Urgency = (typeof WISH)[keyof typeof WISH]

interface Job {
  readonly clip: Sha256
  /** A take whose clip it is, to read it by. */
  readonly takeId: TakeId
  /** Of everybody who wants it. */
  readonly wishes: Set<{ readonly urgency: Urgency }>
  stop: AbortController | null
}

export interface DeriveQueue {
  /** Asks for a clip's pictures and facts. @returns takes the wish back: what nobody wants any more is left */
  want(clip: Sha256, takeId: TakeId, urgency: Urgency): () => void
  /** Forgets that a clip was looked at, since its file is another now. */
  forget(clip: Sha256): void
}

/**
 * One clip at a time, since each decodes a video.
 * @param make makes everything of one clip; a clip it failed at is not tried again in this window
 */
export function createDeriveQueue(
  make: (clip: Sha256, takeId: TakeId, signal: AbortSignal) => Promise<void>,
): DeriveQueue {
  const jobs = new Map<Sha256, Job>()
  const over = new Set<Sha256>()
  let running: Job | null = null

  const urgencyOf = (job: Job) => Math.max(0, ...[...job.wishes].map(({ urgency }) => urgency))
  const next = () =>
    [...jobs.values()].reduce<Job | null>((best, job) => (best && urgencyOf(best) >= urgencyOf(job) ? best : job), null)

  async function work(): Promise<void> {
    const job = running ? null : next()
    if (!job) return
    running = job
    const stop = (job.stop = new AbortController())
    await make(job.clip, job.takeId, stop.signal).catch(() => {
      // The sketch stays in its place; the clip itself says more when it is played.
    })
    if (!stop.signal.aborted) over.add(job.clip)
    // Somebody may have asked for it again while it was being stopped.
    if (!stop.signal.aborted || job.wishes.size === 0) jobs.delete(job.clip)
    job.stop = null
    running = null
    void work()
  }

  return {
    forget(clip) {
      over.delete(clip)
      // What reads the old file begins again with the new one.
      jobs.get(clip)?.stop?.abort()
    },
    want(clip, takeId, urgency) {
      if (over.has(clip)) return () => {}
      const job: Job = jobs.get(clip) ?? { clip, takeId, wishes: new Set(), stop: null }
      const wish = { urgency }
      jobs.set(clip, job)
      job.wishes.add(wish)
      void work()
      return () => {
        job.wishes.delete(wish)
        if (job.wishes.size > 0) return
        if (job.stop) job.stop.abort()
        else if (jobs.get(clip) === job) jobs.delete(clip)
      }
    },
  }
}
