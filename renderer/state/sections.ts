import type { SceneId } from '../../shared/ids.ts'
import type { Scene } from '../../shared/model.ts'

/** A stretch of the board under one heading. */
export interface Section {
  /** The scene that carries the heading; null for what comes before the first. */
  readonly head: Scene | null
  /** Those of its scenes that are shown, in board order. */
  readonly scenes: readonly Scene[]
  /** How many scenes it has in all. */
  readonly size: number
  /** True while its scenes are folded away. */
  readonly folded: boolean
}

/**
 * Divides a board at its headings. A section of which nothing is shown is left out.
 * @param scenes all of the storyboard, in board order
 * @param shown those a filter and the search leave, in board order
 * @param folded the scenes whose headings are folded
 */
export function sectionsOf(
  scenes: readonly Scene[],
  shown: readonly Scene[],
  folded: ReadonlySet<SceneId>,
): readonly Section[] {
  const visible = shown === scenes ? null : new Set(shown.map(({ id }) => id))
  const sections: { head: Scene | null; scenes: Scene[]; size: number }[] = []
  for (const scene of scenes) {
    let last = sections.at(-1)
    if (!last || scene.section !== null) {
      last = { head: scene.section === null ? null : scene, scenes: [], size: 0 }
      sections.push(last)
    }
    last.size += 1
    if (visible === null || visible.has(scene.id)) last.scenes.push(scene)
  }
  return sections
    .filter((section) => section.scenes.length > 0)
    .map((section) => ({ ...section, folded: section.head !== null && folded.has(section.head.id) }))
}

/** The scenes that can be seen and walked through. */
export const openScenes = (sections: readonly Section[]): readonly Scene[] =>
  sections.every((section) => !section.folded) && sections.length === 1
    ? (sections[0]?.scenes ?? [])
    : sections.flatMap((section) => (section.folded ? [] : section.scenes))

/** The visible scenes row by row: every section begins a new row. @param columns at least 1 */
export function rowsOf(sections: readonly Section[], columns: number): readonly (readonly SceneId[])[] {
  const rows: SceneId[][] = []
  for (const section of sections) {
    if (section.folded) continue
    for (let at = 0; at < section.scenes.length; at += columns)
      rows.push(section.scenes.slice(at, at + columns).map(({ id }) => id))
  }
  return rows
}

/** The scene whose heading a scene stands under; null before the first heading. */
export function headOf(scenes: readonly Scene[], id: SceneId): Scene | null {
  const at = scenes.findIndex((scene) => scene.id === id)
  return scenes.slice(0, at + 1).findLast((scene) => scene.section !== null) ?? null
}

/** The scenes under the same heading as a scene, in board order. */
export function sectionAround(scenes: readonly Scene[], { id }: Pick<Scene, 'id'>): readonly Scene[] {
  const head = headOf(scenes, id)
  const from = head ? scenes.indexOf(head) : 0
  const next = scenes.findIndex((scene, at) => at > from && scene.section !== null)
  return scenes.slice(from, next === -1 ? undefined : next)
}
