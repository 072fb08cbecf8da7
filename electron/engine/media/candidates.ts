import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { TakeboardError } from '../../../shared/errors.ts'
import type { PredictionId, TakeId } from '../../../shared/ids.ts'
import type { Clip } from '../../../shared/model.ts'
import { createClipStore, type OpenClip } from './clip-store.ts'

/** Clips of jobs that may be a lost take's, fetched only to be looked at and gone with the next start. */
export interface CandidateClips {
  /**
   * The clip of a candidate, fetched the first time it is asked for.
   * Codes: url-refused, result-unavailable, download-failed, clip-invalid, disk-full.
   * @returns null for a job that was not offered for this take
   */
  file(takeId: TakeId, predictionId: PredictionId): Promise<{ path: string; mime: string; etag: string } | null>
}

interface CandidateOptions {
  /** Emptied at once: what is in it can be fetched again. */
  readonly dir: string
  /** Opens the clip of a job that the last look offered for the take; null for any other. */
  readonly find: (takeId: TakeId, predictionId: PredictionId) => OpenClip | null
  /** The most bytes of one clip, and of all that are kept. */
  readonly limits?: { readonly clip: number; readonly all: number }
}

const LIMITS = { clip: 192 * 1024 ** 2, all: 512 * 1024 ** 2 } as const

export function createCandidateClips({ dir, find, limits = LIMITS }: CandidateOptions): CandidateClips {
  rmSync(dir, { recursive: true, force: true })
  const store = createClipStore(dir)
  /** Least lately asked for first. */
  const kept = new Map<PredictionId, Clip>()
  const fetching = new Map<PredictionId, Promise<Clip>>()

  const checkSize = (bytes: number | null): void => {
    if (bytes !== null && bytes > limits.clip)
      throw new TakeboardError(
        'clip-invalid',
        'The clip of this job is too large to be shown here. Nothing is charged.',
      )
  }

  /** Takes out the oldest until the rest has room. Two jobs may have made the same bytes, which are one file. */
  async function makeRoom(): Promise<void> {
    let all = 0
    for (const { bytes } of kept.values()) all += bytes
    for (const [id, { sha256, bytes }] of kept) {
      if (all <= limits.all) return
      kept.delete(id)
      all -= bytes
      if (![...kept.values()].some((clip) => clip.sha256 === sha256)) await rm(store.path(sha256), { force: true })
    }
  }

  async function receive(predictionId: PredictionId, open: OpenClip): Promise<Clip> {
    const checked: OpenClip = async (from, etag) => {
      const reply = await open(from, etag)
      checkSize(reply.total)
      return reply
    }
    // A part file of its own for each; a service's id never becomes a name on this disk.
    const clip = await store.receive(crypto.randomUUID() as TakeId, checked, checkSize)
    kept.set(predictionId, clip)
    await makeRoom()
    return clip
  }

  return {
    async file(takeId, predictionId) {
      const open = find(takeId, predictionId)
      if (open === null) return null
      let clip = kept.get(predictionId)
      if (clip === undefined || !(await store.has(clip))) {
        const fetched =
          fetching.get(predictionId) ?? receive(predictionId, open).finally(() => fetching.delete(predictionId))
        fetching.set(predictionId, fetched)
        clip = await fetched
      }
      if (kept.delete(predictionId)) kept.set(predictionId, clip)
      return { path: store.path(clip.sha256), mime: clip.mime, etag: clip.sha256 }
    },
  }
}
