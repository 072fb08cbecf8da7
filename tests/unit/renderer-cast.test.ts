import { describe, expect, it } from 'vitest'
import {
  arrowTarget,
  byCharacter,
  dropIndex,
  fileProblem,
  nameProblem,
  reasonsText,
  removalText,
  sceneList,
  scenesMentioning,
  scenesUsing,
  sizeText,
  staleWarning,
  takesByImage,
  takesWith,
} from '../../renderer/features/cast/logic.ts'
import { parsePerMinute, placeholderExample, placeholderProblem } from '../../renderer/features/settings/texts.ts'
import { present } from '../../shared/assert.ts'
import type { ReferenceId, Sha256 } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const scenes = [
  makeScene({ id: 's1', number: '1', position: 0, prompt: '@Mara waits.' }),
  makeScene({ id: 's2', number: '2', position: 1, prompt: '@Juniper waits.' }),
  makeScene({ id: 's3', number: '3', position: 2, prompt: 'Empty hills.' }),
]
const sent = (referenceId: string) => ({
  ...makeTake().request,
  references: [{ referenceId, name: 'Mara', sha256: 'a' }],
})
const view = makeView({
  scenes,
  takes: [
    makeTake({ id: 't1', sceneId: 's1', request: sent('r1') }),
    makeTake({ id: 't2', sceneId: 's3', number: 2, request: sent('r1') }),
    makeTake({ id: 't3', sceneId: 's3', number: 3, phase: 'failed', request: sent('r1') }),
  ],
})
const cast = present([...view.casts.values()][0], 'the fixture has one')
const [mara, , juniper] = cast.references
const id = (text: string) => text as ReferenceId

describe('a reference', () => {
  it('is turned down before it is read when its type or size is wrong', () => {
    expect(fileProblem({ size: 10, type: 'text/plain' })?.code).toBe('image-type')
    expect(fileProblem({ size: 11 * 1024 * 1024, type: 'image/png' })?.message).toContain('11.5 MB')
    expect(fileProblem({ size: 10, type: 'image/webp' })).toBeNull()
    expect([sizeText(812_400), sizeText(3_140_000), sizeText(1)]).toEqual(['812 KB', '3.1 MB', '1 KB'])
  })

  it('needs a name that prompts can mention', () => {
    expect(nameProblem('  ')).toContain('needed')
    expect(nameProblem('@Mara')).toContain('@')
    expect(nameProblem('Mara')).toBeNull()
  })

  it('is used by the scenes that mention it, or mention nobody', () => {
    expect(scenesUsing(view, cast, id('r1')).map(({ number }) => number)).toEqual(['1', '3'])
    expect(scenesUsing(view, cast, id('r3')).map(({ number }) => number)).toEqual(['2', '3'])
  })

  it('says why scenes send it', () => {
    expect(reasonsText(scenesUsing(view, cast, id('r1')), cast)).toBe('1 by mention, 1 mentions nobody')
    expect(reasonsText(scenes.slice(0, 1), cast)).toBe('all by mention')
    expect(reasonsText([makeScene({ references: ['r1'] })], cast)).toBe('all chosen')
    expect(reasonsText([], cast)).toBeNull()
    expect(scenesMentioning(view, cast, 'Mara').map(({ number }) => number)).toEqual(['1'])
  })

  it('knows the takes of each picture it had, and which a new one outdates', () => {
    const shown = present(mara, 'there')
    const now = { ...shown, image: { ...shown.image, sha256: 'a' as Sha256 } }
    const later = { ...shown, image: { ...shown.image, sha256: 'b' as Sha256 } }
    const ids = (takes: readonly Take[] | undefined) => takes?.map((take) => take.id)
    expect(ids(takesByImage(view, now).get(now.image.sha256))).toEqual(['t1', 't2'])
    expect([...takesByImage(view, later)].map(([sha256, takes]) => [sha256, ids(takes)])).toEqual([
      ['b', []],
      ['a', ['t1', 't2']],
    ])
    expect(takesWith(view, later)).toEqual([])
    expect(staleWarning(view, now)).toBe(
      '2 takes of scenes 01 and 03 were made with the old image and will be marked as changed since. Their clips stay.',
    )
    expect(staleWarning(view, later)).toBeNull()
  })

  it('stands with the others of its character', () => {
    expect(byCharacter(cast).map(({ name, references }) => [name, references.length])).toEqual([
      ['Mara', 2],
      ['Juniper', 1],
    ])
  })

  it('says what is lost with it', () => {
    expect(removalText(view, cast, present(mara, 'there'))).toContain('1 other image of Mara stays')
    expect(removalText(view, cast, present(juniper, 'there'))).toContain('mentions @Juniper cannot be sent')
  })

  it('shortens a long list of scenes', () => {
    const many = Array.from({ length: 9 }, (_, index) => makeScene({ number: String(index + 1) }))
    expect(sceneList(many)).toBe('scenes 01, 02, 03, 04, 05 and 4 more')
    expect(sceneList(many.slice(0, 1))).toBe('scene 01')
  })
})

describe('moving a card', () => {
  it('lands beside the card it is let go on', () => {
    expect(dropIndex(0, 2, 'left')).toBe(1)
    expect(dropIndex(0, 2, 'right')).toBe(2)
    expect(dropIndex(2, 0, 'left')).toBe(0)
    expect(dropIndex(1, 2, 'left')).toBeNull()
    expect(dropIndex(1, 0, 'right')).toBeNull()
  })

  it('follows the arrows within the grid', () => {
    expect(arrowTarget('ArrowRight', 0, [7], 5)).toBe(1)
    expect(arrowTarget('ArrowDown', 1, [7], 5)).toBe(6)
    expect(arrowTarget('ArrowDown', 3, [7], 5)).toBeNull()
    expect(arrowTarget('ArrowUp', 6, [7], 5)).toBe(1)
    expect(arrowTarget('ArrowLeft', 0, [7], 5)).toBeNull()
    expect(arrowTarget('Enter', 0, [7], 5)).toBeNull()
  })

  it('follows the arrows from one character to the next', () => {
    expect(arrowTarget('ArrowRight', 2, [3, 4], 5)).toBe(3)
    expect(arrowTarget('ArrowDown', 1, [3, 4], 5)).toBe(4)
    expect(arrowTarget('ArrowUp', 6, [3, 4], 5)).toBe(2)
    expect(arrowTarget('ArrowDown', 4, [3, 4], 5)).toBeNull()
    expect(arrowTarget('ArrowDown', 2, [3, 1], 2)).toBe(3)
  })
})

describe('the image placeholder', () => {
  it('must name the place of the image', () => {
    expect(placeholderProblem('image')).toContain('{n}')
    expect(placeholderProblem(`{n}${'x'.repeat(40)}`)).toContain('40')
    expect(placeholderProblem('<{n}>')).toBeNull()
    expect(placeholderExample('[Image {n}]')).toBe('Mara ([Image 1]) opens the barn door.')
  })
})

describe('submissions a minute', () => {
  it('are a whole number, or left to be learnt', () => {
    expect(parsePerMinute(' ')).toEqual({ ok: true, value: null })
    expect(parsePerMinute('120')).toEqual({ ok: true, value: 120 })
    expect([parsePerMinute('0').ok, parsePerMinute('10001').ok, parsePerMinute('2.5').ok]).toEqual([
      false,
      false,
      false,
    ])
  })
})
