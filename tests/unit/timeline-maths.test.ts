import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitScale,
  frameAtX,
  marksBetween,
  scrollFor,
  slotsBetween,
  tilesFor,
  zoomScale,
} from '../../renderer/media/sequence-scale.ts'
import {
  besideFrame,
  following,
  playRange,
  segmentFrom,
  slotAt,
  withIn,
  withOut,
} from '../../renderer/media/sequence-slots.ts'
import { scheduleOf, takeFor } from '../../renderer/features/timeline/schedule.ts'
import { frameAtTime, framesIn, middleOf, rateOf, secondsAt, timecode } from '../../shared/frame-rate.ts'
import { makeScene, makeTake } from './renderer-fixtures.ts'

const FILM = { num: 24, den: 1 }
const NTSC = { num: 24000, den: 1001 }

const RATE = fc.constantFrom(FILM, NTSC, { num: 25, den: 1 }, { num: 30000, den: 1001 }, { num: 60, den: 1 })
const scheduleOfLengths = (lengths: readonly number[], rate = FILM) =>
  scheduleOf(
    lengths.map((duration, index) => makeScene({ id: `s${index}`, number: String(index + 1), duration })),
    () => null,
    rate,
  )
const LENGTHS = fc.array(fc.integer({ min: 3, max: 15 }), { minLength: 1, maxLength: 40 })
const SCHEDULE = fc.tuple(LENGTHS, RATE).map(([lengths, rate]) => scheduleOfLengths(lengths, rate))

describe('frame rates', () => {
  it.each([
    [72, 72 * 512, 12288, '24/1'],
    [72, 72 * 1001, 24000, '24000/1001'],
    [90, 90 * 1001, 30000, '30000/1001'],
    [150, 150 * 3000, 90000, '30/1'],
    // 23.976 on a clock of 90 kHz: 3753.75 ticks a frame, rounded.
    [120, 450450, 90000, '24000/1001'],
    [81, 81 * 1000, 16000, '16/1'],
    // What nobody uses is kept as it is.
    [100, 700, 91, '13/1'],
    [100, 741, 100, '10000/741'],
  ])('of %i frames over %i ticks at %i a second is %s', (frames, ticks, clock, expected) => {
    const { num, den } = rateOf(frames, ticks, clock)
    expect(`${num}/${den}`).toBe(expected)
  })

  it('find back the frame they seek to', () => {
    fc.assert(
      fc.property(RATE, fc.integer({ min: 0, max: 1_000_000 }), (rate, frame) => {
        expect(frameAtTime(middleOf(frame, rate), rate)).toBe(frame)
        expect(frameAtTime(secondsAt(frame, rate), rate)).toBe(frame)
        expect(framesIn(secondsAt(frame, rate), rate)).toBe(frame)
      }),
    )
  })

  it('write timecodes, counting frames', () => {
    expect(timecode(0, FILM)).toBe('00:00:00:00')
    expect(timecode(24 * 22 + 20, FILM)).toBe('00:00:22:20')
    expect(timecode(24 * 3600 - 1, NTSC)).toBe('00:59:59:23')
    expect(timecode(25 * 3600 * 11, { num: 25, den: 1 })).toBe('11:00:00:00')
  })
})

