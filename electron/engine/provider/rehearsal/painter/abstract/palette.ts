import { hsl, mix } from '../colour.ts'
import type { Rng } from '../random.ts'
import type { Reading, Time, Weather } from './read-prompt.ts'

type Shade = readonly [hue: number, saturation: number, lightness: number]

interface Light {
  readonly sky: readonly [top: Shade, middle: Shade, low: Shade]
  readonly far: Shade
  readonly near: Shade
  /** The sun, the moon or what stands for them, as `r, g, b`. */
  readonly glow: string
}

const LIGHTS: Readonly<Record<Time, Light>> = {
  dawn: {
    sky: [
      [236, 32, 32],
      [322, 38, 62],
      [28, 82, 79],
    ],
    far: [266, 20, 55],
    near: [250, 27, 13],
    glow: '255, 226, 182',
  },
  day: {
    sky: [
      [209, 54, 44],
      [200, 50, 67],
      [190, 42, 84],
    ],
    far: [172, 22, 56],
    near: [112, 30, 19],
    glow: '255, 250, 228',
  },
  dusk: {
    sky: [
      [262, 42, 20],
      [332, 48, 44],
      [24, 92, 65],
    ],
    far: [350, 38, 33],
    near: [312, 30, 8],
    glow: '255, 196, 112',
  },
  night: {
    sky: [
      [228, 46, 6],
      [222, 42, 14],
      [208, 38, 27],
    ],
    far: [218, 32, 17],
    near: [226, 36, 5],
    glow: '206, 220, 255',
  },
}

/** The colours of one picture: asked for by depth, so that every setting is lit alike. */
export interface Palette {
  /** @param height 0 top of the sky .. 1 horizon */
  sky(height: number, alpha?: number): string
  /** @param depth 0 at the horizon .. 1 at the viewer @param lift added lightness */
  land(depth: number, lift?: number, alpha?: number): string
  /** Trees at a depth: darker than their land, also in snow. */
  tree(depth: number): string
  /** Walls and floors at a lightness by daylight. */
  indoor(lightness: number, alpha?: number): string
  /** An accent that stands out of the land: lamps, coats, banners. */
  accent(lightness: number, alpha?: number): string
  readonly glow: string
  readonly time: Time
  readonly dark: boolean
}

const GREYED: Readonly<Record<Weather, number>> = { clear: 1, mist: 0.62, rain: 0.5, snow: 0.5, storm: 0.46 }
const DIMMED: Readonly<Record<Weather, number>> = { clear: 1, mist: 1.06, rain: 0.8, snow: 1.08, storm: 0.62 }

/** How much of daylight a room gets. */
const DAYLIGHT: Readonly<Record<Time, number>> = { dawn: 0.8, day: 1, dusk: 0.66, night: 0.4 }

/**
 * @param referenceHue dominant hue of the references, which tints the land a little
 */
export function createPalette(reading: Reading, random: Rng, referenceHue: number | null): Palette {
  const time = reading.time ?? random.pick<Time>(['dawn', 'day', 'dusk', 'dusk'])
  const light = LIGHTS[time]
  const { weather } = reading
  const turn = random.between(-20, 20)
  const [rich, bright] = [random.between(0.82, 1.2) * GREYED[weather], random.between(0.92, 1.06) * DIMMED[weather]]
  const tint = reading.hue ?? referenceHue
  const accentHue = tint ?? random() * 360
  const white = weather === 'snow'

  const paint = ([hue, saturation, lightness]: Shade, alpha = 1) =>
    hsl(hue + turn, saturation * rich, lightness * bright, alpha)
  return {
    time,
    glow: light.glow,
    dark: time === 'night' || weather === 'storm',
    sky: (height, alpha) => {
      const [top, middle, low] = light.sky
      return paint(height < 0.5 ? blend(top, middle, height * 2) : blend(middle, low, height * 2 - 1), alpha)
    },
    land: (depth, lift = 0, alpha = 1) => {
      const [hue, saturation, lightness] = blend(light.far, light.near, depth)
      if (white)
        return hsl(
          214 + turn * 0.3,
          24,
          Math.max(lightness, mix(light.far[2] * 0.9 + 18, time === 'night' ? 34 : 90, depth)) + lift,
          alpha,
        )
      const tinted = tint === null ? hue : blend([hue, 0, 0], [tint, 0, 0], 0.34)[0]
      return paint([tinted, saturation, lightness + lift], alpha)
    },
    tree: (depth) => {
      if (white) return hsl(212 + turn * 0.3, 18, mix(62, 30, depth) * (time === 'night' ? 0.5 : 1))
      const [hue, saturation, lightness] = blend(light.far, light.near, Math.min(1, depth + 0.14))
      return paint([hue, saturation, lightness - 3])
    },
    indoor: (lightness, alpha) => hsl(tint ?? 28 + turn * 2, 20 * rich + 4, lightness * DAYLIGHT[time], alpha),
    accent: (lightness, alpha = 1) => hsl(accentHue, 58 * Math.max(0.6, rich), lightness, alpha),
  }
}

/** Between two shades, hues the short way round. */
function blend(a: Shade, b: Shade, share: number): Shade {
  const turn = ((b[0] - a[0] + 540) % 360) - 180
  return [a[0] + turn * share, mix(a[1], b[1], share), mix(a[2], b[2], share)]
}
