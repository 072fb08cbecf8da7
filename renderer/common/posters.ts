import type { TakeId } from '../../shared/ids.ts'
import { clipUrl, media, posterSaved } from '../state/media.ts'

/** Few at a time: each decodes a video. */
const AT_ONCE = 2
const PATIENCE_MS = 20_000
const WIDTH = 640

const waiting: TakeId[] = []
/** Asked for in this window; a clip that gave no picture once will not give one now. */
const asked = new Set<TakeId>()
let working = 0

/** Resolves with the event, or rejects when the clip is broken or slow. */
function once(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('The clip did not answer in time.')), PATIENCE_MS)
    const done = (settle: () => void) => () => {
      clearTimeout(patience)
      settle()
    }
    video.addEventListener(name, done(resolve), { once: true })
    video.addEventListener(
      'error',
      done(() => reject(new Error('The clip could not be played.'))),
      { once: true },
    )
  })
}

/** A still from a third into the clip. */
async function still(takeId: TakeId): Promise<Blob | null> {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  const loaded = once(video, 'loadeddata')
  video.src = clipUrl(takeId)
  try {
    await loaded
    const seeked = once(video, 'seeked')
    video.currentTime = Math.max(0.01, (Number.isFinite(video.duration) ? video.duration : 0) / 3)
    await seeked
    const canvas = document.createElement('canvas')
    canvas.width = Math.min(WIDTH, video.videoWidth)
    canvas.height = Math.max(1, Math.round((canvas.width * video.videoHeight) / Math.max(1, video.videoWidth)))
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.82))
  } finally {
    video.removeAttribute('src')
    video.load()
  }
}

async function work(): Promise<void> {
  const takeId = waiting.shift()
  if (takeId === undefined || working >= AT_ONCE) {
    if (takeId !== undefined) waiting.unshift(takeId)
    return
  }
  working += 1
  try {
    const picture = await still(takeId)
    if (picture) {
      await media().savePoster(takeId, picture)
      posterSaved(takeId)
    }
  } catch {
    // The sketch stays in its place; the clip itself says more when it is played.
  } finally {
    working -= 1
    void work()
  }
}

/** Makes the poster of a ready take from its clip, once, and keeps it in the library. */
export function requestPoster(takeId: TakeId): void {
  if (asked.has(takeId)) return
  asked.add(takeId)
  waiting.push(takeId)
  void work()
}
