import { describe, expect, it } from 'vitest'
import type { Take } from '../../shared/model.ts'
import { compareTakes, referencesText } from '../../renderer/state/request-changes.ts'
import { makeTake } from './renderer-fixtures.ts'

const image = (name: string, sha256: string) => ({ referenceId: `r-${sha256}`, name, sha256 })
const [mara, side, horse, lamp] = [
  image('Mara', 'a'),
  image('Mara', 'b'),
  image('Juniper', 'c'),
  image('Lantern', 'd'),
] as const

const made = (request: Partial<Record<keyof Take['request'], unknown>>, rest: object = {}) =>
  makeTake({ request: { ...makeTake().request, ...request }, ...rest })

describe('what two takes were asked for', () => {
  it('is the same when everything is, and says what is', () => {
    const take = made({ prompt: 'She waits.', references: [mara, side] })
    const { prompt, references, settings, same } = compareTakes(take, take)
    expect({ prompt, references, settings }).toEqual({ prompt: null, references: null, settings: [] })
    expect(same).toEqual([
      { label: 'Prompt', value: 'She waits.' },
      { label: 'References', value: 'Mara × 2' },
      { label: 'Seed', value: '48213907' },
      { label: 'Resolution', value: '720p' },
      { label: 'Aspect', value: '16:9' },
      { label: 'Duration', value: '5 s' },
      { label: 'Model', value: 'm' },
      { label: 'Price', value: '$0.70' },
    ])
  })

  it('tells words, settings and price apart', () => {
    const before = made({ prompt: 'She waits in the rain.' })
    const after = made(
      { prompt: 'She waits in cold rain.', seed: 7, resolution: '1080p', duration: 6 },
      { price: 1_134_000 },
    )
    const { prompt, settings, same } = compareTakes(before, after)
    expect(prompt?.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'the' },
      { kind: 'added', text: 'cold' },
    ])
    expect(settings).toEqual([
      { label: 'Seed', before: '48213907', after: '7' },
      { label: 'Resolution', before: '720p', after: '1080p' },
      { label: 'Duration', before: '5 s', after: '6 s' },
      { label: 'Price', before: '$0.70', after: '$1.134' },
    ])
    expect(same.map(({ label }) => label)).toEqual(['References', 'Aspect', 'Model'])
  })

  it('does not call a rehearsal and a paid take one price', () => {
    const { settings } = compareTakes(made({}, { provider: 'rehearsal', price: 0 }), made({}))
    expect(settings).toEqual([{ label: 'Price', before: 'Free ($0.70 as a paid take)', after: '$0.70' }])
  })
})

describe('references of two takes', () => {
  const fates = (before: readonly object[], after: readonly object[]) => {
    const { references } = compareTakes(made({ references: before }), made({ references: after }))
    if (!references) return null
    return {
      before: references.before.map(({ fate }) => fate),
      after: references.after.map(({ fate }) => fate),
      text: referencesText(references),
    }
  }

  it('come and go without the others having moved', () => {
    expect(fates([mara, side, horse], [mara, horse, lamp])).toEqual({
      before: ['same', 'only', 'same'],
      after: ['same', 'same', 'only'],
      text: 'Lantern came, Mara went.',
    })
  })

  it('are in another order', () => {
    expect(fates([mara, side, horse], [horse, side, mara])).toEqual({
      before: ['moved', 'same', 'moved'],
      after: ['moved', 'same', 'moved'],
      text: 'The same images in another order.',
    })
    expect(fates([mara, horse], [horse, mara, lamp])?.text).toBe('Lantern came. The others are in another order.')
  })

  it('are the same picture whatever it is called in the cast', () => {
    expect(fates([mara], [{ ...mara, referenceId: 'another' }])).toBeNull()
  })
})
