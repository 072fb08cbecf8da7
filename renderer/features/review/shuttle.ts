import { type FrameRate, perSecond } from '../../../shared/frame-rate.ts'

/** The part that is played, both ends included. */
export interface Part {
  readonly from: number
  readonly to: number
}

/** Where to go when a frame at or beyond an end was presented; `stop` at that end when it does not loop. */
export function atEnd(
  frame: number,
  { from, to }: Part,
  speed: number,
  loop: boolean,
): { readonly go: number } | { readonly stop: number } | null {
  if (speed > 0 && frame >= to) return loop ? { go: from } : { stop: to }
  if (speed < 0 && frame <= from) return loop ? { go: to } : { stop: from }
  return null
}

/** Where playing starts: where it stands, or at the other end when nothing is left in that direction. */
export function startOf(frame: number, { from, to }: Part, speed: number): number {
  if (frame < from || frame > to) return speed > 0 ? from : to
  if (speed > 0 && frame >= to) return from
  return speed < 0 && frame <= from ? to : frame
}

/**
 * The frame that playing backwards has reached. Players cannot go back, so its frames are sought one after the other by the
 * clock; those that do not come in time are left out.
 * @param elapsed milliseconds since it began
 * @param speed below 0
 */
export const backFrame = (began: number, elapsed: number, speed: number, rate: FrameRate): number =>
  began + Math.ceil((elapsed / 1000) * speed * perSecond(rate))

/** Beyond so many seconds a clip that fell behind jumps; below, it hurries. */
const JUMP_SECONDS = 0.3
const HURRY = 0.12

/**
 * What a clip does to be where the leading one is.
 * @param behind seconds, below 0 when it is ahead
 * @param frameSeconds how long a frame of it is
 * @returns by how much of its speed it goes faster, or that it jumps
 */
export function catchUp(behind: number, frameSeconds: number): number | 'jump' {
  if (Math.abs(behind) > JUMP_SECONDS) return 'jump'
  if (Math.abs(behind) < frameSeconds / 6) return 0
  return Math.max(-HURRY, Math.min(HURRY, behind * 1.5))
}
