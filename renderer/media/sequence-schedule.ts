import type { ClipFacts } from '../../shared/clip-facts.ts'
import { type FrameRate, framesIn, perSecond, secondsAt, USUAL_RATE } from '../../shared/frame-rate.ts'
import type { PlaylistEntry } from '../state/playlist.ts'
import type { Schedule, Slot } from './sequence-slots.ts'

/** A take of a playlist in time, as long as its clip is. */
export interface PieceSlot extends Slot {
  readonly entry: PlaylistEntry
}
export type PieceSchedule = Schedule<PieceSlot>

/** How long a take's clip is in frames of a rate; as long as was asked for while its file has not told. */
function lengthOf(entry: PlaylistEntry, facts: ClipFacts | null, rate: FrameRate): number {
  if (!facts) return framesIn(entry.take.request.duration, rate)
  return Math.round(secondsAt(facts.frames, facts.rate) * perSecond(rate))
}

/**
 * Puts takes one after the other, counted in the frames of the first clip.
 * @param factsOf null while nothing is known of a clip
 */
export function pieceSchedule(
  entries: readonly PlaylistEntry[],
  factsOf: (entry: PlaylistEntry) => ClipFacts | null,
): PieceSchedule {
  const rate = entries.map((entry) => factsOf(entry)?.rate).find((known) => known !== undefined) ?? USUAL_RATE
  let start = 0
  const slots = entries.map((entry, index): PieceSlot => {
    const frames = Math.max(1, lengthOf(entry, factsOf(entry), rate))
    const slot = { index, entry, scene: entry.scene, take: entry.take, key: entry.key, start, frames }
    start += frames
    return slot
  })
  return { rate, slots, frames: start }
}

/** Where a frame goes when the order changes: along with its piece, or to the piece that is now in its place. */
export function frameAfter(before: Schedule, after: Schedule, frame: number): number {
  const slot = before.slots.findLast(({ start }) => start <= frame)
  const same = slot && after.slots.find(({ key }) => key === slot.key)
  if (slot && same) return same.start + Math.min(frame - slot.start, same.frames - 1)
  const next = slot && after.slots[Math.min(slot.index, after.slots.length - 1)]
  return next?.start ?? 0
}
