import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClipForm, framesAt, type NamedForm, placeSound, planSequence } from '../../shared/sequence.ts'
import { bandOf, fitSlate, slateTexts } from '../../shared/slate-band.ts'

const SOUND = { codec: 'mp4a.40.2', rate: 48_000, channels: 2, config: '1190', packet: 1024 }
const form = (values: Partial<ClipForm> = {}): ClipForm => ({
  width: 1280,
  height: 720,
  shownWidth: 1280,
  shownHeight: 720,
  rotation: 0,
  rate: { num: 24, den: 1 },
  steady: true,
  frames: 120,
  codec: 'avc1.64001f',
  config: '0164001f',
  audio: SOUND,
  ...values,
})
const named = (...forms: readonly ClipForm[]): readonly NamedForm[] =>
  forms.map((each, at) => ({ name: `0${at + 1}-1`, form: each }))
const NOTHING = { size: null, rate: null, slates: false }
const why = (...forms: readonly ClipForm[]) => planSequence(named(...forms), NOTHING)?.why

describe('a sequence is copied', () => {
  it('when every clip needs the same decoder in the same way', () => {
    const plan = planSequence(named(form(), form({ frames: 96 }), form()), NOTHING)
    expect(plan).toMatchObject({ kind: 'copied', why: [], frames: 336, width: 1280, height: 720, sound: 'copied' })
    expect(planSequence(named(form({ audio: null }), form({ audio: null })), NOTHING)).toMatchObject({
      kind: 'copied',
      sound: 'none',
    })
  })

  it('only then: each difference is enough, and is said', () => {
    expect(
      why(form(), form({ width: 1920, height: 1080, shownWidth: 1920, shownHeight: 1080, config: '02' }), form()),
    ).toEqual(['Take 02-1 is 1920×1080, the others are 1280×720.'])
    expect(why(form(), form(), form({ rate: { num: 24000, den: 1001 } }))).toEqual([
      'Take 03-1 is 23.976 fps, the others are 24 fps.',
    ])
    expect(why(form(), form({ config: '0164001e' }), form())).toEqual([
      'Take 02-1 was encoded with other settings than the others.',
    ])
    expect(why(form(), form({ codec: 'hvc1.1.6.L93' }), form())).toEqual([
      'Take 02-1 is hvc1.1.6.L93, the others are avc1.64001f.',
    ])
    expect(why(form(), form({ audio: null }), form({ audio: null }))).toEqual([
      'Take 01-1 has 48\u00a0kHz stereo sound, the others have no sound.',
    ])
    expect(why(form(), form({ audio: { ...SOUND, channels: 1, rate: 44_100 } }), form())).toEqual([
      'Take 02-1 has 44.1\u00a0kHz mono sound, the others have 48\u00a0kHz stereo sound.',
    ])
    expect(why(form(), form({ audio: { ...SOUND, config: '1210' } }))).toEqual([
      'The sound of the clips was encoded with different settings.',
    ])
    expect(why(form(), form({ rotation: 90, shownWidth: 720, shownHeight: 1280 }))).toHaveLength(1)
    expect(why(form({ steady: false }))).toEqual(['Take 01-1 has frames of uneven length.'])
    expect(why(form({ config: null }))).toEqual(['Take 01-1 has no decoder settings that could be shared.'])
    expect(why(form({ audio: { ...SOUND, packet: null } }))).toEqual(['Take 01-1 has sound in uneven packets.'])
  })

  it('names several, but not a hundred', () => {
    const odd = Array.from({ length: 9 }, () => form({ rate: { num: 25, den: 1 } }))
    const [text] = why(...Array.from({ length: 10 }, () => form()), ...odd) ?? []
    expect(text).toBe('Takes 011-1, 012-1, 013-1 and 6 more are 25 fps, the others are 24 fps.')
  })

  it('not where something else is wished', () => {
    const clips = named(form(), form())
    expect(planSequence(clips, { ...NOTHING, slates: true })).toMatchObject({
      kind: 'encoded',
      why: ['Slates are written into the pictures.'],
      sound: 'copied',
    })
    expect(planSequence(clips, { ...NOTHING, size: { width: 1281, height: 721 } })).toMatchObject({
      kind: 'encoded',
      width: 1282,
      height: 722,
    })
    expect(planSequence(clips, { ...NOTHING, size: { width: 1280, height: 720 } })?.kind).toBe('copied')
    const slower = planSequence(clips, { ...NOTHING, rate: { num: 25, den: 1 } })
    expect(slower).toMatchObject({ kind: 'encoded', frames: 250, why: ['The rate was set to 25 fps.'] })
    expect(planSequence([], NOTHING)).toBe(null)
  })

  it('keeps the length of a clip at another rate to half a frame', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.constantFrom(24, 25, 30, 60),
        fc.constantFrom(24, 25, 30, 60),
        (frames, from, to) => {
          const made = framesAt({ frames, rate: { num: from, den: 1 } }, { num: to, den: 1 })
          expect(Math.abs(made / to - frames / from)).toBeLessThanOrEqual(Math.max(0.5, made === 1 ? 1 : 0) / to + 1e-9)
        },
      ),
    )
  })
})

