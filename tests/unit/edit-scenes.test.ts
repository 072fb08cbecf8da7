import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReferenceId, SceneId } from '../../shared/ids.ts'
import type { Reference, Scene } from '../../shared/model.ts'
import { carryReferences } from '../../electron/engine/domain/carry-references.ts'
import { changeInWords, scenesInWords } from '../../electron/engine/domain/edit-labels.ts'
import { mergeScenes } from '../../electron/engine/domain/merge-scenes.ts'
import { passSections } from '../../electron/engine/domain/sections.ts'
import { createSceneNumbers } from '../../electron/engine/domain/slate.ts'
import { splitScene } from '../../electron/engine/domain/split-scene.ts'

/** `A*` is a scene called A with the heading A. */
const board = (text: string) =>
  text.split(' ').map((word) => ({ id: word[0] as SceneId, section: word.endsWith('*') ? (word[0] ?? null) : null }))
const written = (scenes: ReturnType<typeof board>) =>
  scenes.map(({ id, section }) => (section === null ? id : `${id}*${section === id ? '' : section}`)).join(' ')
/** The board after its scenes were put in another order, or left out. */
const passed = (before: string, order: string, moved = '') => {
  const scenes = board(before)
  const after = order.split(' ').flatMap((id) => scenes.filter((scene) => scene.id === id))
  return written(passSections(scenes, after, new Set(moved.split('') as SceneId[])))
}

describe('the heading of a section', () => {
  it('stays where it is when its first scene is removed or moves away', () => {
    expect(passed('X A* B C D*', 'X B C D')).toBe('X B*A C D*')
    expect(passed('X A* B C D*', 'A X B C D', 'A')).toBe('A X B*A C D*')
    expect(passed('X A* B C D*', 'X B A C D', 'A')).toBe('X B*A A C D*')
  })

  it('goes along with the last scene of its section, and is gone with it', () => {
    expect(passed('X A* D*', 'A X D', 'A')).toBe('A* X D*')
    expect(passed('X A* D*', 'X D')).toBe('X D*')
    expect(passed('X A* B D*', 'A B X D', 'AB')).toBe('A* B X D*')
  })

  it('passes over scenes that move or go as well, and stays with a scene that still leads', () => {
    expect(passed('A* B C', 'C B A', 'AB')).toBe('C*A B A')
    expect(passed('A* B C D*', 'D B A C', 'AB')).toBe('D* B A* C')
    expect(passed('A* B C', 'A C B', 'AC')).toBe('A* C B')
    expect(passed('A* B C', 'C')).toBe('C*A')
  })

  it('leaves other moves alone, and no heading is ever lost while a scene of its section is there', () => {
    expect(passed('X A* B', 'A X B', 'X')).toBe('A* X B')
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        fc.nat(511),
        fc.integer(),
        (heads, gone, mix) => {
          const scenes = heads.map((head, index) => ({
            id: String.fromCharCode(65 + index) as SceneId,
            section: head ? `of ${index}` : null,
          }))
          const moved = new Set(scenes.filter((_, index) => (mix >> index) & 1).map(({ id }) => id))
          const order = [...scenes.filter(({ id }) => !moved.has(id)), ...scenes.filter(({ id }) => moved.has(id))]
          const left = order.filter(({ id }) => !((gone >> (id.charCodeAt(0) - 65)) & 1))
          const after = passSections(scenes, left, moved)
          expect(after.map(({ id }) => id)).toEqual(left.map(({ id }) => id))
          let heading: string | null = null
          const sections = new Map<string, SceneId[]>()
          for (const { id, section } of scenes) {
            heading = section ?? heading
            if (heading !== null) sections.set(heading, [...(sections.get(heading) ?? []), id])
          }
          for (const [title, members] of sections)
            expect(after.filter(({ section }) => section === title)).toHaveLength(
              members.some((id) => left.some((scene) => scene.id === id)) ? 1 : 0,
            )
        },
      ),
      { seed: 1 },
    )
  })
})

