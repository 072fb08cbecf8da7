import { describe, expect, it } from 'vitest'
import { common, editsFor, mixedSeconds, priceChange } from '../../renderer/state/batch-edit.ts'
import { matchesWords, sceneByLabel, searchWords } from '../../renderer/state/search.ts'
import { makeScene } from './renderer-fixtures.ts'

const four = makeScene({ id: 's1', duration: 4 })
const six = makeScene({ id: 's2', duration: 6, resolution: '1080p', seed: { kind: 'locked', value: 7 } })

describe('several scenes at once', () => {
  it('show what they have in common, or between what it lies', () => {
    expect([common(['720p', '720p']), common(['720p', '1080p']), common([])]).toEqual(['720p', null, null])
    expect([mixedSeconds([four, six]), mixedSeconds([four, four])]).toEqual(['Mixed, 4–6 s', null])
  })

  it('change only where something changes', () => {
    expect(editsFor([four, six], {})).toEqual([])
    expect(editsFor([four, six], { resolution: '1080p', duration: 6 })).toEqual([
      { sceneId: 's1', patch: { resolution: '1080p', duration: 6 } },
    ])
    expect(editsFor([four, six], { seed: { kind: 'locked', value: 7 }, aspectRatio: '16:9' })).toEqual([
      { sceneId: 's1', patch: { seed: { kind: 'locked', value: 7 } } },
    ])
  })

  it('say what the change costs before it is made', () => {
    expect(priceChange([four, six], {})).toMatchObject({ more: 0 })
    // 4 s at $0.14 and 6 s at $0.189 a second become 10 s at $0.14.
    expect(priceChange([four, six], { resolution: '720p' })).toEqual({
      before: 1_694_000,
      after: 1_400_000,
      more: -294_000,
    })
    expect(priceChange([four], { resolution: '1080p', duration: 10 })).toMatchObject({ after: 1_890_000 })
  })
})

describe('search', () => {
  const scene = makeScene({ number: '5', title: 'Café', prompt: '@Mara waits.', dialogue: 'Stay', notes: '50 mm' })
  const finds = (text: string) => matchesWords(scene, searchWords(text))

  it('finds every word in any of the texts, whatever its case and accents', () => {
    expect(['cafe mara', 'STAY', '50', '05', ''].map(finds)).toEqual([true, true, true, true, true])
    expect(['cafe juniper', '6'].map(finds)).toEqual([false, false])
  })

  it('leads from typed digits to a scene', () => {
    const scenes = ['1', '12', '2', '2A'].map((number) => makeScene({ id: `s${number}`, number }))
    const found = (typed: string) => sceneByLabel(scenes, typed)?.number
    expect(['1', '02', '2a', '12', '3', '0'].map(found)).toEqual(['1', '2', '2A', '12', undefined, undefined])
  })
})
