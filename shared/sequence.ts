import { z } from 'zod'
import { ClipProblem } from './clip-facts.ts'
import { type FrameRate, perSecond, secondsAt } from './frame-rate.ts'
import { TakeId } from './ids.ts'

/** A clip that cannot be put into a sequence as it is on the disk. */
export const UnfitClip = z.strictObject({ takeId: TakeId, problem: ClipProblem })
export type UnfitClip = z.infer<typeof UnfitClip>

/** A sequence that was written, and where. */
export const ExportedFile = z.strictObject({
  /** Names it in addresses; good until the studio is closed. */
  id: z.string().min(1).max(80),
  /** Name of the file, with its ending. */
  name: z.string(),
  /** Absolute, on the machine of the studio. */
  path: z.string(),
  bytes: z.number().int().positive(),
})
export type ExportedFile = z.infer<typeof ExportedFile>

/** What the packets of a clip need of a decoder, and how many there are. Two clips that agree can follow without encoding. */
export interface ClipForm {
  /** Stored size in pixels. */
  readonly width: number
  readonly height: number
  /** Displayed size, turned and stretched as the file says. */
  readonly shownWidth: number
  readonly shownHeight: number
  /** Clockwise, in degrees. */
  readonly rotation: number
  readonly rate: FrameRate
  /** False when frames are unevenly long. */
  readonly steady: boolean
  readonly frames: number
  /** As in a MIME type. */
  readonly codec: string
  /** The decoder configuration of the file, in hex; null when it has none of its own. */
  readonly config: string | null
  readonly audio: SoundForm | null
}

export interface SoundForm {
  readonly codec: string
  /** Samples a second. */
  readonly rate: number
  readonly channels: number
  readonly config: string | null
  /** Samples in a packet; null when they differ. */
  readonly packet: number | null
}

/** A clip of a sequence by the name the artist knows it by, such as `04-2`. */
export interface NamedForm {
  readonly name: string
  readonly form: ClipForm
}

/** What is asked of the file. */
export interface SequenceWish {
  /** Null keeps that of the first clip. */
  readonly size: { readonly width: number; readonly height: number } | null
  readonly rate: FrameRate | null
  /** True writes slates into the pictures. */
  readonly slates: boolean
}

/** How a sequence becomes one file. */
export interface SequencePlan {
  readonly kind: 'copied' | 'encoded'
  /** Sentences that say why. */
  readonly why: readonly string[]
  readonly width: number
  readonly height: number
  readonly rate: FrameRate
  /** Of the whole, at `rate`. */
  readonly frames: number
  /** `copied` packets also follow encoded pictures where all clips agree in their sound. */
  readonly sound: 'none' | 'copied' | 'encoded'
}

export const sizeText = (width: number, height: number): string => `${width}×${height}`
export const rateText = (rate: FrameRate): string => `${Number(perSecond(rate).toFixed(3))} fps`
const soundText = (sound: SoundForm | null): string =>
  sound
    ? `${sound.rate / 1000}\u00a0kHz ${['', 'mono', 'stereo'][sound.channels] ?? `${sound.channels} channels`}`
    : 'none'

