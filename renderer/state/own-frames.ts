import type { ClipFacts } from '../../shared/clip-facts.ts'
import { type FrameRate, frameAtTime, middleOf } from '../../shared/frame-rate.ts'

type Clip = Pick<ClipFacts, 'rate' | 'frames'>

/** How the frames of a take go with those of take A, in which the room counts. */
export interface OwnFrames {
  readonly rate: FrameRate
  /** Of the take, for one of A. */
  own(frameOfA: number): number
  /** Of A, for one of the take. */
  ofA(own: number): number
}

const within = ({ frames }: Clip, frame: number) => Math.max(0, Math.min(frames - 1, frame))
const sameRate = (a: FrameRate, b: FrameRate) => a.num * b.den === b.num * a.den
const across = (from: Clip, frame: number, to: Clip) =>
  sameRate(from.rate, to.rate) ? frame : frameAtTime(middleOf(frame, from.rate), to.rate)

/** @param shift how many frames the take is ahead of A */
export const ownFrames = (a: Clip, take: Clip, shift: number): OwnFrames => ({
  rate: take.rate,
  own: (frame) => within(take, across(a, frame, take) + shift),
  ofA: (frame) => within(a, across(take, frame - shift, a)),
})
