import type { Tone } from '../colour.ts'
import type { GirlLook } from '../figures/girl.ts'
import type { Rng } from '../random.ts'
import type { CameraAt, Shot } from '../stage.ts'

/** What a scene of the sample film is built from. */
export interface FilmSet {
  readonly aspect: number
  /** The seed's stream for terrain and weather. */
  readonly random: Rng
  /** The seed's grade, the same in every scene. */
  readonly tone: Tone
  /** The seed's blocking: where sun, figures and props stand, each 0..1. */
  readonly a: number
  readonly b: number
  readonly c: number
  /** Seconds. */
  readonly duration: number
}

export type Scene = (set: FilmSet) => Omit<Shot, 'mirror'>

/** A slow push in over the whole clip, with an optional drift in units. */
export const pushIn =
  (duration: number, zoom: number, drift = { x: 0, y: 0 }) =>
  (t: number): CameraAt => {
    const share = t / duration
    return { x: drift.x * (share - 0.5), y: drift.y * (share - 0.5), zoom: 1 + (zoom - 1) * share }
  }

/** A tripod that nearly holds: the slightest creep, so that the picture is alive. */
export const hold = (duration: number) => pushIn(duration, 1.018)

/** A camera on a shoulder: slow, irregular and small. */
export const handHeld =
  (duration: number, zoom: number) =>
  (t: number): CameraAt => ({
    x: 1.5 * Math.sin(t * 1.31) + 0.7 * Math.sin(t * 2.9 + 1),
    y: 1 * Math.sin(t * 1.7 + 2) + 0.5 * Math.sin(t * 3.7),
    zoom: 1 + (zoom - 1) * (0.3 + (0.7 * t) / duration),
  })

/** Units a walk covers in a clip: an easy pace, shortened so that long clips stay inside the painted land. */
export const walkOf = (duration: number): number => Math.min(13 * duration, 90)

/** Mara's clothes in plain daylight. */
export const MARA: GirlLook = { coat: '#3d5668', scarf: '#b5452f', skin: '#b98463', hair: '#2a1a12', leg: '#1c1f24' }
