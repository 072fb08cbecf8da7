import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'

type Placed = Pick<Scene, 'id' | 'section'>

/** Sections in board order: each begins with a scene that has a heading and goes on to the next one that has. */
function sectionsOf<S extends Placed>(scenes: readonly S[]): { head: S; others: S[] }[] {
  const sections: { head: S; others: S[] }[] = []
  for (const scene of scenes) {
    if (scene.section !== null) sections.push({ head: scene, others: [] })
    else sections.at(-1)?.others.push(scene)
  }
  return sections
}

/**
 * Lets headings stay where they are when the scene they stand on leaves: the heading passes to the next scene of its
 * section that neither moved nor was removed. Where there is none the scene takes its heading along; a scene that still
 * leads its section keeps it.
 * @param before the board in its old order
 * @param after in its new order, without removed scenes
 * @param moved scenes that were taken to another place
 */
export function passSections<S extends Placed>(
  before: readonly S[],
  after: readonly S[],
  moved: ReadonlySet<SceneId>,
): S[] {
  const places = new Map(after.map(({ id }, index) => [id, index]))
  const headings = new Map<SceneId, string | null>()
  for (const { head, others } of sectionsOf(before)) {
    const isGone = !places.has(head.id)
    if (!isGone && !moved.has(head.id)) continue
    const left = others.filter(({ id }) => places.has(id))
    const heir = left.find(({ id }) => !moved.has(id)) ?? (isGone ? left[0] : undefined)
    if (heir === undefined || (!isGone && stillLeads(head, heir, others, after, places))) continue
    headings.set(heir.id, head.section)
    headings.set(head.id, null)
  }
  if (headings.size === 0) return [...after]
  return after.map((scene) => {
    const heading = headings.get(scene.id)
    return heading === undefined ? scene : { ...scene, section: heading }
  })
}

/** True where only scenes of the section stand between its head and the one that would inherit the heading. */
function stillLeads(
  head: Placed,
  heir: Placed,
  others: readonly Placed[],
  after: readonly Placed[],
  places: ReadonlyMap<SceneId, number>,
): boolean {
  const members = new Set(others.map(({ id }) => id))
  const from = places.get(head.id) ?? 0
  const to = places.get(heir.id) ?? 0
  return from < to && after.slice(from + 1, to).every(({ id }) => members.has(id))
}
