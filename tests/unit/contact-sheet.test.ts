import { describe, expect, it } from 'vitest'
import { fitted, SHEET, sheetEntries, sheetLayout, sheetRatio } from '../../renderer/state/contact-sheet.ts'
import { EVERYTHING } from '../../renderer/state/review-filter.ts'
import type { TakeId } from '../../shared/ids.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const scenes = ['s1', 's2', 's3'].map((id, position) => makeScene({ id, position, number: String(position + 1) }))
const takes = [
  makeTake({ id: 't1', sceneId: 's1', number: 1 }),
  makeTake({ id: 't2', sceneId: 's1', number: 2, rating: 4 }),
  makeTake({ id: 't3', sceneId: 's2', number: 1, rating: 5 }),
  makeTake({ id: 't4', sceneId: 's3', number: 1, phase: 'failed' }),
]
const view = makeView({ scenes, takes })
const shown = (filter: Partial<typeof EVERYTHING>, ...chosen: string[]) =>
  sheetEntries(
    view,
    { scenes: scenes.toReversed(), all: scenes },
    { filter: { ...EVERYTHING, ...filter }, order: 'newest', chosen: new Set(chosen as TakeId[]) },
  )
const ids = (entries: ReturnType<typeof shown>) => entries.map(({ take }) => take.id).join(' ')

describe('a contact sheet', () => {
  it('is of what the room shows in its order, or of the chosen takes in that of the board', () => {
    expect(ids(shown({}))).toBe('t3 t2 t1')
    expect(ids(shown({ stars: 4 }))).toBe('t3 t2')
    expect(ids(shown({ stars: 5 }, 't3', 't1', 't4', 'gone'))).toBe('t1 t3')
    // Nothing of what was chosen is there any more.
    expect(ids(shown({ stars: 5 }, 't4'))).toBe('t3')
  })

  it('gives every picture the shape of all takes, or a wide one', () => {
    const tall = makeTake({ request: { ...makeTake().request, aspectRatio: '9:16' } })
    const entry = (take: typeof tall) => ({ scene: makeScene(), take })
    expect(sheetRatio([entry(tall), entry(tall)])).toBe(9 / 16)
    expect([sheetRatio([entry(tall), entry(makeTake())]), sheetRatio([])]).toEqual([16 / 9, 16 / 9])
  })

  it.each([
    [1, 4],
    [24, 4],
    [7, 3],
    [100, 8],
    [500, 2],
  ])('lays out %i takes in %i columns, each once, none over another or the edge', (count, columns) => {
    const { picture, pages } = sheetLayout(count, columns, 16 / 9)
    const cells = pages.flatMap((page) => page.cells)
    expect(cells.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index))
    const [right, down] = [picture.width + SHEET.gap, picture.height + SHEET.caption + SHEET.gap]
    for (const page of pages) {
      expect(page.height).toBeLessThanOrEqual(SHEET.tallest)
      for (const [at, { x, y }] of page.cells.entries()) {
        expect([x, y]).toEqual([
          SHEET.margin + (at % columns) * right,
          SHEET.margin + SHEET.head + Math.floor(at / columns) * down,
        ])
        expect(x + picture.width).toBeLessThanOrEqual(page.width - SHEET.margin)
        expect(y + picture.height + SHEET.caption).toBeLessThanOrEqual(page.height - SHEET.margin)
      }
    }
    expect(pages.length > 1).toBe(count === 500)
  })

  it('fits a picture of another shape into the middle', () => {
    expect(fitted(1, { width: 200, height: 100 })).toEqual({ x: 50, y: 0, width: 100, height: 100 })
    expect(fitted(4, { width: 200, height: 100 })).toEqual({ x: 0, y: 25, width: 200, height: 50 })
  })
})
