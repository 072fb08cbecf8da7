import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, editDistance, nearest } from '../../shared/nearest.ts'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['mara', 'mara', 0],
    ['mra', 'mara', 1],
    ['duraton', 'duration', 1],
    ['kitten', 'sitting', 3],
    ['abc', '', 3],
  ])('%s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is symmetric and never exceeds the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})

describe('nearest', () => {
  it.each([
    ['promt', ['prompt', 'notes', 'number'], 'prompt'],
    ['aspectRatio', ['aspect_ratio', 'resolution'], 'aspect_ratio'],
    ['ratio', ['aspect_ratio', 'resolution'], 'aspect_ratio'],
    ['Jupiter', ['Mara', 'Juniper'], 'Juniper'],
    ['Old', ['Mara', 'Old Tom'], 'Old Tom'],
    ['MARA', ['Mora', 'Mara'], 'Mara'],
    ['estimat', ['open', 'estimate', 'run'], 'estimate'],
    ['rnu', ['open', 'estimate', 'run'], 'run'],
  ])('%s among %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })

  it.each([
    ['zebra', ['Mara', 'Juniper']],
    ['2', ['1', '3']],
    ['', ['Mara']],
    ['Mara', []],
  ])('suggests nothing for %s among %j', (word, candidates) => {
    expect(nearest(word, candidates)).toBeNull()
  })

  it('asks in words', () => {
    expect(didYouMean('promt', ['prompt'])).toBe(' Did you mean prompt?')
    expect(didYouMean('Mra', ['Mara'], (name) => `@${name}`)).toBe(' Did you mean @Mara?')
    expect(didYouMean('zebra', ['prompt'])).toBe('')
  })
})
