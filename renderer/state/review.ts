import { create } from 'zustand'
import type { FrameRate } from '../../shared/frame-rate.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import { keep, recalled } from './window-memory.ts'

/** How takes are looked at. `single` shows one of them, the others a key away. */
export const COMPARE_MODES = ['single', 'side', 'wipe', 'difference', 'overlay'] as const
export type CompareMode = (typeof COMPARE_MODES)[number]

/** What of the picture another format would leave; width to height, as its name says. */
export const MASKS = ['none', '2.39:1', '1.85:1', '16:9', '4:3', '1:1', '9:16'] as const
export type Mask = (typeof MASKS)[number]

/** Playback rates; shuttling multiplies them. */
export const PACES = [0.25, 0.5, 1, 1.5, 2] as const
export const MAX_TAKES = 4

/** What plays while the room is open. */
export interface ReviewDriver {
  seek(frame: number): void
  play(speed: number): void
}

/** Where the review room stands. Frames are those of take A, from 0. */
export interface Review {
  /** The scene that was opened; its own take is shown while none is named. */
  readonly sceneId: SceneId | null
  /** A to D. Empty shows the take that stands for the scene. */
  readonly takeIds: readonly TakeId[]
  readonly mode: CompareMode
  /** Index of the take that is looked at: shown in `single`, and moved alone while the takes are not linked. */
  readonly active: number
  readonly frame: number
  /** Of take A, once its file has told them. */
  readonly told: { readonly rate: FrameRate; readonly frames: number } | null
  /** 0 stands still, below 0 goes back. */
  readonly speed: number
  readonly pace: number
  /** Both included; null for the whole take. */
  readonly range: { readonly from: number; readonly to: number } | null
  readonly loop: boolean
  /** True moves all takes together. */
  readonly linked: boolean
  /** How many frames each take is ahead of A. */
  readonly shifts: Readonly<Record<TakeId, number>>
  /** Place of the wipe, and how much of B lies over A; 0 to 1. */
  readonly wipe: number
  readonly opacity: number
  readonly safeAreas: boolean
  readonly mask: Mask
  /** `fit`, or the size of a pixel of the clip in pixels of the screen. */
  readonly zoom: number | 'fit'
  /** The zoom at which the picture fits, as the stage found it. */
  readonly fitted: number
  /** Pixels the picture is moved by. */
  readonly pan: { readonly x: number; readonly y: number }
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
  readonly fullScreen: boolean
  /** True shows what the compared takes were asked for in place of the takes and notes. */
  readonly requests: boolean
  /** True plays as soon as the picture is there. */
  readonly startWhenThere: boolean
  /** Raised to move the focus into the field for a new note. */
  readonly noteFocus: number
}

const START: Review = {
  sceneId: null,
  takeIds: [],
  mode: 'single',
  active: 0,
  frame: 0,
  told: null,
  speed: 0,
  pace: 1,
  range: null,
  loop: true,
  linked: true,
  shifts: {},
  wipe: 0.5,
  opacity: 0.5,
  safeAreas: false,
  mask: 'none',
  zoom: 'fit',
  fitted: 1,
  pan: { x: 0, y: 0 },
  muted: recalled('muted') === 'yes',
  volume: Math.max(0, Math.min(1, Number(recalled('volume') ?? 1))) || 1,
  fullScreen: false,
  requests: false,
  startWhenThere: false,
  noteFocus: 0,
}

export const useReview = create<Review>(() => START)

let driver: ReviewDriver | null = null

/** Hands over what plays. @returns takes it back */
export function driveReview(next: ReviewDriver): () => void {
  driver = next
  return () => {
    if (driver === next) driver = null
  }
}

/** Forgets the takes of a project that was closed. Sound and guides stay as chosen. */
export const resetReview = (): void =>
  useReview.setState({ sceneId: null, takeIds: [], active: 0, frame: 0, told: null, speed: 0, range: null, shifts: {} })

/**
 * Shows takes, the first as A. The frame stays where it is as long as the scene does.
 * @param sceneId of the first
 */
export function reviewTakes(sceneId: SceneId, takeIds: readonly TakeId[], mode?: CompareMode): void {
  useReview.setState((before) => {
    const same = before.sceneId === sceneId
    return {
      sceneId,
      takeIds: takeIds.slice(0, MAX_TAKES),
      active: 0,
      mode: mode ?? (takeIds.length > 1 ? (before.mode === 'single' ? 'side' : before.mode) : 'single'),
      ...(same ? {} : { frame: 0, range: null, shifts: {} }),
    }
  })
}

/** Puts a take in the place of A to D; beyond the last it is added. */
export function placeTake(takeId: TakeId, place: number): void {
  useReview.setState(({ takeIds }) => {
    const others = takeIds.filter((each) => each !== takeId)
    return { takeIds: [...others.slice(0, place), takeId, ...others.slice(place + 1)].slice(0, MAX_TAKES) }
  })
}

/** Takes one away from the comparison; the last one stays. */
export function removeTake(takeId: TakeId): void {
  useReview.setState(({ takeIds, mode }) => {
    if (takeIds.length < 2) return {}
    const left = takeIds.filter((each) => each !== takeId)
    return { takeIds: left, active: 0, mode: left.length < 2 ? ('single' as const) : mode }
  })
}

/** A becomes B and B becomes A. */
export const swapTakes = (): void =>
  useReview.setState(({ takeIds: [a, b, ...rest], active }) =>
    a && b ? { takeIds: [b, a, ...rest], active: active < 2 ? 1 - active : active } : {},
  )

/** Where playing begins and ends, both included. */
export function playedRange({ range, told }: Pick<Review, 'range' | 'told'>): { from: number; to: number } {
  const last = Math.max(0, (told?.frames ?? 1) - 1)
  const from = Math.min(range?.from ?? 0, last)
  return { from, to: Math.max(from, Math.min(range?.to ?? last, last)) }
}

/** Stops and goes to a frame of A. */
export function seekReview(frame: number): void {
  const { told } = useReview.getState()
  const to = Math.max(0, Math.min((told?.frames ?? Infinity) - 1, Math.round(frame)))
  if (driver) driver.seek(to)
  else useReview.setState({ frame: to, speed: 0 })
}

export const stepReview = (frames: number): void => seekReview(useReview.getState().frame + frames)
export const playReview = (speed: number): void => driver?.play(speed)
export const toggleReview = (): void => playReview(useReview.getState().speed === 0 ? 1 : 0)

const SPEEDS = [1, 2, 4] as const
/** The speed after another press of L or J: faster in its own direction, from the start in the other. */
export function nextSpeed(speed: number, direction: -1 | 1): number {
  const fast = speed * direction
  return direction * (fast <= 0 ? 1 : (SPEEDS.find((each) => each > fast) ?? 4))
}

/** Begins or ends the part that is played at the frame in sight. The other end gives way. */
export function markRange(end: 'in' | 'out'): void {
  useReview.setState((now) => {
    const { from, to } = playedRange(now)
    const { frame } = now
    return {
      range: end === 'in' ? { from: frame, to: Math.max(frame, to) } : { from: Math.min(from, frame), to: frame },
    }
  })
}

/** How loud the clips are; kept for this window. */
export function setReviewSound(muted: boolean, volume: number): void {
  useReview.setState({ muted, volume })
  keep('muted', muted ? 'yes' : 'no')
  keep('volume', String(volume))
}
