/** A browser that seeks to the picture it shows already may present nothing: how long to listen for one (milliseconds). */
const QUIET_MS = 160
/** How long a machine with other things to do may take to present a picture once it has been found (milliseconds). */
const LATE_MS = 3_000

/** What of a video element is needed to know which picture it shows. */
export type SeekableVideo = Pick<
  HTMLVideoElement,
  'currentTime' | 'requestVideoFrameCallback' | 'cancelVideoFrameCallback' | 'addEventListener'
>

/** Goes to times of a video, and knows when their pictures are on screen. */
export interface PictureSeeker {
  /**
   * @param time in seconds, best the middle of a frame @param frameSeconds how long a frame lasts
   * @returns whether its picture is presented: `seeked` alone may still show the one before, and of a video that played a
   * moment ago so may the first picture presented after it. False when the video failed, was emptied or `signal` was aborted
   */
  to(time: number, frameSeconds: number, signal?: AbortSignal): Promise<boolean>
  close(): void
}

/** @param presented told the time of every picture as it comes on screen, in seconds of the file */
export function createPictureSeeker(
  video: SeekableVideo,
  presented: (mediaTime: number) => void = () => {},
): PictureSeeker {
  const closed = new AbortController()
  let last: number | null = null
  let heard: (mediaTime: number) => void = () => {}
  const watch = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    handle = video.requestVideoFrameCallback(watch)
    last = mediaTime
    presented(mediaTime)
    heard(mediaTime)
  }
  let handle = video.requestVideoFrameCallback(watch)
  video.addEventListener('emptied', () => (last = null), { signal: closed.signal })

  return {
    to(time, frameSeconds, signal) {
      const isIt = (mediaTime: number | null) =>
        mediaTime !== null && time > mediaTime - frameSeconds / 10 && time < mediaTime + frameSeconds * 1.1
      return new Promise((resolve) => {
        const over = new AbortController()
        let timer: ReturnType<typeof setTimeout> | undefined
        let came = false
        const end = (there: boolean) => {
          over.abort()
          clearTimeout(timer)
          heard = () => {}
          resolve(there)
        }
        const endAfter = (ms: number) => {
          clearTimeout(timer)
          timer = setTimeout(() => end(true), ms)
        }
        let seeked = false
        heard = (mediaTime) => {
          came = isIt(mediaTime)
          if (!seeked) return
          if (came) end(true)
          // A file whose frames are not where they should be has no better one.
          else endAfter(QUIET_MS)
        }
        const on = { signal: over.signal }
        video.addEventListener(
          'seeked',
          () => {
            seeked = true
            endAfter(came ? 0 : isIt(last) ? QUIET_MS : LATE_MS)
          },
          on,
        )
        for (const name of ['error', 'emptied'] as const) video.addEventListener(name, () => end(false), on)
        for (const each of [signal, closed.signal]) each?.addEventListener('abort', () => end(false), on)
        if (signal?.aborted || closed.signal.aborted) end(false)
        else video.currentTime = time
      })
    },
    close() {
      closed.abort()
      video.cancelVideoFrameCallback(handle)
    },
  }
}
