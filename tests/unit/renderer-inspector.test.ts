import { describe, expect, it } from 'vitest'
import { clipPath } from '../../renderer/commands/take-actions.ts'
import { appended, editsFor, seedEdit } from '../../renderer/state/batch-edit.ts'
import { copyEdits, type CopyField, otherTargets } from '../../renderer/state/copy-settings.ts'
import { completionAt, unknownMentions } from '../../renderer/state/mentions.ts'
import {
  choiceText,
  chosenWith,
  chosenWithName,
  leftOutMentions,
  referencesText,
} from '../../renderer/state/references.ts'
import { requestChanges } from '../../renderer/state/request-changes.ts'
import { bankSeeds, recentSeeds, takeSlate } from '../../renderer/state/seed-sources.ts'
import { wordDiff } from '../../renderer/state/word-diff.ts'
import type { ReferenceId } from '../../shared/ids.ts'
import type { Cast, Take } from '../../shared/model.ts'
import type { SavedSeed } from '../../shared/seed-bank.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const NAMES = ['Mara', 'Old Tom', 'Juniper', 'Élodie']
const id = (text: string) => text as ReferenceId
const cast = [...makeView().casts.values()][0] as Cast

describe('mentions while they are typed', () => {
  const options = (text: string) => completionAt(text, text.length, NAMES)?.options ?? null

  it('are found by beginnings, words, parts and letters in order, the nearest first', () => {
    expect(options('@ma')).toEqual(['Mara'])
    expect(options('@tom')).toEqual(['Old Tom'])
    expect(options('@nip')).toEqual(['Juniper'])
    expect(options('@jpr')).toEqual(['Juniper'])
    expect(options('@elo')).toEqual(['Élodie'])
    expect(options('@o')).toEqual(['Old Tom', 'Élodie'])
    expect(options('@xyz')).toBeNull()
  })

  it('end with the name, but not in the middle of a name of two words', () => {
    expect(options('@old t')).toEqual(['Old Tom'])
    expect(options('@Mara rides')).toBeNull()
    expect(options('@Mara')).toBeNull()
  })

  it('of nobody are named with whom may have been meant', () => {
    expect(unknownMentions('@Mara and @Junipr, @Qqqqqq', NAMES)).toEqual([
      { word: 'Junipr', from: 10, to: 17, nearest: 'Juniper' },
      { word: 'Qqqqqq', from: 19, to: 26, nearest: null },
    ])
  })
})

describe('references of a scene', () => {
  const scene = makeScene({ prompt: '@Mara waits.' })

  it('are added and left out in cast order, starting from what is sent now', () => {
    expect(chosenWith(scene, cast, id('r3'), true)).toEqual(['r1', 'r2', 'r3'])
    expect(chosenWith(scene, cast, id('r1'), false)).toEqual(['r2'])
  })

  it('tell of somebody mentioned whose images are all left out', () => {
    const both = makeScene({ prompt: '@Juniper with @Mara', references: ['r2'] })
    expect(leftOutMentions(both, cast)).toEqual(['Juniper'])
    expect(chosenWithName(both, cast, 'Juniper')).toEqual(['r2', 'r3'])
    expect(leftOutMentions(makeScene({ prompt: '@Juniper' }), cast)).toEqual([])
  })

  it('of several scenes read as what they have in common', () => {
    expect(referencesText([scene, scene], cast)).toBe('As mentioned')
    expect(referencesText([scene, makeScene({ references: ['r1'] })], cast)).toBe('Mixed')
    expect(referencesText([makeScene({ references: ['r1', 'r2'] })], cast)).toBe('Only Mara')
    expect(choiceText([id('r1'), id('r3')], cast.references)).toBe('2 of 3')
    expect(choiceText([id('r1'), id('r2'), id('r3')], cast.references)).toBe('Whole cast')
  })
})

describe('several scenes', () => {
  it('have a text added to their prompts once, as a sentence of its own', () => {
    expect(appended('She waits', 'Overcast.')).toBe('She waits. Overcast.')
    expect(appended('She waits. ', ' Overcast. ')).toBe('She waits. Overcast.')
    expect(appended('She waits. Overcast.', 'Overcast.')).toBe('She waits. Overcast.')
    expect(appended('', 'Overcast.')).toBe('Overcast.')
    expect(appended('x'.repeat(19_999), 'Overcast.')).toBe('x'.repeat(19_999))
  })

  it('are edited in prompts and references where those change', () => {
    const done = makeScene({ id: 's1', prompt: 'Rain.', references: ['r1'] })
    const open = makeScene({ id: 's2', prompt: 'Snow' })
    expect(editsFor([done, open], { append: 'Rain.', references: [id('r1')] })).toEqual([
      { sceneId: 's2', patch: { references: ['r1'], prompt: 'Snow. Rain.' } },
    ])
    expect(editsFor([done, open], { references: null })).toEqual([{ sceneId: 's1', patch: { references: null } }])
  })

  it('take one seed, draw theirs, or keep them', () => {
    expect([seedEdit('keep', 7), seedEdit('one', 7), seedEdit('one', null), seedEdit('random', 7)]).toEqual([
      {},
      { seed: { kind: 'locked', value: 7 } },
      {},
      { seed: { kind: 'random' } },
    ])
  })
})

