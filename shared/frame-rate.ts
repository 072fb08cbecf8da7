import { z } from 'zod'

/** Frames a second as a fraction, since 23.976 is not a number but 24000/1001. Lowest terms. */
export const FrameRate = z.strictObject({ num: z.number().int().positive(), den: z.number().int().positive() })
export type FrameRate = z.infer<typeof FrameRate>

/** What is counted in while no clip has said otherwise. */
export const USUAL_RATE: FrameRate = { num: 24, den: 1 }

/** Rates that cameras, screens and services use. A file whose times were rounded is taken for one of them. */
const KNOWN: readonly FrameRate[] = [
  ...[8, 10, 12, 15, 16, 18, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120].map((num) => ({ num, den: 1 })),
  ...[24, 30, 48, 60, 120].map((whole) => ({ num: whole * 1000, den: 1001 })),
]
/** 24 and 23.976 are a thousandth apart; roundings are far below a fifth of that. */
const TOLERANCE = 2e-4

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

export const perSecond = ({ num, den }: FrameRate): number => num / den

/** The rate of so many frames over so many ticks: a usual one when it is as good as that, else the fraction itself. */
export function rateOf(frames: number, ticks: number, ticksPerSecond: number): FrameRate {
  const measured = (frames * ticksPerSecond) / ticks
  const known = KNOWN.find((rate) => Math.abs(perSecond(rate) / measured - 1) < TOLERANCE)
  if (known) return known
  const [num, den] = [Math.round(frames * ticksPerSecond), Math.round(ticks)]
  const common = gcd(num, den)
  return { num: num / common, den: den / common }
}

/** How many whole frames are nearest to a length in seconds. */
export const framesIn = (seconds: number, rate: FrameRate): number => Math.round((seconds * rate.num) / rate.den)

/** Seconds at which a frame begins. */
export const secondsAt = (frame: number, rate: FrameRate): number => (frame * rate.den) / rate.num

/** Where to seek for a frame: its middle, so that rounding never shows its neighbour. */
export const middleOf = (frame: number, rate: FrameRate): number => secondsAt(frame + 0.5, rate)

/** The frame on screen at a time. A thousandth of a frame is forgiven, as times of players are rounded. */
export const frameAtTime = (seconds: number, rate: FrameRate): number =>
  Math.floor((seconds * rate.num) / rate.den + 0.001)

/** `00:01:02:03`: hours, minutes, seconds, frames. Not dropping: frames are counted, as for 24 of 23.976. */
export function timecode(frame: number, rate: FrameRate): string {
  const base = Math.max(1, Math.round(perSecond(rate)))
  const seconds = Math.floor(frame / base)
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60, frame % base]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
}
