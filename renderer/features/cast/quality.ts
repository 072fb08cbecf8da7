import type { ImageFile } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'

/** A long side beyond this only makes uploads slower: takes are 1080p at most. */
const LARGE_SIDE = 4096
/** Long side to short side. The frames that are made are 16:9 at most; a longer strip holds little of a character. */
const LONG_SHAPE = 2.5

/** Size in pixels that a picture is reduced to before it is looked at: 8 by 8 of them are one field of the hash. */
export const SAMPLE = { width: 72, height: 64 } as const
const FIELD = 8
const COLUMNS = SAMPLE.width / FIELD
const ROWS = SAMPLE.height / FIELD

/** What a picture looks like, in few numbers. */
export interface PictureFacts {
  /** One bit for every two neighbours in a grid of 9 by 8 fields: set where the right one is lighter (dHash). */
  readonly hash: bigint
  /** Lightness of each field, 0 to 255. */
  readonly fields: readonly number[]
  /** Lightness that a tenth of the picture is below, and that a tenth is above. */
  readonly low: number
  readonly high: number
}

/** @param pixels red, green, blue and alpha of a picture of `SAMPLE` size, row by row */
export function factsOf(pixels: ArrayLike<number>): PictureFacts {
  const at = (index: number) => pixels[index] ?? 0
  const lightness = Array.from(
    { length: SAMPLE.width * SAMPLE.height },
    (_, index) => 0.299 * at(index * 4) + 0.587 * at(index * 4 + 1) + 0.114 * at(index * 4 + 2),
  )
  const fields = Array.from({ length: COLUMNS * ROWS }, () => 0)
  lightness.forEach((value, index) => {
    const column = Math.floor((index % SAMPLE.width) / FIELD)
    const row = Math.floor(index / SAMPLE.width / FIELD)
    fields[row * COLUMNS + column] = (fields[row * COLUMNS + column] ?? 0) + value / (FIELD * FIELD)
  })
  let hash = 0n
  for (let row = 0; row < ROWS; row++)
    for (let column = 1; column < COLUMNS; column++) {
      const right = fields[row * COLUMNS + column] ?? 0
      const left = fields[row * COLUMNS + column - 1] ?? 0
      hash = (hash << 1n) | (right > left ? 1n : 0n)
    }
  const sorted = lightness.toSorted((a, b) => a - b)
  const share = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0
  return { hash, fields, low: share(0.1), high: share(0.9) }
}

/** In how many bits two hashes differ, 0 to 64. */
export function hammingDistance(a: bigint, b: bigint): number {
  let count = 0
  for (let left = a ^ b; left > 0n; left &= left - 1n) count += 1
  return count
}

/**
 * Two hashes of unrelated pictures differ in about 32 bits. Measured in Chromium on the sample's drawings: a copy saved again at
 * 40 % size and low quality differs in up to 3 bits, one trimmed by 2 % on every side in up to 6; two poses of one horse on
 * plain ground also differ in 6, all other pairs in 13 or more.
 */
const ALIKE_BITS = 6
/**
 * What tells those poses from copies is how far the tones of the fields are apart on average: up to 3.3 for copies, 15.9 or
 * more for other pictures. It also tells plain pictures apart, which have one hash whatever their tone.
 */
const ALIKE_TONES = 8

/** True of two files of the same picture: saved again, resized or slightly cropped. */
export function looksAlike(a: PictureFacts, b: PictureFacts): boolean {
  if (hammingDistance(a.hash, b.hash) > ALIKE_BITS) return false
  const apart = a.fields.reduce((sum, value, index) => sum + Math.abs(value - (b.fields[index] ?? 0)), 0)
  return apart / a.fields.length <= ALIKE_TONES
}

export const CHECKS = ['size', 'shape', 'light', 'likeness'] as const
export type Check = (typeof CHECKS)[number]

/** What could be better about a picture that is used all the same, and what to do. */
export interface Hint {
  readonly check: Check
  readonly text: string
}

type Size = Pick<ImageFile, 'width' | 'height'>

function sizeHint({ width, height }: Size): string | null {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  if (short < IMAGE_LIMITS.adviseShortSide)
    return `${short} px ${width <= height ? 'wide' : 'high'}. Use ${IMAGE_LIMITS.adviseShortSide} px or more.`
  if (long > LARGE_SIDE)
    return `${long} px ${width >= height ? 'wide' : 'high'}. A copy of ${LARGE_SIDE} px or less uploads faster.`
  return null
}

function shapeHint({ width, height }: Size): string | null {
  if (Math.max(width, height) / Math.min(width, height) <= LONG_SHAPE) return null
  return `Very ${width > height ? 'wide' : 'tall'}. Crop it around the character.`
}

/** Nine tenths of it nearly black, or nearly white: a plain backdrop alone is neither. */
function lightHint({ low, high }: PictureFacts): string | null {
  if (high < 48) return 'Very dark. Use a brighter picture.'
  if (low > 235) return 'Washed out. Use a picture with less light.'
  return null
}

/** A picture beside others of its cast. */
export interface Neighbour {
  /** Its place in the cast, from 1. */
  readonly number: number
  readonly image: ImageFile
  /** Null while nobody has looked at it. */
  readonly facts: PictureFacts | null
}

function likenessHint(picture: Neighbour, before: readonly Neighbour[]): string | null {
  const { image, facts } = picture
  const same = before.find((other) => other.image.sha256 === image.sha256)
  if (same) return `The same as image ${same.number}. Remove one.`
  const near = facts && before.find((other) => other.facts && looksAlike(facts, other.facts))
  return near ? `Nearly the same as image ${near.number}. Another view helps more.` : null
}

/** What could be better about a picture, the weightiest first. @param before the pictures sent before it */
export function hintsFor(picture: Neighbour, before: readonly Neighbour[]): readonly Hint[] {
  const found: Readonly<Record<Check, string | null>> = {
    size: sizeHint(picture.image),
    shape: shapeHint(picture.image),
    light: picture.facts && lightHint(picture.facts),
    likeness: likenessHint(picture, before),
  }
  return CHECKS.flatMap((check) => {
    const text = found[check]
    return text === null ? [] : [{ check, text }]
  })
}
