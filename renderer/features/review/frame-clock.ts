import type { ClipFacts } from '../../../shared/clip-facts.ts'
import { type FrameRate, frameAtTime, middleOf, secondsAt } from '../../../shared/frame-rate.ts'
import { createPictureSeeker } from '../../media/seek.ts'

/** What ties the frames of a clip to the time of its player. */
export interface FrameClock {
  readonly rate: FrameRate
  readonly frames: number
  /** Time of the first frame within the file, in seconds. */
  readonly start: number
}

export const clockOf = ({ rate, frames, start }: ClipFacts): FrameClock => ({ rate, frames, start })

export const withinClip = (clock: FrameClock, frame: number): number =>
  Math.max(0, Math.min(clock.frames - 1, Math.round(frame)))

/** Where to seek for a frame, in seconds of the player: its middle, which rounding never makes its neighbour. */
export const timeOfFrame = (clock: FrameClock, frame: number): number => clock.start + middleOf(frame, clock.rate)

/** The frame on screen at a time of the player. */
export const frameAtSeconds = (clock: FrameClock, seconds: number): number =>
  withinClip(clock, frameAtTime(seconds - clock.start, clock.rate))

/** The frame a presented picture is; its time is that of its beginning, rounded either way. */
export const presentedFrame = (clock: FrameClock, mediaTime: number): number =>
  withinClip(clock, ((mediaTime - clock.start) * clock.rate.num) / clock.rate.den)

const sameRate = (a: FrameRate, b: FrameRate) => a.num * b.den === b.num * a.den

/** The frame of another clip that belongs to a frame of this one: the same number, or the same time at another rate. */
export const frameBeside = (clock: FrameClock, frame: number, other: FrameClock): number =>
  withinClip(other, sameRate(clock.rate, other.rate) ? frame : frameAtTime(middleOf(frame, clock.rate), other.rate))

/** Seeks one at a time; of what is asked meanwhile only the last counts. */
export interface Seeker {
  /** @returns whether the picture of that time was presented and nothing else has been asked for since */
  to(time: number): Promise<boolean>
  readonly busy: boolean
  close(): void
}

/** @param presented told each frame as it comes on screen */
export function createSeeker(video: HTMLVideoElement, clock: FrameClock, presented: (frame: number) => void): Seeker {
  const pictures = createPictureSeeker(video, (mediaTime) => presented(presentedFrame(clock, mediaTime)))
  const frameSeconds = secondsAt(1, clock.rate)
  let wanted: { readonly time: number; readonly tell: (came: boolean) => void } | null = null
  let busy = false
  async function work(): Promise<void> {
    busy = true
    while (wanted) {
      const { time, tell } = wanted
      wanted = null
      const came = await pictures.to(time, frameSeconds)
      tell(came && wanted === null)
    }
    busy = false
  }
  return {
    to(time) {
      wanted?.tell(false)
      return new Promise((tell) => {
        wanted = { time, tell }
        if (!busy) void work()
      })
    },
    get busy() {
      return busy
    },
    close: pictures.close,
  }
}
