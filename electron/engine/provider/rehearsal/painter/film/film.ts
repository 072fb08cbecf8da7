import type { PictureSpec } from '../../jobs.ts'
import { toneOf, type Grade } from '../colour.ts'
import { createRng } from '../random.ts'
import { aspectOf, type Shot } from '../stage.ts'
import { barnDoor } from './barn-door.ts'
import { theBrush } from './brush.ts'
import { firstMist } from './first-mist.ts'
import { lastLight } from './last-light.ts'
import { fenceLine } from './fence-line.ts'
import { goldGrass } from './gold-grass.ts'
import { underTheOak } from './oak.ts'
import { juniperRuns } from './rain-run.ts'
import type { Scene } from './set.ts'
import { firstSnow } from './snow.ts'
import { lantern } from './stall.ts'
import { weatherTurns } from './weather-turns.ts'
import { beforeTheAlarm } from './window.ts'

/** The sample film, The Long Pasture: each scene by the words of its prompt, names without the `@`. */
const SCENES: readonly (readonly [prompt: string, scene: Scene])[] = [
  ['Wide. Dawn mist over the long pasture, one lit window. Juniper grazes by the fence. Camera holds.', firstMist],
  ['Mara wakes early and looks out at the field. Cool room, warm edge light on her face.', beforeTheAlarm],
  ['Mara slides the barn door open and a blade of light cuts the dust. Low angle, slow push in.', barnDoor],
  ['Close on Juniper in the dark stall. The lantern swings, one ear turns to the door.', lantern],
  ['Mara brushes Juniper in long slow strokes. Dust in warm backlight, hand-held, 50 mm.', theBrush],
  ['Mara leads Juniper through tall gold grass. Sun behind them, walking pace.', goldGrass],
  ['Side tracking along the fence. Juniper keeps pace with Mara while poplars slide past.', fenceLine],
  ['Storm front over the ridge. Mara and Juniper stop and look up. Wind in the grass.', weatherTurns],
  ['Rain. Juniper runs for the first time in years; Mara runs ahead, laughing.', juniperRuns],
  ['They shelter under the oak. Mara leans on Juniper, rain beyond the branches.', underTheOak],
  ['First snow. Juniper and Mara cross the white pasture, tracks behind them.', firstSnow],
  ['Last light. Mara and Juniper on the hill, the sun between them. Hold, then fade.', lastLight],
]

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .replace(/\(?\[image \d\][,)\s]*/g, ' ')
      .match(/[a-z0-9]+/g) ?? [],
  )

const KNOWN = SCENES.map(([prompt, scene], index) => ({ number: index + 1, words: wordsOf(prompt), scene }))

/** The share of a scene's own words a prompt must still have to be drawn as that scene. */
const ENOUGH = 0.75

/** The sample film's scene a prompt describes, 1..12, or null for any other prompt. Small edits do not matter. */
export function filmSceneOf(prompt: string): number | null {
  const words = wordsOf(prompt)
  let best: { number: number; share: number } | null = null
  for (const { number, words: own } of KNOWN) {
    const share = [...own].filter((word) => words.has(word)).length / own.size
    if (share >= ENOUGH && share > (best?.share ?? 0)) best = { number, share }
  }
  return best?.number ?? null
}

/** A seed's grade. It does not depend on the scene, so scenes that share a seed look like one reel. */
function gradeOf(seed: number): Grade & { mirror: boolean } {
  const random = createRng(seed * 3 + 11)
  return {
    hue: random.between(-17, 9),
    saturation: random.between(0.78, 1.18),
    lightness: random.between(0.88, 1.1),
    mirror: random() > 0.58,
  }
}

/** Builds a scene of the sample film: the seed moves sun, land, grade, blocking and screen direction. */
export function composeFilm(number: number, spec: PictureSpec, duration: number): Shot | null {
  const found = KNOWN.find((each) => each.number === number)
  if (!found) return null
  const random = createRng(spec.seed * 7 + number * 131)
  const { mirror, ...grade } = gradeOf(spec.seed)
  const [a, b, c] = [random(), random(), random()]
  return {
    ...found.scene({ aspect: aspectOf(spec.aspectRatio), random, tone: toneOf(grade), a, b, c, duration }),
    mirror,
  }
}
