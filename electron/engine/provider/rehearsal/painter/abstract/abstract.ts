import type { Image } from '@napi-rs/canvas'
import type { PictureSpec } from '../../jobs.ts'
import { girl, strolling, WAITING, type GirlLook } from '../figures/girl.ts'
import { horse, STANDING, strideOf, walking } from '../figures/horse.ts'
import { createRng, hashText, type Rng } from '../random.ts'
import { aspectOf, openStage, type CameraAt, type Layer, type Shot } from '../stage.ts'
import { city, room } from './built.ts'
import { forest } from './forest.ts'
import { mountains } from './mountains.ts'
import { desert, hills, sea } from './nature.ts'
import { createPalette, type Palette } from './palette.ts'
import { dominantHue, printLayers } from './prints.ts'
import { readPrompt, type Move, type Place, type Reading } from './read-prompt.ts'
import { skyLayers, weatherLayers, type Setting } from './setting.ts'

const PLACES: Readonly<Record<Place, (set: Setting) => Layer[]>> = { hills, forest, sea, city, desert, mountains, room }

/**
 * Builds a picture for any prompt: its words choose place, light, weather and camera, the references stand in it, and
 * the seed decides palette, land, composition and whatever the words leave open.
 */
export function composeAbstract(spec: PictureSpec, references: readonly (Image | null)[], duration: number): Shot {
  const reading = readPrompt(spec.prompt)
  const random = createRng(spec.seed * 5 + (hashText(spec.prompt) % 1009))
  const images = chosen(reading, references)
  const place = reading.place ?? random.pick<Place>(['hills', 'mountains', 'sea', 'forest', 'desert'])
  const palette = createPalette(reading, random, dominantHue(images))
  const side = random() < 0.5 ? -1 : 1
  const horizon = reading.size === 'close' ? random.between(112, 124) : random.between(94, 116)
  const travel = reading.move === 'left' || reading.move === 'right' ? Math.min(10 * duration, 80) : 0
  const aspect = aspectOf(spec.aspectRatio)
  const focus = { x: 160 + side * 20, y: horizon }
  const stage = openStage(aspect, focus, 36 + travel / 2)
  const set: Setting = {
    stage,
    random,
    palette,
    reading,
    horizon,
    // The light comes from the side the subject leaves free.
    sunX: 160 - side * random.between(28, 74),
    duration,
  }
  const middle = (stage.view.left + stage.view.right) / 2
  const wide = aspect > 1.2
  const prints = printLayers(images, random, {
    view: stage.view,
    centre: wide ? 160 + side * 62 : middle - side * (stage.view.right - stage.view.left) * 0.13,
    side,
    size: reading.size,
    duration,
  })
  // Whoever walks through the scene keeps to the side the prints leave free.
  const subject = figures(set, images.length > 0 && wide ? 160 - side * 46 : focus.x, travel)
  return {
    stage,
    // References are never turned round; `side` already moves the composition.
    mirror: false,
    camera: cameraOf(reading.move, duration, travel),
    layers:
      place === 'room'
        ? [...skyLayers(set), ...weatherLayers(set), ...room(set), ...subject, ...prints]
        : [...skyLayers(set), ...PLACES[place](set), ...subject, ...weatherLayers(set), ...prints],
  }
}

/** The images the prompt names, else all; only readable ones. */
function chosen(reading: Reading, references: readonly (Image | null)[]): Image[] {
  const named = reading.images.flatMap((index) => references[index] ?? [])
  return named.length > 0 ? named : references.filter((image) => image !== null)
}

/** People and horses as dark shapes with light on their edge. */
function figures({ stage, random, palette, reading, horizon, duration }: Setting, x: number, travel: number): Layer[] {
  if (reading.people === 0 && !reading.horse) return []
  const ground = horizon + 56
  const scale = reading.size === 'wide' ? 0.42 : reading.size === 'close' ? 1 : 0.66
  const rim = `rgb(${palette.glow})`
  const look = lookOf(random, palette, rim)
  const other = lookOf(random, palette, rim)
  const y = Math.min(ground, stage.view.bottom - 14) + (reading.size === 'close' ? 30 : 0)
  const coat = palette.land(1, -1)
  return [
    {
      depth: 1,
      live: (pen, t) => {
        const gone = (travel * t) / duration
        const at = x - travel / 2 + gone
        const pose = travel > 0 ? strolling(gone / (48 * scale)) : { ...WAITING, arm: 8 + 4 * Math.sin(t * 0.8) }
        if (reading.horse) {
          const gait = travel > 0 ? walking(gone / strideOf(scale * 1.15)) : STANDING
          horse(
            pen,
            { x: at - 64 * scale, y, scale: scale * 1.15, head: 8 + 3 * Math.sin(t), tail: 9 * Math.sin(t * 1.5) },
            { coat, mane: palette.land(1, -4), rim },
            gait,
          )
        }
        if (reading.people > 0) girl(pen, { x: at, y, scale, t, wind: 0.35 }, look, pose)
        if (reading.people > 1)
          girl(
            pen,
            { x: at + 38 * scale, y: y + 1, scale: scale * 1.06, t: t + 2, wind: 0.35, flip: travel === 0 },
            other,
            pose,
          )
      },
    },
  ]
}

const lookOf = (random: Rng, palette: Palette, rim: string): GirlLook => ({
  coat: palette.land(1, random.between(2, 8)),
  scarf: palette.accent(random.between(32, 46)),
  skin: random.pick(['#7a5240', '#5a3a2c', '#94694f', '#3d2a22']),
  hair: palette.land(1, -4),
  leg: palette.land(1, -3),
  rim,
})

/** The camera move the prompt asks for. */
function cameraOf(move: Move, duration: number, travel: number): (t: number) => CameraAt {
  return (t) => {
    const share = t / duration
    switch (move) {
      case 'in':
        return { x: 0, y: 0, zoom: 1 + 0.14 * share }
      case 'out':
        return { x: 0, y: 0, zoom: 1.14 - 0.13 * share }
      case 'right':
        return { x: travel * 0.85 * (share - 0.5), y: 0, zoom: 1.02 }
      case 'left':
        return { x: -travel * 0.85 * (share - 0.5), y: 0, zoom: 1.02 }
      case 'up':
        return { x: 0, y: 9 - 18 * share, zoom: 1.06 }
      case 'hand':
        return {
          x: 1.6 * Math.sin(t * 1.4) + 0.6 * Math.sin(t * 3.1),
          y: Math.sin(t * 1.9 + 1),
          zoom: 1.04 + 0.02 * share,
        }
      case 'hold':
        return { x: 0, y: 0, zoom: 1 + 0.025 * share }
    }
  }
}
