import type { FrameRate } from '../../shared/frame-rate.ts'
import type { Scene, Take } from '../../shared/model.ts'

/** A piece of a sequence: a take, or the sketch of a scene. Frames are those of the schedule's rate. */
export interface Slot {
  readonly index: number
  /** Null when it was taken off its board. */
  readonly scene: Scene | null
  /** The take whose clip is shown; null for the sketch. */
  readonly take: Take | null
  /** Equal for the same pictures in the same place. */
  readonly key: string
  readonly start: number
  /** At least one. */
  readonly frames: number
}

/** Pieces one after the other, without gaps. */
export interface Schedule<S extends Slot = Slot> {
  readonly rate: FrameRate
  readonly slots: readonly S[]
  readonly frames: number
}

/** Frames from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A piece of one slot that is played without a stop. Frames of the schedule. */
export interface Segment extends Range {
  readonly slot: Slot
}

/** The slot at a frame; the first or last beyond the ends; null when there is none. */
export function slotAt<S extends Slot>({ slots }: Schedule<S>, frame: number): S | null {
  let [low, high] = [0, slots.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((slots[middle]?.start ?? 0) <= frame) low = middle
    else high = middle - 1
  }
  return slots[low] ?? null
}

const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))

export const clampFrame = (schedule: Schedule, frame: number): number =>
  within(Math.round(frame), 0, Math.max(0, schedule.frames - 1))

/** The range as it is played: within the schedule and at least a frame; all of it when none was chosen. */
export function playRange(schedule: Schedule, chosen: Range | null): Range {
  if (!chosen) return { from: 0, to: schedule.frames }
  const from = clampFrame(schedule, chosen.from)
  return { from, to: within(Math.round(chosen.to), from + 1, Math.max(from + 1, schedule.frames)) }
}

/** Moves one end of the range; the other gives way when it would lie before or behind. */
export function withIn(range: Range | null, frame: number, schedule: Schedule): Range {
  const to = range && range.to > frame ? range.to : schedule.frames
  return { from: frame, to }
}
export function withOut(range: Range | null, frame: number): Range {
  return { from: range && range.from <= frame ? range.from : 0, to: frame + 1 }
}

/** What is played from a frame on: to the end of its slot or of the range. */
export function segmentFrom(schedule: Schedule, range: Range, frame: number): Segment | null {
  const slot = slotAt(schedule, frame)
  if (!slot) return null
  const end = slot.start + slot.frames
  return { slot, from: frame, to: frame < range.to ? Math.min(end, range.to) : end }
}

/** What follows a segment: the next slot, or the start of the range again, or nothing. */
export function following(schedule: Schedule, range: Range, segment: Segment, loop: boolean): Segment | null {
  const behind = segment.to === range.to || segment.to >= schedule.frames
  if (behind) return loop ? segmentFrom(schedule, range, range.from) : null
  return segmentFrom(schedule, range, segment.to)
}

/** The frame the way to the scene before or after leads to. Back goes to the start of the present scene first. */
export function besideFrame(schedule: Schedule, frame: number, by: -1 | 1): number {
  const slot = slotAt(schedule, frame)
  if (!slot) return 0
  if (by === -1 && frame > slot.start) return slot.start
  return schedule.slots[slot.index + by]?.start ?? (by === 1 ? Math.max(0, schedule.frames - 1) : 0)
}
