/** An opaque or translucent CSS colour. Hue in degrees (any value), saturation and lightness in percent, alpha 0..1. */
export function hsl(hue: number, saturation: number, lightness: number, alpha = 1): string {
  const h = (((hue % 360) + 360) % 360).toFixed(1)
  const s = clamp(saturation, 0, 100).toFixed(1)
  const l = clamp(lightness, 0, 100).toFixed(1)
  return `hsla(${h}, ${s}%, ${l}%, ${clamp(alpha, 0, 1).toFixed(3)})`
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

export const mix = (from: number, to: number, share: number): number => from + (to - from) * share

/** 0 below `from`, 1 above `to`, eased between. */
export function smoothstep(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from), 0, 1)
  return share * share * (3 - 2 * share)
}

/** The same hue, saturation, lightness call, seen through one seed's grade. */
export type Tone = (hue: number, saturation: number, lightness: number, alpha?: number) => string

export interface Grade {
  /** Degrees added to every hue. */
  readonly hue: number
  /** Factors on saturation and lightness. */
  readonly saturation: number
  readonly lightness: number
}

export const toneOf =
  (grade: Grade): Tone =>
  (hue, saturation, lightness, alpha = 1) =>
    hsl(hue + grade.hue, saturation * grade.saturation, lightness * grade.lightness, alpha)
