import { create } from 'zustand'
import type { TakeId } from '../../shared/ids.ts'
import type { Scene, Take } from '../../shared/model.ts'
import type { ProjectView } from './apply-event.ts'
import { leftTakes, type RoomFilter, type TakeOrder } from './review-filter.ts'
import { keep, recalled } from './window-memory.ts'

export const COLUMNS = { min: 2, max: 8, usual: 4 } as const

function columnsWithin(columns: number): number {
  return Number.isInteger(columns) ? Math.max(COLUMNS.min, Math.min(COLUMNS.max, columns)) : COLUMNS.usual
}

interface Sheet {
  readonly open: boolean
  readonly columns: number
}

export const useSheet = create<Sheet>(() => ({
  open: false,
  columns: columnsWithin(Number(recalled('sheetColumns') ?? COLUMNS.usual)),
}))

/** Kept for this window. */
export function chooseColumns(columns: number): void {
  const next = columnsWithin(columns)
  useSheet.setState({ columns: next })
  keep('sheetColumns', String(next))
}

/** A picture of a contact sheet. */
export interface SheetEntry {
  readonly scene: Scene
  readonly take: Take
}

/**
 * What a contact sheet shows: the chosen takes that are ready, else those the room shows; scene by scene.
 * @param scenes that the room shows, in their order
 * @param all every scene of the storyboard, for chosen takes of scenes the room does not show
 */
export function sheetEntries(
  view: ProjectView,
  { scenes, all }: { readonly scenes: readonly Scene[]; readonly all: readonly Scene[] },
  { filter, order, chosen }: { filter: RoomFilter; order: TakeOrder; chosen: ReadonlySet<TakeId> },
): readonly SheetEntry[] {
  const picked = [...chosen].flatMap((id) => {
    const take = view.takes.get(id)
    const scene = take && view.scenes.get(take.sceneId)
    return take?.phase === 'ready' && scene ? [{ scene, take }] : []
  })
  if (picked.length === 0)
    return scenes.flatMap((scene) => leftTakes(view, scene, filter, order).map((take) => ({ scene, take })))
  const place = new Map(all.map(({ id }, index) => [id, index]))
  const at = ({ scene }: SheetEntry) => place.get(scene.id) ?? all.length
  return picked.toSorted((one, other) => at(one) - at(other) || one.take.number - other.take.number)
}

/** Width to height of every picture: that of all takes, or wide when they differ. */
export function sheetRatio(entries: readonly SheetEntry[]): number {
  const ratios = new Set(entries.map(({ take }) => take.request.aspectRatio))
  const [only = '16:9'] = ratios.size === 1 ? ratios : []
  const [width = 16, height = 9] = only.split(':').map(Number)
  return width / height
}

/** Sizes of a saved sheet in its pixels. */
export const SHEET = { width: 2400, margin: 64, gap: 32, head: 128, caption: 96, tallest: 9000 } as const

export interface SheetCell {
  /** Of the entries. */
  readonly index: number
  readonly x: number
  readonly y: number
}

export interface SheetPage {
  readonly width: number
  readonly height: number
  readonly cells: readonly SheetCell[]
}

export interface SheetLayout {
  /** Of one picture; its caption lies under it. */
  readonly picture: { readonly width: number; readonly height: number }
  readonly pages: readonly SheetPage[]
}

/** Where the pictures of a saved sheet go: one image, or several when one would be too tall for a program to open. */
export function sheetLayout(count: number, columns: number, ratio: number): SheetLayout {
  const { width, margin, gap, head, caption, tallest } = SHEET
  const cell = Math.floor((width - 2 * margin - (columns - 1) * gap) / columns)
  const picture = { width: cell, height: Math.round(cell / ratio) }
  const row = picture.height + caption + gap
  const rowsOf = Math.max(1, Math.floor((tallest - 2 * margin - head + gap) / row))
  const perPage = rowsOf * columns
  const pages = Array.from({ length: Math.max(1, Math.ceil(count / perPage)) }, (_, page): SheetPage => {
    const on = Math.min(perPage, Math.max(0, count - page * perPage))
    const rows = Math.ceil(on / columns)
    return {
      width,
      height: 2 * margin + head + Math.max(0, rows * row - gap),
      cells: Array.from({ length: on }, (__, at) => ({
        index: page * perPage + at,
        x: margin + (at % columns) * (cell + gap),
        y: margin + head + Math.floor(at / columns) * row,
      })),
    }
  })
  return { picture, pages }
}

/** The largest box of a shape within another, in its middle. @param ratio width to height */
export function fitted(ratio: number, box: { readonly width: number; readonly height: number }) {
  const width = Math.min(box.width, box.height * ratio)
  const height = width / ratio
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height }
}
