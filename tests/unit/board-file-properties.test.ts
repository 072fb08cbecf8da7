import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBoardProblems,
  parseBoardFile,
  type BoardFile,
  type BoardSeed,
} from '../../electron/engine/interchange/board-file.ts'
import { ASPECT_RATIOS, RESOLUTIONS } from '../../shared/models/happyhorse-1.1-r2v.ts'

const cast = [
  { name: 'Mara', image: 'cast/mara-front.png' },
  { name: 'Juniper', image: './juniper.png' },
]
const boardOf = (value: unknown): BoardFile => {
  const parsed = parseBoardFile(JSON.stringify(value))
  if (!parsed.ok) throw new Error(formatBoardProblems(parsed.problems).join('\n'))
  return parsed.board
}

const seedOut = (seed: BoardSeed): unknown => {
  if (seed.kind === 'random') return 'random'
  return seed.kind === 'locked' ? seed.value : { scene: seed.number }
}
/** A normalised board as a file would say it. */
const written = (board: BoardFile): unknown => ({
  takeboard: 1,
  title: board.title,
  cast: board.cast,
  style: board.style,
  defaults: { ...settingsOut(board.defaults) },
  scenes: board.scenes.map(({ number, title, prompt, notes, dialogue, references, ...settings }) => ({
    number,
    title,
    prompt,
    notes,
    dialogue,
    ...settingsOut(settings),
    ...(references && { references }),
  })),
})
const settingsOut = ({ resolution, aspectRatio, duration, seed }: BoardFile['defaults']) => ({
  resolution,
  aspect_ratio: aspectRatio,
  duration,
  seed: seedOut(seed),
})

describe('whatever the text', () => {
  it('never throws', () => {
    const nearly = fc.record(
      {
        takeboard: fc.constantFrom(1, 1, 1, 2, '1'),
        title: fc.oneof(fc.string(), fc.jsonValue()),
        cast: fc.oneof(fc.array(fc.record({ name: fc.string(), image: fc.string() })), fc.jsonValue()),
        style: fc.jsonValue(),
        defaults: fc.jsonValue(),
        scenes: fc.oneof(
          fc.array(
            fc.record({
              prompt: fc.string(),
              number: fc.jsonValue(),
              seed: fc.jsonValue(),
              references: fc.jsonValue(),
            }),
          ),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    )
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      nearly.map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseBoardFile(any)
        const lines = parsed.ok ? ['fine'] : formatBoardProblems(parsed.problems)
        expect(lines.length).toBeGreaterThan(0)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads back what it read', () => {
    const seed = fc.oneof(fc.constant('random'), fc.integer({ min: 1, max: 2_147_483_647 }))
    const settings = {
      resolution: fc.constantFrom(...RESOLUTIONS),
      aspect_ratio: fc.constantFrom(...ASPECT_RATIOS),
      duration: fc.integer({ min: 3, max: 15 }),
    }
    const scene = fc.record(
      {
        title: fc.string({ maxLength: 40 }),
        prompt: fc.constantFrom('@Mara waits', '@juniper and @MARA', 'mail a@b.c', 'No one'),
        notes: fc.string({ maxLength: 40 }),
        dialogue: fc.string({ maxLength: 40 }),
        ...settings,
        seed: fc.oneof(seed, fc.constant({ scene: 'first' })),
        references: fc.subarray(['Mara', 'Juniper'], { minLength: 1 }),
      },
      { requiredKeys: ['prompt'] },
    )
    const board = fc.record({
      takeboard: fc.constant(1),
      title: fc.constantFrom('A', 'The Long Pasture'),
      cast: fc.constant(cast),
      style: fc.string({ maxLength: 40 }),
      defaults: fc.record({ ...settings, seed }, { requiredKeys: [] }),
      scenes: fc
        .array(scene, { maxLength: 6 })
        .map((scenes) => [{ number: 'first', prompt: 'Open', seed: 'random' }, ...scenes]),
    })
    fc.assert(
      fc.property(board, (value) => {
        fc.pre(!JSON.stringify(value).includes('\\u0000'))
        const first = boardOf(value)
        expect(boardOf(written(first))).toEqual(first)
      }),
    )
  })
})
