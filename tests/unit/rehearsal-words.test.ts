import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readPrompt } from '../../electron/engine/provider/rehearsal/painter/abstract/read-prompt.ts'
import { timecode } from '../../electron/engine/provider/rehearsal/painter/burn-in.ts'
import { filmSceneOf } from '../../electron/engine/provider/rehearsal/painter/film/film.ts'
import { parseRange } from '../../electron/engine/provider/rehearsal/serve-file.ts'
import { readLabel, rehearsalSize } from '../../electron/engine/provider/rehearsal/submission.ts'

const Board = z.object({ style: z.string(), scenes: z.array(z.object({ prompt: z.string() })) })
const board = Board.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/sample/the-long-pasture.board.json'), 'utf8')),
)

describe('the sample film', () => {
  it('is recognised from every prompt of the sample, as written and as sent', () => {
    const asSent = (prompt: string) =>
      `${prompt
        .replaceAll('@Mara', 'Mara ([Image 1], [Image 2], [Image 3])')
        .replaceAll('@Juniper', 'Juniper ([Image 4], [Image 5])')}\n\n${board.style}`
    expect(board.scenes.map(({ prompt }) => filmSceneOf(prompt))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(board.scenes.map(({ prompt }) => filmSceneOf(asSent(prompt)))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ])
  })

  it('survives a small edit and leaves other boards alone', () => {
    expect(filmSceneOf('Last light. @Mara and @Juniper on the hill, the low sun between them. Then fade.')).toBe(12)
    expect(filmSceneOf('A detective waits in a neon alley in the rain.')).toBeNull()
    expect(filmSceneOf('Mara and Juniper')).toBeNull()
    expect(filmSceneOf('')).toBeNull()
  })
})

describe('what a prompt says', () => {
  it.each([
    [
      'Neon alley at night, a detective waits in the rain. Hand-held.',
      { place: 'city', time: 'night', weather: 'rain', move: 'hand', people: 1 },
    ],
    ['Wide. Two friends cross the dunes at sunset.', { place: 'desert', time: 'dusk', size: 'wide', people: 2 }],
    ['Close on her face in a café, slow push in.', { place: 'room', size: 'close', move: 'in' }],
    ['The camera pans left over a frozen lake, snow.', { place: 'sea', weather: 'snow', move: 'left' }],
    ['A red kite above the meadow at noon.', { place: 'hills', time: 'day', hue: 0, weather: 'clear' }],
    ['Something unsaid.', { place: null, time: null, weather: 'clear', move: 'hold', size: 'medium', people: 0 }],
  ])('%s', (prompt, expected) => {
    expect(readPrompt(prompt)).toMatchObject(expected)
  })

  it('keeps the order in which images are named, once each', () => {
    expect(readPrompt('Juniper ([Image 4]) and Mara ([Image 1], [Image 4])').images).toEqual([3, 0])
  })

  it('does not find words inside others', () => {
    expect(readPrompt('A training session in Snowdonia').weather).toBe('clear')
  })
})

describe('the slate header', () => {
  it.each([
    ['12A-3', '12A-3'],
    ['Sz%C3%A9ne%201-2', 'Széne 1-2'],
    ['100%', '100%'],
    [undefined, ''],
    ['x'.repeat(60), 'x'.repeat(24)],
  ])('reads %s', (header, expected) => {
    expect(readLabel(header)).toBe(expected)
  })
})

describe('numbers', () => {
  it('counts frames at 24 a second', () => {
    expect([0, 23, 24, 90, 24 * 61].map(timecode)).toEqual([
      '00:00:00:00',
      '00:00:00:23',
      '00:00:01:00',
      '00:00:03:18',
      '00:01:01:00',
    ])
  })

  it('halves every picture size and keeps it even', () => {
    expect(rehearsalSize({ resolution: '720p', aspect_ratio: '16:9' })).toEqual({ width: 640, height: 360 })
    expect(rehearsalSize({ resolution: '1080p', aspect_ratio: '16:9' })).toEqual({ width: 960, height: 540 })
    expect(rehearsalSize({ resolution: '720p', aspect_ratio: '9:16' })).toEqual({ width: 360, height: 640 })
    expect(rehearsalSize({ resolution: '720p', aspect_ratio: '4:3' })).toEqual({ width: 480, height: 360 })
    expect(rehearsalSize({ resolution: '1080p', aspect_ratio: '3:4' })).toEqual({ width: 540, height: 720 })
    expect(rehearsalSize({ resolution: '1080p', aspect_ratio: '1:1' })).toEqual({ width: 540, height: 540 })
  })

  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-3', null],
    ['bytes=0-1,4-5', null],
    ['lines=0-1', null],
    [undefined, null],
  ])('reads the range %s', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected)
  })
})
