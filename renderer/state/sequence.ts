import { create } from 'zustand'
import type { PlaylistSource } from './playlist.ts'

/** What plays while the view is open. */
export interface SequenceDriver {
  seek(frame: number): void
  play(speed: number): void
}

/** Where the view of playlists stands. Frames are those of the whole sequence. */
interface SequenceState {
  /** Null plays the storyboard that is open. */
  readonly source: PlaylistSource | null
  readonly frame: number
  /** Of the whole sequence. */
  readonly frames: number
  /** First frames of the pieces. */
  readonly starts: readonly number[]
  /** 0 stands still, below 0 goes back. */
  readonly speed: number
  readonly loop: boolean
  /** The list whose name is being written. */
  readonly naming: string | null
  readonly exportOpen: boolean
}

const START: SequenceState = {
  source: null,
  frame: 0,
  frames: 0,
  starts: [],
  speed: 0,
  loop: false,
  naming: null,
  exportOpen: false,
}

export const useSequence = create<SequenceState>(() => START)

let driver: SequenceDriver | null = null

/** Hands over what plays. @returns takes it back */
export function driveSequence(next: SequenceDriver): () => void {
  driver = next
  return () => {
    if (driver === next) driver = null
  }
}

/** Shows another sequence from its first frame. */
export const chooseSource = (source: PlaylistSource): void =>
  useSequence.setState({ source, frame: 0, speed: 0, naming: null })

/** Stops and goes to a frame. */
export function seekSequence(frame: number): void {
  const { frames } = useSequence.getState()
  const to = Math.max(0, Math.min(Math.max(0, frames - 1), Math.round(frame)))
  if (driver) driver.seek(to)
  else useSequence.setState({ frame: to, speed: 0 })
}

export const playSequence = (speed: number): void => driver?.play(speed)
export const toggleSequence = (): void => playSequence(useSequence.getState().speed === 0 ? 1 : 0)
export const stepSequence = (frames: number): void => seekSequence(useSequence.getState().frame + frames)

/** The piece in sight, from 0. */
export function pieceAt({ starts, frame }: Pick<SequenceState, 'starts' | 'frame'>): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= frame),
  )
}

/** Goes to a cut: back first to the start of the piece in sight. */
export function goToCut(by: -1 | 1): void {
  const now = useSequence.getState()
  const at = pieceAt(now)
  if (by === -1 && now.frame > (now.starts[at] ?? 0)) seekSequence(now.starts[at] ?? 0)
  else seekSequence(now.starts[at + by] ?? (by === 1 ? now.frames - 1 : 0))
}

/** Goes to the first frame of a piece. */
export const goToPiece = (index: number): void => seekSequence(useSequence.getState().starts[index] ?? 0)
