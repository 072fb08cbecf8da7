import { describe, expect, it } from 'vitest'
import { copiedScenes, copyText, scenesOfText } from '../../renderer/state/scene-text.ts'
import type { Cast } from '../../shared/model.ts'
import { makeScene, makeView } from './renderer-fixtures.ts'

const cast = makeView().casts.get('c1' as never) as Cast
const board = { scenes: [makeScene({ id: 's1', number: '1' }), makeScene({ id: 's2', number: '2' })], cast }
const back = (text: string, to: Parameters<typeof copiedScenes>[1] = board) => copiedScenes(text, to)

describe('copied scenes', () => {
  it('come back as they were, with their references by name and their seed by number', () => {
    const scene = makeScene({
      id: 's2',
      number: '2',
      dialogue: 'Stay.',
      resolution: '1080p',
      aspectRatio: '9:16',
      duration: 8,
      seed: { kind: 'scene', sceneId: 's1' },
      references: ['r3'],
      section: 'Act two',
    })
    const text = copyText([scene], board)
    expect(JSON.parse(text)).toMatchObject({ takeboard: 1, scenes: [{ number: '2', references: ['Juniper'] }] })
    expect(back(text)).toEqual([
      {
        title: 'First mist',
        prompt: '@Mara leads @Juniper.',
        dialogue: 'Stay.',
        resolution: '1080p',
        aspectRatio: '9:16',
        duration: 8,
        seed: { kind: 'scene', sceneId: 's1' },
        references: ['r3'],
        section: 'Act two',
      },
    ])
  })

  it('keep every kind of seed', () => {
    const seeds = [{ kind: 'random' }, { kind: 'locked', value: 7 }, { kind: 'walk', start: 7, step: -2 }] as const
    const text = copyText(
      seeds.map((seed) => makeScene({ seed })),
      board,
    )
    expect(back(text)?.map(({ seed }) => seed)).toEqual(seeds)
  })

  it('leave out what the other board does not know, or has already', () => {
    const text = copyText(
      [
        makeScene({
          id: 's2',
          number: '2',
          seed: { kind: 'scene', sceneId: 's1' },
          references: ['r1'],
          section: 'Two',
        }),
      ],
      board,
    )
    const other = { scenes: [makeScene({ id: 's9', number: '9', section: 'Two' })], cast: null }
    const [patch] = back(text, other) ?? []
    expect(patch?.seed).toEqual({ kind: 'random' })
    expect([patch?.references, patch?.section]).toEqual([undefined, undefined])
  })

  it('are no other text, and nothing that a scene cannot hold', () => {
    expect(back('A wide shot')).toBeNull()
    expect(back('{"takeboard":1,"scenes":[]}')).toBeNull()
    expect(back('{"takeboard":1,"scenes":[{"duration":99}]}')).toBeNull()
    expect(back('{"takeboard":2,"scenes":[{}]}')).toBeNull()
    expect(back('{ not json')).toBeNull()
  })
})

describe('pasted text', () => {
  it('becomes a scene for every paragraph', () => {
    expect(scenesOfText('Wide on the barn.\nMist.\r\n\r\n\n@Mara enters.\n')).toEqual([
      { prompt: 'Wide on the barn.\nMist.' },
      { prompt: '@Mara enters.' },
    ])
  })

  it('takes a short first line without an end mark for the title', () => {
    expect(scenesOfText('INT. BARN - NIGHT\n@Mara lights a lantern.\n\nLast')).toEqual([
      { title: 'INT. BARN - NIGHT', prompt: '@Mara lights a lantern.' },
      { prompt: 'Last' },
    ])
  })

  it('becomes a scene for every line where no line is empty, without its bullets', () => {
    expect(scenesOfText('- Wide\n2. Close on @Juniper\n• 50 mm')).toEqual([
      { prompt: 'Wide' },
      { prompt: 'Close on @Juniper' },
      { prompt: '50 mm' },
    ])
    expect(scenesOfText(' \n ')).toEqual([])
  })
})
