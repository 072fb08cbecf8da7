import { IMAGES } from '../../../../../../shared/models/happyhorse-1.1-r2v.ts'

export type Place = 'hills' | 'forest' | 'sea' | 'city' | 'desert' | 'mountains' | 'room'
export type Time = 'dawn' | 'day' | 'dusk' | 'night'
export type Weather = 'clear' | 'rain' | 'snow' | 'mist' | 'storm'
export type Move = 'hold' | 'in' | 'out' | 'left' | 'right' | 'up' | 'hand'
export type Size = 'wide' | 'medium' | 'close'

/** What a prompt says about its picture; null where it says nothing. */
export interface Reading {
  readonly place: Place | null
  readonly time: Time | null
  readonly weather: Weather
  readonly move: Move
  readonly size: Size
  /** Hue of a colour the prompt names, in degrees. */
  readonly hue: number | null
  /** People to draw when no reference shows them: 0, 1 or 2. */
  readonly people: number
  readonly horse: boolean
  /** Positions (from 0) of the images the prompt refers to, in the order it does. */
  readonly images: readonly number[]
}

type Words<T extends string> = Readonly<Record<T, RegExp>>

const PLACES: Words<Place> = {
  room: /\b(room|kitchen|bedroom|hall|corridor|office|interior|indoors?|inside|window|desk|table|sofa|bed|studio|stage|shop|cafe|bar|restaurant|library|stall|barn|cabin|attic|cellar|lift|elevator)\b/,
  city: /\b(city|street|alley|skyline|rooftops?|neon|downtown|town|traffic|subway|metro|station|bridge|building|skyscrapers?|market|square|pavement|sidewalk|taxi)\b/,
  sea: /\b(sea|ocean|beach|shore|coast|waves?|harbou?r|island|boat|ship|sail(?:s|ing)?|lake|river|pier|dock|lighthouse|underwater)\b/,
  mountains: /\b(mountains?|peaks?|summit|cliffs?|alps|glacier|ravine|canyon|valley)\b/,
  desert: /\b(desert|dunes?|sand|mesa|wasteland|mars|planet|savanna)\b/,
  forest: /\b(forest|woods?|woodland|trees?|jungle|grove|pines?|leaves|branches)\b/,
  hills: /\b(hills?|field|meadow|pasture|grass|farm|country(?:side)?|garden|park|road|path|prairie|steppe|snowfield)\b/,
}

const TIMES: Words<Time> = {
  night: /\b(night|midnight|moon(?:light|lit)?|stars?|starry|dark(?:ness)?|neon|after dark)\b/,
  dusk: /\b(dusk|sunset|evening|twilight|golden hour|last light|nightfall|magic hour)\b/,
  dawn: /\b(dawn|sunrise|morning|first light|daybreak|wakes?)\b/,
  day: /\b(day(?:light)?|noon|midday|sun(?:ny|light|lit)?|afternoon|bright|blue sky)\b/,
}

const WEATHERS: Words<Exclude<Weather, 'clear'>> = {
  storm: /\b(storm|thunder|lightning|tempest|gale|hurricane)\b/,
  rain: /\b(rain(?:s|ing|y)?|drizzle|downpour|wet)\b/,
  snow: /\b(snow(?:s|ing|y|fall)?|blizzard|frost|ice|winter)\b/,
  mist: /\b(mist(?:y)?|fog(?:gy)?|haze|hazy|smoke|steam)\b/,
}

const MOVES: Words<Exclude<Move, 'hold'>> = {
  in: /\b(push(?:es)? in|dolly in|zoom(?:s)? in|moves? in|creeps? in|slow push|closer)\b/,
  out: /\b(pull(?:s)? (?:back|out)|dolly out|zoom(?:s)? out|moves? back|reveal(?:s)?|wider)\b/,
  right:
    /\b(track(?:s|ing)?|pan(?:s|ning)? right|dolly right|side|follow(?:s|ing)?|walk(?:s|ing)?|runs?|running|rides?|drives?)\b/,
  left: /\b(pan(?:s|ning)? left|dolly left|track(?:s|ing)? left)\b/,
  up: /\b(tilt(?:s)? up|crane|rises?|rising|aerial|drone|lift(?:s)? up|soars?)\b/,
  hand: /\b(hand-?held|shaky|documentary|shoulder)\b/,
}

const SIZES: Words<Exclude<Size, 'medium'>> = {
  close: /\b(close(?:-up| up| on)?|extreme close|portrait|face|eyes?|macro|detail|insert)\b/,
  wide: /\b(wide|establishing|panorama|vista|aerial|landscape|long shot|far away|horizon)\b/,
}

const HUES: readonly (readonly [RegExp, number])[] = [
  [/\b(red|crimson|scarlet|ruby)\b/, 0],
  [/\b(orange|amber|copper|rust)\b/, 28],
  [/\b(gold(?:en)?|yellow|straw|honey)\b/, 46],
  [/\b(green|emerald|olive|moss)\b/, 120],
  [/\b(teal|turquoise|cyan)\b/, 180],
  [/\b(blue|azure|navy|cobalt)\b/, 215],
  [/\b(purple|violet|lavender|indigo)\b/, 270],
  [/\b(pink|magenta|rose)\b/, 330],
]

const PERSON =
  /\b(she|he|her|him|woman|man|girl|boy|child|person|figure|mother|father|captain|detective|dancer|soldier|old|young)\b/
const PEOPLE = /\b(they|them|people|couple|two|friends|family|crowd|together|both)\b/

/** Reads place, light, weather, camera and subjects out of a prompt by its words, in English. */
export function readPrompt(prompt: string): Reading {
  // Accents would hide the ends of words from the patterns.
  const text = prompt
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
  const first = <T extends string>(words: Words<T>): T | null => {
    let found: { word: T; at: number } | null = null
    for (const [word, pattern] of Object.entries(words) as [T, RegExp][]) {
      const at = text.search(pattern)
      if (at >= 0 && (found === null || at < found.at)) found = { word, at }
    }
    return found?.word ?? null
  }
  const left = MOVES.left.test(text)
  return {
    place: first(PLACES),
    time: first(TIMES),
    weather: first(WEATHERS) ?? 'clear',
    move: left ? 'left' : (first(MOVES) ?? 'hold'),
    size: first(SIZES) ?? 'medium',
    hue: HUES.find(([pattern]) => pattern.test(text))?.[1] ?? null,
    people: PEOPLE.test(text) ? 2 : PERSON.test(text) ? 1 : 0,
    horse: /\b(horse|pony|mare|stallion|foal)\b/.test(text),
    images: referred(prompt),
  }
}

function referred(prompt: string): number[] {
  const numbers = [...prompt.matchAll(/\[image\s*(\d)\]/gi)].map((match) => Number(match[1]) - 1)
  return [...new Set(numbers)].filter((index) => index >= 0 && index < IMAGES.max)
}