describe('sound', () => {
  const packet = 1024 / 48_000
  it('begins within half a packet of every cut, never overlaps, and never before its own beginning', () => {
    const clip = fc.record({
      seconds: fc.double({ min: 0.2, max: 20, noNaN: true }),
      priming: fc.integer({ min: 0, max: 2 }),
      late: fc.double({ min: 0, max: 0.05, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(clip, { minLength: 1, maxLength: 60 }), (clips) => {
        const origin = (clips[0]?.late ?? 0) - (clips[0]?.priming ?? 0) * packet
        let [cut, free] = [0, 0]
        for (const [at, { seconds, priming, late }] of clips.entries()) {
          const end = cut + seconds
          const first = late - priming * packet
          const place = placeSound({ origin, packet, cut, end, first })
          expect(place.at).toBeGreaterThanOrEqual(free)
          expect(place.skip).toBeGreaterThanOrEqual(0)
          const heard = origin + place.at * packet
          const meant = cut + first + place.skip * packet
          expect(Math.abs(heard - meant)).toBeLessThanOrEqual(packet / 2 + 1e-6)
          // Priming is heard nowhere but at the very beginning, where players leave it out.
          const earliest = at === 0 ? origin : cut - packet / 2
          expect(heard).toBeGreaterThanOrEqual(earliest - 1e-6)
          free = place.at + place.take
          expect(origin + free * packet).toBeLessThanOrEqual(Math.max(end, heard) + packet / 2 + 1e-6)
          cut = end
        }
      }),
    )
  })
})

describe('slates', () => {
  const facts = { slate: '12A-3', scene: '12A Night on the long pasture', take: 3, seed: 482, date: '2026-11-23' }
  const wide = (text: string) => text.length * 10

  it('say what was chosen, in one order', () => {
    expect(slateTexts(facts, ['date', 'slate'])).toEqual(['12A-3', '2026-11-23'])
    expect(slateTexts(facts, ['slate', 'scene', 'take', 'seed', 'date'])).toEqual([
      '12A-3',
      'Scene 12A Night on the long pasture',
      'Take 3',
      'Seed 482',
      '2026-11-23',
    ])
  })

  it('fit: the scene is shortened first, then parts are left out from the end, the slate never', () => {
    const texts = slateTexts(facts, ['slate', 'scene', 'take', 'seed', 'date'])
    expect(fitSlate(texts, 2000, wide)).toBe(
      '12A-3   Scene 12A Night on the long pasture   Take 3   Seed 482   2026-11-23',
    )
    expect(fitSlate(texts, 600, wide)).toBe('12A-3   Scene 12A Night on…   Take 3   Seed 482   2026-11-23')
    expect(fitSlate(texts, 300, wide)).toBe('12A-3   Scene 12A   Take 3')
    expect(fitSlate(texts, 10, wide)).toBe('12A-3')
    expect(fitSlate(['a long seed', 'b'], 80, wide)).toBe('a long seed')
  })

  it('lie in a band at the lower edge of any picture', () => {
    for (const [width, height] of [
      [1920, 1080],
      [720, 1280],
      [320, 180],
      [64, 16],
    ] as const) {
      const band = bandOf(width, height)
      expect(band.top + band.height).toBe(height)
      expect(band.top).toBeGreaterThanOrEqual(0)
      expect(band.textPx).toBeGreaterThanOrEqual(11)
    }
    expect(bandOf(1920, 1080).height).toBeLessThan(1080 / 12)
  })
})
