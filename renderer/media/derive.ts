import type { ClipProbe } from '../../shared/clip-facts.ts'
import type { Sha256, TakeId } from '../../shared/ids.ts'
import { clipUrl, media } from '../state/media.ts'
import { call } from '../state/requests.ts'
import { createDeriveQueue } from './derive-queue.ts'
import type { DeriveReply, DeriveRequest } from './derive-worker.ts'
import { knowFacts, picturesMade } from './known-clips.ts'

/** Names the decoder: another browser, or a later one, may show more. */
const thisProgram = /(?:Electron|Chrome|Firefox|Version)\/\d+/.exec(navigator.userAgent)?.[0] ?? 'unknown'

let started: Worker | null = null
/** One worker for the window, started when something is first asked of it. */
const worker = (): Worker => (started ??= new Worker(new URL('derive-worker.ts', import.meta.url), { type: 'module' }))

let count = 0

/** Has the worker look at a clip. @throws Error when it was stopped or the clip is out of reach */
function ask(url: string, signal: AbortSignal): Promise<Extract<DeriveReply, { probe: ClipProbe }>> {
  const id = ++count
  // A worker of this page has no target origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const send = (request: DeriveRequest) => worker().postMessage(request)
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const heard = ({ data }: MessageEvent<DeriveReply>) => {
      if (data.id !== id) return
      ended.abort()
      if ('failed' in data) reject(new Error(`The clip could not be looked at: ${data.failed}.`))
      else resolve(data)
    }
    const broke = () => {
      ended.abort()
      started?.terminate()
      started = null
      reject(new Error('The worker broke.'))
    }
    worker().addEventListener('message', heard, { signal: ended.signal })
    worker().addEventListener('error', broke, { signal: ended.signal })
    signal.addEventListener('abort', () => send({ do: 'stop', id }), { signal: ended.signal })
    send({ do: 'derive', id, url, by: thisProgram })
  })
}

/** Whether nothing further would come of looking again. */
const settled = (probe: ClipProbe | null): probe is ClipProbe =>
  probe !== null && ((probe.ok && probe.decodable) || probe.by === thisProgram)

/** Makes poster, filmstrip and facts of a clip, unless another window just has. The facts come last: they say it is done. */
async function make(clip: Sha256, takeId: TakeId, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(`takeboard-clip-${clip}`, { signal }, async () => {
    const known = await media().fetchProbe(clip)
    if (settled(known)) {
      knowFacts(clip, known)
      // Missing pictures of a clip that can be decoded were cleared away.
      if (!known.ok || !known.decodable || (await picturesThere(clip))) return picturesMade(clip)
    }
    const { probe, pictures } = await ask(clipUrl(takeId), signal)
    // What is said of a clip is kept under its hash, so a file that is damaged has to be the one that was stored.
    if (!pictures && (await call('take.checkClip', { takeId })).problem !== null)
      throw new Error('The file of the clip is not the one that was stored.')
    if (pictures) {
      await media().saveDerived(clip, 'poster', pictures.poster)
      await media().saveDerived(clip, 'strip', pictures.strip)
    }
    await media().saveDerived(clip, 'probe', new Blob([JSON.stringify(probe)], { type: 'application/json' }))
    knowFacts(clip, probe)
    picturesMade(clip)
  })
}

async function picturesThere(clip: Sha256): Promise<boolean> {
  const replies = await Promise.all(
    (['poster', 'strip'] as const).map((kind) => fetch(media().derivedUrl(clip, kind), { method: 'HEAD' })),
  )
  return replies.every(({ status }) => status === 200)
}

/** Everything made of clips in this window. */
export const derived = createDeriveQueue(make)
