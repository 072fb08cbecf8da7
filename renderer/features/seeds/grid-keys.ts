import type { SceneId } from '../../../shared/ids.ts'

/** Where the keyboard is: a cell, or the head of a column with a null scene. */
export interface Place {
  readonly sceneId: SceneId | null
  readonly seed: number
}

export const placeKey = ({ sceneId, seed }: Place): string => `${sceneId ?? 'head'} ${seed}`

/** The cell a key leads to, as rows and columns; row -1 is the heads. Null for other keys. */
export function stepTo(
  event: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  at: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): { readonly row: number; readonly column: number } | null {
  const far = event.ctrlKey || event.metaKey
  const last = { row: size.rows - 1, column: size.columns - 1 }
  const to = (row: number, column: number) => ({
    row: Math.max(-1, Math.min(last.row, row)),
    column: Math.max(0, Math.min(last.column, column)),
  })
  switch (event.key) {
    case 'ArrowLeft':
      return to(at.row, far ? 0 : at.column - 1)
    case 'ArrowRight':
      return to(at.row, far ? last.column : at.column + 1)
    case 'ArrowUp':
      return to(far ? 0 : at.row - 1, at.column)
    case 'ArrowDown':
      return to(far ? last.row : at.row + 1, at.column)
    case 'Home':
      return to(far ? 0 : at.row, 0)
    case 'End':
      return to(far ? last.row : at.row, last.column)
    case 'PageUp':
      return to(Math.max(0, at.row - size.page), at.column)
    case 'PageDown':
      return to(at.row + size.page, at.column)
    default:
      return null
  }
}
