import { fillDown, glow } from '../light.ts'
import type { Rng } from '../random.ts'
import { birds, cumulus, drifting, overcast, stars, streaks, sun } from '../sky.ts'
import type { Layer, Stage } from '../stage.ts'
import { mist, motes, rain, snow } from '../weather.ts'
import type { Palette } from './palette.ts'
import type { Reading } from './read-prompt.ts'

/** What the settings of a picture are built from. */
export interface Setting {
  readonly stage: Stage
  readonly random: Rng
  readonly palette: Palette
  readonly reading: Reading
  /** Height of the horizon in units. */
  readonly horizon: number
  /** Where the light stands. */
  readonly sunX: number
  /** Seconds. */
  readonly duration: number
}

/** The sky down to the horizon: light, clouds by weather, stars by night. */
export function skyLayers(set: Setting): Layer[] {
  const { stage, random, palette, reading, horizon, sunX, duration } = set
  const { area } = stage
  const { weather } = reading
  const clear = weather === 'clear' || weather === 'mist' || weather === 'snow'
  const layers: Layer[] = [
    {
      depth: 0,
      paint: (pen) => {
        fillDown(
          pen,
          area,
          [0, 0.25, 0.5, 0.75, 1].map((at) => [at, palette.sky(at)] as const),
          Math.min(0, area.top),
          horizon + 12,
        )
        if (palette.time === 'night') stars(pen, random, area, horizon - 10, weather === 'clear' ? 150 : 30)
        const height = palette.time === 'day' ? 44 : palette.time === 'night' ? 40 : horizon - 14
        const radius = clear ? (palette.time === 'night' ? 9 : palette.time === 'day' ? 11 : 15) : 0
        sun(
          pen,
          sunX,
          height,
          radius,
          palette.time === 'night' ? 60 : 96,
          palette.time === 'night' ? '#f2f5ff' : '#fffaf0',
          palette.glow,
        )
      },
    },
  ]
  if (weather === 'storm' || weather === 'rain') {
    const low = weather === 'storm' ? 10 : 22
    layers.push(
      drifting(area, 0.1, 3, duration, (pen, box) =>
        overcast(pen, random, box, horizon - 30, (d, alpha) => cloudShade(palette, d, low, alpha), 80),
      ),
    )
  } else if (palette.time === 'day') {
    layers.push(
      drifting(area, 0.08, 1.3, duration, (pen, box) => {
        for (let x = box.left + random() * 60; x < box.right; x += random.between(80, 150)) {
          cumulus(
            pen,
            random,
            x,
            random.between(Math.min(14, area.top + 34), horizon - 50),
            random.between(44, 90),
            'rgba(255, 255, 255, 0.8)',
            palette.sky(0.7, 0.6),
          )
        }
      }),
    )
  } else if (palette.time !== 'night') {
    layers.push(
      drifting(area, 0.06, 1.2, duration, (pen, box) =>
        streaks(pen, random, box, Math.min(18, area.top + 26), horizon - 40, 10, [
          palette.sky(0.95, 0.4),
          palette.sky(0.6, 0.45),
        ]),
      ),
    )
  }
  return layers
}

const cloudShade = (palette: Palette, depth: number, low: number, alpha: number): string =>
  palette.dark
    ? `hsla(216, 16%, ${(low - 2 + depth * 16).toFixed(0)}%, ${alpha.toFixed(2)})`
    : palette.sky(0.15 + depth * 0.5, alpha)

/** What falls or hangs in front of everything. */
export function weatherLayers(set: Setting): Layer[] {
  const { stage, random, palette, reading, horizon, duration } = set
  const { area } = stage
  const pale = palette.dark ? '150, 165, 190' : '255, 244, 236'
  const haze = { colour: pale, duration }
  switch (reading.weather) {
    case 'rain':
    case 'storm':
      return [
        mist(random, area, { ...haze, y: horizon + 10, height: 14, strength: 0.2, depth: 0.4, speed: -3 }),
        rain(random, area, {
          count: 120,
          colour: 'rgba(220, 232, 240, 0.3)',
          length: 14,
          slant: -0.3,
          depth: 0.5,
          width: 0.6,
        }),
        rain(random, area, {
          count: 90,
          colour: 'rgba(230, 240, 246, 0.46)',
          length: 23,
          slant: -0.32,
          depth: 1.1,
          width: 0.8,
        }),
      ]
    case 'snow':
      return [snow(random, area, 90, 0.9, 0.4), snow(random, area, 110, 1.7, 1), snow(random, area, 24, 3, 1.5)]
    case 'mist':
      return [
        mist(random, area, { ...haze, y: horizon + 4, height: 30, strength: 0.34, depth: 0.3, speed: 2 }),
        mist(random, area, { ...haze, y: horizon + 40, height: 34, strength: 0.26, depth: 0.8, speed: -3 }),
      ]
    case 'clear':
      return palette.time === 'night'
        ? []
        : [
            motes(random, { ...area, top: horizon - 40 }, 26, palette.glow, 0.9),
            ...(palette.time === 'day' ? [birds(random, 5, palette.land(0.6), 60, 40)] : []),
          ]
  }
}

/** The sun's reach over the land in front of it. */
export function sunWash(set: Setting, depth: number, strength: number): Layer {
  const { sunX, horizon, palette } = set
  return {
    depth,
    paint: (pen) =>
      glow(pen, sunX, horizon, 150, 52, [
        [0, `rgba(${palette.glow}, ${strength})`],
        [1, `rgba(${palette.glow}, 0)`],
      ]),
  }
}
