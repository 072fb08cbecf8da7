import { describe, expect, it } from 'vitest'
import { createSceneNumbers, insertedSceneNumber } from '../../electron/engine/domain/slate.ts'

describe('the label of a new scene', () => {
  it('follows the one before it', () => {
    expect(insertedSceneNumber('12', ['12', '13'])).toBe('12A')
    expect(insertedSceneNumber('12A', ['12', '12A'])).toBe('12B')
    expect(createSceneNumbers(['1', '2A', '12']).last()).toBe('13')
  })

  it('is never longer than a label may be', () => {
    expect(insertedSceneNumber('Opening shot', ['Opening shot'])).toBe('Opening shoA')
    expect(insertedSceneNumber('Opening shot', ['Opening shot', 'Opening shoA'])).toBe('Opening shoB')
    expect(createSceneNumbers(['999999999999']).last().length).toBeLessThanOrEqual(12)
  })
})
