import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatBoardProblems, parseBoardFile, type BoardFile } from '../../electron/engine/interchange/board-file.ts'

const valid = {
  takeboard: 1,
  title: 'The Long Pasture',
  cast: [
    { name: 'Mara', image: 'cast/mara-front.png' },
    { name: 'Mara', image: 'cast/mara-profile.png' },
    { name: 'Juniper', image: './juniper.png' },
  ],
  scenes: [{ prompt: '@Mara leads @Juniper through the mist' }],
}

const parse = (board: unknown) => parseBoardFile(JSON.stringify(board))
const boardOf = (value: unknown): BoardFile => {
  const parsed = parse(value)
  if (!parsed.ok) throw new Error(formatBoardProblems(parsed.problems).join('\n'))
  return parsed.board
}
const linesOf = (text: string): string[] => {
  const parsed = parseBoardFile(text)
  return parsed.ok ? [] : formatBoardProblems(parsed.problems)
}
const lines = (board: unknown) => linesOf(JSON.stringify(board))
const withScene = (scene: object) => ({ ...valid, scenes: [{ prompt: 'A field', ...scene }] })

describe('a valid board', () => {
  it('gets every default', () => {
    expect(boardOf(valid)).toEqual({
      title: 'The Long Pasture',
      cast: valid.cast,
      style: '',
      defaults: { resolution: '720p', aspectRatio: '16:9', duration: 5, seed: { kind: 'random' } },
      scenes: [
        {
          number: '1',
          title: '',
          prompt: '@Mara leads @Juniper through the mist',
          notes: '',
          dialogue: '',
          resolution: '720p',
          aspectRatio: '16:9',
          duration: 5,
          seed: { kind: 'random' },
          references: null,
        },
      ],
    })
  })

  it('takes the defaults of the board before those of the model, and the scene before both', () => {
    const { scenes } = boardOf({
      ...valid,
      defaults: { resolution: '1080p', aspect_ratio: '4:3', duration: 7, seed: 12 },
      scenes: [{ prompt: 'a' }, { prompt: 'b', resolution: '720p', aspect_ratio: '1:1', duration: 3, seed: 'random' }],
    })
    expect(scenes[0]).toMatchObject({ resolution: '1080p', aspectRatio: '4:3', duration: 7, seed: { value: 12 } })
    expect(scenes[1]).toMatchObject({ resolution: '720p', aspectRatio: '1:1', duration: 3, seed: { kind: 'random' } })
  })

  it('numbers scenes by their place, past the labels already taken', () => {
    const numbers = (labels: (string | undefined)[]) =>
      boardOf({ ...valid, scenes: labels.map((number) => ({ prompt: 'a', number })) }).scenes.map((s) => s.number)
    expect(numbers([undefined, undefined, undefined])).toEqual(['1', '2', '3'])
    expect(numbers(['1', '1A', undefined, undefined])).toEqual(['1', '1A', '3', '4'])
    expect(numbers([undefined, '3', undefined, undefined])).toEqual(['1', '3', '4', '5'])
    expect(numbers([undefined, '1'])).toEqual(['2', '1'])
  })

  it('lends seeds between scenes in any order', () => {
    const { scenes } = boardOf({
      ...valid,
      scenes: [
        { prompt: 'a', number: '2', seed: { scene: '1' } },
        { prompt: 'b', number: '1', seed: 2147483647 },
        { prompt: 'c', number: '3', seed: { scene: '2' } },
      ],
    })
    expect(scenes.map(({ seed }) => seed)).toEqual([
      { kind: 'scene', number: '1' },
      { kind: 'locked', value: 2147483647 },
      { kind: 'scene', number: '2' },
    ])
  })

  it('writes references as the cast does, and allows a mention of somebody left out', () => {
    const { scenes } = boardOf(withScene({ prompt: '@Mara leads @Juniper', references: ['mara'] }))
    expect(scenes[0]?.references).toEqual(['Mara'])
  })

  it('may begin with a byte order mark', () => {
    expect(parseBoardFile(`\uFEFF${JSON.stringify(valid)}`).ok).toBe(true)
  })

  it('is what the sample is', () => {
    const sample = new URL('../../resources/sample/the-long-pasture.board.json', import.meta.url)
    const parsed = parseBoardFile(readFileSync(sample, 'utf8'))
    expect(parsed.ok && parsed.board.scenes.length).toBe(12)
  })
})