describe('splitting a scene', () => {
  it('shares prompt and seconds', () => {
    expect(splitScene({ prompt: 'She runs.  He follows her.', duration: 10 }, 10)).toEqual([
      { prompt: 'She runs.', duration: 4 },
      { prompt: 'He follows her.', duration: 6 },
    ])
  })

  it('says no where one half would be empty', () => {
    for (const at of [0, 3, 99]) expect(splitScene({ prompt: '   She runs', duration: 5 }, at)).toBeNull()
  })

  it('never makes a length the model does not, loses no word and cuts no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 3, max: 15 }),
        fc.nat(80),
        (prompt, duration, at) => {
          const halves = splitScene({ prompt, duration }, at)
          if (halves === null) return
          const letters = (text: string) => text.replaceAll(/\s/gu, '')
          expect(letters(halves[0].prompt + halves[1].prompt)).toBe(letters(prompt))
          for (const half of halves) {
            expect(half.prompt.isWellFormed()).toBe(prompt.isWellFormed())
            expect(half.duration).toBeGreaterThanOrEqual(3)
            expect(half.duration).toBeLessThanOrEqual(15)
          }
          expect(halves[0].duration + halves[1].duration).toBe(Math.max(duration, 6))
        },
      ),
      { seed: 2 },
    )
  })
})

const scene = (patch: Partial<Scene>): Scene =>
  ({
    id: 's',
    number: '1',
    title: '',
    prompt: '',
    notes: '',
    dialogue: '',
    duration: 5,
    references: null,
    section: null,
    ...patch,
  }) as Scene
const ids = (...names: string[]) => names as unknown as ReferenceId[]

describe('merging scenes', () => {
  it('joins what was written, adds seconds up to the longest, and is otherwise the first', () => {
    const merged = mergeScenes(scene({ number: '4', prompt: 'One. ', duration: 8, section: 'Dawn' }), [
      scene({ number: '5', title: 'Two', prompt: '', notes: 'Slow', duration: 5 }),
      scene({ number: '6', title: 'Three', prompt: 'Three.', notes: 'Wide', duration: 5 }),
    ])
    expect(merged).toMatchObject({
      number: '4',
      title: 'Two',
      prompt: 'One.\n\nThree.',
      notes: 'Slow\n\nWide',
      duration: 15,
      section: 'Dawn',
    })
  })

  it('keeps chosen references only when every scene chose some', () => {
    const [a, b] = [scene({ references: ids('r1', 'r2') }), scene({ references: ids('r2', 'r3') })]
    expect(mergeScenes(a, [b]).references).toEqual(['r1', 'r2', 'r3'])
    expect(mergeScenes(a, [scene({})]).references).toBeNull()
  })
})

describe('a scene whose storyboard takes another cast', () => {
  const cast = (...rows: [string, string][]) => rows.map(([id, name]) => ({ id, name }) as Reference)
  it('keeps its choice by name', () => {
    const from = cast(['m1', 'Mara'], ['m2', 'Mara'], ['j', 'Juniper'])
    const to = cast(['n1', 'Mara'], ['n2', 'Mara'], ['o', 'Oak'])
    expect(carryReferences(ids('m2', 'j'), from, to)).toEqual(['n2'])
    expect(carryReferences(ids('j'), from, to)).toBeNull()
    expect(carryReferences(null, from, to)).toBeNull()
  })
})

describe('labels of new scenes', () => {
  it('count on at the end and take letters in between, each once', () => {
    const numbers = createSceneNumbers(['12', '12A', '13'])
    expect([numbers.last(), numbers.last(), numbers.after('12'), numbers.after('12A'), numbers.after(null)]).toEqual([
      '14',
      '15',
      '12B',
      '12C',
      '0A',
    ])
    expect(new Set(Array.from({ length: 60 }, () => numbers.after('1'))).size).toBe(60)
  })
})

describe('the words for an edit', () => {
  it('name the one scene or count several', () => {
    const one = [scene({ number: '12A' })]
    expect(scenesInWords(one)).toBe('scene 12A')
    expect(changeInWords(['prompt'], one)).toBe('change the prompt of scene 12A')
    expect(changeInWords(['aspectRatio'], [...one, ...one])).toBe('change the aspect ratio of 2 scenes')
    expect(changeInWords(['prompt', 'duration'], one)).toBe('change scene 12A')
  })
})