describe('a schedule', () => {
  it('lies without gaps, and finds the slot of every frame', () => {
    fc.assert(
      fc.property(SCHEDULE, fc.nat(), (schedule, some) => {
        let end = 0
        for (const slot of schedule.slots) {
          expect(slot.start).toBe(end)
          end += slot.frames
        }
        expect(schedule.frames).toBe(end)
        const frame = some % schedule.frames
        const slot = slotAt(schedule, frame)
        expect(slot && slot.start <= frame && frame < slot.start + slot.frames).toBe(true)
      }),
    )
    expect(slotAt(scheduleOfLengths([]), 0)).toBeNull()
    expect(slotAt(scheduleOfLengths([3, 3]), 999)?.index).toBe(1)
  })

  it('is played to its end or for ever in segments that follow each other', () => {
    const numbers = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.boolean())
    fc.assert(
      fc.property(SCHEDULE, numbers, (schedule, [a, b, start, loop]) => {
        const from = a % schedule.frames
        const range = playRange(schedule, { from, to: from + 1 + (b % schedule.frames) })
        expect(range.to).toBeGreaterThan(range.from)
        expect(range.to).toBeLessThanOrEqual(schedule.frames)
        const first = range.from + (start % (range.to - range.from))
        let segment = segmentFrom(schedule, range, first)
        let played = 0
        for (let count = 0; segment && count < 100; count++) {
          const { slot } = segment
          expect(segment.from).toBeGreaterThanOrEqual(slot.start)
          expect(segment.to).toBeGreaterThan(segment.from)
          expect(segment.to).toBeLessThanOrEqual(Math.min(slot.start + slot.frames, range.to))
          played += segment.to - segment.from
          const next = following(schedule, range, segment, loop)
          const meant = segment.to < range.to ? segment.to : loop ? range.from : undefined
          expect(next?.from).toBe(meant)
          segment = next
        }
        expect(segment !== null).toBe(loop)
        expect(loop || played === range.to - first).toBe(true)
      }),
    )
  })

  it('keeps in before out, whichever is set', () => {
    const schedule = scheduleOfLengths([3, 3])
    expect(withIn(null, 10, schedule)).toEqual({ from: 10, to: 144 })
    expect(withOut(withIn(null, 10, schedule), 20)).toEqual({ from: 10, to: 21 })
    expect(withIn({ from: 10, to: 21 }, 30, schedule)).toEqual({ from: 30, to: 144 })
    expect(withOut({ from: 10, to: 21 }, 5)).toEqual({ from: 0, to: 6 })
    expect(playRange(schedule, { from: 500, to: 600 })).toEqual({ from: 143, to: 144 })
  })

  it('goes back to the start of the scene first', () => {
    const schedule = scheduleOfLengths([3, 4, 5])
    expect([80, 72, 71, 0].map((frame) => besideFrame(schedule, frame, -1))).toEqual([72, 0, 0, 0])
    expect([0, 71, 72, 170].map((frame) => besideFrame(schedule, frame, 1))).toEqual([72, 72, 168, 287])
  })

  it('is made of the takes that were chosen', () => {
    const takes = [
      makeTake({ id: 'paid', number: 1 }),
      makeTake({ id: 'free', number: 2, provider: 'rehearsal' }),
      makeTake({ id: 'no', number: 3, rejected: true }),
      makeTake({ id: 'made', number: 4, phase: 'running' }),
    ]
    const id = (source: 'picks' | 'latest' | 'rehearsal', of = takes) => takeFor(source, of, takes[0] ?? null)?.id
    expect([id('picks'), id('latest'), id('rehearsal')]).toEqual(['paid', 'free', 'free'])
    expect([id('latest', takes.slice(2)), id('rehearsal', takes.slice(2))]).toEqual(['no', undefined])
  })
})

describe('the strip', () => {
  it('fits what fits, and else keeps clips wide enough to be aimed at', () => {
    expect(fitScale(scheduleOfLengths([5, 5]), 1400) * 240).toBeCloseTo(1400)
    const long = scheduleOfLengths(Array.from({ length: 2000 }, () => 5))
    expect(fitScale(long, 1400) * 120).toBeCloseTo(24)
    expect(zoomScale(long, 1400, 0)).toBeCloseTo(fitScale(long, 1400))
    expect(zoomScale(long, 1400, 1) * 24).toBeCloseTo(160)
  })

  it('draws what touches the stretch in sight and nothing else', () => {
    fc.assert(
      fc.property(SCHEDULE, fc.double({ min: 0.1, max: 20, noNaN: true }), fc.nat(5000), (schedule, scale, left) => {
        const right = left + 800
        const [from, to] = slotsBetween(schedule, scale, left, right)
        schedule.slots.forEach((slot, index) => {
          const touches = (slot.start + slot.frames) * scale > left && slot.start * scale < right
          expect(index >= from && index < to).toBe(touches)
        })
      }),
    )
  })

  it('marks round times, never too close', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 10, noNaN: true }), (scale) => {
        const marks = marksBetween(FILM, 24 * 600, scale, 0, 2000)
        const gaps = marks.slice(1).map((mark, index) => mark.x - (marks[index]?.x ?? 0))
        expect(gaps.every((gap) => gap >= 84 || scale * 24 * 3600 < 84)).toBe(true)
      }),
    )
    expect(marksBetween(FILM, 24 * 60, 1, 0, 1440).map(({ label }) => label)).toEqual([
      '0:00',
      '0:05',
      '0:10',
      '0:15',
      '0:20',
      '0:25',
      '0:30',
      '0:35',
      '0:40',
      '0:45',
      '0:50',
      '0:55',
    ])
  })

  it('finds the frame under the pointer', () => {
    expect([0, 9.9, 10, 25].map((x) => frameAtX(x, 10))).toEqual([0, 0, 1, 2])
  })

  it('scrolls only to what is out of sight', () => {
    expect(scrollFor(100, 200, 50, 400, 5000)).toBe(50)
    expect(scrollFor(600, 601, 0, 400, 5000)).toBe(552)
    expect(scrollFor(4990, 5000, 0, 400, 5000)).toBe(4600)
    expect(scrollFor(10, 20, 300, 400, 5000)).toBe(0)
  })

  it('shows the part of a clip that each tile lies over', () => {
    expect(tilesFor(852, 71, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(tilesFor(142, 71, 12)).toEqual([3, 9])
    expect(tilesFor(20, 71, 12)).toEqual([11])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 20, max: 120 }), (width, tile) => {
        const tiles = tilesFor(width, tile, 12)
        expect(tiles.every((each) => each >= 0 && each < 12)).toBe(true)
        expect(tiles.length * tile).toBeGreaterThanOrEqual(width)
      }),
    )
  })
})
