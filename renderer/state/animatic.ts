import { create } from 'zustand'
import type { StoryboardId } from '../../shared/ids.ts'
import { keep, recalled } from './window-memory.ts'

/** Which takes the animatic is made of; what has none shows its sketch. */
export const SOURCES = ['picks', 'latest', 'rehearsal'] as const
export type Source = (typeof SOURCES)[number]

/** What plays the animatic while its picture is open. */
export interface AnimaticDriver {
  seek(frame: number): void
  play(speed: number): void
}

/** Where the animatic of the open storyboard stands. Frames are those of its schedule. */
export interface Animatic {
  readonly source: Source
  readonly frame: number
  /** 0 stands still, below 0 goes back. */
  readonly speed: number
  readonly loop: boolean
  /** The chosen part, `to` not included; null for all of it. */
  readonly range: { readonly from: number; readonly to: number } | null
  /** True while the picture is open over the board. */
  readonly open: boolean
  /** True plays as soon as the picture is open. */
  readonly startOnOpen: boolean
  /** False leaves only the bar of the timeline. */
  readonly unfolded: boolean
  /** 0 fits everything, 1 is as close as it goes. */
  readonly zoom: number
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
}

const START: Animatic = {
  source: 'picks',
  frame: 0,
  speed: 0,
  loop: false,
  range: null,
  open: false,
  startOnOpen: false,
  unfolded: recalled('timeline') !== 'folded',
  zoom: 0,
  muted: recalled('muted') === 'yes',
  volume: Math.max(0, Math.min(1, Number(recalled('volume') ?? 1))) || 1,
}

export const useAnimatic = create<Animatic>(() => START)

let driver: AnimaticDriver | null = null

/** Hands over what plays. @returns takes it back */
export function driveAnimatic(next: AnimaticDriver): () => void {
  driver = next
  return () => {
    if (driver === next) driver = null
  }
}

/** Goes to a frame; its picture follows where it is open. */
export function seekAnimatic(frame: number): void {
  if (driver) driver.seek(frame)
  else useAnimatic.setState({ frame })
}

/** Plays at a speed, opening the picture when it is closed; 0 stops. */
export function playAnimatic(speed: number): void {
  if (driver) driver.play(speed)
  else if (speed !== 0) useAnimatic.setState({ open: true, startOnOpen: true })
}

export const toggleAnimatic = (): void => playAnimatic(useAnimatic.getState().speed === 0 ? 1 : 0)

/** Opens the picture where the playhead stands. */
export const openAnimatic = (): void => useAnimatic.setState({ open: true })

export const closeAnimatic = (): void => useAnimatic.setState({ open: false, startOnOpen: false, speed: 0 })

let storyboard: StoryboardId | null = null

/** Another storyboard begins at its beginning, with the picture closed. */
export function enterStoryboard(storyboardId: StoryboardId): void {
  if (storyboard !== null && storyboard !== storyboardId)
    useAnimatic.setState({ frame: 0, range: null, open: false, startOnOpen: false, speed: 0 })
  storyboard = storyboardId
}

/** Shows or folds the strip; kept for this window. */
export function unfoldTimeline(unfolded: boolean): void {
  useAnimatic.setState({ unfolded })
  keep('timeline', unfolded ? 'unfolded' : 'folded')
}

/** How loud the clips are; kept for this window. */
export function chooseSound(muted: boolean, volume: number): void {
  useAnimatic.setState({ muted, volume })
  keep('muted', muted ? 'yes' : 'no')
  keep('volume', String(volume))
}
