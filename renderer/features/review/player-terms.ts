import type { TakeId } from '../../../shared/ids.ts'
import type { FrameClock } from './frame-clock.ts'
import type { Part } from './shuttle.ts'
import type { SyncCount } from './sync-count.ts'

/** How the player is to play now; asked anew each time. */
export interface Terms {
  /** A to D. */
  readonly order: readonly TakeId[]
  readonly active: number
  readonly linked: boolean
  readonly shifts: Readonly<Record<TakeId, number>>
  readonly part: Part
  readonly loop: boolean
  readonly pace: number
  /** Of A, as last told or as somebody else chose. */
  readonly frame: number
}

export interface PlayerTold {
  terms(): Terms
  /** The frame of A that is asked for or, while it plays, on screen. */
  frame(frame: number): void
  speed(speed: number): void
  /** The frame that all takes show, or null while they are on their way. */
  settled(frame: number | null): void
  /** How far a take that moves alone is from A now. */
  shift(takeId: TakeId, frames: number): void
  counted(count: SyncCount): void
}

export interface Player {
  /** @returns takes it out again */
  add(takeId: TakeId, video: HTMLVideoElement, clock: FrameClock): () => void
  /** Resolves once the picture of a take that was added is on screen. */
  cue(takeId: TakeId): Promise<boolean>
  seek(frame: number): void
  play(speed: number): void
  /** After the order of the takes changed, or how they hang together. */
  refresh(): void
  close(): void
}
