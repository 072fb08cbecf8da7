import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzyMatch } from '../../renderer/features/palette/fuzzy.ts'

const best = (query: string, ...titles: string[]) =>
  titles
    .map((title) => ({ title, score: fuzzyMatch(query, { title })?.score ?? -1 }))
    .filter(({ score }) => score >= 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ title }) => title)
const marked = (query: string, title: string) =>
  fuzzyMatch(query, { title })?.ranges.map(({ start, end }) => title.slice(start, end))

describe('fuzzy search', () => {
  it('puts what begins with the words first, then words within, then initials', () => {
    expect(best('se', 'Reuse seed', 'Settings', 'Base plate', 'Duplicate')).toEqual([
      'Settings',
      'Reuse seed',
      'Base plate',
    ])
    expect(best('nsc', 'New scene', 'Settings')).toEqual(['New scene'])
    expect(best('seed', 'Set the spending cap', 'Seed 12')).toEqual(['Seed 12'])
    expect(best('generate', 'Generate scene', 'Generate')).toEqual(['Generate', 'Generate scene'])
  })

  it('wants every word, in any order', () => {
    expect(best('seed roll', 'Roll a new seed', 'Roll camera', 'Lock seed')).toEqual(['Roll a new seed'])
    expect(marked('seed roll', 'Roll a new seed')).toEqual(['Roll', 'seed'])
  })

  it('marks what it found, without regard to case', () => {
    expect(marked('SEED', 'Reuse seed from a take')).toEqual(['seed'])
    expect(marked('nsc', 'New scene')).toEqual(['N', 'sc'])
    expect(marked('482', 'Seed 48213907')).toEqual(['482'])
  })

  it('finds other words as written, and counts them less than the title', () => {
    const entry = { title: '05 The brush', words: '@Mara grooms @Juniper in long slow strokes' }
    expect(fuzzyMatch('juniper', entry)).toMatchObject({ ranges: [] })
    expect(fuzzyMatch('jnpr', entry)).toBeNull()
    const inTitle = fuzzyMatch('brush', entry)?.score ?? 0
    expect(inTitle).toBeGreaterThan(fuzzyMatch('strokes', entry)?.score ?? 0)
  })

  it('answers an empty query with everything, alike', () => {
    expect(fuzzyMatch('  ', { title: 'Anything' })).toEqual({ score: 0, ranges: [] })
  })

  it('marks only places of the title, in order and apart, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (query, title) => {
        let at = -1
        for (const { start, end } of fuzzyMatch(query, { title })?.ranges ?? []) {
          expect(start).toBeGreaterThan(at)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(title.length)
          at = end
        }
      }),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(fuzzyMatch(text, { title: text })).not.toBeNull()
      }),
    )
  })
})