const listed = (names: readonly string[]): string =>
  names.length === 1
    ? `Take ${names[0]}`
    : names.length <= 4
      ? `Takes ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
      : `Takes ${names.slice(0, 3).join(', ')} and ${names.length - 3} more`

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/**
 * Says which clips are unlike the others: `Take 04-1 is 1920×1080, the others are 1280×720.`
 * @param value what should be equal; `text` how it reads, or null when it means nothing to a person
 * @returns null when all agree
 */
function difference(
  clips: readonly NamedForm[],
  value: (form: ClipForm) => string,
  text: (form: ClipForm) => string | null,
  verb: 'is' | 'has',
): string | null {
  const groups = Map.groupBy(clips, ({ form }) => value(form))
  if (groups.size < 2) return null
  const [usual, ...odd] = [...groups.values()].toSorted((one, other) => other.length - one.length)
  const say = (group: readonly NamedForm[]): string => {
    const [first] = group
    const names = listed(group.map(({ name }) => name))
    const one = group.length === 1
    const word = first ? text(first.form) : null
    if (word === null) return `${names} ${one ? 'was' : 'were'} encoded with other settings than the others`
    return `${names} ${verb === 'is' ? (one ? 'is' : 'are') : one ? 'has' : 'have'} ${word}`
  }
  const [first] = usual ?? []
  const word = first ? text(first.form) : null
  const rest = word === null ? [] : [`the others ${verb === 'is' ? 'are' : 'have'} ${word}`]
  return `${[...odd.slice(0, 3).map(say), ...rest].map((part, at) => (at === 0 ? part : lower(part))).join(', ')}.`
}

const soundKey = (form: ClipForm): string => JSON.stringify(form.audio)
const agreeInSound = (clips: readonly NamedForm[]): boolean => new Set(clips.map(({ form }) => soundKey(form))).size < 2

/** Why the packets of clips cannot follow each other as they are, one sentence for each kind of difference. */
function differences(clips: readonly NamedForm[]): readonly string[] {
  const shown = (form: ClipForm) => sizeText(form.shownWidth, form.shownHeight)
  const size = difference(
    clips,
    (form) => `${sizeText(form.width, form.height)} ${shown(form)} ${form.rotation}`,
    shown,
    'is',
  )
  const rate = difference(
    clips,
    ({ rate: { num, den } }) => `${num}/${den}`,
    (form) => rateText(form.rate),
    'is',
  )
  const codec = difference(
    clips,
    (form) => form.codec.split('.')[0] ?? '',
    (form) => form.codec,
    'is',
  )
  // A different size or codec has different settings too: once is enough.
  const config =
    size === null && codec === null
      ? difference(
          clips,
          ({ config: hex }) => String(hex),
          () => null,
          'is',
        )
      : null
  const sound = agreeInSound(clips)
    ? null
    : (difference(
        clips,
        (form) => soundText(form.audio),
        (form) => `${form.audio ? `${soundText(form.audio)} sound` : 'no sound'}`,
        'has',
      ) ?? 'The sound of the clips was encoded with different settings.')
  const alone = (names: readonly NamedForm[], text: string) =>
    names.length === 0
      ? null
      : `${listed(names.map(({ name }) => name))} ${names.length === 1 ? 'has' : 'have'} ${text}.`
  return [
    size,
    rate,
    codec,
    config,
    sound,
    alone(
      clips.filter(({ form }) => !form.steady),
      'frames of uneven length',
    ),
    alone(
      clips.filter(({ form }) => form.config === null),
      'no decoder settings that could be shared',
    ),
    alone(
      clips.filter(({ form }) => form.audio?.packet === null),
      'sound in uneven packets',
    ),
  ].filter((sentence) => sentence !== null)
}

/** Encoders want even sizes. */
const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2)

/** How many frames of another rate are as long as a clip. At least one. */
export const framesAt = (form: Pick<ClipForm, 'frames' | 'rate'>, rate: FrameRate): number =>
  Math.max(1, Math.round(secondsAt(form.frames, form.rate) * perSecond(rate)))

/** How clips become one file, and why. Null without clips. */
export function planSequence(clips: readonly NamedForm[], wish: SequenceWish): SequencePlan | null {
  const first = clips[0]?.form
  if (!first) return null
  const width = even(wish.size?.width ?? first.shownWidth)
  const height = even(wish.size?.height ?? first.shownHeight)
  const rate = wish.rate ?? first.rate
  const unlike = differences(clips)
  const wished = [
    ...(wish.slates ? ['Slates are written into the pictures.'] : []),
    ...(wish.size && (width !== first.shownWidth || height !== first.shownHeight)
      ? [`The size was set to ${sizeText(width, height)}.`]
      : []),
    ...(wish.rate && (wish.rate.num !== first.rate.num || wish.rate.den !== first.rate.den)
      ? [`The rate was set to ${rateText(rate)}.`]
      : []),
  ]
  const why = [...unlike, ...wished]
  const heard = clips.some(({ form }) => form.audio !== null)
  const packed = clips.every(({ form }) => form.audio?.packet !== null)
  return {
    kind: why.length === 0 ? 'copied' : 'encoded',
    why,
    width,
    height,
    rate,
    frames: clips.reduce((sum, { form }) => sum + framesAt(form, rate), 0),
    sound: !heard ? 'none' : agreeInSound(clips) && packed ? 'copied' : 'encoded',
  }
}

/** Where a packet of sound goes: packets follow each other without gaps, so that the sound cannot drift. */
export interface SoundPlace {
  /** Packets of the clip that are passed over, from its first. */
  readonly skip: number
  /** How many are taken after those, at most. */
  readonly take: number
  /** The place of the first one taken, counted in packets from the beginning of the file. */
  readonly at: number
}

/**
 * Which packets of a clip's sound are used, and where. The sound of a file lies on one grid of packets that starts with
 * the first clip's; each clip begins at the packet nearest to its cut, so it is never further off than half a packet
 * (about 11 ms), however many cuts there were. Priming packets, which lie before the first picture, are passed over from
 * the second clip on.
 * @param origin seconds at which the first packet of the file begins; below 0 by its priming
 * @param packet seconds of a packet
 * @param cut seconds at which the clip begins in the file
 * @param end seconds at which it ends there
 * @param first seconds of the clip's first packet, counted from its first picture
 */
export function placeSound({
  origin,
  packet,
  cut,
  end,
  first,
}: Readonly<Record<'origin' | 'packet' | 'cut' | 'end' | 'first', number>>): SoundPlace {
  const begin = cut === 0 ? 0 : Math.round((cut - origin) / packet)
  const stop = Math.round((end - origin) / packet)
  const heard = Math.round((cut + first - origin) / packet)
  const at = Math.max(begin, heard)
  return { skip: at - heard, take: Math.max(0, stop - at), at }
}