describe('settings taken over', () => {
  const source = makeScene({ id: 's1', position: 0, duration: 8, seed: { kind: 'scene', sceneId: 's2' } })
  const two = makeScene({ id: 's2', position: 1, resolution: '1080p', section: 'Act two' })
  const three = makeScene({ id: 's3', position: 2, duration: 8 })
  const fields = (...list: CopyField[]) => new Set(list)

  it('change only what is named and differs, and never the source', () => {
    expect(copyEdits(source, [source, two, three], fields('duration', 'resolution'))).toEqual([
      { sceneId: 's2', patch: { resolution: '720p', duration: 8 } },
    ])
  })

  it('never make a scene follow its own seed', () => {
    expect(copyEdits(source, [two, three], fields('seed'))).toEqual([
      { sceneId: 's3', patch: { seed: { kind: 'scene', sceneId: 's2' } } },
    ])
  })

  it('go to the section, to what follows, or to all others, each offered once', () => {
    const offered = (at: typeof source) =>
      otherTargets([source, two, three], at).map(({ key, scenes }) => [key, scenes.length])
    expect(offered(source)).toEqual([['all', 2]])
    expect(offered(two)).toEqual([
      ['later', 1],
      ['all', 2],
    ])
    expect(otherTargets([source], source)).toEqual([])
  })
})

describe('what changed in a text', () => {
  const side = (text: ReturnType<typeof wordDiff>, gone: 'removed' | 'added') =>
    text
      .filter(({ kind }) => kind !== gone)
      .map((part) => part.text)
      .join('')

  it('is shown word by word', () => {
    expect(wordDiff('She waits in the rain.', 'She waits in cold rain.')).toEqual([
      { kind: 'same', text: 'She waits in ' },
      { kind: 'removed', text: 'the' },
      { kind: 'added', text: 'cold' },
      { kind: 'same', text: ' rain.' },
    ])
    expect(wordDiff('Same.', 'Same.')).toEqual([{ kind: 'same', text: 'Same.' }])
    expect(wordDiff('', '')).toEqual([])
  })

  it('always gives both texts back', () => {
    const words = ['rain', 'Mara', ' ', '. ', '\n', '@Juniper', '日本', '🐎']
    const long = (seed: number, count: number) =>
      Array.from({ length: count }, (_, at) => words[(at * seed + (at >> 2)) % words.length] ?? '').join('')
    for (const [a, b] of [
      [long(3, 40), long(5, 60)],
      [long(1, 4000), long(7, 4000)],
      ['', long(3, 9)],
      [long(3, 9), ''],
    ] as const) {
      expect(side(wordDiff(a, b), 'added')).toBe(a)
      expect(side(wordDiff(a, b), 'removed')).toBe(b)
    }
  })

  it('is told of a take against its scene, with the settings that differ', () => {
    const take = makeTake({ stale: ['prompt', 'duration', 'references'] })
    const now = { prompt: 'Snow.', references: [{ name: 'Mara' }] as Take['request']['references'] }
    const changes = requestChanges(take, makeScene({ duration: 8 }), now)
    expect(changes.settings).toEqual([
      { label: 'References', before: 'None', after: 'Mara' },
      { label: 'Duration', before: '5 s', after: '8 s' },
    ])
    expect(changes.prompt).toEqual([{ kind: 'added', text: 'Snow.' }])
    expect(requestChanges(makeTake(), makeScene(), now)).toEqual({ prompt: null, settings: [] })
  })
})

describe('seeds that are there already', () => {
  const request = (seed: number) => ({ ...makeTake().request, seed })
  const view = makeView({
    scenes: [makeScene({ id: 's1', number: '5' })],
    takes: [
      makeTake({ id: 't1', number: 1, createdAt: 1, request: request(11) }),
      makeTake({ id: 't2', number: 2, createdAt: 2, request: request(22) }),
      makeTake({ id: 't3', number: 3, createdAt: 3, request: request(11) }),
      makeTake({ id: 't4', number: 1, createdAt: 4, request: request(44), sceneId: 'gone' }),
      makeTake({ id: 't5', number: 5, createdAt: 5, request: request(55), phase: 'cancelled' }),
    ],
  })

  it('are those of the newest takes, each once, also of scenes that were removed', () => {
    expect(recentSeeds(view, 5)).toEqual([
      { seed: 44, slate: '?-1' },
      { seed: 11, slate: '05-3' },
      { seed: 22, slate: '05-2' },
    ])
    expect(recentSeeds(view, 1)).toHaveLength(1)
    const removed = { id: 'gone', storyboardId: 'b1', number: '7', title: '' } as never
    expect(
      takeSlate(
        { ...view, removedScenes: new Map([['gone' as never, removed]]) },
        { sceneId: 'gone' as never, number: 1 },
      ),
    ).toBe('07-1')
  })

  it('are those of the bank, the best first', () => {
    const saved = (name: string, stars: number, createdAt: number) =>
      ({ id: name, name, stars, createdAt }) as unknown as SavedSeed
    const bank = [saved('old', 3, 1), saved('new', 3, 2), saved('best', 5, 0)]
    expect(
      bankSeeds({ ...view, savedSeeds: new Map(bank.map((each) => [each.id, each])) }).map(({ name }) => name),
    ).toEqual(['best', 'new', 'old'])
  })
})

it('names the file of a clip in the way of the system the studio runs on', () => {
  const clip = { sha256: 'ab12' as never, bytes: 1, mime: 'video/mp4' }
  expect(clipPath('/home/a/Takeboard', { clip })).toBe('/home/a/Takeboard/clips/ab/ab12.mp4')
  expect(clipPath('C:\\Users\\a\\Takeboard\\', { clip })).toBe('C:\\Users\\a\\Takeboard\\clips\\ab\\ab12.mp4')
  expect(clipPath('/home/a', { clip: null })).toBeNull()
})