describe('what is refused', () => {
  it('reports everything at once', () => {
    const board = {
      takeboard: 1,
      titel: 'x',
      cast: [{ name: 'Mara', image: 'a.png' }],
      defaults: { resolution: '4k', duration: '5' },
      scenes: [
        { promt: 'x', duration: 20 },
        { number: '1', prompt: '@Mra', seed: 0, aspect_ratio: '21:9' },
        { number: '1', prompt: 'b', seed: { scene: '9' }, references: ['Jo'] },
      ],
    }
    expect(lines(board)).toEqual([
      'titel: Unknown key. Did you mean title? Found "x"; allowed: takeboard, title, cast, style, defaults, scenes.',
      'title: This is missing. Found nothing; allowed: text of 1 to 200 characters.',
      'defaults.resolution: Not one of the values allowed. Found "4k"; allowed: 720p, 1080p.',
      'defaults.duration: Not a number. Found "5"; allowed: whole seconds from 3 to 15.',
      'scenes[0].promt: Unknown key. Did you mean prompt? Found "x"; allowed: number, title, prompt, notes, dialogue, resolution, aspect_ratio, duration, seed, references.',
      'scenes[2].number: scenes[1] has this number too. Found "1"; allowed: a number no other scene has.',
      'scenes[0].prompt: This is missing. Found nothing; allowed: text of 1 to 20000 characters.',
      'scenes[0].duration: Out of range. Found 20; allowed: whole seconds from 3 to 15.',
      'scenes[1].prompt: Nobody in the cast has this name. Did you mean @Mara? Found "@Mra"; allowed: @Mara.',
      'scenes[1].aspect_ratio: Not one of the values allowed. Found "21:9"; allowed: 16:9, 9:16, 1:1, 4:3, 3:4.',
      'scenes[1].seed: Seed 0 is refused: the service may not keep it, and the take could not be repeated. Found 0; allowed: a whole number from 1 to 2147483647, "random", or { "scene": "1" } with the number of a scene.',
      'scenes[2].references[0]: Nobody in the cast has this name. Found "Jo"; allowed: Mara.',
      'scenes[2].seed.scene: There is no such scene. Found "9"; allowed: the number of a scene on this board.',
    ])
  })

  it.each([
    ['a list', []],
    ['null', null],
    ['a number', 1],
    ['a text', 'board'],
  ])('%s instead of a board', (_, value) => {
    expect(lines(value)).toEqual([
      expect.stringMatching(/^\$: Not an object\. Found .+; allowed: an object with takeboard/),
    ])
  })

  it('a newer version, without a look at the rest', () => {
    const parsed = parse({ takeboard: 2, scenes: 'new' })
    expect(parsed).toMatchObject({ ok: false, newerVersion: 2 })
    expect(parsed.ok ? [] : formatBoardProblems(parsed.problems)).toEqual([
      'takeboard: This file is of format 2, from a newer Takeboard. Found 2; allowed: 1.',
    ])
  })

  it.each([[0], [1.5], ['1'], [null], [undefined]])('%j as the version', (takeboard) => {
    expect(lines({ ...valid, takeboard })).toEqual([expect.stringMatching(/^takeboard: .+; allowed: 1\.$/)])
  })

  it('a key written twice, which JSON itself would let pass', () => {
    const text = JSON.stringify(valid).replace('"title"', '"title":"Other","title"')
    expect(linesOf(text)).toEqual([expect.stringContaining('title: This key is written twice.')])
    const scene = JSON.stringify(valid).replace('"prompt"', '"prompt":"Other","prompt"')
    expect(linesOf(scene)).toEqual([expect.stringContaining('scenes[0].prompt: This key is written twice.')])
  })

  it.each([
    ['no scenes', { scenes: [] }, 'scenes: This list is empty. Found []; allowed: 1 to 5000 scenes.'],
    ['scenes that are no list', { scenes: {} }, 'scenes: Not a list.'],
    ['no cast', { cast: [], scenes: [{ prompt: 'a' }] }, 'cast: This list is empty.'],
    ['a blank title', { title: ' ' }, 'title: This is empty.'],
    ['a style that is no text', { style: 3 }, 'style: Not a text. Found 3; allowed: text of up to 20000 characters.'],
    [
      'ten references',
      { cast: Array(10).fill({ name: 'Mara', image: 'a.png' }), scenes: [{ prompt: 'a' }] },
      'cast: 10 is too many.',
    ],
    ['a key with spaces', { 'my notes': 1 }, '["my notes"]: Unknown key.'],
  ])('%s', (_, change, expected) => {
    expect(lines({ ...valid, ...change })).toEqual([expect.stringContaining(expected)])
  })

  it.each([
    [{ prompt: '' }, 'scenes[0].prompt: This is empty.'],
    [{ duration: 2 }, 'Found 2; allowed: whole seconds from 3 to 15.'],
    [{ duration: 3.5 }, 'scenes[0].duration: Not whole. Found 3.5'],
    [{ seed: 2147483648 }, 'scenes[0].seed: Out of range.'],
    [{ seed: -1 }, 'scenes[0].seed: Out of range.'],
    [{ seed: 1.5 }, 'scenes[0].seed: Not whole.'],
    [{ seed: '7' }, 'scenes[0].seed: Not a seed.'],
    [{ seed: null }, 'scenes[0].seed: Not a seed.'],
    [{ seed: {} }, 'scenes[0].seed.scene: This is missing.'],
    [{ seed: { scene: 1 } }, 'scenes[0].seed.scene: Not a text. A scene number is a text in quotes.'],
    [{ seed: { scene: '1' } }, 'scenes[0].seed.scene: The scene takes its seed from itself.'],
    [{ number: 1 }, 'scenes[0].number: Not a text. Found 1'],
    [{ number: '' }, 'scenes[0].number: Not a scene number.'],
    [{ number: '1,2' }, 'scenes[0].number: Not a scene number.'],
    [{ number: '1234567890123' }, 'scenes[0].number: Not a scene number.'],
    [{ references: [] }, 'scenes[0].references: This list is empty.'],
    [{ references: 'Mara' }, 'scenes[0].references: Not a list.'],
    [{ references: ['Mara', 'mara'] }, 'scenes[0].references[1]: This name is listed twice.'],
    [{ references: ['Junipr'] }, 'scenes[0].references[0]: Nobody in the cast has this name. Did you mean Juniper?'],
    [{ notes: 4 }, 'scenes[0].notes: Not a text.'],
    [{ dialog: 'x' }, 'scenes[0].dialog: Unknown key. Did you mean dialogue?'],
    [{ prompt: 'x'.repeat(20_001) }, 'scenes[0].prompt: 20001 characters are too many.'],
  ])('a scene with %j', (scene, expected) => {
    const found = lines(withScene(scene))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
  })

  it.each([
    '/etc/passwd',
    '../up.png',
    'cast/../../up.png',
    '..',
    'C:/x.png',
    'c:x.png',
    'cast\\x.png',
    '\\\\server\\share\\x.png',
    '//server/share/x.png',
    'file:///etc/passwd',
    'https://example.com/x.png',
    'data:image/png;base64,AA',
    'a\0.png',
    '',
    7,
    null,
  ])('the image path %j', (image) => {
    const found = lines({ ...valid, cast: [{ name: 'Mara', image }, ...valid.cast] })
    expect(found).toEqual([expect.stringMatching(/^cast\[0\]\.image: /)])
  })

  it.each(['a..b/c..png', 'a/.hidden/x.png', 'ünï/コード.webp', 'x y.jpg', 'deep/%2e%2e/x.png'])(
    'but not the image path %j',
    (image) => {
      expect(lines({ ...valid, cast: [{ name: 'Mara', image }, ...valid.cast] })).toEqual([])
    },
  )

  it.each(['', ' Mara', 'Ma@ra', 'Ma\nra', 'x'.repeat(61), 3])('the cast name %j', (name) => {
    const board = { ...valid, cast: [{ name, image: 'a.png' }], scenes: [{ prompt: 'a' }] }
    expect(lines(board)).toEqual([expect.stringMatching(/^cast\[0\]\.name: /)])
  })

  it('a circle of seeds, once, however long', () => {
    const scenes = [
      { prompt: 'a', seed: { scene: '2' } },
      { prompt: 'b', seed: { scene: '3' } },
      { prompt: 'c', seed: { scene: '2' } },
      { prompt: 'd', seed: { scene: '1' } },
    ]
    expect(lines({ ...valid, scenes })).toEqual([
      'scenes[1].seed.scene: The seeds go in a circle: 2 from 3 from 2. Found "3"; allowed: the number of another scene.',
    ])
  })

  it('a default seed that a scene would lend to itself', () => {
    const board = { ...valid, defaults: { seed: { scene: '1' } }, scenes: [{ prompt: 'a' }, { prompt: 'b' }] }
    expect(lines(board)).toEqual([
      expect.stringContaining('scenes[0].seed: The scene takes its seed from itself by the default'),
    ])
    expect(lines({ ...board, scenes: [{ prompt: 'a', seed: 4 }, { prompt: 'b' }] })).toEqual([])
  })

  it('keeps problems small whatever is in the file', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000)
    expect(linesOf(`{"takeboard":1,"title":${deep}}`).join().length).toBeLessThan(2000)
    const parsed = parse({ ...valid, title: 'x'.repeat(100_000) })
    expect(JSON.stringify(parsed).length).toBeLessThan(1000)
  })
})
