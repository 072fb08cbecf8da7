import { type FrameRate, perSecond, secondsAt } from '../../shared/frame-rate.ts'
import type { Schedule } from './sequence-slots.ts'

/** Pixels a frame. */
type Scale = number

/** However much is to fit, the clips are this wide on average, so that they can be aimed at. */
const LEAST_CLIP_PX = 24
/** Zoomed in all the way. */
const MOST_PX_PER_SECOND = 160
/** Between ruler marks, at least. */
const MARK_PX = 84

/** Pixels a frame at which the whole schedule fits into a width, or as near to it as clips stay wide enough. */
export function fitScale({ frames, slots }: Schedule, width: number): Scale {
  if (frames === 0) return 1
  return Math.max(width / frames, (LEAST_CLIP_PX * slots.length) / frames)
}

/** The scale of a position of the zoom slider. @param zoom 0 (fit) to 1 */
export function zoomScale(schedule: Schedule, width: number, zoom: number): Scale {
  const least = fitScale(schedule, width)
  const most = Math.max(MOST_PX_PER_SECOND / perSecond(schedule.rate), least * 4)
  return least * (most / least) ** Math.max(0, Math.min(1, zoom))
}

/** Indexes of the slots that touch a stretch of the strip: from, and up to but not including, to. */
export function slotsBetween(
  { slots }: Schedule,
  scale: Scale,
  left: number,
  right: number,
): readonly [number, number] {
  const firstFrom = (test: (start: number, end: number) => boolean) => {
    let [low, high] = [0, slots.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const slot = slots[middle]
      if (slot && test(slot.start * scale, (slot.start + slot.frames) * scale)) high = middle
      else low = middle + 1
    }
    return low
  }
  return [firstFrom((_start, end) => end > left), firstFrom((start) => start >= right)]
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

export interface Mark {
  readonly x: number
  /** `0:10` */
  readonly label: string
}

/** The marks of the ruler that lie in a stretch of the strip, at round times. */
export function marksBetween(
  rate: FrameRate,
  frames: number,
  scale: Scale,
  left: number,
  right: number,
): readonly Mark[] {
  const pxPerSecond = scale * perSecond(rate)
  const step = STEPS.find((seconds) => seconds * pxPerSecond >= MARK_PX) ?? 3600
  const end = secondsAt(frames, rate)
  const marks: Mark[] = []
  for (let second = Math.max(0, Math.floor(left / pxPerSecond / step) * step); second < end; second += step) {
    const x = second * pxPerSecond
    if (x > right) break
    marks.push({ x, label: `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}` })
  }
  return marks
}

/** The frame under a place of the strip. */
export const frameAtX = (x: number, scale: Scale): number => Math.floor(x / scale)

/**
 * Where to scroll so that something can be seen; what is seen already is left alone, and what is not comes to the left,
 * as when a page is turned.
 */
export function scrollFor(left: number, right: number, scrolled: number, width: number, total: number): number {
  const margin = Math.min(48, width / 4)
  if (left >= scrolled && right <= scrolled + width) return scrolled
  return Math.max(0, Math.min(left - margin, total - width))
}

/** Which tiles of a filmstrip fill a clip: each shows the part of the clip it lies over. */
export function tilesFor(width: number, tileWidth: number, tiles: number): readonly number[] {
  const count = Math.max(1, Math.ceil(width / tileWidth))
  return Array.from({ length: count }, (_, place) =>
    Math.min(tiles - 1, Math.floor((((place + 0.5) * tileWidth) / width) * tiles)),
  )
}
